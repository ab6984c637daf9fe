"""A paper document as a value: what is said and how weightily, before anybody knows the paper's width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center"]
Size = Literal[1, 2]
"""1 is the printer's own size (3 mm high Chinese on 203 dpi paper), 2 doubles width and height."""


@dataclass(frozen=True)
class Line:
    """A paragraph; it wraps where the paper ends."""

    text: str
    size: Size = 1
    align: Align = "left"


@dataclass(frozen=True)
class Pair:
    """A label with its value: in one column with its neighbours at size 1, below its label at size 2."""

    label: str
    value: str
    size: Size = 1


@dataclass(frozen=True)
class Notice:
    """What nobody may overlook: large, between heavy rules."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A thin line across the paper."""


@dataclass(frozen=True)
class Gap:
    """Empty paper, `dots` high (8 dots are 1 mm at 203 dpi)."""

    dots: int = 16


@dataclass(frozen=True)
class Qr:
    """A QR code with `text` in it, centred: printable ASCII, so that no byte of it can be a command."""

    text: str
    module_dots: int = 6

    def __post_init__(self) -> None:
        if not self.text.isascii() or not self.text.isprintable():
            raise ValueError("a QR code's text is printable ASCII")


@dataclass(frozen=True)
class Cut:
    """The end: feed to the knife and cut, so that the paper falls into a hand."""


Block = Line | Pair | Notice | Rule | Gap | Qr | Cut
Document = tuple[Block, ...]
