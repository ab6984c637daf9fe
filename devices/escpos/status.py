"""What an ESC/POS printer says of itself: its bytes told apart, and four of them as a health. Pure.

Source: ESC/POS command reference: `DLE EOT` (real-time status), `GS r` (status in order), `GS a` (automatic
status back), `DLE DC4` fn 8 (clear buffer and its response). Custom's commands manual for `DLE EOT 20` (full
status), which only printers with that dialect are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from devices.statuses import DeviceState, PaperState, PrinterHealth, PrinterMedia, Reason, health_said


class Ask(IntEnum):
    """The n of `DLE EOT n`."""

    PRINTER = 1
    OFFLINE = 2
    ERROR = 3
    PAPER = 4


class _Printer(IntFlag):
    OFFLINE = 0x08


class _Offline(IntFlag):
    COVER_OPEN = 0x04
    FEED_KEY = 0x08
    PAPER_END = 0x20
    ERROR = 0x40


class _Error(IntFlag):
    JAM = 0x04  # SNBC; elsewhere undefined, so it counts only with `_Offline.ERROR`
    CUTTER = 0x08
    UNRECOVERABLE = 0x20
    RECOVERS_BY_ITSELF = 0x40


class _Paper(IntFlag):
    NEAR_END = 0x0C
    END = 0x60


@dataclass(frozen=True)
class RealTime:
    """A reply to `DLE EOT`, which overtakes everything; it does not say to which n."""

    value: int


@dataclass(frozen=True)
class InOrder:
    """A reply to `GS r`: everything that was sent before it has been executed."""

    value: int


@dataclass(frozen=True)
class Cleared:
    """The printer's buffers are empty."""


@dataclass(frozen=True)
class Automatic:
    """The four bytes that a printer sends by itself when something changes; some do so from the factory."""

    values: bytes


@dataclass(frozen=True)
class FullStatus:
    """The four bytes of Custom's full status: paper, user, recoverable, unrecoverable."""

    values: bytes


@dataclass(frozen=True)
class Noise:
    """A byte that no printer sends here."""


Reply = RealTime | InOrder | Cleared | Automatic | FullStatus | Noise

_FLOW = b"\x11\x13"  # XON, XOFF: no reply looks like them, and they may stand between any two bytes
_KIND = 0b1001_0011
_REAL_TIME = 0b0001_0010  # 0xx1xx10
_AUTOMATIC = 0b0001_0000  # 0xx1xx00, then three bytes 0xx0xxxx
_FOLLOWS = 0b1001_0000  # these bits are 0 in replies to GS r and in what follows an automatic status
_CLEARED = b"\x37\x25\x00"
_AUTOMATIC_BYTES = 4
_FULL = b"\x10\x0f"
_FULL_BYTES = 6


