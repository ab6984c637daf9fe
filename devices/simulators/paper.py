"""Papers as they leave a printer: pages of invented text with tables and red seals, and an identity card.

Every character's place is kept, so that a test can ask whether it can still be read from a photograph.
Seals say 样张 (specimen): they are for tests of colour only.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image, ImageDraw, ImageFont

MM_PER_INCH = 25.4

_FONTS = tuple(
    map(
        Path,
        (
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        ),
    )
)
"""Where Debian's fonts-noto-cjk and fonts-wqy-zenhei put their fonts; the first that is there is used."""

_TITLES = ("购房合同备案表", "首付款收据", "现居住地址说明", "准购资格证明")
_TEXT = (
    "本人于临溪市购买自住住房一套，已按合同约定支付首付款，现提交下列材料，用于办理住房公积金提取。"
    "上述材料均为原件的影像，内容真实完整，如有不符愿承担相应责任。房屋坐落于青石路十八号，建筑面积八十九平方米，"
    "总价一百三十六万元整，付款方式为分期支付，交付日期以双方书面确认为准。经办单位收到后应当出具回执，"
    "并在三个工作日内告知结果。联系人可以通过服务电话查询进度，电话号码见本页下方，工作时间为上午九点至下午五点。"
)
_SHORT = 5
"""Every sixth line ends a paragraph."""
_INK = (38, 34, 32)
_RED = (214, 38, 40)


class Sheet(Enum):
    """What is on the paper."""

    TEXT = "text"
    """A title and paragraphs, dense."""
    FORM = "form"
    """A framed table: its frame is a rectangle inside the page, larger than anything else on it."""
    RECEIPT = "receipt"
    """Few lines, a red seal, much white."""
    CARD_FRONT = "card_front"
    CARD_BACK = "card_back"
    BLANK = "blank"
    """The back of a page: print shows through a little."""


@dataclass(frozen=True)
class Glyph:
    """One printed character and its box in pixels of the rendered page: left, top, side."""

    character: str
    left: int
    top: int
    side: int


@dataclass(frozen=True)
class Printed:
    """A page as rendered: height × width × 3 bytes, blue-green-red."""

    picture: MatLike
    glyphs: tuple[Glyph, ...]
    width_mm: float
    height_mm: float
    dpi: float
    thick_mm: float = 0.1


@functools.lru_cache(16)
def render(sheet: Sheet, number: int = 0, dpi: float = 200) -> Printed:
    """Render a sheet; `number` chooses title and text, so that pages differ."""
    if sheet in {Sheet.CARD_FRONT, Sheet.CARD_BACK}:
        return _card(sheet, number, dpi)
    pen = _Pen(210.0, 297.0, dpi)
    match sheet:
        case Sheet.TEXT:
            pen.write(_TITLES[number % len(_TITLES)], 60, 26, 7.0)
            _paragraphs(pen, number, 48, 24)
            pen.seal(150, 250, 20)
        case Sheet.FORM:
            pen.write(_TITLES[number % len(_TITLES)], 60, 20, 7.0)
            _table(pen, number)
            pen.seal(155, 245, 20)
        case Sheet.RECEIPT:
            pen.write(_TITLES[number % len(_TITLES)], 60, 30, 8.0)
            _paragraphs(pen, number, 60, 5)
            pen.seal(145, 130, 21)
        case Sheet.BLANK:
            _paragraphs(pen, number, 48, 24)
            behind = pen.printed().picture[:, ::-1].astype(np.float32)
            return Printed((255 - (255 - behind) * 0.025).astype(np.uint8), (), 210.0, 297.0, dpi)
    return pen.printed()


