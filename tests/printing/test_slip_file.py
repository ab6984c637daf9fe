"""A slip as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.plain import BadFile
from printing.document import Cut, Gap, Line, Notice, Pair, Qr, Rule, Table
from printing.slip_file import read_slip

ROOT = Path(__file__).resolve().parents[2]


def test_every_block_can_be_written_down() -> None:
    notice = read_slip(ROOT / "docs" / "examples" / "slip-notice.yaml")
    assert [type(block) for block in notice] == [Line, Rule, Pair, Table, Notice, Gap, Qr, Cut]


def test_facts_become_the_slip_that_the_terminal_prints() -> None:
    slip = read_slip(ROOT / "docs" / "examples" / "slip-received.yaml")
    assert Line("收件凭条", size=2, align="center") in slip
    large = read_slip(ROOT / "docs" / "examples" / "slip-received.yaml", large=True)
    assert Pair("申报号", "330199202611210000421", size=2) in large


def test_a_guide_can_be_written_down() -> None:
    guide = read_slip(ROOT / "docs" / "examples" / "slip-guide.yaml")
    assert Line("办事指南", size=2, align="center") in guide
    assert any(isinstance(block, Qr) for block in guide)
    assert Notice("这件事本机不办，请按下面的方式办理。") in guide


def test_a_guide_can_say_why_it_goes_to_a_counter_this_time(tmp_path: Path) -> None:
    written = (ROOT / "docs" / "examples" / "slip-guide.yaml").read_text("utf-8")
    file = tmp_path / "guide.yaml"
    file.write_text(f"{written}  notice: {{zh: 网络不通。, en: The network was down.}}\n", encoding="utf-8")
    assert Notice("网络不通。") in read_slip(file)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("document:\n  - kind: line\n    txt: x\n", ":3: document[1].txt: no such key"),
        ("document:\n  - kind: qr\n    text: 汉字\n", ": document[1]: a QR code's text is printable ASCII"),
        ("document:\n  - kind: table\n    rows: [[a]]\n", ": document[1]: a table has rows"),
        ("document:\n  - kind: seal\n", "document[1].kind: must be one of"),
        ("language: zh\n", "has either facts, guide or document"),
        ("facts:\n  local_no: x\n", "is missing"),
    ],
)
def test_a_wrong_file_is_named_with_line_key_and_reason(tmp_path: Path, text: str, line: str) -> None:
    file = tmp_path / "slip.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadFile) as caught:
        read_slip(file)
    assert str(caught.value).startswith(str(file))
    assert line in str(caught.value)
