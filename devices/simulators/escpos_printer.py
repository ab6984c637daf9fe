"""A receipt printer at the far end of a cable: obeys ESC/POS, prints at a printer's pace, fails on request.

As real printers do, it answers real-time commands (DLE) as they arrive, stops where it is when the cover
opens or the paper ends, keeps what it has not printed, and lets it out after the refill, unless it was told
to clear its buffer. Faults are public fields that any thread may set at any time, or at a chosen line.

Its dialect is one of three: `epson` answers in order, reports by itself and can be cleared; `generic` answers
`DLE EOT` 1 to 4 and nothing else; `custom` has a presenter and the full status.

Source: ESC/POS command reference; Custom's commands manual for its full status and presenter.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

from devices.simulators.escpos_commands import (
    CLEAR_BUFFER,
    Command,
    CutPaper,
    Initialize,
    Present,
    ReportByItself,
    TakeBack,
    TransmitStatus,
    read_command,
)
from devices.simulators.escpos_picture import Blank, Printed, PrintedLine, draw
from devices.simulators.escpos_says import CLEARED, Standing, by_itself, in_full, to_dle_eot, to_gs_r
from devices.simulators.escpos_typesetter import Typesetter
from devices.simulators.pty_wire import BITS_PER_BYTE, PtyWire

Dialect = Literal["epson", "generic", "custom"]
PrinterFault = Literal["cover_open", "paper_out", "paused", "jammed", "unrecoverable", "silent"]

KNIFE_DOTS = 96
"""From the print head to the knife, 12 mm: so much white is at the head of every slip."""

_FULL_STATUS = b"\x10\x04\x14"
_XON, _XOFF = b"\x11", b"\x13"
_FULL, _EMPTY = 3 / 4, 1 / 4
"""Where a buffer asks for a pause, and for more."""


@dataclass(frozen=True)
class Slip:
    """A piece of paper, up to the knife."""

    raw: bytes
    """The bytes that the printer took to make it."""
    printed: tuple[Printed, ...]
    width_dots: int

    @property
    def text(self) -> str:
        """What the printer set in its own fonts, a line a row; □ for a character that it lacks."""
        return "\n".join(part.text for part in self.printed if isinstance(part, PrintedLine))

    @property
    def blank(self) -> bool:
        """Whether nothing is on it."""
        return all(isinstance(part, Blank) for part in self.printed)

    def picture(self) -> Image.Image:
        """The paper, a pixel a dot."""
        return draw(self.printed, self.width_dots)


class _Cleared(Exception):
    """The buffer was emptied while its bytes were at work."""


class _SwitchedOff(Exception):
    """The simulator is being closed."""


class _Fault:
    """A public field; setting it is noticed by the printer at once."""

    def __set_name__(self, owner: type[EscPosSimulator], name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, printer: EscPosSimulator, owner: type[EscPosSimulator]) -> bool:
        return bool(getattr(printer, self._name, False))

    def __set__(self, printer: EscPosSimulator, value: bool) -> None:  # noqa: FBT001 - an assignment has no keyword
        with printer.changed:
            setattr(printer, self._name, value)
            printer.changed.notify_all()


class EscPosSimulator:
    """A printer on `port`, with one thread for the wire and one for the paper; `close` ends both."""

    cover_open = _Fault()
    """The cover is open; closed, the printer goes on."""
    paper_out = _Fault()
    """The roll is empty; with a new one the printer goes on."""
    paused = _Fault()
    """Somebody has pressed the pause key; pressed again, the printer goes on."""
    near_end = _Fault()
    """The roll is nearly empty; it still prints."""
    jammed = _Fault()
    """Paper sticks in the knife: the next cut fails, and the printer waits for it to go and for `DLE ENQ`."""
    unrecoverable = _Fault()
    """Broken: it stops, and no command helps."""
    silent = _Fault()
    """It prints but answers nothing, as with a broken wire back to the terminal."""
    ignores_clear = _Fault()
    """It does not know `DLE DC4` fn 8, as many cheap printers."""

    def __init__(
        self,
        port: Path,
        baud: int = 115_200,
        width_dots: int = 576,
        dots_per_s: float = 1200,
        *,
        dialect: Dialect = "epson",
        buffer_bytes: int | None = None,
        says_wait: bool = False,
    ) -> None:
        """Plug it in at `port`. `dots_per_s` of 1200 is 150 mm/s, usual for a receipt printer.

        `buffer_bytes` is what it can hold, anything when None; what comes above it is lost, unless it
        `says_wait` (XON/XOFF) and is heard.
        """
        self.slips: list[Slip] = []
        """What has been cut off, oldest first."""
        self.retracted: list[Slip] = []
        """What the presenter has taken back, oldest first; such a slip is among `slips`, too."""
        self.lost_bytes = 0
        """What came while the buffer was full."""
        self.changed = threading.Condition()
        """Notified whenever anything here changes: wait on it, not by sleeping."""
        self._wire = PtyWire(port, baud)
        self._byte_s = BITS_PER_BYTE / baud
        self._width_dots = width_dots
        self._dot_s = 1 / dots_per_s
        self._dialect: Dialect = dialect
        self._buffer_bytes = buffer_bytes
        self._says_wait = says_wait
        self._waiting = False
        self._reports = False
        self._last_report = b""
        self._in_mouth: Slip | None = None
        self._off = False
        self._cutter_error = False
        self._planned: list[tuple[int, PrinterFault]] = []
        self._incoming = bytearray()
        self._clearings = 0
        self._seen_clearings = 0
        self._typesetter = Typesetter(width_dots)
        self._printed: list[Printed] = [Blank(KNIFE_DOTS)]
        self._raw = bytearray()
        self._reader = _start(self._receive)
        self._paper = _start(self._work)

    @property
    def hanging(self) -> Slip:
        """The paper printed since the last cut."""
        with self.changed:
            return Slip(bytes(self._raw), tuple(self._printed), self._width_dots)

    def after_lines(self, lines: int, fault: PrinterFault) -> None:
        """Let `fault` happen when `lines` more lines or pictures have been printed."""
        with self.changed:
            self._planned.append((lines, fault))

    def wait_for_slips(self, count: int, within_s: float) -> Sequence[Slip]:
        """Wait until `count` slips have been cut off. Raises `TimeoutError`."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.slips) >= count, within_s):
                raise TimeoutError(f"{len(self.slips)} of {count} slips within {within_s} s")
            return tuple(self.slips)

    def take(self) -> Slip:
        """A hand takes the slip out of the mouth. Raises `ValueError` when none is there."""
        with self.changed:
            slip, self._in_mouth = self._in_mouth, None
            self.changed.notify_all()
        if slip is None:
            raise ValueError("nothing is in the mouth")
        return slip

    def unplug(self) -> None:
        """Pull the cable; the printer has its own power and goes on with what it has received."""
        self._wire.unplug()
        self._reader.join()

    def replug(self) -> None:
        """Plug the cable in again."""
        self._wire.replug()
        self._reader = _start(self._receive)

    def close(self) -> None:
        """Switch it off and pull the cable."""
        with self.changed:
            self._off = True
            self.changed.notify_all()
        self._wire.close()
        self._reader.join()
        self._paper.join()

    # ---- the wire: a thread that obeys real-time commands at once and stores everything -------------------

    def _receive(self) -> None:
        recent = b""
        while data := self._wire.read():
            self._let_pass(len(data) * self._byte_s)
            for byte in data:
                recent = recent[1 - len(CLEAR_BUFFER) :] + bytes((byte,))
                self._store(byte)
                if answer := self._real_time(recent):
                    recent = b""
                    if not self.silent:
                        self._wire.write(answer)

    def _store(self, byte: int) -> None:
        with self.changed:
            limit = self._buffer_bytes
            if limit is not None and len(self._incoming) >= limit:
                self.lost_bytes += 1
                return
            self._incoming.append(byte)
            self.changed.notify_all()
            wait = self._says_wait and limit is not None and len(self._incoming) >= limit * _FULL
            wait, self._waiting = wait and not self._waiting, wait or self._waiting
        if wait:
            self._wire.write(_XOFF)

    def _real_time(self, recent: bytes) -> bytes:
        """Obey the real-time command that `recent` ends with, if any; give its answer."""
        if self._dialect == "custom" and recent.endswith(_FULL_STATUS):
            return in_full(self._standing())
        if self._dialect != "epson":
            asked = recent[-3:-1] == b"\x10\x04" and recent[-1] in range(1, 5)
            return to_dle_eot(recent[-1], self._standing()) if asked else b""
        if recent.endswith(CLEAR_BUFFER) and not self.ignores_clear:
            self._clear_buffer()
            return CLEARED
        match recent[-3:]:
            case b"\x10\x04\x01" | b"\x10\x04\x02" | b"\x10\x04\x03" | b"\x10\x04\x04":
                return to_dle_eot(recent[-1], self._standing())
            case b"\x10\x05\x01" if self._cutter_error:
                self._recover()
            case b"\x10\x05\x02" if self._cutter_error:
                self._clear_buffer()
                self._recover()
            case _:
                pass
        return b""

    def _standing(self) -> Standing:
        return Standing(
            cover_open=self.cover_open,
            paper_out=self.paper_out,
            near_end=self.near_end,
            knife_stuck=self._cutter_error,
            unrecoverable=self.unrecoverable,
            slip_in_mouth=self._in_mouth is not None,
            paused=self.paused,
        )

    def _report(self) -> None:
        """Send the four bytes of status, if asked to and when they are new."""
        if not self._reports or self.silent:
            return
        report = by_itself(self._standing())
        if report != self._last_report:
            self._last_report = report
            self._wire.write(report)

    def _clear_buffer(self) -> None:
        with self.changed:
            self._incoming.clear()
            self._clearings += 1
            self.changed.notify_all()

    def _recover(self) -> None:
        with self.changed:
            self._cutter_error = self.jammed
            self.changed.notify_all()

    # ---- the paper: a thread that takes bytes as fast as it prints -----------------------------------------

    def _work(self) -> None:
        while not self._off:
            try:
                self._obey(read_command(self._take, chinese=self._typesetter.chinese))
            except _Cleared:
                self._typesetter.clear()
                self._seen_clearings = self._clearings
            except _SwitchedOff:
                return

    def _take(self, count: int) -> bytes:
        with self.changed:
            self._wait(lambda: len(self._incoming) >= count)
            data = bytes(self._incoming[:count])
            del self._incoming[:count]
            self._raw += data
            go_on = self._waiting and len(self._incoming) <= (self._buffer_bytes or 0) * _EMPTY
            self._waiting = self._waiting and not go_on
        if go_on:
            self._wire.write(_XON)
        return data

    def _obey(self, command: Command) -> None:
        match command:
            case CutPaper(extra_dots, to_knife):
                self._cut(extra_dots, KNIFE_DOTS if to_knife else 0)
            case TransmitStatus(1 | 49) if self._dialect == "epson":
                self._until_ready()
                if not self.silent:
                    self._wire.write(to_gs_r(self._standing()))
            case ReportByItself(n) if self._dialect == "epson":
                self._reports, self._last_report = bool(n), b""
                self._report()
            case Present(retract, wait_s) if self._dialect == "custom":
                self._present(retract=retract, wait_s=wait_s)
            case TakeBack() if self._dialect == "custom":
                self._take_back()
            case Initialize():
                self._reports = False
                self._typesetter.set(command)
            case _:
                for part in self._typesetter.set(command):
                    self._print(part)

    def _print(self, part: Printed) -> None:
        self._until_ready()
        self._let_pass(part.dots * self._dot_s)
        with self.changed:
            self._printed.append(part)
            if not isinstance(part, Blank):
                self._count_line()
            self.changed.notify_all()

    def _count_line(self) -> None:
        due = [fault for lines, fault in self._planned if lines == 1]
        self._planned = [(lines - 1, fault) for lines, fault in self._planned if lines > 1]
        for fault in due:
            setattr(self, fault, True)

    def _take_back(self) -> None:
        with self.changed:
            slip, self._in_mouth = self._in_mouth, None
            if slip is not None:
                self.retracted.append(slip)
            self.changed.notify_all()

    def _present(self, *, retract: bool, wait_s: int) -> None:
        with self.changed:
            self._in_mouth = slip = self.slips[-1] if self.slips else None
            self.changed.notify_all()

        def nobody_came() -> None:
            with self.changed:
                taken = self.changed.wait_for(lambda: self._off or self._in_mouth is not slip, wait_s)
                if not taken and slip is not None:
                    self._in_mouth = None
                    if retract:
                        self.retracted.append(slip)
                    self.changed.notify_all()

        _start(nobody_came)

    def _cut(self, extra_dots: int, knife_dots: int) -> None:
        self._until_ready()
        self._let_pass((knife_dots + extra_dots) * self._dot_s)
        if self.jammed:
            self._cutter_error = True
        self._until_ready()
        with self.changed:
            self._printed.append(Blank(extra_dots))
            self.slips.append(self.hanging)
            self._printed, self._raw = [Blank(KNIFE_DOTS)], bytearray()
            self.changed.notify_all()

    def _until_ready(self) -> None:
        with self.changed:
            self._wait(lambda: not self._standing().stopped)

    def _wait(self, ready: Callable[[], bool]) -> None:
        """Wait, with `changed` held, unless the bytes at work are cleared meanwhile or the power goes."""
        self._report()
        self.changed.wait_for(lambda: ready() or self._off or self._clearings != self._seen_clearings)
        if self._off:
            raise _SwitchedOff
        if self._clearings != self._seen_clearings:
            raise _Cleared

    def _let_pass(self, seconds: float) -> None:
        with self.changed:
            self.changed.wait_for(lambda: self._off, seconds)


def _start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
