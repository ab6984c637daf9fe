"""A document laid out for a paper's width: rows of cells, as a receipt printer counts them.

A cell is 12 dots: 576 dots (80 mm paper) hold 48, 384 dots (58 mm) hold 32. ASCII takes one cell, everything
else two, as in the fonts of Chinese printers. Pure: no font is needed to know where a line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from printing.breaking import fits, wrap
from printing.document import Align, Block, Cut, Document, Gap, Line, Notice, Pair, Qr, Rule, Size

CELL_DOTS = 12
_PAIR_GAP_CELLS = 2
_INDENT_CELLS = 2


@dataclass(frozen=True)
class TextRow:
    """One line of print; never wider than the paper."""

    text: str
    size: Size = 1
    align: Align = "left"


@dataclass(frozen=True)
class RuleRow:
    """A line across the paper."""

    heavy: bool = False


Row = TextRow | RuleRow | Gap | Qr | Cut


def cells(text: str) -> int:
    """Width of `text` at size 1, in cells."""
    return sum(1 if character.isascii() else 2 for character in text)


def lay_out(document: Document, width_dots: int) -> tuple[Row, ...]:
    """Every row of `document` on paper `width_dots` wide, from top to bottom."""
    room = width_dots // CELL_DOTS
    rows: list[Row] = []
    for is_table, blocks in groupby(document, lambda block: isinstance(block, Pair) and block.size == 1):
        if is_table:
            rows += _table([block for block in blocks if isinstance(block, Pair)], room)
        else:
            for block in blocks:
                rows += _block(block, room)
    return tuple(rows)


def _block(block: Block, room: int) -> list[Row]:
    match block:
        case Line(text, size, align):
            return list(_text(text, size, align, room))
        case Pair(label, value, size):
            return [*_text(label, 1, "left", room), *_text(value, size, "left", room)]
        case Notice(text):
            return [RuleRow(heavy=True), *_text(text, 2, "left", room), RuleRow(heavy=True)]
        case Rule():
            return [RuleRow()]
        case Gap() | Qr() | Cut():
            return [block]
        case _:
            assert_never(block)


def _text(text: str, size: Size, align: Align, room: int) -> list[TextRow]:
    """Wrap at `size`, or at size 1 if a number or a word would have to break at size 2."""
    fitting: Size = size if fits(text, room // size, cells) else 1
    return [TextRow(line, fitting, align) for line in wrap(text, room // fitting, cells)]


def _table(pairs: list[Pair], room: int) -> list[TextRow]:
    """Pairs with their values in one column; what does not fit beside its label stands indented below it."""
    beside = [pair for pair in pairs if cells(pair.label) + _PAIR_GAP_CELLS <= room // 2]
    column = max((cells(pair.label) for pair in beside), default=0) + _PAIR_GAP_CELLS
    rows: list[TextRow] = []
    for pair in pairs:
        if pair in beside and fits(pair.value, room - column, cells):
            first, *others = wrap(pair.value, room - column, cells)
            rows.append(TextRow(pair.label + " " * (column - cells(pair.label)) + first))
            rows += [TextRow(" " * column + line) for line in others]
        else:
            rows += _text(pair.label, 1, "left", room)
            lines = wrap(pair.value, room - _INDENT_CELLS, cells)
            rows += [TextRow(" " * _INDENT_CELLS + line) for line in lines]
    return rows
