"""Vendor libraries made on the spot: small C sources, each compiled once a run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import ModuleKind
from tests.devices.vendor_host.vendors import RUN_HOST, Compiled, Hosts, Says, compile_library


@pytest.fixture(autouse=True)
def _the_project_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Compile a source; asked again with the same macros, give the same library."""
    return partial(compile_library, tmp_path_factory.mktemp("vendor"))


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Says:
    """Where libraries of this test say what they do."""
    monkeypatch.setenv("VENDOR_SAYS", str(tmp_path / "says"))
    return Says(tmp_path / "says")


@pytest_asyncio.fixture
async def hosts() -> AsyncIterator[Hosts]:
    """Make clients."""
    made: list[VendorHost] = []

    def host(kind: ModuleKind, library: str | Path, argv: Sequence[str] = RUN_HOST) -> VendorHost:
        made.append(VendorHost(kind, library, argv))
        return made[-1]

    yield host
    for each in made:
        await each.close()
