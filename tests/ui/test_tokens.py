"""Colours and sizes come from the one Theme: it is dark enough on every paper, and nobody has their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlEngine, QQmlExpression

from kiosk.session.ease import AT_FIRST, ELDER_TEXT_SIZE, TEXT_SIZES, Ease, elder
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from ui.magnification import magnification

QML = Path(__file__).resolve().parents[2] / "ui" / "qml"
DRAWN = {"HallMark.qml", "Chevron.qml", "TurnArrow.qml", "CodePicture.qml", "Waiting.qml", "FindButton.qml"}
"""Parts that are drawn, or hold a drawing: its strokes have a geometry of their own, and no colours."""

COLOUR = re.compile(r'"#[0-9A-Fa-f]{3,8}"|[cC]olor: "(?!transparent")|Qt\.(rgba|hsla|lighter|darker)\(')
SIZE = re.compile(
    r"\b(font\.pixelSize|minimumPixelSize|spacing|radius|border\.width|\w*[pP]adding|\w*[mM]argins?"
    r"|implicitHeight|implicitWidth|height|width|duration): -?(\d+)\b(?! \*)"
)


def own(file: Path) -> Iterator[str]:
    """What a file says that only Theme may say."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        code = line.split("//")[0]
        drawing = file.name in DRAWN or file.parent.name == "pictures"
        size = None if drawing else SIZE.search(code)
        if COLOUR.search(code) or (size is not None and int(size[2]) > 1):
            yield f"{file.name}:{number}: {line.strip()}"


def test_no_part_and_no_screen_has_its_own_colours_and_sizes() -> None:
    files = [file for file in QML.rglob("*.qml") if file.name not in {"Theme.qml", "Main.qml"}]
    assert len(files) > 60
    assert [line for file in sorted(files) for line in own(file)] == []


@pytest.mark.parametrize(
    "line",
    ['    color: "white"', '    border.color: "#0F4457"', "    font.pixelSize: 42", "    leftPadding: 40",
     "    height: 96", "    color: Qt.darker(Theme.paper, 1.1)", "    anchors.topMargin: 30"],
)  # fmt: skip
def test_a_colour_or_size_of_ones_own_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "Own.qml"
    file.write_text(f"Item {{\n{line}\n}}\n", "utf-8")
    assert list(own(file))


# ---- what Theme says --------------------------------------------------------------------------------------

INKS = {
    "ink": ("paper", "panel", "surface", "tint", "off"),
    "quietInk": ("paper", "panel", "surface", "tint"),
    "accentInk": ("accent",),
    "pressedInk": ("accentPressed",),
    "warnInk": ("warnPaper", "paper"),
}
"""Every colour of text, and the papers it stands on."""

LINES = {"accent": ("paper", "surface"), "focus": ("surface", "paper", "panel")}
"""What has to be seen but is no text: 3:1."""


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: QColor, paper: QColor) -> float:
    """Of two colours, WCAG 2: 1 … 21."""
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def token(stage: Stage, name: str) -> object:
    engine = QQmlEngine.contextForObject(stage.window)
    value, undefined = QQmlExpression(engine, stage.window, f"Theme.{name}").evaluate()
    assert not undefined, name
    return value


def colour(stage: Stage, name: str) -> QColor:
    value = token(stage, name)
    assert isinstance(value, QColor), name
    return value


def at(stage: Stage, ease: Ease) -> None:
    stage.show(replace(scenes()["matter"], ease=ease))


@pytest.mark.parametrize(("high", "least"), [(False, 10.0), (True, 20.0)])
def test_every_text_colour_is_dark_enough_on_every_paper_it_stands_on(
    stage: Stage, *, high: bool, least: float
) -> None:
    at(stage, replace(AT_FIRST, high_contrast=high))
    pairs = {
        (ink, paper): contrast(colour(stage, ink), colour(stage, paper))
        for ink, papers in INKS.items()
        for paper in papers
    }
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < least} == {}
    lines = {
        (line, paper): contrast(colour(stage, line), colour(stage, paper))
        for line, papers in LINES.items()
        for paper in papers
    }
    assert {pair: ratio for pair, ratio in lines.items() if ratio < 3} == {}


def test_letters_and_targets_grow_with_each_size_and_a_main_button_is_never_the_smaller(stage: Stage) -> None:
    sizes = []
    for size in range(TEXT_SIZES):
        at(stage, replace(AT_FIRST, text_size=size))
        sizes.append({name: token(stage, name) for name in ("title", "body", "note", "touchTarget", "touch")})
        assert token(stage, "touchTarget") <= token(stage, "touch") <= token(stage, "mainTouch")  # type: ignore[operator]  # numbers
    for name in sizes[0]:
        grown = [each[name] for each in sizes]
        assert grown == sorted(set(grown)), name  # type: ignore[type-var]  # numbers
    assert sizes[0]["body"] == 36
    assert sizes[-1]["body"] == 54


def test_elder_mode_is_large_and_stillness_takes_no_time(stage: Stage) -> None:
    at(stage, elder(replace(AT_FIRST, still=True), on=True))
    assert (token(stage, "elder"), token(stage, "textSize")) == (True, ELDER_TEXT_SIZE)
    assert token(stage, "motionMs") == 0
    at(stage, AT_FIRST)
    assert token(stage, "motionMs") != 0


def test_a_lying_window_is_a_lying_page_and_a_large_one_is_magnified(stage: Stage) -> None:
    for width, height, page, zoom in (
        (1080, 1920, (1080, 1920), 1.0),
        (1920, 1080, (1920, 1080), 1.0),
        (3840, 2160, (1920, 1080), 2.0),
        (720, 1280, (1080, 1920), 2 / 3),
    ):
        stage.window.resize(width, height)
        stage.settle()
        assert (token(stage, "pageWidth"), token(stage, "pageHeight")) == page
        assert token(stage, "zoom") == pytest.approx(zoom)
    stage.window.resize(1080, 1920)
    stage.settle()


@pytest.mark.parametrize(
    ("size", "times"),
    [
        ((1080, 1920), 1.0),
        ((3840, 2160), 2.0),
        ((2160, 3840), 2.0),
        ((2560, 1440), 4 / 3),
        ((720, 1280), 1.0),
        ((1280, 1024), 1.0),
    ],
)
def test_a_large_screen_is_told_to_qt_and_a_small_one_is_scaled_in_the_scene(
    size: tuple[int, int], times: float
) -> None:
    assert magnification(*size) == pytest.approx(times)
