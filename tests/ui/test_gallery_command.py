"""The gallery: every component is on a sheet, every sheet loads, and two runs give the same pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.gallery import MODES, QML, SHEETS, draw
from ui.stage_view import BrokenScreen

PICTURES = QML.parent / "pictures"

COMPONENTS = {
    "ActionButton", "Attract", "ChoiceButton", "DigitCells", "DigitPad", "Fact", "FigureBox", "FindButton",
    "Footer", "Header", "IdleWarning", "KindButton", "LargeNumber", "MatterList", "Notice", "Passage",
    "Point", "ProgressLine", "ReviewLine", "TextBox", "Tick", "Waiting", "WayOpen", "Ways",
}  # fmt: skip
"""What screens are made of. The rest are parts of these, or need a camera, a keyboard, a page around them."""


def test_every_sheet_is_drawn_and_nothing_is_said_by_qt(tmp_path: Path, complaints: list[str]) -> None:
    made = draw(tmp_path, ("default",), ("zh",))
    assert {file.name for file in made} == {f"{sheet.lower()}.default.zh.png" for sheet in SHEETS}
    assert all(QImage(str(file)).width() == 1080 for file in made)
    assert complaints == []


def test_modes_differ_and_two_runs_do_not(tmp_path: Path) -> None:
    first = draw(tmp_path / "a", MODES, ("en",), ("Notices",))
    second = draw(tmp_path / "b", MODES, ("en",), ("Notices",))
    pictures = [QImage(str(file)) for file in first]
    assert [QImage(str(file)) for file in second] == pictures
    assert len({(picture.height(), picture.pixelColor(5, 5).name()) for picture in pictures}) == len(MODES)


def test_a_sheet_that_does_not_load_is_named(tmp_path: Path, complaints: list[str]) -> None:
    with pytest.raises(BrokenScreen, match="NoSuch"):
        draw(tmp_path, ("default",), ("zh",), ("NoSuch",))
    assert any("NoSuch" in said for said in complaints)
    complaints.clear()


def test_every_picture_is_in_the_gallery() -> None:
    sheets = "".join(file.read_text("utf-8") for file in QML.glob("*.qml"))
    drawn = {file.stem for file in PICTURES.glob("*Picture.qml")}
    assert {name for name in drawn if name.removesuffix("Picture") not in sheets} == set()


def test_every_component_is_in_the_gallery() -> None:
    sheets = "".join(file.read_text("utf-8") for file in QML.glob("*.qml"))
    assert COMPONENTS - set(re.findall(r"\b([A-Z]\w+) \{", sheets)) == set()
