"""A paper document as a value: what is said and how weightily, before anybody knows the paper's width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center"]
Size = Literal[1, 2, 3]
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
class Table:
    """Rows of equally many cells; the last column stands at the right edge, where amounts belong."""

    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if len({len(row) for row in self.rows}) != 1 or len(self.rows[0]) < 2:  # noqa: PLR2004 - what a table is
            raise ValueError("a table has rows of equally many cells, two or more")


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
    """A QR code with `text` in it, centred: printable ASCII, so that no byte of it can be a command.

    `module_dots` is the width of one of its squares; less is taken where the paper is too narrow.
    """

    text: str
    module_dots: int = 6

    def __post_init__(self) -> None:
        if not self.text.isascii() or not self.text.isprintable():
            raise ValueError("a QR code's text is printable ASCII")


@dataclass(frozen=True)
class Cut:
    """The end: feed to the knife and cut, so that the paper falls into a hand."""


Block = Line | Pair | Table | Notice | Rule | Gap | Qr | Cut
Document = tuple[Block, ...]
