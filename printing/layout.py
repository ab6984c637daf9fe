"""A document laid out for a paper's width: rows of cells, as a receipt printer counts them.

A cell is 12 dots: 576 dots (80 mm paper) hold 48, 384 dots (58 mm) hold 32. ASCII takes one cell, everything
else two, as in the fonts of Chinese printers. Pure: no font is needed to know where a line ends.

Large print is the same document with every size one step up, but nothing in the largest that takes a second
line: it would be no easier to read, and the slip would be as long as an arm. Nothing breaks inside a number:
what would have to is set one size smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from printing.breaking import fits, one_line, wrap
from printing.document import Align, Block, Cut, Document, Gap, Line, Notice, Pair, Qr, Rule, Size, Table

CELL_DOTS = 12
_COLUMN_GAP_CELLS = 2
_INDENT_CELLS = 2
_ABOVE_NOTICE_DOTS = 12
"""As much as the leading below a row of double size, so that the words stand in the middle."""
_LARGEST: Size = 3
_LARGEST_LINES = 1
_LARGER: dict[Size, Size] = {1: 2, 2: 3, 3: 3}
_SMALLER: dict[Size, Size] = {3: 2, 2: 1, 1: 1}


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


def lay_out(document: Document, width_dots: int, *, large: bool = False) -> tuple[Row, ...]:
    """Every row of `document` on paper `width_dots` wide, from top to bottom."""
    return _Paper(width_dots // CELL_DOTS, large=large).rows(document)


@dataclass(frozen=True)
class _Paper:
    room: int
    """Cells in a line."""
    large: bool

    def rows(self, document: Document) -> tuple[Row, ...]:
        rows: list[Row] = []
        for in_columns, blocks in groupby(document, self._stands_in_columns):
            if in_columns:
                rows += self._pairs([block for block in blocks if isinstance(block, Pair)])
            else:
                for block in blocks:
                    rows += self._block(block)
        return tuple(rows)

    def _stands_in_columns(self, block: Block) -> bool:
        return isinstance(block, Pair) and block.size == 1

    def _block(self, block: Block) -> Sequence[Row]:
        match block:
            case Line(text, size, align):
                return self._text(text, size, align)
            case Pair(label, value, size):
                return [*self._text(label, 1), *self._text(value, size)]
            case Table(rows):
                return self._table(rows)
            case Notice(text):
                rule = RuleRow(heavy=True)
                return [rule, Gap(_ABOVE_NOTICE_DOTS), *self._text(text, 2), rule]
            case Rule():
                return [RuleRow()]
            case Gap() | Qr() | Cut():
                return [block]
            case _:
                assert_never(block)

    def _text(self, text: str, size: Size, align: Align = "left") -> list[TextRow]:
        """Wrap at `size`, or at the next smaller one at which no number or word has to break."""
        fitting: Size = _LARGER[size] if self.large else size
        while fitting > 1 and not fits(text, self.room // fitting, cells):
            fitting = _SMALLER[fitting]
        if fitting == _LARGEST > size and len(wrap(text, self.room // fitting, cells)) > _LARGEST_LINES:
            fitting = size
        return [TextRow(line, fitting, align) for line in wrap(text, self.room // fitting, cells)]

    def _pairs(self, pairs: Sequence[Pair]) -> list[TextRow]:
        """Pairs with their values in one column; what does not fit beside its label stands below it."""
        size: Size = _LARGER[1] if self.large else 1
        room = self.room // size
        pairs = [Pair(one_line(pair.label), pair.value) for pair in pairs]
        beside = [pair for pair in pairs if cells(pair.label) + _COLUMN_GAP_CELLS <= room // 2]
        column = max((cells(pair.label) for pair in beside), default=0) + _COLUMN_GAP_CELLS
        rows: list[TextRow] = []
        for pair in pairs:
            if pair in beside and fits(pair.value, room - column, cells):
                first, *others = wrap(pair.value, room - column, cells)
                rows.append(TextRow(pair.label + " " * (column - cells(pair.label)) + first, size))
                rows += [TextRow(" " * column + line, size) for line in others]
            else:
                rows += self._text(pair.label, 1)
                rows += self._indented(pair.value, size)
        return rows

    def _indented(self, text: str, size: Size = 1) -> list[TextRow]:
        """Set `text` a little to the right, at `size` or smaller, so that no number breaks."""
        while size > 1 and not fits(text, self.room // size - _INDENT_CELLS, cells):
            size = _SMALLER[size]
        lines = wrap(text, self.room // size - _INDENT_CELLS, cells)
        return [TextRow(" " * _INDENT_CELLS + line, size) for line in lines]

    def _table(self, rows: Sequence[Sequence[str]]) -> list[TextRow]:
        """Columns as wide as their widest cell, at size 1 in any print; too wide, each row is a list."""
        rows = [[one_line(text) for text in cell_texts] for cell_texts in rows]
        widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        between = self.room - sum(widths) - _COLUMN_GAP_CELLS * (len(widths) - 1)
        if between < 0:
            return [row for cell_texts in rows for row in self._listed(cell_texts)]
        return [TextRow(self._in_columns(cell_texts, widths, between)) for cell_texts in rows]

    def _listed(self, cell_texts: Sequence[str]) -> list[TextRow]:
        head, *rest = cell_texts
        return [*self._text(head, 1), *(row for text in rest for row in self._indented(text))]

    @staticmethod
    def _in_columns(cell_texts: Sequence[str], widths: Sequence[int], between: int) -> str:
        gap = " " * _COLUMN_GAP_CELLS
        *left, last = (
            (text, " " * (width - cells(text))) for text, width in zip(cell_texts, widths, strict=True)
        )
        return gap.join(text + padding for text, padding in left) + gap + " " * between + last[1] + last[0]
