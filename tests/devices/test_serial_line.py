"""What a driver may rely on when its device hangs, chatters, goes silent or is unplugged."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.serial_line import CLOSE_S, SerialLine
from devices.simulators.pty_wire import PtyWire
from devices.statuses import DeviceFault, Reason


@pytest.fixture
def not_a_port(tmp_path: Path) -> Path:
    file = tmp_path / "notes"
    file.write_text("not a port")
    return file


HELD_BY_ANOTHER = """
import sys, serial
line = serial.Serial(sys.argv[1], 115200, exclusive=True)
print("held", flush=True)
line.read()
"""


@contextlib.contextmanager
def playing(part: Callable[[], None]) -> Iterator[None]:
    """Run a device's part beside the test, and wait for its end."""
    thread = threading.Thread(target=part)
    thread.start()
    yield
    thread.join(timeout=10)
    assert not thread.is_alive()


async def test_bytes_pass_both_ways_unchanged(wire: PtyWire, port: Path) -> None:
    every_byte = bytes(range(256))
    line = await SerialLine.open(str(port), 115_200)
    await line.write(every_byte)
    heard = b""
    while len(heard) < 256:
        heard += await asyncio.to_thread(wire.read)
    assert heard == every_byte
    await asyncio.to_thread(wire.write, every_byte)
    answer = b""
    while len(answer) < 256:
        answer += await line.read_some(2.0)
    assert answer == every_byte
    await line.close()


async def test_a_port_that_is_not_there_is_named(port: Path) -> None:
    with pytest.raises(DeviceFault, match="cable does not exist") as fault:
        await SerialLine.open(str(port), 115_200)
    assert fault.value.reason is Reason.PORT_MISSING


async def test_a_file_that_is_no_port_is_said_to_be_none(not_a_port: Path) -> None:
    with pytest.raises(DeviceFault, match="not a working serial port") as fault:
        await SerialLine.open(str(not_a_port), 115_200)
    assert fault.value.reason is Reason.PORT_MISSING


async def test_two_programs_cannot_hold_one_port(wire: PtyWire, port: Path) -> None:
    assert wire
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HELD_BY_ANOTHER, str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        assert await other.stdout.readline() == b"held\n"
        with pytest.raises(DeviceFault, match="in use") as fault:
            await SerialLine.open(str(port), 115_200)
        assert fault.value.reason is Reason.PORT_DENIED
    finally:
        other.kill()
        await other.communicate()
    line = await SerialLine.open(str(port), 115_200)  # a killed program holds nothing
    await line.close()


async def test_silence_is_an_empty_answer_after_the_time_allowed(wire: PtyWire, port: Path) -> None:
    assert wire
    line = await SerialLine.open(str(port), 115_200)
    began = time.monotonic()
    assert await line.read_some(0.05) == b""
    assert 0.04 < time.monotonic() - began < 2.0
    await line.close()


async def test_a_cancelled_read_loses_no_byte(wire: PtyWire, port: Path) -> None:
    line = await SerialLine.open(str(port), 115_200)
    impatient = asyncio.create_task(line.read_some(60.0))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.to_thread(wire.write, b"kept")
    heard = b""
    while len(heard) < 4:
        heard += await line.read_some(2.0)
    assert heard == b"kept"
    await line.close()


async def test_settling_outlasts_everything_that_is_still_coming(wire: PtyWire, port: Path) -> None:
    line = await SerialLine.open(str(port), 115_200)
    with playing(lambda: wire.write(b"somebody else's record" * 60)):
        dropped = await line.settle()
    assert dropped == 22 * 60
    assert await line.read_some(0.05) == b""
    await line.close()


async def test_a_line_that_never_falls_silent_is_garbled(wire: PtyWire, port: Path) -> None:
    line = await SerialLine.open(str(port), 115_200)
    enough = threading.Event()

    def chatter() -> None:
        while not enough.is_set():
            wire.write(b"?" * 64)

    with playing(chatter):
        with pytest.raises(DeviceFault) as fault:
            await line.settle(limit_s=0.2)
        enough.set()
    assert fault.value.reason is Reason.GARBLED
    await line.close()


