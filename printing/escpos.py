"""Rows of a receipt as ESC/POS bytes: Chinese from the printer's own font, rare characters as dots.

Native text is ASCII and GB 2312, which every Chinese printer has; a row with any other character is sent
whole as a raster, because a printer prints a wrong character, or a blank, for what it lacks. Each job begins
with `ESC @`, so nothing of an earlier job's settings stays, and it switches Chinese mode on itself.

Source: ESC/POS command reference: `ESC @`, `FS &`, `ESC a`, `ESC 3`, `ESC J`, `GS !`, `GS v 0`, `GS ( k`,
`GS V`. GB 18030 for the codes of GB 2312.
"""

from __future__ import annotations

from typing import assert_never

from PIL import Image, ImageOps

from printing.document import Align, Cut, Document, Gap, Qr, Size
from printing.fonts import Glyphs
from printing.layout import CELL_DOTS, Row, RuleRow, TextRow, cells, lay_out

_INIT = b"\x1b@\x1c&"
_CUT = b"\x1dVB\x20"  # feed to the knife and 4 mm more; cut partially, so that the slip does not drop
_PITCH: dict[Size, int] = {1: 34, 2: 62}
"""Dots from one row to the next: the character and a fifth of it as leading."""
_YEN = str.maketrans("¥", "￥")
"""U+00A5 has a four-byte code in GB18030 that prints as "0 6"; U+FFE5 is the sign Chinese fonts have."""
_HIDDEN_COMMANDS = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def receipt_job(document: Document, width_dots: int, glyphs: Glyphs) -> bytes:
    """The bytes that print `document` on paper `width_dots` wide (576 or 384)."""
    return _INIT + b"".join(_row(row, width_dots, glyphs) for row in lay_out(document, width_dots))


def native(text: str) -> bytes | None:
    """Code `text` for the printer's own font, or None if a character is in neither ASCII nor GB 2312."""
    if not text.isprintable():
        return None
    coded = text.translate(_YEN).encode("gb18030")
    try:
        coded.decode("gb2312")
    except UnicodeDecodeError:
        return None
    return coded


def _row(row: Row, width_dots: int, glyphs: Glyphs) -> bytes:
    match row:
        case TextRow("", size):
            return _feed(_PITCH[size])
        case TextRow(text, size, align):
            coded = native(text)
            return _raster(row, width_dots, glyphs) if coded is None else _native_row(coded, size, align)
        case RuleRow(heavy):
            rule = "━" if heavy else "─"
            return _native_row((rule * (width_dots // CELL_DOTS // 2)).encode("gb18030"), 1, "left")
        case Gap(dots):
            return _feed(dots)
        case Qr():
            return _qr(row)
        case Cut():
            return _CUT
        case _:
            assert_never(row)


def _native_row(coded: bytes, size: Size, align: Align) -> bytes:
    magnify = (size - 1) << 4 | (size - 1)
    return bytes((*b"\x1ba", align == "center", *b"\x1d!", magnify, *b"\x1b3", _PITCH[size])) + coded + b"\n"


def _feed(dots: int) -> bytes:
    return b"".join(b"\x1bJ" + bytes((min(255, dots - done),)) for done in range(0, dots, 255))


def _raster(row: TextRow, width_dots: int, glyphs: Glyphs) -> bytes:
    """Draw a row as the printer would have set it, in the same cells."""
    picture = Image.new("1", (width_dots, _PITCH[row.size]), 1)
    left = 0
    if row.align == "center":
        left = (width_dots - cells(row.text) * CELL_DOTS * row.size) // 2
    for character in row.text:
        width = cells(character) * CELL_DOTS * row.size
        picture.paste(glyphs.draw(character, width, 2 * CELL_DOTS * row.size), (left, 0))
        left += width
    return _raster_bytes(picture)


def _raster_bytes(picture: Image.Image) -> bytes:
    """Code a picture whose width is a multiple of 8; in ESC/POS a set bit is a black dot."""
    data = ImageOps.invert(picture.convert("L")).convert("1").tobytes()
    # A printer obeys DLE commands even inside a picture's data: blacken one more dot instead.
    for hidden in _HIDDEN_COMMANDS:
        data = data.replace(hidden, bytes((0x30, hidden[1])))
    header = b"\x1dv0\x00" + (picture.width // 8).to_bytes(2, "little") + picture.height.to_bytes(2, "little")
    return header + data


def _qr(row: Qr) -> bytes:
    """Model 2, error correction M (15 %), drawn by the printer: far fewer bytes than a raster."""
    text = row.text.encode("ascii")

    def function(code: int, *parameters: int) -> bytes:
        body = bytes((0x31, code, *parameters))
        return b"\x1d(k" + len(body).to_bytes(2, "little") + body

    return b"\x1ba\x01" + b"".join(
        (
            function(0x41, 0x32, 0x00),
            function(0x43, row.module_dots),
            function(0x45, 0x31),
            function(0x50, 0x30, *text),
            function(0x51, 0x30),
        )
    )
