"""A cable for every test: a real pty under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.simulators.pty_wire import PtyWire


@pytest.fixture
def port(tmp_path: Path) -> Path:
    """The name under which a simulated device's cable is found."""
    return tmp_path / "cable"


@pytest.fixture
def wire(port: Path) -> Iterator[PtyWire]:
    """The far end of a cable, at a rate at which a test need not wait."""
    cable = PtyWire(port, baud=115_200)
    yield cable
    cable.close()
