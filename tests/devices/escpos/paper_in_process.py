"""A receipt printer in this process, on a clock that only moves when somebody waits: for every byte's test.

It obeys the same commands and says the same words as `devices.simulators.escpos_printer`, without a thread or
a pty, and knows of every dot whose job it was.
"""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from devices.escpos.conversation import Way
from devices.serial_line import FlowControl
from devices.simulators.escpos_commands import (
    CLEAR_BUFFER,
    Command,
    CutPaper,
    Initialize,
    Present,
    ReportByItself,
    TransmitStatus,
    read_command,
)
from devices.simulators.escpos_picture import Printed, PrintedLine, PrintedQr, PrintedRaster
from devices.simulators.escpos_printer import KNIFE_DOTS, Dialect
from devices.simulators.escpos_says import CLEARED, Standing, by_itself, in_full, to_dle_eot, to_gs_r
from devices.simulators.escpos_typesetter import Typesetter
from devices.statuses import DeviceFault, Reason

Fault = Literal["paper_out", "cover_open", "paused", "jammed", "silent", "unplugged", "killed"]
FAULTS: tuple[Fault, ...] = (
    "paper_out", "cover_open", "paused", "jammed", "silent", "unplugged", "killed"
)  # fmt: skip
_STOPPING: frozenset[Fault] = frozenset({"paper_out", "cover_open", "paused"})
_ANSWER_S = 0.002
_DLE = re.compile(rb"\x10[\x04\x05\x14]")


class Killed(Exception):
    """The program that prints ends in the middle of a write."""


class _Short(Exception):
    """A command is not complete yet."""


Ink = tuple[Printed, frozenset[str]]
"""Something printed, and whose bytes made it."""


