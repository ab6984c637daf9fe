"""The commands in a receipt printer's byte stream: a reader of ESC/POS written from the manual. Pure.

`read_command` asks for the bytes that it needs and gives back one command; whoever calls it may let it wait.
Source: ESC/POS command reference. Unknown commands become `Unknown`; their parameters, as on a real printer,
then print as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Take = Callable[[int], bytes]
"""Gives exactly so many bytes."""


@dataclass(frozen=True)
class Character:
    """One character; `code` has 1, 2 or 4 bytes."""

    code: bytes


@dataclass(frozen=True)
class LineFeed:
    """Print what stands in the line."""


@dataclass(frozen=True)
class Initialize:
    """`ESC @`."""


@dataclass(frozen=True)
class ChineseMode:
    """`FS &`, `FS .`."""

    on: bool


@dataclass(frozen=True)
class Magnify:
    """`GS !`."""

    width: int
    height: int


@dataclass(frozen=True)
class Justify:
    """`ESC a`."""

    to: Literal["left", "center", "right"]


@dataclass(frozen=True)
class LineSpacing:
    """`ESC 3`."""

    dots: int


@dataclass(frozen=True)
class FeedPaper:
    """`ESC J`: print the line, then feed."""

    dots: int


@dataclass(frozen=True)
class RasterImage:
    """`GS v 0`: rows of bytes, most significant bit leftmost, 1 is black."""

    width_bytes: int
    height: int
    data: bytes


@dataclass(frozen=True)
class SymbolFunction:
    """`GS ( k`, cn 49 (QR): function and parameters."""

    function: int
    parameters: bytes


@dataclass(frozen=True)
class CutPaper:
    """`GS V`: cut. Functions A and B first feed the last line to the knife and `extra_dots` further."""

    extra_dots: int
    to_knife: bool = True


@dataclass(frozen=True)
class ReportByItself:
    """`GS a n`: send the four bytes of status whenever something changes; 0 ends it."""

    n: int


@dataclass(frozen=True)
class Present:
    """Custom's `FS P`: hold the slip out, and after `wait_s` without a hand retract or eject it."""

    retract: bool
    wait_s: int


@dataclass(frozen=True)
class TakeBack:
    """Custom's `GS e 2`: pull the slip in the mouth back."""


@dataclass(frozen=True)
class TransmitStatus:
    """`GS r n`."""

    n: int


@dataclass(frozen=True)
class RealTimeCommand:
    """A DLE command met in its turn: it was obeyed when it arrived, and is nothing now."""


@dataclass(frozen=True)
class Unknown:
    """A byte, or a command's first two, that mean nothing here."""

    code: bytes


Command = (
    Character | LineFeed | Initialize | ChineseMode | Magnify | Justify | LineSpacing | FeedPaper
    | RasterImage | SymbolFunction | CutPaper | TransmitStatus | ReportByItself | Present | TakeBack
    | RealTimeCommand | Unknown
)  # fmt: skip

_DLE, _ESC, _FS, _GS, _LF = 0x10, 0x1B, 0x1C, 0x1D, 0x0A
_FIRST_PRINTABLE, _FIRST_HIGH = 0x20, 0x80
_QR = 0x31
_JUSTIFY: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")
CLEAR_BUFFER = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_DLE_PARAMETERS = {0x04: 1, 0x05: 1}


def read_command(take: Take, *, chinese: bool) -> Command:
    """Read one command. In Chinese mode a byte from 0x81 begins a GB 18030 character."""
    first = take(1)[0]
    if first == _LF:
        return LineFeed()
    if first in {_ESC, _FS, _GS}:
        return _escape(first, take)
    if first == _DLE:
        return _real_time(take)
    if first < _FIRST_PRINTABLE:
        return Unknown(bytes((first,)))
    if chinese and first > _FIRST_HIGH:
        return _chinese(first, take)
    return Character(bytes((first,)))


def _chinese(first: int, take: Take) -> Command:
    second = take(1)
    rest = take(2) if b"0" <= second <= b"9" else b""
    return Character(bytes((first,)) + second + rest)


def _real_time(take: Take) -> Command:
    second = take(1)[0]
    if second == CLEAR_BUFFER[1]:
        take(len(CLEAR_BUFFER) - 2 if take(1)[0] == CLEAR_BUFFER[2] else 2)
        return RealTimeCommand()
    if second not in _DLE_PARAMETERS:
        return Unknown(bytes((_DLE, second)))
    take(_DLE_PARAMETERS[second])
    return RealTimeCommand()


def _escape(first: int, take: Take) -> Command:
    name = bytes((first,)) + take(1)
    match name:
        case b"\x1b@":
            return Initialize()
        case b"\x1c&" | b"\x1c.":
            return ChineseMode(on=name == b"\x1c&")
        case b"\x1ba":
            return Justify(_JUSTIFY[take(1)[0] % 48 % 3])
        case b"\x1b3":
            return LineSpacing(take(1)[0])
        case b"\x1bJ":
            return FeedPaper(take(1)[0])
        case b"\x1d!":
            size = take(1)[0]
            return Magnify(1 + (size >> 4 & 7), 1 + (size & 7))
        case b"\x1dr":
            return TransmitStatus(take(1)[0])
        case b"\x1da":
            return ReportByItself(take(1)[0])
        case b"\x1bt":
            return Unknown(name + take(1))  # a code page: this printer has one
        case b"\x1cP":
            _steps, _blink, end, wait_s = take(4)
            return Present(end == ord("R"), wait_s)
        case b"\x1de":
            return TakeBack() if take(1) == b"\x02" else Unknown(name)
        case b"\x1dV":
            return _cut(take)
        case b"\x1dv":
            return _raster(take)
        case b"\x1d(":
            return _symbol(take)
        case _:
            return Unknown(name)


def _cut(take: Take) -> Command:
    function = take(1)
    if function in {b"A", b"B"}:
        return CutPaper(take(1)[0])
    if function in {b"\x00", b"\x01", b"0", b"1"}:
        return CutPaper(0, to_knife=False)
    return Unknown(b"\x1dV" + function)


def _raster(take: Take) -> Command:
    take(2)  # "0" and the scale, which is 1 here
    width = int.from_bytes(take(2), "little")
    height = int.from_bytes(take(2), "little")
    return RasterImage(width, height, take(width * height))


def _symbol(take: Take) -> Command:
    name = take(1)
    body = take(int.from_bytes(take(2), "little"))
    if name != b"k" or body[:1] != bytes((_QR,)):
        return Unknown(b"\x1d(" + name)
    return SymbolFunction(body[1], body[2:])
