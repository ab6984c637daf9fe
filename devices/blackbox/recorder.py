"""The recorder: sits on the cable between a driver and its device, and keeps a redacted trace of both ways.

It stands outside of every driver on purpose: the terminal's own and a vendor's program are recorded in the
same way, and a terminal that is not recorded runs no line of it. The driver is pointed at a link (`Tap`) in
place of the real port; the rate that it sets there is set on the port.

A trace ends at `limit_bytes`: what was written so far becomes FILE.older, in place of an earlier one, and a
new trace begins. So a fault that comes after days is in one of two files, and the disk never fills.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from devices.blackbox.redaction import redactors
from devices.blackbox.tap import Tap
from devices.blackbox.timeline import HOLD_MS, Timeline
from devices.blackbox.trace import Event, Happened, Happening, Head, Kind, Rate, Way, event_text, head_text
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, Reason

LIMIT_BYTES = 64_000_000
"""Of both files together: about three hours of a reader that is polled without rest, in each."""

REOPEN_S = 0.5
"""How often a port that went away is looked for."""

_LISTEN_S = HOLD_MS / 1000
_PRIVATE = 0o600


class TraceFile:
    """Where events go, readable by its owner only; written a line at a time, for the power may go."""

    def __init__(self, path: Path, head: Head, limit_bytes: int) -> None:
        """Begin the trace. Raises `OSError`; `FileExistsError` for a file that is there already."""
        self._path = path
        self._head = head
        self._limit = limit_bytes // 2
        self._size = 0
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        self._line(head_text(head))
        self.events = 0
        """Written so far, in all files."""

    def write(self, events: Sequence[Event]) -> None:
        """Append. Raises `OSError`; a line that did not fit is no part of the trace."""
        for event in events:
            if self._size > self._limit:
                self._begin_anew()
            self._line(event_text(event))
            self.events += 1

    def close(self) -> None:
        """The end."""
        os.close(self._fd)

    def _line(self, text: str) -> None:
        rest = text.encode()
        self._size += len(rest)
        while rest:
            rest = rest[os.write(self._fd, rest) :]

    def _begin_anew(self) -> None:
        os.close(self._fd)
        self._path.replace(self._path.with_name(self._path.name + ".older"))
        self._fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _PRIVATE)
        self._size = 0
        self._line(head_text(self._head))


class Recorder:
    """Records one cable until cancelled."""

    def __init__(
        self, port: str, tap: Tap, file: TraceFile, kind: Kind, tell: Callable[[str], None] | None = None
    ) -> None:
        """Between `tap` and `port`. `tell` hears, in words, what a technician should know meanwhile."""
        self._port = port
        self._tap = tap
        self._file: TraceFile | None = file
        self._timeline = Timeline(redactors(kind))
        self._tell = tell or (lambda _word: None)
        self._began = time.monotonic()
        self.opened = asyncio.Event()
        """Set when the port is open: a driver may come."""

    async def run(self) -> None:
        """Record. Raises `DeviceFault` when the port cannot be opened at first; later it is waited for."""
        baud, unsent = self._tap.baud, b""
        line = await SerialLine.open(self._port, baud)
        self.opened.set()
        try:
            while True:
                try:
                    unsent = await self._between(line, baud, unsent)
                except DeviceFault as fault:
                    if fault.reason is not Reason.PORT_LOST:
                        raise
                    await line.close()
                    line, unsent = await self._plugged_in_again(baud), b""
                else:
                    baud = self._tap.baud
                    await line.close()
                    line = await SerialLine.open(self._port, baud)
        finally:
            self._keep(self._timeline.flush())
            await line.close()

    async def _between(self, line: SerialLine, baud: int, unsent: bytes) -> bytes:
        """Carry bytes both ways until the driver sets another rate; give what it sent at that one.

        Raises `DeviceFault(PORT_LOST)`.
        """
        down = asyncio.create_task(self._down(line, baud, unsent))
        up = asyncio.create_task(self._up(line))
        try:
            await asyncio.wait({down, up}, return_when=asyncio.FIRST_COMPLETED)
            if up.done():
                up.result()  # it ends with its fault only
            return await down
        finally:
            for task in (down, up):
                task.cancel()
            await asyncio.gather(down, up, return_exceptions=True)

    async def _down(self, line: SerialLine, baud: int, unsent: bytes) -> bytes:
        await self._send(line, unsent)
        while True:
            data = await self._tap.read()
            if self._tap.baud != baud:
                self._keep(self._timeline.happened(Rate(self._now_ms, self._tap.baud)))
            self._keep(self._timeline.arrived(self._now_ms, Way.TO_DEVICE, data))
            if self._tap.baud != baud:
                return data
            await self._send(line, data)

    async def _send(self, line: SerialLine, data: bytes) -> None:
        try:
            await line.write(data)
        except DeviceFault as fault:
            if fault.reason is Reason.PORT_LOST:
                raise
            self._tell(f"{self._port}: {fault.detail}")

    async def _up(self, line: SerialLine) -> None:
        while True:
            data = await line.read_some(_LISTEN_S)
            at_ms = self._now_ms
            self._tap.write(data)
            self._keep(self._timeline.arrived(at_ms, Way.FROM_DEVICE, data))
            self._keep(self._timeline.held_too_long(at_ms))

    async def _plugged_in_again(self, baud: int) -> SerialLine:
        """Pull the plug on the driver's side, too, and put it in when the port is back."""
        self._keep(self._timeline.happened(Happened(self._now_ms, Happening.UNPLUGGED)))
        self._tap.unplug()
        self._tell(f"{self._port}: unplugged")
        while True:
            await asyncio.sleep(REOPEN_S)
            with contextlib.suppress(DeviceFault):
                line = await SerialLine.open(self._port, baud)
                break
        self._keep(self._timeline.happened(Happened(self._now_ms, Happening.PLUGGED_IN)))
        self._tap.plug_in()
        self._tell(f"{self._port}: plugged in")
        return line

    def _keep(self, events: Sequence[Event]) -> None:
        """Write; where that fails the cable stays connected, for somebody may be standing there."""
        if self._file is None:
            return
        try:
            self._file.write(events)
        except OSError as error:
            self._tell(
                f"the trace cannot be written ({error.strerror}): recording has ended, the cable goes on"
            )
            self._file = None

    @property
    def _now_ms(self) -> float:
        return (time.monotonic() - self._began) * 1000


def head_of(kind: Kind, baud: int, program: str) -> Head:
    """The head of a trace that begins now."""
    return Head(kind, baud, program, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