async def test_a_pulled_cable_ends_a_waiting_read(wire: PtyWire, port: Path) -> None:
    line = await SerialLine.open(str(port), 115_200)
    waiting = asyncio.create_task(line.read_some(60.0))
    await asyncio.sleep(0)
    await asyncio.to_thread(wire.unplug)
    with pytest.raises(DeviceFault) as fault:
        await waiting
    assert fault.value.reason is Reason.PORT_LOST
    with pytest.raises(DeviceFault):
        await line.write(b"anyone?")
    await line.close()


async def test_after_plugging_in_again_the_same_name_works(wire: PtyWire, port: Path) -> None:
    line = await SerialLine.open(str(port), 115_200)
    await asyncio.to_thread(wire.unplug)
    await line.close()
    with pytest.raises(DeviceFault, match="does not exist"):
        await SerialLine.open(str(port), 115_200)
    wire.replug()
    line = await SerialLine.open(str(port), 115_200)
    await line.write(b"again")
    assert await asyncio.to_thread(wire.read) == b"again"
    await line.close()


async def test_a_device_that_takes_no_bytes_is_waited_for_and_the_loop_goes_on(
    wire: PtyWire, port: Path
) -> None:
    line = await SerialLine.open(str(port), 115_200)
    paper = bytes(range(256)) * 256  # sixteen times what the kernel buffers
    writing = asyncio.create_task(line.write(paper))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not writing.done()
    taken = b""
    while len(taken) < len(paper):
        taken += await asyncio.to_thread(wire.read)
    await writing
    assert taken == paper
    await line.close()


async def test_a_device_that_stays_stalled_is_reported(wire: PtyWire, port: Path) -> None:
    assert wire
    line = await SerialLine.open(str(port), 115_200)
    with pytest.raises(DeviceFault, match=r"took \d+ of 65536 bytes") as fault:
        await line.write(bytes(65_536), stall_s=0.1)
    assert fault.value.reason is Reason.SILENT
    await line.close()


async def test_closing_never_waits_for_the_far_end(wire: PtyWire, port: Path) -> None:
    assert wire
    line = await SerialLine.open(str(port), 115_200)
    reading = asyncio.create_task(line.read_some(60.0))
    writing = asyncio.create_task(line.write(bytes(65_536)))
    for _ in range(20):
        await asyncio.sleep(0)
    began = time.monotonic()
    await line.close()
    await line.close()
    assert time.monotonic() - began < CLOSE_S
    for task in (reading, writing):
        with pytest.raises(DeviceFault):
            await task


async def test_a_closed_port_is_free_at_once(wire: PtyWire, port: Path) -> None:
    assert wire
    lines = [await SerialLine.open(str(port), 115_200)]
    await lines[0].close()
    lines.append(await SerialLine.open(str(port), 115_200))
    await lines[1].close()


async def test_an_opening_that_is_given_up_leaves_the_port_free(wire: PtyWire, port: Path) -> None:
    assert wire
    for turns in range(8):
        opening = asyncio.create_task(SerialLine.open(str(port), 115_200))
        for _ in range(turns):
            await asyncio.sleep(0)
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError, DeviceFault):
            await (await opening).close()
    async with asyncio.timeout(5.0):
        line = await until_opened(port)
    await line.close()


async def until_opened(port: Path) -> SerialLine:
    """The given-up openings end on their own threads; each holds the port for a moment."""
    while True:
        try:
            return await SerialLine.open(str(port), 115_200)
        except DeviceFault as fault:
            assert fault.reason is Reason.PORT_DENIED  # noqa: PT017 - any other reason is the failure


def test_a_paced_wire_takes_the_time_the_bytes_take(wire: PtyWire, port: Path) -> None:
    assert port.is_symlink()
    began = time.monotonic()
    for _ in range(4):
        wire.write(bytes(288))
    took_s = time.monotonic() - began
    assert 0.099 < took_s < 0.2  # 1,152 bytes at 115,200 baud: 0.1 s
