"""The signed application form as A4 pages: every line as it was sent, the declaration, the signature.

The text can be searched and copied, the same facts give the same bytes, and a character that no font has is
an error, never a blank: a form with a hole in a name is worse than no form. The signature is drawn from its
strokes (手写签名图像); by itself it is no reliable electronic signature, and no seal is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from config.private_use import named
from printing.breaking import wrap
from printing.fonts import GlyphMissing

Stroke = Sequence[tuple[float, float]]
"""Points of one stroke, 0…1 of the signing area's width and height, y downwards."""

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_LEFT, _RIGHT = 22 * mm, _PAGE_WIDTH - 22 * mm
_TOP, _BOTTOM = _PAGE_HEIGHT - 24 * mm, 32 * mm
_VALUE = _LEFT + 44 * mm
_TITLE_PT, _TEXT_PT, _FOOTER_PT = 20, 12, 9
_LINE = _TEXT_PT * 1.5
_PADDING = 1.6 * mm
_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 90 * mm, 40 * mm


class _Fonts:
    """The first of several TrueType fonts that has a character; opened when the ones before lack one."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._unopened = list(paths)
        self._opened: list[TTFont] = []

    def _in_order(self) -> Iterator[TTFont]:
        yield from self._opened
        while self._unopened:
            font = _opened(self._unopened.pop(0))
            pdfmetrics.registerFont(font)
            self._opened.append(font)
            yield font

    def name_for(self, character: str) -> str:
        for font in self._in_order():
            if ord(character) in font.face.charToGlyph:
                return str(font.fontName)
        raise GlyphMissing(character)

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Split `text` where the font changes: pairs of font name and text."""
        return [(name, "".join(run)) for name, run in groupby(named(text), self.name_for)]

    def width(self, text: str, size_pt: float) -> float:
        return sum(pdfmetrics.stringWidth(run, name, size_pt) for name, run in self.runs(text))


@cache
def _opened(path: Path) -> TTFont:
    """Parsed once a process: it takes longer than a form, and a joint matter has several forms."""
    return TTFont(path.stem, path, subfontIndex=0)


def form_pdf(
    title: str,
    lines: Sequence[tuple[str, str]],
    declaration: str,
    signature: Sequence[Stroke],
    footer: Sequence[str],
    fonts: Sequence[Path],
    *,
    signing_aspect: float,
) -> bytes:
    """Make the PDF. `lines` are label and value; `footer`, up to three short lines, is on every page.

    `fonts` are TrueType files, tried in this order for each character (the first face of a collection).
    `signing_aspect` is width over height of the area that was signed in: the box keeps it, so that the
    signature is not distorted. Raises `GlyphMissing`.
    """
    found = _Fonts(fonts)
    trial = _Form(title, footer, found, pages=0)
    trial.fill(lines, declaration, signature, signing_aspect)
    form = _Form(title, footer, found, trial.page)
    form.fill(lines, declaration, signature, signing_aspect)
    return form.saved()


class _Form:
    """A canvas and how far down it has been filled. Every page says how many `pages` there are."""

    def __init__(self, title: str, footer: Sequence[str], fonts: _Fonts, pages: int) -> None:
        self._fonts = fonts
        self._footer = footer
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, invariant=True)
        self._canvas.setTitle(title)
        self._title = title
        self._pages = pages
        self.page = 1
        self._y = _TOP

    def fill(
        self,
        lines: Sequence[tuple[str, str]],
        declaration: str,
        signature: Sequence[Stroke],
        signing_aspect: float,
    ) -> None:
        self._y -= _TITLE_PT
        self._write((_LEFT + _RIGHT - self._fonts.width(self._title, _TITLE_PT)) / 2, self._title, _TITLE_PT)
        self._y -= 8 * mm
        for label, value in lines:
            self._table_row(label, value)
        self._y -= 6 * mm
        self._paragraph(declaration)
        self._signature(signature, signing_aspect)
        self._foot()

    def saved(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def _table_row(self, label: str, value: str) -> None:
        """One row of the form; a value longer than a page goes on, ruled, on the next."""
        labels = self._wrap(label, _VALUE - _LEFT - 2 * _PADDING)
        values = self._wrap(value, _RIGHT - _VALUE - 2 * _PADDING)
        while labels or values:
            self._need(_LINE + 2 * _PADDING)
            fitting = int((self._y - _BOTTOM - 2 * _PADDING) / _LINE)
            self._ruled_lines(labels[:fitting], values[:fitting])
            labels, values = labels[fitting:], values[fitting:]

    def _ruled_lines(self, labels: Sequence[str], values: Sequence[str]) -> None:
        height = max(len(labels), len(values)) * _LINE + 2 * _PADDING
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(_LEFT, self._y - height, _VALUE - _LEFT, height)
        self._canvas.rect(_VALUE, self._y - height, _RIGHT - _VALUE, height)
        top = self._y - _PADDING
        for left, column in ((_LEFT, labels), (_VALUE, values)):
            for place, text in enumerate(column):
                self._y = top - place * _LINE - _TEXT_PT
                self._write(left + _PADDING, text, _TEXT_PT)
        self._y = top + _PADDING - height

    def _paragraph(self, text: str) -> None:
        for line in self._wrap(text, _RIGHT - _LEFT):
            self._need(_LINE)
            self._y -= _TEXT_PT
            self._write(_LEFT, line, _TEXT_PT)
            self._y -= _LINE - _TEXT_PT

    def _signature(self, strokes: Sequence[Stroke], aspect: float) -> None:
        width = min(_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT * aspect)
        height = width / aspect
        label = "申请人签名 Signature"
        self._need(height + 6 * mm + _LINE)
        self._y -= 6 * mm + _TEXT_PT
        left = _RIGHT - width
        self._write(left - self._fonts.width(label, _TEXT_PT) - 4 * mm, label, _TEXT_PT)
        top = self._y + _TEXT_PT
        self._y = top - height
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(left, self._y, width, height)
        self._canvas.setLineWidth(1.4)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        for stroke in strokes:
            self._draw_stroke([(left + x * width, top - y * height) for x, y in stroke])

    def _draw_stroke(self, points: Sequence[tuple[float, float]]) -> None:
        if not points:
            return
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:] or points:  # a touch without movement is a dot
            path.lineTo(*point)
        self._canvas.drawPath(path)

    def _wrap(self, text: str, room: float) -> list[str]:
        return wrap(text, room, lambda part: self._fonts.width(part, _TEXT_PT))

    def _write(self, left: float, text: str, size_pt: float) -> None:
        for name, run in self._fonts.runs(text):
            self._canvas.setFont(name, size_pt)
            self._canvas.drawString(left, self._y, run)
            left += pdfmetrics.stringWidth(run, name, size_pt)

    def _need(self, height: float) -> None:
        if self._y - height < _BOTTOM:
            self._foot()
            self._canvas.showPage()
            self.page += 1
            self._y = _TOP

    def _foot(self) -> None:
        self._y = _BOTTOM - 6 * mm
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y + _FOOTER_PT + 4, _RIGHT, self._y + _FOOTER_PT + 4)
        for text in self._footer:
            self._write(_LEFT, text, _FOOTER_PT)
            self._y -= _FOOTER_PT * 1.4
        number = f"第 {self.page} 页，共 {self._pages} 页 Page {self.page} of {self._pages}"
        self._write(_RIGHT - self._fonts.width(number, _FOOTER_PT), number, _FOOTER_PT)
