from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

import pytest

from devices.eyes.client import FaceWorkerEyes
from devices.worker_process import start_worker

SLEEPER = (sys.executable, "-S", "-c", "import time; time.sleep(60)")
STEPS = 12
"""Of the event loop; after five the process runs."""


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split())


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_a_worker_hears_and_is_heard_over_its_socket() -> None:
    echo = "import socket, sys; line = socket.socket(fileno=int(sys.argv[-1])); line.send(line.recv(9))"
    process, reader, writer = await start_worker([sys.executable, "-c", echo])
    writer.write(b"something")
    assert await reader.read() == b"something"
    assert await process.wait() == 0
    writer.close()


async def test_what_does_not_start_is_an_error_and_leaves_nothing_open(tmp_path: Path) -> None:
    before = open_files()
    with pytest.raises(FileNotFoundError):
        await start_worker([str(tmp_path / "none")])
    await asyncio.sleep(0)
    assert open_files() == before


@pytest.mark.parametrize("steps", range(STEPS))
async def test_whoever_is_cancelled_at_any_step_leaves_no_process_behind(steps: int) -> None:
    before = children()
    eyes = FaceWorkerEyes(SLEEPER)
    starting = asyncio.create_task(eyes.start())
    for _ in range(steps):
        await asyncio.sleep(0)
    starting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await starting
    assert children() <= before