class _Pen:
    """Draws in millimetres."""

    def __init__(
        self, width_mm: float, height_mm: float, dpi: float, ground: tuple[int, int, int] = (255, 255, 255)
    ) -> None:
        self._size_mm = (width_mm, height_mm)
        self._dpi = dpi
        self._scale = dpi / MM_PER_INCH
        self._image = Image.new(
            "RGB", (round(width_mm * self._scale), round(height_mm * self._scale)), ground
        )
        self._draw = ImageDraw.Draw(self._image)
        self._glyphs: list[Glyph] = []

    def write(self, text: str, left: float, top: float, height: float) -> None:
        """One line, characters `height` mm high and as far apart."""
        side = round(height * self._scale)
        font = _font(side)
        for place, character in enumerate(text):
            x, y = round(left * self._scale) + place * side, round(top * self._scale)
            self._draw.text((x, y + side), character, _INK, font, anchor="ls")
            self._glyphs.append(Glyph(character, x, y + round(0.12 * side), side))

    def line(self, left: float, top: float, right: float, bottom: float, width_mm: float = 0.35) -> None:
        """A ruled line."""
        ends = [value * self._scale for value in (left, top, right, bottom)]
        self._draw.line(ends, _INK, max(1, round(width_mm * self._scale)))

    def box(self, left: float, top: float, right: float, bottom: float, ink: tuple[int, int, int]) -> None:
        """A filled rectangle."""
        self._draw.rectangle([value * self._scale for value in (left, top, right, bottom)], ink)

    def disc(self, x: float, y: float, radius: float, ink: tuple[int, int, int]) -> None:
        """A filled circle."""
        self._draw.ellipse(
            [value * self._scale for value in (x - radius, y - radius, x + radius, y + radius)], ink
        )

    def seal(self, x: float, y: float, radius: float) -> None:
        """A round red seal, wet ink over the print: a ring, a star, two characters."""
        side = round(2 * radius * self._scale)
        mask = Image.new("L", (side, side), 0)
        draw, middle, ring = ImageDraw.Draw(mask), side / 2, 1.2 * self._scale
        draw.ellipse((ring, ring, side - ring, side - ring), outline=215, width=round(ring))
        turns = [-np.pi / 2 + turn * 4 * np.pi / 5 for turn in range(5)]
        draw.polygon(
            [(middle + 0.3 * side * np.cos(t), middle - 0.08 * side + 0.3 * side * np.sin(t)) for t in turns],
            fill=215,
        )
        draw.text((middle, 0.78 * side), "样张", 215, _font(round(side * 0.16)), anchor="mm")
        left, top = round((x - radius) * self._scale), round((y - radius) * self._scale)
        self._image.paste(_RED, (left, top), mask)

    def printed(self) -> Printed:
        """The page so far."""
        picture = cv2.cvtColor(np.asarray(self._image), cv2.COLOR_RGB2BGR)
        return Printed(picture, tuple(self._glyphs), *self._size_mm, self._dpi)


@functools.cache
def _font(side: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(next(font for font in _FONTS if font.exists()), side)


def _paragraphs(pen: _Pen, number: int, top: float, lines: int) -> None:
    text = _TEXT * 6
    begin = 37 * number % len(_TEXT)
    for line in range(lines):
        count = 19 if line % 6 == _SHORT else 40
        pen.write(text[begin : begin + count], 25, top + 7.5 * line, 3.9)
        begin += count


def _table(pen: _Pen, number: int) -> None:
    left, top, right, row = 16.0, 36.0, 194.0, 15.0
    begin = 53 * number % len(_TEXT)
    for line in range(16):
        pen.line(left, top + line * row, right, top + line * row, 0.6 if line in {0, 15} else 0.3)
    for x in (left, left + 40, left + 105, right):
        pen.line(x, top, x, top + 15 * row, 0.6 if x in {left, right} else 0.3)
    for line in range(15):
        for x, count in ((left + 4, 6), (left + 45, 13), (left + 109, 14)):
            pen.write((_TEXT * 3)[begin : begin + count], x, top + line * row + 5, 4.2)
            begin = (begin + count) % len(_TEXT)


def _card(sheet: Sheet, number: int, dpi: float) -> Printed:
    """An invented card of ID-1 size: light ground with fine waves, as cards have."""
    pen = _Pen(85.6, 53.98, dpi, (228, 236, 243))
    if sheet is Sheet.CARD_FRONT:
        pen.write("姓名样本某", 6, 7, 3.2)
        pen.write("性别女民族汉", 6, 15, 3.2)
        pen.write("出生二〇〇〇年一月二日", 6, 23, 3.2)
        pen.write("住址临溪市青石路", 6, 31, 3.2)
        pen.write(f"公民身份号码00000020000102000{number % 10}", 6, 44, 2.9)
        pen.box(59, 8, 80, 36, (196, 208, 222))
        pen.disc(69.5, 19, 6, (205, 160, 132))
        pen.box(62, 27, 77, 36, (64, 72, 96))
    else:
        pen.write("居民身份证样张", 24, 14, 5.4)
        pen.disc(14, 16, 7, (206, 72, 66))
        pen.write("签发机关临溪市", 16, 36, 3.2)
        pen.write("有效期限二〇二〇至二〇四〇", 16, 43, 3.2)
    printed = pen.printed()
    y, x = np.mgrid[: printed.picture.shape[0], : printed.picture.shape[1]] * (MM_PER_INCH / dpi)
    waves = 3 * np.sin(2.1 * x + 3 * np.sin(0.35 * y))[..., None]
    picture = np.clip(printed.picture + waves, 0, 255).astype(np.uint8)
    return Printed(picture, printed.glyphs, printed.width_mm, printed.height_mm, dpi, thick_mm=0.76)
