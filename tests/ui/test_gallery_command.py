"""The gallery: every component is on a sheet, every sheet loads, and two runs give the same pictures."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.gallery import MODES, QML, SHEETS

ROOT = Path(__file__).resolve().parents[2]
PICTURES = QML.parent / "pictures"

COMPONENTS = {
    "ActionButton", "Attract", "ChoiceButton", "DigitCells", "DigitPad", "Fact", "FigureBox", "FindButton",
    "Footer", "Header", "IdleWarning", "KindButton", "LargeNumber", "MatterList", "Notice", "Passage",
    "Point", "ProgressLine", "ReviewLine", "TextBox", "Tick", "Waiting", "WayOpen", "Ways",
}  # fmt: skip
"""What screens are made of. The rest are parts of these, or need a camera, a keyboard, a page around them."""


@dataclass(frozen=True)
class Drawn:
    """What the process drew, and what it and Qt said."""

    folder: Path
    broken: str
    complaints: str
    of_no_such_sheet: str


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    folder = tmp_path_factory.mktemp("gallery")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.gallery_process", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, _, after = done.stderr.partition("then no such sheet\n")
    return Drawn(folder, done.stdout, before, after)


def test_every_sheet_is_drawn_and_nothing_is_said_by_qt(drawn: Drawn) -> None:
    made = list((drawn.folder / "all").iterdir())
    assert {file.name for file in made} == {f"{sheet.lower()}.default.zh.png" for sheet in SHEETS}
    assert all(QImage(str(file)).width() == 1080 for file in made)
    assert drawn.complaints == ""


def test_modes_differ_and_two_runs_do_not(drawn: Drawn) -> None:
    first, second = (
        [QImage(str(drawn.folder / run / f"notices.{mode}.en.png")) for mode in MODES]
        for run in ("first", "second")
    )
    assert second == first
    assert len({(picture.height(), picture.pixelColor(5, 5).name()) for picture in first}) == len(MODES)


def test_a_sheet_that_does_not_load_is_named(drawn: Drawn) -> None:
    assert "NoSuch" in drawn.broken
    assert "NoSuch" in drawn.of_no_such_sheet


def test_every_picture_is_in_the_gallery() -> None:
    sheets = "".join(file.read_text("utf-8") for file in QML.glob("*.qml"))
    drawn = {file.stem for file in PICTURES.glob("*Picture.qml")}
    assert {name for name in drawn if name.removesuffix("Picture") not in sheets} == set()


def test_every_component_is_in_the_gallery() -> None:
    sheets = "".join(file.read_text("utf-8") for file in QML.glob("*.qml"))
    assert COMPONENTS - set(re.findall(r"\b([A-Z]\w+) \{", sheets)) == set()
