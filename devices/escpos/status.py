"""What an ESC/POS printer says of itself: its bytes told apart, and four of them as a health. Pure.

Source: ESC/POS command reference: `DLE EOT` (real-time status), `GS r` (status in order), `GS a` (automatic
status back), `DLE DC4` fn 8 (clear buffer and its response).
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
class Unasked:
    """An automatic status: some printers send them from the factory. They are let pass."""


@dataclass(frozen=True)
class Noise:
    """A byte that no printer sends here."""


Reply = RealTime | InOrder | Cleared | Unasked | Noise

_FLOW = b"\x11\x13"  # XON, XOFF: no reply looks like them, and they may stand between any two bytes
_KIND = 0b1001_0011
_REAL_TIME = 0b0001_0010  # 0xx1xx10
_UNASKED = 0b0001_0000  # 0xx1xx00, then three bytes 0xx0xxxx
_FOLLOWS = 0b1001_0000  # these bits are 0 in replies to GS r and in what follows an automatic status
_CLEARED = b"\x37\x25\x00"
_UNASKED_BYTES = 4


class Replies:
    """Tells a printer's bytes apart as they come. Replies of several bytes may arrive in pieces."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Give the replies that are complete with `data`."""
        self._waiting += data.translate(None, _FLOW)
        while (found := _first(self._waiting)) is not None:
            reply, length = found
            self._waiting = self._waiting[length:]
            yield reply


def _first(waiting: bytes) -> tuple[Reply, int] | None:
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
    unasked = waiting[:_UNASKED_BYTES]
    if first & _KIND == _UNASKED and not any(byte & _FOLLOWS for byte in unasked[1:]):
        return (Unasked(), _UNASKED_BYTES) if len(unasked) == _UNASKED_BYTES else None
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
    elif offline & _Offline.ERROR:
        state = DeviceState.HARDWARE_ERROR
    elif offline & _Offline.FEED_KEY:
        state = DeviceState.DEVICE_BUSY
    elif printer & _Printer.OFFLINE:
        state = DeviceState.OFFLINE
    return PrinterHealth(health_said(state, reason), supply, media)


def _paper(offline: int, paper: int) -> PaperState:
    if paper & _Paper.END or offline & _Offline.PAPER_END:
        return PaperState.OUT
    return PaperState.LOW if paper & _Paper.NEAR_END else PaperState.FULL
