"""Rows of a receipt as ESC/POS bytes: from the printer's own font where it is trusted, else as dots.

The profile says which characters a printer's font is trusted with; a row with any other is sent whole as a
raster, because a printer prints a wrong character, or a blank, for what it lacks. A printer without Chinese
gets every row as a raster. Each job begins with `ESC @`, so nothing of an earlier job's settings stays.

Source: ESC/POS command reference: `ESC @`, `ESC t`, `FS &`, `FS .`, `ESC a`, `ESC 3`, `ESC J`, `GS !`,
`GS v 0`, `GS ( k`, `GS V`. GB 18030 for the codes of GB 2312 and GBK.
"""

from __future__ import annotations

from typing import assert_never

from PIL import Image, ImageOps

from config.printer_profile import Chinese, Presenter, PrinterProfile
from config.private_use import named
from printing.document import Align, Cut, Document, Gap, Qr, Size
from printing.fonts import Glyphs
from printing.layout import CELL_DOTS, Row, RuleRow, TextRow, cells, lay_out
from printing.qr import module_dots, modules, picture

_PITCH: dict[Size, int] = {1: 34, 2: 62, 3: 88}
"""Dots from one row to the next: the character and a fifth of it as leading."""
_RULE_DOTS = {True: 4, False: 2}
_YEN = str.maketrans("¥", "￥")
"""U+00A5 has a four-byte code in GB18030 that prints as "0 6"; U+FFE5 is the sign Chinese fonts have."""
_ASCII = range(0x20, 0x7F)
_SPARSE_ROWS = range(0xFE50, 0xFEA1)
"""Where GBK's font is often blank: 䶮 and its neighbours."""
_HIDDEN_COMMANDS = (b"\x10\x04", b"\x10\x05", b"\x10\x14")
_CUTS = {
    "feed_and_part": b"\x1dVB",
    "feed_and_cut": b"\x1dVA",
    "part": b"\x1dV\x01",
    "cut": b"\x1dV\x00",
}


Portion = tuple[bytes, int]
"""Whole commands, and how far they move the paper, in dots."""


def receipt_job(
    document: Document, profile: PrinterProfile, glyphs: Glyphs, *, large: bool = False
) -> tuple[Portion, ...]:
    """What prints `document` on a printer of `profile`, in large print if told so, in portions to send."""
    return _Receipt(profile, glyphs).job(lay_out(document, profile.width_dots, large=large))


def native(text: str, chinese: Chinese | None) -> bytes | None:
    """Code `text` for the printer's own font, or None if that is not trusted with every character of it."""
    text = text.translate(_YEN)
    if all(ord(character) in _ASCII for character in text):
        return text.encode("ascii")
    if chinese is None or not text.isprintable():
        return None
    try:
        trusted = text.encode(chinese.native)
    except UnicodeEncodeError:
        return None
    if chinese.native == "gbk" and _has_sparse(trusted):
        return None
    return text.encode(chinese.coding)


def _has_sparse(gbk: bytes) -> bool:
    at = 0
    while at < len(gbk):
        step = 1 if gbk[at] in _ASCII else 2
        if int.from_bytes(gbk[at : at + step], "big") in _SPARSE_ROWS:
            return True
        at += step
    return False