@dataclass(frozen=True)
class Piece:
    """What was cut off: its ink, and during whose turn it fell."""

    ink: tuple[Ink, ...]
    turn: str

    @property
    def owners(self) -> frozenset[str]:
        """Everybody whose ink is on it."""
        return frozenset().union(*(owners for _, owners in self.ink))

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Its ink alone."""
        return tuple(part for part, _ in self.ink)


@dataclass
class PaperInProcess:
    """The printer, the far end of its cable, and the clock."""

    dialect: Dialect
    baud: int = 115_200
    dots_per_s: float = 1600
    width_dots: int = 576
    turn: str = "A"
    """Who is at the terminal, one letter: whose bytes come now."""
    now: float = 0.0
    faults: set[Fault] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)
    strike: tuple[int, Fault] | None = None
    """At which byte of those that come from now on which fault begins."""
    received: int = 0

    def __post_init__(self) -> None:
        self._byte_s = 10 / self.baud
        self._wire: deque[tuple[float, bytes]] = deque()  # when its first byte sets out, and the bytes
        self._wire_free_at = 0.0
        self._held = bytearray()
        self._whose = bytearray()
        self._recent = b""
        self._answers: deque[tuple[float, bytes]] = deque()
        self._busy_until = 0.0
        self._cutting = False
        self._knife_stuck = False
        self._reports = False
        self._last_report = b""
        self._typesetter = Typesetter(self.width_dots)
        self._on_paper: list[Ink] = []
        self._line_owners: set[str] = set()

    @property
    def way(self) -> Way:
        """How a driver reaches this printer."""
        return Way(open=self._open, clock=lambda: self.now)

    @property
    def hanging(self) -> Piece:
        """What is printed and not cut off."""
        return Piece(tuple(self._on_paper), self.turn)

    def mend(self) -> None:
        """Everything is put right, as a clerk does: paper, cover, pause, knife, cable."""
        self.faults.clear()
        if self.dialect != "epson":
            self._knife_stuck = False  # the printer tries again by itself
        self._run(self.now)

    def let_pass(self, seconds: float) -> None:
        """Nobody does anything for a while."""
        self._advance(self.now + seconds)

    # ---- the near end ------------------------------------------------------------------------------------

    async def _open(self, port: str, _baud: int, _flow: FlowControl) -> PaperInProcess:
        if "unplugged" in self.faults:
            raise DeviceFault(Reason.PORT_MISSING, port)
        return self

    async def settle(self) -> int:
        while await self.read_some(0.05):
            pass
        return 0

    async def write(self, data: bytes) -> None:
        if "unplugged" in self.faults:
            raise DeviceFault(Reason.PORT_LOST, "cable")
        start = max(self.now, self._wire_free_at)
        if self.strike is not None and self.strike[1] == "killed":
            on_the_way = sum(len(sent) for _, sent in self._wire)
            left = self.strike[0] - self.received - on_the_way
            if left < len(data):
                self._wire.append((start, data[: max(0, left)]))
                self.strike = None
                raise Killed
        self._wire.append((start, data))
        self._wire_free_at = start + len(data) * self._byte_s

    async def read_some(self, within_s: float) -> bytes:
        deadline = self.now + within_s
        while True:
            self._run(self.now)
            said = b""
            while self._answers and self._answers[0][0] <= self.now:
                said += self._answers.popleft()[1]
            if said:
                return said
            if "unplugged" in self.faults:
                raise DeviceFault(Reason.PORT_LOST, "cable")
            if self.now >= deadline:
                return b""
            self.now = min(deadline, self._next_event())

    async def close(self) -> None:
        """The port is free again; what had left it is on its way."""

    # ---- the far end -------------------------------------------------------------------------------------

    def _next_event(self) -> float:
        moments = [moment for moment, _ in self._answers if moment > self.now][:1]
        if self._wire:
            moments.append(self._wire[0][0] + len(self._wire[0][1]) * self._byte_s)
        if self._busy_until > self.now:
            moments.append(self._busy_until)
        return max(self.now, min(moments, default=math.inf))

    def _advance(self, to: float) -> None:
        while (moment := self._next_event()) < to:
            if moment == self.now:
                self._run(self.now)
                moment = self._next_event()
                if moment in {self.now, math.inf}:
                    break
            self.now = moment
            self._run(self.now)
        self.now = to
        self._run(to)

    def _run(self, to: float) -> None:
        """Let everything happen that is due."""
        while self._wire:
            start, data = self._wire[0]
            if self.strike is not None and self.strike[1] != "killed":
                before, fault = self.strike[0] - self.received, self.strike[1]
                if before < len(data):
                    moment = start + before * self._byte_s
                    if moment > to:
                        break
                    self.strike = None
                    self._arrive(data[:before], moment)
                    rest = data[before:]
                    self._wire[0] = (moment, rest)
                    self._begin(fault)
                    continue
            arrived_at = start + len(data) * self._byte_s
            if arrived_at > to:
                break
            self._wire.popleft()
            self._arrive(data, arrived_at)
        if self.strike is not None and self.strike[1] != "killed" and self.strike[0] <= self.received:
            due, self.strike = self.strike[1], None
            self._begin(due)
        self._print_until(to)

    def _begin(self, fault: Fault) -> None:
        self.faults.add(fault)
        if fault == "unplugged":
            self._wire.clear()
            self._answers.clear()

    def _arrive(self, data: bytes, moment: float) -> None:
        self.received += len(data)
        self._held += data
        self._whose += self.turn.encode() * len(data)
        self._print_until(moment)
        if _DLE.search(self._recent + data) is None:
            self._recent = (self._recent + data)[1 - len(CLEAR_BUFFER) :]
            return
        for byte in data:
            self._recent = self._recent[1 - len(CLEAR_BUFFER) :] + bytes((byte,))
            if answer := self._real_time(self._recent):
                self._recent = b""
                self._say(answer, moment)

    def _say(self, answer: bytes, moment: float) -> None:
        if "silent" not in self.faults:
            self._answers.append((moment + _ANSWER_S, answer))

    def _real_time(self, recent: bytes) -> bytes:
        if self.dialect == "custom" and recent.endswith(b"\x10\x04\x14"):
            return in_full(self._standing())
        if recent[-3:-1] == b"\x10\x04" and recent[-1] in range(1, 5):
            return to_dle_eot(recent[-1], self._standing())
        if self.dialect == "epson" and recent.endswith(CLEAR_BUFFER):
            self._clear()
            return CLEARED
        if self.dialect == "epson" and recent.endswith(b"\x10\x05\x02") and self._knife_stuck:
            self._clear()
            self._knife_stuck = "jammed" in self.faults
        return b""

    def _clear(self) -> None:
        self._held.clear()
        self._whose.clear()
        self._typesetter.clear()
        self._cutting = False

    def _standing(self) -> Standing:
        return Standing(
            cover_open="cover_open" in self.faults,
            paper_out="paper_out" in self.faults,
            near_end=False,
            knife_stuck=self._knife_stuck,
            unrecoverable=False,
            slip_in_mouth=False,
            paused="paused" in self.faults,
        )

    @property
    def _stopped(self) -> bool:
        return self._knife_stuck or not self.faults.isdisjoint(_STOPPING)

    def _report(self, moment: float) -> None:
        report = by_itself(self._standing())
        if self._reports and report != self._last_report:
            self._last_report = report
            self._say(report, moment)

    # ---- the paper ---------------------------------------------------------------------------------------

    def _print_until(self, to: float) -> None:
        if self._reports:
            self._report(to)
        while not self._stopped and self._busy_until <= to:
            if self._cutting:
                if "jammed" in self.faults:
                    self._knife_stuck = True
                    self._report(to)
                    return
                self._cutting = False
                self.pieces.append(Piece(tuple(self._on_paper), self.turn))
                self._on_paper = []
            if not self._held or (found := self._command()) is None:
                return
            self._obey(*found, to)

    def _command(self) -> tuple[Command, frozenset[str]] | None:
        if not self._held[0]:  # what fills up a torn command, and does nothing by itself
            nulls = len(self._held) - len(self._held.lstrip(b"\0"))
            del self._held[:nulls]
            del self._whose[:nulls]
        at = 0

        def take(count: int) -> bytes:
            nonlocal at
            if at + count > len(self._held):
                raise _Short
            data = bytes(self._held[at : at + count])
            at += count
            return data

        try:
            command = read_command(take, chinese=self._typesetter.chinese)
        except _Short:
            return None
        owners = frozenset(map(chr, set(self._whose[:at])))
        del self._held[:at]
        del self._whose[:at]
        return command, owners

    def _obey(self, command: Command, owners: frozenset[str], moment: float) -> None:
        match command:
            case CutPaper(extra_dots, to_knife):
                self._busy_until = moment + (extra_dots + KNIFE_DOTS * to_knife) / self.dots_per_s
                self._cutting = True
            case TransmitStatus(1 | 49) if self.dialect == "epson":
                self._say(to_gs_r(self._standing()), moment)
            case ReportByItself(n) if self.dialect == "epson":
                self._reports, self._last_report = bool(n), b""
                self._report(moment)
            case Present():
                pass
            case Initialize():
                self._reports = False
                self._line_owners.clear()
                self._typesetter.set(command)
            case _:
                self._line_owners |= owners
                for part in self._typesetter.set(command):
                    self._busy_until = max(self._busy_until, moment) + part.dots / self.dots_per_s
                    if _inked(part):
                        self._on_paper.append((part, frozenset(self._line_owners)))
                    self._line_owners.clear()


def _inked(part: Printed) -> bool:
    if isinstance(part, PrintedLine):
        return any(glyph.character != " " for glyph in part.glyphs)
    if isinstance(part, PrintedRaster):
        return any(part.data)
    return isinstance(part, PrintedQr)
