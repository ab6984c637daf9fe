"""The bytes of a receipt."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from config.printer_profile import PrinterProfile, profile_named
from printing.document import Cut, Document, Gap, Line, Qr, Rule
from printing.escpos import native, receipt_job
from printing.fonts import PAPER_FONTS, GlyphMissing, Glyphs
from printing.qr import module_dots, modules, picture

WIDE, NARROW = profile_named("epson-tm-t82iii"), profile_named("generic-58")


def job_bytes(document: Document, profile: PrinterProfile, glyphs: Glyphs) -> bytes:
    return b"".join(data for data, _dots in receipt_job(document, profile, glyphs))


def test_chinese_goes_out_as_gb18030_in_chinese_mode(glyphs: Glyphs) -> None:
    job = job_bytes((Line("政务 OK"),), WIDE, glyphs)
    assert job.startswith(b"\x1b@\x1c&")
    assert b"\xd5\xfe\xce\xf1 OK\n" in job


def test_the_yen_sign_is_the_one_that_chinese_fonts_have() -> None:
    assert native("¥86.40", WIDE.chinese) == native("￥86.40", WIDE.chinese) == b"\xa3\xa486.40"


@pytest.mark.parametrize("character", list("䶮𠮷㐀é–\ue863\U0002ebf0€"))
def test_what_a_chinese_printer_may_lack_is_never_sent_as_a_code(character: str) -> None:
    lacking = character != "é"  # é is pinyin, in GB 2312
    assert (native(character, WIDE.chinese) is None) is lacking


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=lambda profile: profile.id)
def test_a_rare_name_is_sent_as_a_picture_of_its_row(glyphs: Glyphs, profile: PrinterProfile) -> None:
    job = job_bytes((Line("欧*䶮"),), profile, glyphs)
    at = job.index(b"\x1dv0\x00") + 8
    width_bytes = job[at - 4]
    assert job[at - 4 : at] == bytes((width_bytes, 0, 24, 0))
    assert job[at + width_bytes * 24 :] == b"\x1bJ\x0a"
    drawn = Image.frombytes("1", (width_bytes * 8, 24), job[at:-3])
    box = drawn.getbbox()
    assert box is not None
    assert 48 <= box[2] <= 60  # three characters: 24 + 12 + 24 dots
    assert width_bytes * 8 < box[2] + 8  # and no empty dots cross the wire
    assert box[3] <= 24


def test_a_character_that_no_font_has_is_framed_not_blank(glyphs: Glyphs) -> None:
    lost = glyphs.draw("\U0002ebf0", 24, 24)
    other = glyphs.draw("\U0002ebf1", 24, 24)
    assert all(lost.getpixel((x, 0)) == 0 for x in range(24))
    assert lost.tobytes() != other.tobytes()


def test_a_second_font_helps_where_the_first_has_no_glyph() -> None:
    first, both = Glyphs(PAPER_FONTS[:1]), Glyphs(PAPER_FONTS)
    assert first.draw("𠮷", 24, 24).getpixel((0, 0)) == 0  # the frame's corner
    assert both.draw("𠮷", 24, 24).getpixel((0, 0)) != 0


@pytest.mark.parametrize("character", list("中龘ｇ䶮"))
def test_no_glyph_is_cut_off_at_double_size(glyphs: Glyphs, character: str) -> None:
    small, large = glyphs.draw(character, 48, 48), glyphs.draw(character, 96, 96).resize((48, 48))
    ink_small, ink_large = (sum(1 for dot in picture.tobytes() if dot != 0xFF) for picture in (small, large))
    assert abs(ink_small - ink_large) < 0.35 * ink_large


def test_no_picture_hides_a_command_that_the_printer_would_obey(glyphs: Glyphs) -> None:
    rare = "".join(chr(code) for code in range(0x3400, 0x3400 + 400))
    job = job_bytes((Line(rare),), WIDE, glyphs)
    for hidden in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        assert hidden not in job


def test_a_qr_code_is_drawn_by_the_printer(glyphs: Glyphs) -> None:
    job = job_bytes((Qr("https://a.cn/1"),), WIDE, glyphs)
    assert bytes.fromhex("1D286B110031503068747470733A2F2F612E636E2F31") in job
    assert job.endswith(bytes.fromhex("1D286B0300315130"))


def test_a_qr_code_takes_no_control_characters() -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        Qr("a\x1b@")


def test_rules_span_the_paper_and_the_end_is_a_cut(glyphs: Glyphs) -> None:
    job = job_bytes((Rule(), Gap(300), Cut()), NARROW, glyphs)
    assert b"\x1dv0\x00\x30\x00\x02\x00" + b"\xff" * 96 in job
    assert b"\x1bJ\xff\x1bJ\x2d" in job
    assert job.endswith(b"\x1dVB\x20")


def test_a_missing_glyph_is_named_by_its_code_point_only() -> None:
    assert str(GlyphMissing("\U0002ebf0")) == "no font has U+2EBF0"


def test_a_printer_without_chinese_gets_every_row_as_dots(glyphs: Glyphs) -> None:
    latin = WIDE.model_copy(update={"chinese": None})
    job = job_bytes((Line("政务 OK"), Line("OK")), latin, glyphs)
    assert job.startswith(b"\x1b@\x1da\x0e\x1ba\x00\x1dv0")
    assert b"OK\n" in job  # ASCII every printer has


def test_chinese_mode_is_not_switched_where_that_would_print_characters(glyphs: Glyphs) -> None:
    assert WIDE.chinese is not None
    on_by_itself = WIDE.chinese.model_copy(update={"switch": False})
    job = job_bytes((Line("政务"),), WIDE.model_copy(update={"chinese": on_by_itself}), glyphs)
    assert b"\x1c" not in job


@pytest.mark.parametrize(
    ("trusted", "character", "own"),
    [("gb2312", "镕", False), ("gbk", "镕", True), ("gbk", "䶮", False), ("gbk", "㐀", False)],
)
def test_a_font_is_trusted_with_its_declared_characters_only(trusted: str, character: str, own: bool) -> None:  # noqa: FBT001 - a table's column
    assert WIDE.chinese is not None
    chinese = WIDE.chinese.model_copy(update={"native": trusted})
    assert (native(character, chinese) is not None) is own


def test_a_utf8_printer_gets_utf8(glyphs: Glyphs) -> None:
    assert WIDE.chinese is not None
    utf8 = WIDE.chinese.model_copy(update={"coding": "utf-8"})
    job = job_bytes((Line("政务"),), WIDE.model_copy(update={"chinese": utf8}), glyphs)
    assert "政务".encode() in job


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=lambda profile: profile.id)
def test_a_long_qr_code_gets_squares_that_fit_the_paper(profile: PrinterProfile) -> None:
    block = Qr("A" * 700, module_dots=8)
    drawn = picture(block, profile.width_dots)
    found = zxingcpp.read_barcodes(drawn.convert("L"))
    assert [code.text for code in found] == ["A" * 700]
    assert module_dots(block, profile.width_dots) == profile.width_dots // modules(block.text)


def test_a_qr_code_that_no_paper_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="2000 characters make no QR code 96 dots wide"):
        module_dots(Qr("A" * 2000), 96)
