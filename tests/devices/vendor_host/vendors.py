"""What the tests of vendor modules share: the libraries' compiler, and clients for them."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from devices.simulators.cards import AnyCard, address_area, text_area
from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import ModuleKind

HERE = Path(__file__).parent
RUN_HOST = (sys.executable, str(HERE / "run_host.py"))

Compiled = Callable[..., Path]
"""Of a source's name and macros: the library."""


class Hosts(Protocol):
    """Makes clients that are closed when the test is over."""

    def __call__(self, kind: ModuleKind, library: str | Path, argv: Sequence[str] = RUN_HOST) -> VendorHost:
        """Give a client of `library`."""
        ...


class Says:
    """A FIFO on which a library says that it has come to a certain place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        os.mkfifo(path)

    async def heard(self) -> str:
        """What it says next."""
        async with asyncio.timeout(20):
            return await asyncio.to_thread(self._path.read_text)


class Desk:
    """A reader for the library sdt.c, and what a hand can do there."""

    def __init__(self, directory: Path) -> None:
        self.card, self._selected = directory / "card", directory / "selected"
        self._trouble, self._reads = directory / "trouble", directory / "reads"
        self.argv = (
            "env",
            f"PYTHONPATH={Path.cwd()}",
            f"VENDOR_CARD={self.card}",
            f"VENDOR_SELECTED={self._selected}",
            f"VENDOR_READER={self._trouble}",
            f"VENDOR_READS={self._reads}",
            *RUN_HOST,
        )
        """The host's command line, at this reader."""

    def lay(self, card: AnyCard) -> None:
        """Lay it down, in place of what lies there."""
        self.lift()
        new = self.card.with_suffix(".new")
        new.write_bytes(text_area(card) + card.photo + address_area(card) + card.fingerprints)
        new.replace(self.card)

    def lift(self) -> None:
        """Lift what lies there."""
        self.card.unlink(missing_ok=True)
        self._selected.unlink(missing_ok=True)

    def fail(self, returned: int | None) -> None:
        """Let every function return this; 0xFF: let none return; None: mend it."""
        _say(self._trouble, returned)

    def refuse_to_read(self, returned: int | None) -> None:
        """Let every reading return this; None: the truth again."""
        _say(self._reads, returned)


def _say(file: Path, byte: int | None) -> None:
    if byte is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(bytes([byte]))


def compiler() -> str:
    """The C compiler; without one a test fails, it does not pass."""
    found = shutil.which("cc") or shutil.which("gcc")
    if found is None:
        pytest.fail("these tests compile vendors' libraries: apt-get install gcc libc6-dev")
    return found


def compile_library(directory: Path, name: str, *macros: str) -> Path:
    """Compile vendor_c/NAME.c with the given macros."""
    said = "-".join((f"lib{name}", *macros))
    library = directory / (re.sub(r"[^A-Za-z0-9_-]", "-", said) + ".so")
    if not library.exists():
        defines = [f"-D{macro}" for macro in macros]
        source = HERE / "vendor_c" / f"{name}.c"
        options = ["-shared", "-fPIC", "-Wall", "-Werror", "-o", str(library)]
        subprocess.run([compiler(), *options, *defines, str(source)], check=True)
    return library


def is_alive(pid: int) -> bool:
    """Whether this process runs; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until_gone(pid: int) -> None:
    """Wait until a process is gone that is not ours to wait for."""
    async with asyncio.timeout(10):
        while is_alive(pid):  # noqa: ASYNC110  nobody tells us of somebody else's process
            await asyncio.sleep(0.02)
