"""What the tests of vendor modules share: the libraries' compiler, and clients for them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import ModuleKind

HERE = Path(__file__).parent
RUN_HOST = (sys.executable, str(HERE / "run_host.py"))

Compiled = Callable[..., Path]
"""Of a source's name and macros: the library."""

Hosts = Callable[[ModuleKind, str | Path], VendorHost]
"""Of a kind and a library: a client that is closed when the test is over."""


class Says:
    """A FIFO on which a library says that it has come to a certain place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        os.mkfifo(path)

    async def heard(self) -> str:
        """What it says next."""
        async with asyncio.timeout(20):
            return await asyncio.to_thread(self._path.read_text)


def compile_library(compiler: str, directory: Path, name: str, *macros: str) -> Path:
    """Compile vendor_c/NAME.c with the given macros."""
    library = directory / ("-".join((f"lib{name}", *(macro.replace("=", "-") for macro in macros))) + ".so")
    if not library.exists():
        defines = [f"-D{macro}" for macro in macros]
        source = HERE / "vendor_c" / f"{name}.c"
        options = ["-shared", "-fPIC", "-Wall", "-Werror", "-o", str(library)]
        subprocess.run([compiler, *options, *defines, str(source)], check=True)
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
