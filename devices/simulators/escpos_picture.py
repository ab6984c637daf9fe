"""What a receipt printer has put on paper, as a picture: one pixel a dot, 8 dots a millimetre.

The printer's own fonts are stood in for by WenQuanYi Zen Hei: 12×24 dots for ASCII, 24×24 for GB 2312. What
is in neither prints as an empty box, as rare characters do on a real printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import cv2
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
"""Debian's fonts-wqy-zenhei; face 0 is proportional, face 1 has ASCII of half a Chinese character's width."""
_PROPORTIONAL, _MONO = 0, 1
CELL_DOTS = 12
CHARACTER_DOTS = 24
_BASELINE_ROW = {_PROPORTIONAL: 20, _MONO: 19}
_MARGIN_DOTS = 32
"""What the print head does not reach at either side of the paper."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Glyph:
    """A printed character; None is one that the printer's font lacks."""

    character: str | None
    cells: int
    width: int
    height: int

    @property
    def dots(self) -> int:
        """Its width on paper."""
        return self.cells * CELL_DOTS * self.width


@dataclass(frozen=True)
class PrintedLine:
    """A line of characters; `dots` is how far the paper moved."""

    glyphs: tuple[Glyph, ...]
    side: Side
    dots: int

    @property
    def text(self) -> str:
        """The line as text, with □ for what the font lacks."""
        return "".join(glyph.character or "□" for glyph in self.glyphs)


@dataclass(frozen=True)
class PrintedRaster:
    """A picture as it was sent."""

    width_bytes: int
    height: int
    data: bytes
    side: Side

    @property
    def dots(self) -> int:
        """How far the paper moved."""
        return self.height


@dataclass(frozen=True)
class PrintedQr:
    """A QR code that the printer drew itself."""

    text: str
    module_dots: int
    side: Side

    @property
    def dots(self) -> int:
        """How far the paper moved."""
        return _qr(self.text, self.module_dots).height


@dataclass(frozen=True)
class Blank:
    """Paper fed without printing."""

    dots: int


Printed = PrintedLine | PrintedRaster | PrintedQr | Blank


def draw(printed: Sequence[Printed], width_dots: int) -> Image.Image:
    """Draw a piece of paper with its margins; black on white, 8 bits a pixel."""
    height = sum(part.dots for part in printed)
    paper = Image.new("L", (width_dots + 2 * _MARGIN_DOTS, max(1, height)), 255)
    top = 0
    for part in printed:
        if isinstance(part, PrintedLine):
            _draw_line(paper, part, top, width_dots)
        elif not isinstance(part, Blank):
            picture = _raster(part) if isinstance(part, PrintedRaster) else _qr(part.text, part.module_dots)
            paper.paste(picture, (_left(part.side, picture.width, width_dots), top))
        top += part.dots
    return paper


def _left(side: Side, width: int, width_dots: int) -> int:
    free = max(0, width_dots - width)
    return _MARGIN_DOTS + {"left": 0, "center": free // 2, "right": free}[side]


def _draw_line(paper: Image.Image, line: PrintedLine, top: int, width_dots: int) -> None:
    left = _left(line.side, sum(glyph.dots for glyph in line.glyphs), width_dots)
    highest = max((glyph.height for glyph in line.glyphs), default=1)
    for glyph in line.glyphs:
        small = _glyph(glyph.character, glyph.cells * CELL_DOTS)
        size = (small.width * glyph.width, small.height * glyph.height)
        big = small.resize(size, Image.Resampling.NEAREST)
        paper.paste(big, (left, top + (highest - glyph.height) * CHARACTER_DOTS))
        left += glyph.dots


@lru_cache(maxsize=1024)
def _glyph(character: str | None, width: int) -> Image.Image:
    picture = Image.new("1", (width, CHARACTER_DOTS), 1)
    pen = ImageDraw.Draw(picture)
    if character is None:
        pen.rectangle((2, 2, width - 3, CHARACTER_DOTS - 3), outline=0)
        return picture
    face = _MONO if character.isascii() else _PROPORTIONAL
    font = ImageFont.truetype(FONT, CHARACTER_DOTS, index=face)
    pen.text((width / 2, _BASELINE_ROW[face]), character, font=font, fill=0, anchor="ms")
    return picture


def _raster(part: PrintedRaster) -> Image.Image:
    size = (part.width_bytes * 8, part.height)
    return Image.frombytes("1", size, bytes(byte ^ 0xFF for byte in part.data))


@lru_cache(maxsize=8)
def _qr(text: str, module_dots: int) -> Image.Image:
    parameters = cv2.QRCodeEncoder.Params()
    parameters.correction_level = cv2.QRCODE_ENCODER_CORRECT_LEVEL_M
    modules = Image.fromarray(cv2.QRCodeEncoder.create(parameters).encode(text))
    size = (modules.width * module_dots, modules.height * module_dots)
    return modules.resize(size, Image.Resampling.NEAREST)
