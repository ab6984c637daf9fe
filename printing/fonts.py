"""Fonts for paper: which one has a character, and its picture in dots. A missing glyph is never a blank.

Receipt printers lack the rare characters of names (䶮 𠮷 㐀), so a line with one of them is sent as a
picture, drawn here with Pillow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAPER_FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)
"""Where Debian's fonts-wqy-zenhei and fonts-noto-cjk put their fonts; tried in this order."""

FORM_FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
"""For PDF pages, which need TrueType outlines; the last two are Debian's fonts-hanazono, for rare names."""

_BASELINE = 0.83
"""Where a Chinese character's square has its baseline, from the top."""

_NOWHERE = "\U0010ffff"
"""A noncharacter: every font draws its "not defined" glyph for it."""


class GlyphMissing(ValueError):
    """No font at hand has this character. The text names the code point, never the word it stands in."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no font has U+{ord(character):04X}")
        self.code_point = ord(character)


class Glyphs:
    """Characters as dots, from the first of `fonts` that has them. Fonts are opened at first use."""

    def __init__(self, fonts: Sequence[Path] = PAPER_FONTS) -> None:
        self._paths = tuple(fonts)

    def draw(self, character: str, width_dots: int, height_dots: int) -> Image.Image:
        """Draw one character, black (0) on white (1), centred in its cell.

        A character that no font has becomes a frame with its code point in it: on a slip, an honest mark is
        better than no slip.
        """
        font = self._font_with(character, height_dots)
        if font is None:
            return _code_point_frame(character, width_dots, height_dots, self._paths[0])
        natural = max(width_dots, math.ceil(font.getlength(character)))
        picture = Image.new("1", (natural, height_dots), 1)
        place = (natural / 2, _baseline(font, character, height_dots))
        ImageDraw.Draw(picture).text(place, character, font=font, fill=0, anchor="ms")
        return picture.resize((width_dots, height_dots), Image.Resampling.NEAREST)

    def _font_with(self, character: str, size: int) -> ImageFont.FreeTypeFont | None:
        for path in self._paths:
            font = _font(path, size)
            if _has(font, character):
                return font
        return None


@lru_cache(maxsize=8)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _baseline(font: ImageFont.FreeTypeFont, character: str, height_dots: int) -> int:
    """Rows from the top to the baseline: the usual place, or the nearest that cuts nothing off."""
    _, top, _, bottom = font.getbbox(character, anchor="ls")
    return round(max(-top, min(height_dots - bottom, height_dots * _BASELINE)))


def _has(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether `font` has a glyph of its own. Its table of characters is out of reach; its drawing is not."""
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask(_NOWHERE))


def _code_point_frame(character: str, width_dots: int, height_dots: int, path: Path) -> Image.Image:
    picture = Image.new("1", (width_dots, height_dots), 1)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width_dots - 1, height_dots - 1), outline=0)
    digits = f"{ord(character):06X}"
    font = _font(path, round(height_dots * 0.42))
    for line, part in enumerate((digits[:3], digits[3:])):
        pen.text((width_dots / 2, height_dots * (0.29 + 0.42 * line)), part, font=font, fill=0, anchor="mm")
    return picture