class Replies:
    """Tells a printer's bytes apart as they come. Replies of several bytes may arrive in pieces.

    `full_status` says that the printer has that dialect: its reply looks like an automatic status.
    """

    def __init__(self, *, full_status: bool = False) -> None:
        self._full_status = full_status
        self._waiting = b""

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Give the replies that are complete with `data`."""
        self._waiting += data.translate(None, _FLOW)
        while (found := _first(self._waiting, full_status=self._full_status)) is not None:
            reply, length = found
            self._waiting = self._waiting[length:]
            yield reply


def _first(waiting: bytes, *, full_status: bool) -> tuple[Reply, int] | None:
    """Read the first reply and say how many bytes it has; None while it is not complete."""
    if not waiting:
        return None
    first = waiting[0]
    if first & _KIND == _REAL_TIME:
        return RealTime(first), 1
    if not first & _FOLLOWS:
        return InOrder(first), 1
    if _CLEARED.startswith(waiting[: len(_CLEARED)]):
        return (Cleared(), len(_CLEARED)) if len(waiting) >= len(_CLEARED) else None
    if full_status and _FULL.startswith(waiting[: len(_FULL)]):
        whole = len(waiting) >= _FULL_BYTES
        return (FullStatus(waiting[len(_FULL) : _FULL_BYTES]), _FULL_BYTES) if whole else None
    automatic = waiting[:_AUTOMATIC_BYTES]
    if first & _KIND == _AUTOMATIC and not any(byte & _FOLLOWS for byte in automatic[1:]):
        whole = len(automatic) == _AUTOMATIC_BYTES
        return (Automatic(automatic), _AUTOMATIC_BYTES) if whole else None
    return Noise(), 1


def health_of(printer: int, offline: int, error: int, paper: int) -> PrinterHealth:
    """Read the four `DLE EOT` replies together; the worst reason is named first. Low paper still prints."""
    supply = _paper(offline, paper)
    state, reason, media = DeviceState.ONLINE, Reason.NONE, PrinterMedia.UNKNOWN
    if error & _Error.UNRECOVERABLE:
        state, reason = DeviceState.HARDWARE_ERROR, Reason.UNRECOVERABLE
    elif offline & _Offline.COVER_OPEN:  # before the knife: somebody has a hand in it
        state, reason = DeviceState.OFFLINE, Reason.COVER_OPEN
    elif error & _Error.CUTTER:
        state, reason, media = DeviceState.HARDWARE_ERROR, Reason.CUTTER, PrinterMedia.JAMMED
    elif supply is PaperState.OUT:
        state, reason = DeviceState.OFFLINE, Reason.PAPER_OUT
    elif error & _Error.RECOVERS_BY_ITSELF:
        state, reason = DeviceState.DEVICE_BUSY, Reason.RECOVERABLE
    elif offline & _Offline.ERROR and error & _Error.JAM:
        state, reason, media = DeviceState.HARDWARE_ERROR, Reason.PAPER_JAM, PrinterMedia.JAMMED
    elif offline & _Offline.ERROR:
        state, reason = DeviceState.HARDWARE_ERROR, Reason.STOPPED
    elif offline & _Offline.FEED_KEY:
        state, reason = DeviceState.DEVICE_BUSY, Reason.STOPPED
    elif printer & _Printer.OFFLINE:
        state, reason = DeviceState.OFFLINE, Reason.STOPPED
    return PrinterHealth(health_said(state, reason), supply, media)


def health_by_itself(values: bytes) -> PrinterHealth:
    """Read an automatic status: printer, error, paper and a reserved byte."""
    printer, error, paper, _reserved = values
    return health_of(
        printer & _Printer.OFFLINE,
        (_Offline.COVER_OPEN if printer & _BY_ITSELF_COVER else 0)
        | (_Offline.FEED_KEY if printer & _BY_ITSELF_FEEDING else 0),
        error & (_Error.CUTTER | _Error.UNRECOVERABLE | _Error.RECOVERS_BY_ITSELF),
        (_Paper.NEAR_END if paper & _BY_ITSELF_NEAR_END else 0)
        | (_Paper.END if paper & _BY_ITSELF_END else 0),
    )


_BY_ITSELF_COVER, _BY_ITSELF_FEEDING = 0x20, 0x40
_BY_ITSELF_NEAR_END, _BY_ITSELF_END = 0x03, 0x0C


class _FullPaper(IntFlag):
    END = 0x01
    NEAR_END = 0x04
    IN_MOUTH = 0x20
    VIRTUAL_END = 0x40


class _FullUser(IntFlag):
    HEAD_UP = 0x01
    COVER_OPEN = 0x02


class _FullRecoverable(IntFlag):
    JAM = 0x40


class _FullUnrecoverable(IntFlag):
    CUTTER = 0x01 | 0x02
    PRESENTER = 0x80


def health_in_full(values: bytes) -> PrinterHealth:
    """Read Custom's full status. Its presenter tells whether the slip is still in its mouth."""
    paper, user, recoverable, unrecoverable = values
    supply = PaperState.FULL
    if paper & (_FullPaper.END | _FullPaper.VIRTUAL_END):
        supply = PaperState.OUT
    elif paper & _FullPaper.NEAR_END:
        supply = PaperState.LOW
    media = PrinterMedia.PRESENT if paper & _FullPaper.IN_MOUTH else PrinterMedia.NOT_PRESENT
    state, reason = DeviceState.ONLINE, Reason.NONE
    if user & (_FullUser.HEAD_UP | _FullUser.COVER_OPEN):
        state, reason = DeviceState.OFFLINE, Reason.COVER_OPEN
    elif unrecoverable & _FullUnrecoverable.CUTTER:
        state, reason = DeviceState.HARDWARE_ERROR, Reason.CUTTER
    elif unrecoverable & _FullUnrecoverable.PRESENTER:
        state, reason = DeviceState.HARDWARE_ERROR, Reason.PRESENTER
    elif unrecoverable:
        state, reason = DeviceState.HARDWARE_ERROR, Reason.UNRECOVERABLE
    elif recoverable & _FullRecoverable.JAM:
        state, reason, media = DeviceState.HARDWARE_ERROR, Reason.PAPER_JAM, PrinterMedia.JAMMED
    elif supply is PaperState.OUT:
        state, reason = DeviceState.OFFLINE, Reason.PAPER_OUT
    elif recoverable:
        state, reason = DeviceState.DEVICE_BUSY, Reason.RECOVERABLE
    return PrinterHealth(health_said(state, reason), supply, media)


def _paper(offline: int, paper: int) -> PaperState:
    if paper & _Paper.END or offline & _Offline.PAPER_END:
        return PaperState.OUT
    return PaperState.LOW if paper & _Paper.NEAR_END else PaperState.FULL
