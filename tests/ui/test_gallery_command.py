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

PARTS = QML.parent / "parts"
QTS_OWN = {"InputArea", "Keyboard", "KeyboardTone"}
"""Qt's keyboard has one place in a process, which is on the window."""


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


def uses(file: Path) -> set[str]:
    return set(re.findall(r"\b([A-Z]\w+) \{", file.read_text("utf-8")))


def shown(sheets: Path) -> set[str]:
    """Every component on a sheet, and what those are made of."""
    found: set[str] = set()
    new = set().union(*(uses(file) for file in sheets.glob("*.qml")))
    while new:
        found |= new
        made = [PARTS / f"{name}.qml" for name in new]
        new = set().union(*(uses(file) for file in made if file.exists())) - found
    return found


def test_every_component_is_in_the_gallery() -> None:
    assert {file.stem for file in PARTS.glob("*.qml")} - shown(QML) == QTS_OWN


def test_a_component_that_is_on_no_sheet_is_found(tmp_path: Path) -> None:
    for sheet in QML.glob("*.qml"):
        (tmp_path / sheet.name).write_text(sheet.read_text("utf-8").replace("BesideBar {", "Item {"), "utf-8")
    assert "BesideBar" not in shown(tmp_path)
    assert "Chevron" in shown(tmp_path), "part of a button that is there"
