"""The signed form on A4, read back with poppler."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageChops

from printing.fonts import PAPER_FONTS, GlyphMissing
from printing.form_pdf import Stroke, form_pdf

FONTS = PAPER_FONTS[:1]
LINES = (
    ("姓名", "欧阳䶮"),
    ("公民身份号码", "110101199003070011"),
    ("户籍地址", "浙江省杭州市上城区清波街道测试路1号测试小区2幢3单元401室（靠近测试公园南门）"),
)
STROKE = [(0.25, 0.5), (0.75, 0.5)]


def make(
    lines: Sequence[tuple[str, str]] = LINES,
    strokes: Sequence[Stroke] = (STROKE,),
    fonts: Sequence[Path] = FONTS,
) -> bytes:
    footer = ("申请编号 0190c2e4", "手写签名图像")
    return form_pdf(
        "查询申请表", lines, "以上内容真实、准确、完整。", strokes, footer, fonts, signing_aspect=2.5
    )


def text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def first_page(pdf: bytes) -> Image.Image:
    command = ["pdftoppm", "-r", "72", "-gray", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout))


def test_every_line_can_be_read_back_and_a_rare_name_with_it() -> None:
    read = text(make())
    assert "查询申请表" in read
    assert "欧阳䶮" in read
    assert "110101199003070011" in read
    assert "以上内容真实、准确、完整。" in read
    assert "第 1 页，共 1 页" in read


def test_the_same_form_is_the_same_bytes() -> None:
    assert make() == make()


def test_a_long_value_wraps_and_a_long_form_goes_on_with_every_line() -> None:
    lines = [(f"第{number}项", f"内容{number}" + "很长" * 60) for number in range(30)]
    read = "".join(text(make(lines)).split())
    assert all(f"第{number}项内容{number}很长" in read for number in range(30))
    assert "第3页，共" in read
    assert read.count("很") == read.count("长") == 30 * 60


def test_a_value_longer_than_a_page_loses_nothing() -> None:
    assert text(make((("说明", "甲乙丙丁戊" * 800),))).count("甲") == 800


def test_a_character_without_a_glyph_is_an_error_that_names_the_code_point() -> None:
    with pytest.raises(GlyphMissing, match=r"U\+20BB7$"):
        make((("姓名", "𠮷田"),))


def test_a_second_font_is_asked_for_what_the_first_lacks() -> None:
    latin = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    assert "欧阳䶮 Ouyang" in text(make((("姓名", "欧阳䶮 Ouyang"),), fonts=(latin, *FONTS)))


def test_the_signature_is_ink_in_its_box_and_only_there() -> None:
    box = ImageChops.difference(first_page(make()), first_page(make(strokes=()))).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert bottom - top <= 4  # one horizontal stroke
    assert right - left == pytest.approx(0.5 * 90 / 25.4 * 72, abs=5)  # half of a box 90 mm wide


def test_a_touch_without_movement_is_a_dot() -> None:
    assert first_page(make(strokes=([(0.5, 0.5)],))).tobytes() != first_page(make(strokes=())).tobytes()