class _Receipt:
    """Turns rows into portions for one profile."""

    def __init__(self, profile: PrinterProfile, glyphs: Glyphs) -> None:
        self._profile = profile
        self._width = profile.width_dots
        self._glyphs = glyphs

    def job(self, rows: tuple[Row, ...]) -> tuple[Portion, ...]:
        return (self._begin(), *(portion for row in rows for portion in self._row(row)))

    def _begin(self) -> Portion:
        chinese, page = self._profile.chinese, self._profile.code_page
        switch = b"" if chinese is None or not chinese.switch else b"\x1c&"
        latin = b"" if page is None else bytes((0x1B, 0x74, page))
        reports = _REPORT_BY_ITSELF if self._profile.status == "asb" else b""
        return b"\x1b@" + switch + latin + reports, 0

    def _row(self, row: Row) -> list[Portion]:
        match row:
            case TextRow("", size):
                return [_feed(_PITCH[size])]
            case TextRow(text, size, align):
                row = TextRow(text := named(text), size, align)
                coded = native(text, self._profile.chinese)
                return self._drawn(row) if coded is None else [_set(coded, size, align)]
            case RuleRow(heavy):
                return self._rule(heavy=heavy)
            case Gap(dots):
                return [_feed(dots)]
            case Qr():
                return self._qr(row)
            case Cut():
                return [self._cut()]
            case _:
                assert_never(row)

    def _drawn(self, row: TextRow) -> list[Portion]:
        """Draw a row as the printer would have set it, in the same cells."""
        height = 2 * CELL_DOTS * row.size
        paper = Image.new("1", (self._width, height), 1)
        left = 0
        if row.align == "center":
            left = (self._width - cells(row.text) * CELL_DOTS * row.size) // 2
        for character in row.text:
            width = cells(character) * CELL_DOTS * row.size
            paper.paste(self._glyphs.draw(character, width, height), (left, 0))
            left += width
        return [*_raster(paper), _feed(_PITCH[row.size] - height)]

    def _rule(self, *, heavy: bool) -> list[Portion]:
        """A line in the middle of a row of its own; as dots it is the same on every printer."""
        thick, room = _RULE_DOTS[heavy], 24
        paper = Image.new("1", (self._width, thick), 0)
        above = (room - thick) // 2
        return [_feed(above), *_raster(paper), _feed(room - thick - above)]

    def _qr(self, block: Qr) -> list[Portion]:
        scale = module_dots(block, self._width)
        if self._profile.qr == "dots":
            return _raster(picture(block, self._width), "center")
        drawn = b"\x1ba\x01" + b"".join(
            (
                _qr_function(0x41, 0x32, 0x00),
                _qr_function(0x43, scale),
                _qr_function(0x45, 0x31),
                _qr_function(0x50, 0x30, *block.text.encode("ascii")),
                _qr_function(0x51, 0x30),
            )
        )
        return [(drawn, scale * modules(block.text))]

    def _cut(self) -> Portion:
        knife, presenter = self._profile.knife, self._profile.presenter
        if knife is None:
            return _feed(_TEAR_DOTS)
        command, held = _CUTS[knife.command], b"" if presenter is None else _present(presenter)
        if knife.command in {"feed_and_part", "feed_and_cut"}:
            return command + bytes((knife.feed_dots,)) + held, _KNIFE_DOTS + knife.feed_dots
        fed, dots = _feed(knife.feed_dots)
        return fed + command + held, dots


_TEAR_DOTS = 96
"""From the print head to the tear bar, and a little to hold."""

_KNIFE_DOTS = 96
"""From the print head to the knife; the commands that feed add it by themselves."""

_REPORT_BY_ITSELF = b"\x1da\x0e"
"""`GS a`: say so when online, error or paper change. `ESC @` ends it, so each job asks for it."""

_BAND_DOTS = 24
"""A picture is sent in bands of this height: none is larger than a printer's buffer, and a torn one is soon
filled up."""


def _present(presenter: Presenter) -> bytes:
    """Hold the slip out, and say what becomes of it when nobody takes it."""
    match presenter.dialect:
        case "custom":
            end = b"R" if presenter.then == "retract" else b"E"
            return b"\x1cP" + bytes((_PRESENTED_STEPS, _BLINK)) + end + bytes((presenter.hold_s,))
        case "citizen":
            return b"\x1dR1" + bytes((presenter.hold_s,)) if presenter.then == "retract" else b""
        case "zebra":
            return b"\x1b\x0c" + bytes((_PRESENTED_STEPS,))
        case _:
            assert_never(presenter.dialect)


_PRESENTED_STEPS = 12
"""How far the slip is held out, in the presenter's own steps of about 7 mm."""
_BLINK = 1
"""The mouth's light draws the eye to the slip."""


def _set(coded: bytes, size: Size, align: Align) -> Portion:
    magnify = (size - 1) << 4 | (size - 1)
    style = bytes((*b"\x1ba", align == "center", *b"\x1d!", magnify, *b"\x1b3", _PITCH[size]))
    return style + coded + b"\n", _PITCH[size]


def _feed(dots: int) -> Portion:
    return b"".join(b"\x1bJ" + bytes((min(255, dots - done),)) for done in range(0, dots, 255)), dots


def _raster(paper: Image.Image, align: Align = "left") -> list[Portion]:
    """Code a picture in bands, without the empty dots beside it: they cost wire time and print nothing.

    At the left its own margin stays; in the centre the printer makes the margin.
    """
    inked = ImageOps.invert(paper.convert("L"))
    box = inked.getbbox() or (0, 0, 1, 0)
    left = box[0] if align == "center" else 0
    right = left + (box[2] - left + 7) // 8 * 8
    return [
        _band(inked.crop((left, top, right, min(paper.height, top + _BAND_DOTS))).convert("1"), align)
        for top in range(0, paper.height, _BAND_DOTS)
    ]


def _band(inked: Image.Image, align: Align) -> Portion:
    data = inked.tobytes()
    # A printer obeys DLE commands even inside a picture's data: blacken one more dot instead.
    for hidden in _HIDDEN_COMMANDS:
        data = data.replace(hidden, bytes((0x30, hidden[1])))
    size = (inked.width // 8).to_bytes(2, "little") + inked.height.to_bytes(2, "little")
    return bytes((*b"\x1ba", align == "center", *b"\x1dv0\x00")) + size + data, inked.height


def _qr_function(code: int, *parameters: int) -> bytes:
    body = bytes((0x31, code, *parameters))
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body
