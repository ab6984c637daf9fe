"""A receipt printer at the far end of a cable: obeys ESC/POS, prints at a printer's pace, fails on request.

As real printers do, it answers real-time commands (DLE) as they arrive, stops where it is when the cover
opens or the paper ends, keeps what it has not printed, and lets it out after the refill, unless it was told
to clear its buffer. Faults are public fields that any thread may set at any time, or at a chosen line.

Source: ESC/POS command reference. Its receive buffer holds whatever is sent; a real one has 4 KB or more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

from devices.simulators.escpos_commands import CLEAR_BUFFER, Command, CutPaper, TransmitStatus, read_command
from devices.simulators.escpos_picture import Blank, Printed, PrintedLine, draw
from devices.simulators.escpos_typesetter import Typesetter
from devices.simulators.pty_wire import BITS_PER_BYTE, PtyWire

PrinterFault = Literal["cover_open", "paper_out", "jammed", "unrecoverable", "silent"]

KNIFE_DOTS = 96
"""From the print head to the knife, 12 mm: so much white is at the head of every slip."""

_CLEAR_RESPONSE = b"\x37\x25\x00"
_STATUS = 0x12
_DRAWER, _OFFLINE = 0x04, 0x08
_COVER, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER, _UNRECOVERABLE = 0x08, 0x20
_NEAR_END, _PAPER_END = 0x0C, 0x60
_PAPER_NEAR_END = 0x03  # GS r 1


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
        self, port: Path, baud: int = 115_200, width_dots: int = 576, dots_per_s: float = 1200
    ) -> None:
        """Plug it in at `port`. `dots_per_s` of 1200 is 150 mm/s, usual for a receipt printer."""
        self.slips: list[Slip] = []
        """What has been cut off, oldest first."""
        self.changed = threading.Condition()
        """Notified whenever anything here changes: wait on it, not by sleeping."""
        self._wire = PtyWire(port, baud)
        self._byte_s = BITS_PER_BYTE / baud
        self._width_dots = width_dots
        self._dot_s = 1 / dots_per_s
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
                with self.changed:
                    self._incoming.append(byte)
                    self.changed.notify_all()
                if answer := self._real_time(recent):
                    recent = b""
                    if not self.silent:
                        self._wire.write(answer)

    def _real_time(self, recent: bytes) -> bytes:
        """Obey the real-time command that `recent` ends with, if any; give its answer."""
        if recent.endswith(CLEAR_BUFFER) and not self.ignores_clear:
            self._clear_buffer()
            return _CLEAR_RESPONSE
        match recent[-3:]:
            case b"\x10\x04\x01" | b"\x10\x04\x02" | b"\x10\x04\x03" | b"\x10\x04\x04":
                return bytes((self._status(recent[-1]),))
            case b"\x10\x05\x01" if self._cutter_error:
                self._recover()
            case b"\x10\x05\x02" if self._cutter_error:
                self._clear_buffer()
                self._recover()
            case _:
                pass
        return b""

    def _status(self, n: int) -> int:
        error = self._cutter_error or self.unrecoverable
        bits = {
            1: _DRAWER | (_OFFLINE if self._stopped() else 0),
            2: (_COVER if self.cover_open else 0)
            | (_PAPER_STOP if self.paper_out else 0)
            | (_ERROR if error else 0),
            3: (_CUTTER if self._cutter_error else 0) | (_UNRECOVERABLE if self.unrecoverable else 0),
            4: (_NEAR_END if self.near_end or self.paper_out else 0) | (_PAPER_END if self.paper_out else 0),
        }
        return _STATUS | bits[n]

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
            return data

    def _obey(self, command: Command) -> None:
        match command:
            case CutPaper(extra_dots):
                self._cut(extra_dots)
            case TransmitStatus(1 | 49):
                self._until_ready()
                if not self.silent:
                    self._wire.write(bytes((_PAPER_NEAR_END if self.near_end else 0,)))
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

    def _cut(self, extra_dots: int) -> None:
        self._until_ready()
        self._let_pass((KNIFE_DOTS + extra_dots) * self._dot_s)
        if self.jammed:
            self._cutter_error = True
        self._until_ready()
        with self.changed:
            self._printed.append(Blank(extra_dots))
            self.slips.append(self.hanging)
            self._printed, self._raw = [Blank(KNIFE_DOTS)], bytearray()
            self.changed.notify_all()

    def _stopped(self) -> bool:
        return self.cover_open or self.paper_out or self.unrecoverable or self._cutter_error

    def _until_ready(self) -> None:
        with self.changed:
            self._wait(lambda: not self._stopped())

    def _wait(self, ready: Callable[[], bool]) -> None:
        """Wait, with `changed` held, unless the bytes at work are cleared meanwhile or the power goes."""
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
