"""Questions to a receipt printer and its answers, in the dialect of its profile; no transaction here.

A conversation opens its port when it begins and gives it up when the port is lost. Whatever is on the line
at the beginning answers somebody else's question, so it is dropped first.

Source: ESC/POS command reference, `DLE EOT`; Custom's commands manual, `DLE EOT 20` (full status).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from config.printer_profile import PrinterProfile
from devices.escpos.pace import BITS_PER_BYTE
from devices.escpos.status import (
    Ask,
    FullStatus,
    InOrder,
    Noise,
    RealTime,
    Replies,
    Reply,
    health_in_full,
    health_of,
)
from devices.serial_line import FlowControl, SerialLine
from devices.statuses import DeviceFault, PrinterHealth, PrinterMedia, Reason

ANSWER_S = 0.6
"""A printer answers `DLE EOT` at once; the rest is the wire at 9600 baud and a USB adapter's latency."""

LONGEST_UNASKED_S = 5.0
"""4 KB take 4.3 s at 9600 baud; before, nothing can still be on the wire."""

_WIRE_LATENESS = 0.25
"""A wire may need so much longer than its rate says: gaps between bytes, a slow adapter."""


class Line(Protocol):
    """What a conversation needs of `SerialLine`, which says what each method does."""

    async def settle(self) -> int:
        """Drop what is stale."""
        ...

    async def write(self, data: bytes) -> None:
        """Hand it over."""
        ...

    async def read_some(self, within_s: float) -> bytes:
        """What has come."""
        ...

    async def close(self) -> None:
        """Give it back."""
        ...


@dataclass(frozen=True)
class Way:
    """How a printer is reached, and the clock that belongs to it: monotonic seconds."""

    open: Callable[[str, int, FlowControl], Awaitable[Line]] = SerialLine.open
    clock: Callable[[], float] = time.monotonic


BY_CABLE = Way()

_FULL_STATUS = b"\x10\x04\x14"


class Conversation:
    """The line to one printer. Every method raises `DeviceFault` when the line or the answer fails."""

    def __init__(self, port: str, baud: int, profile: PrinterProfile, flow: FlowControl, way: Way) -> None:
        self.port = port
        self._way = way
        self._baud = baud
        self._profile = profile
        self._flow: FlowControl = flow
        self._open_line: Line | None = None
        self._replies = self._listener()
        self._understood = False  # since it was opened, the line has given an answer of a printer's
        self._wire_free_at = 0.0  # when the last byte handed over has crossed the wire
        self._proved_at = 0.0  # the last moment at which all had crossed, for an answer came

    async def begin(self) -> None:
        """Have a silent, open line: what comes from now on answers our questions."""
        self._replies = self._listener()
        if self._open_line is not None:
            try:
                await self._open_line.settle()
            except DeviceFault as fault:
                await self.close()
                if fault.reason is not Reason.PORT_LOST:
                    raise
            else:
                return
        self._open_line = await self._way.open(self.port, self._baud, self._flow)
        await self._open_line.settle()

    async def send(self, data: bytes) -> None:
        """Hand `data` to the port."""
        try:
            await self._line().write(data)
        except DeviceFault:
            await self.close()  # with what the kernel still holds of a job
            raise
        crossing_s = len(data) * BITS_PER_BYTE / self._baud
        self._wire_free_at = max(self._way.clock(), self._wire_free_at) + crossing_s

    async def listen(self, within_s: float) -> list[Reply]:
        """What has come, waiting up to `within_s` seconds for a first byte."""
        try:
            return list(self._replies.feed(await self._line().read_some(within_s)))
        except DeviceFault:
            await self.close()
            raise

    async def statuses(self) -> tuple[PrinterHealth, list[Reply]]:
        """Ask how the printer is; also what else came meanwhile."""
        if self._profile.status == "custom":
            replies = await self._ask(_FULL_STATUS, FullStatus)
            full = next(reply for reply in replies if isinstance(reply, FullStatus))
            return health_in_full(full.values), replies
        answers: list[int] = []
        passed: list[Reply] = []
        for ask in Ask:
            replies = await self._ask(bytes((0x10, 0x04, ask)), RealTime)
            answers += [reply.value for reply in replies if isinstance(reply, RealTime)][:1]
            passed += replies
        return health_of(*answers), passed

    async def close(self) -> None:
        """Give the port back."""
        line, self._open_line = self._open_line, None
        self._understood = False
        if line is not None:
            await line.close()

    def _listener(self) -> Replies:
        return Replies(full_status=self._profile.status == "custom")

    async def _ask(self, question: bytes, answer: type[RealTime | FullStatus]) -> list[Reply]:
        """One question and all that came until its answer: `SILENT`, `GARBLED`, `NOT_UNDERSTOOD` without."""
        await self.send(question)
        replies: list[Reply] = []
        # The question queues behind a job's bytes: its answer can only be late from there on.
        crossing_s = self._wire_free_at - max(self._proved_at, self._wire_free_at - LONGEST_UNASKED_S)
        give_up_at = self._wire_free_at + ANSWER_S + crossing_s * _WIRE_LATENESS
        while (left_s := give_up_at - self._way.clock()) > 0:
            replies += await self.listen(left_s)
            if any(isinstance(reply, answer) for reply in replies):
                self._understood = True
                self._proved_at = self._way.clock()
                return replies
        reason = Reason.GARBLED if self._understood else Reason.NOT_UNDERSTOOD
        noise = any(isinstance(reply, Noise) for reply in replies)
        raise DeviceFault(reason if noise else Reason.SILENT, f"{self.port}: {question.hex(' ')}")

    def _line(self) -> Line:
        if self._open_line is None:
            raise DeviceFault(Reason.PORT_LOST, self.port)
        return self._open_line


def has_mark(replies: list[Reply]) -> bool:
    """Whether the end mark is among `replies`."""
    return any(isinstance(reply, InOrder) for reply in replies)


def hanging(health: PrinterHealth) -> PrinterHealth:
    """`health` of a printer that cannot see what hangs from it, when we know that something may."""
    return replace(health, media=PrinterMedia.PRESENT) if health.media is PrinterMedia.UNKNOWN else health
