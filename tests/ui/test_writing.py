"""Words are put in by Pinyin, by hand or by letters: a finger writes, a touch chooses, nothing is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from structlog.testing import capture_logs

from kiosk.session import events as ev
from tests.ui.arrangements import PAGES, WHERE_TYPED, wait_for_keyboard
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from tests.ui.test_screens import accessible_name, button, controls
from tests.ui.test_touches import touch
from tests.ui.written import Lines, drawn
from ui.models.base import Desk
from ui.shell import ShellModel

SCENES = scenes()
LEFT = Qt.MouseButton.LeftButton
PORTRAIT, LANDSCAPE = PAGES.values()
TYPED: Final = ("question_former_names", "address_detail", "find")


@pytest.fixture
def writing(stage: Stage) -> Iterator[Stage]:
    """A stage whose way of typing and whose size are as they were, afterwards."""
    yield stage
    stage.window.resize(*PORTRAIT)
    stage.show(SCENES["find"])
    touch(stage, "拼音")


def pad(stage: Stage) -> QQuickItem:
    return next(item for item in stage.items() if accessible_name(item) == "手写区")


def write(stage: Stage, lines: Lines) -> None:
    """Draw every stroke on the writing square."""
    square = pad(stage)

    def at(point: tuple[float, float]) -> QPointF:
        return square.mapToScene(QPointF(point[0] * square.width(), point[1] * square.height()))

    for stroke in lines:
        QTest.mousePress(stage.window, LEFT, pos=at(stroke[0]).toPoint())
        for point in stroke[1:]:
            QTest.mouseMove(stage.window, at(point).toPoint())
        QTest.mouseRelease(stage.window, LEFT, pos=at(stroke[-1]).toPoint())
    stage.settle()


def offered(stage: Stage) -> list[str]:
    """What stands on the keys beside the square."""
    keys = [item for item in controls(stage) if item.metaObject().className().startswith("PadKey")]
    return [accessible_name(key) for key in keys]


def line(stage: Stage) -> str:
    field = next(item for item in stage.items() if item.inherits("QQuickTextInput"))
    return str(field.property("text"))


def test_a_character_is_written_chosen_and_stands_in_the_line(writing: Stage) -> None:
    writing.show(SCENES["address_detail"])
    touch(writing, "手写")
    for character in "大王":
        write(writing, drawn(character))
        assert len(offered(writing)) >= 8
        touch(writing, character)
    touch(writing, "3")
    assert line(writing) == "大王3"
    touch(writing, "删除")
    assert line(writing) == "大王"
    touch(writing, "确定")
    assert [vars(event) for event in writing.posted] == [{"value": "330199001 大王"}]


def test_a_character_is_chosen_with_keys_alone(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    write(writing, drawn("王"))
    button(writing, "王").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(writing.window, Qt.Key.Key_Return)
    writing.settle()
    assert line(writing) == "王"
    button(writing, "删除").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(writing.window, Qt.Key.Key_Return)
    writing.settle()
    assert line(writing) == ""


def test_the_last_stroke_is_taken_back_or_all_of_them(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    assert not button(writing, "退一笔").isEnabled()
    write(writing, drawn("王"))
    four = offered(writing)
    touch(writing, "退一笔")
    assert offered(writing) != four
    assert "王" in four
    touch(writing, "重写")
    assert offered(writing) == [*"1234567890-", "号"]
    assert line(writing) == ""


def test_what_is_found_follows_every_character_written(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    write(writing, drawn("人"))
    touch(writing, "人")
    assert ev.QueryTyped("人").query in [e.query for e in writing.posted if isinstance(e, ev.QueryTyped)]


def test_the_way_that_was_chosen_stays_on_the_next_question(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    writing.show(SCENES["question_former_names"])
    assert pad(writing).isVisible()
    touch(writing, "字母")
    writing.show(SCENES["find"])
    assert not [item for item in writing.items() if accessible_name(item) == "手写区"]


def test_elder_mode_begins_with_writing_and_english_with_letters(writing: Stage) -> None:
    usual = writing.window.findChildren(QQuickItem)
    area = next(item for item in usual if item.metaObject().className().startswith("InputArea"))
    area.setProperty("chosen", "")
    writing.show(replace(SCENES["find"], ease=WHERE_TYPED["elder"]))
    assert area.property("way") == "hand"
    writing.show(SCENES["find"], "en")
    assert area.property("way") == "letters"
    writing.show(SCENES["find"])
    assert area.property("way") == "pinyin"


def test_a_code_is_typed_in_letters_and_offers_no_other_way(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    writing.show(SCENES["scan_typed"])
    names = {accessible_name(control) for control in controls(writing)}
    assert not names & {"拼音", "手写", "字母"}


def test_a_keyboard_that_is_hidden_comes_back(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "拼音")
    QGuiApplication.inputMethod().hide()
    writing.settle()
    assert QGuiApplication.inputMethod().isVisible()
    QTest.keyClick(writing.window, Qt.Key.Key_S)
    writing.settle()
    assert [event.query for event in writing.posted if isinstance(event, ev.QueryTyped)][-1] == "s"


def test_without_the_library_writing_is_not_offered(stage: Stage) -> None:
    bare: Desk = replace(stage.desk, reader=None)
    shell = ShellModel(bare, SCENES["find"])
    assert not shell.can_write
    assert shell.read_writing([[0.1, 0.5, 0.9, 0.5]]) == []
    assert ShellModel(stage.desk, SCENES["find"]).can_write


def test_what_is_written_reaches_no_log(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "手写")
    with capture_logs() as logged:
        write(writing, drawn("王"))
        touch(writing, "王")
    assert logged == []


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", WHERE_TYPED)
def test_the_line_with_the_focus_is_never_covered(writing: Stage, mode: str, size: tuple[int, int]) -> None:
    writing.window.resize(*size)
    for name in TYPED:
        writing.show(replace(SCENES[name], ease=WHERE_TYPED[mode]))
        for way in ("手写", "拼音"):
            touch(writing, way)
            assert in_full_view(writing), (name, way)


def in_full_view(stage: Stage) -> bool:
    """Whether whoever looks at the window sees all of the line with the focus."""
    field = QGuiApplication.focusObject()
    assert isinstance(field, QQuickItem)
    assert field.inherits("QQuickTextInput")
    corners = [
        field.mapToScene(QPointF(x, y)) for x in (2, field.width() - 2) for y in (2, field.height() - 2)
    ]
    return all(_on_top(stage.window.contentItem(), corner) is field for corner in corners)


def _on_top(item: QQuickItem, point: QPointF) -> QQuickItem | None:
    """The line, keyboard or panel that is seen at a point; None outside of the window or of a clip."""
    if item.clip() and not item.contains(item.mapFromScene(point)):
        return None
    order = sorted(item.childItems(), key=lambda child: child.z())
    for child in reversed(order):
        if child.isVisible():
            found = _on_top(child, point)
            if found is not None:
                return found
    name = item.metaObject().className()
    seen = item.inherits("QQuickTextInput") or name.startswith(("Keyboard_", "HandPanel", "PadKey"))
    return item if seen and item.contains(item.mapFromScene(point)) else None


def test_a_covered_line_would_be_found(writing: Stage) -> None:
    writing.show(SCENES["find"])
    assert in_full_view(writing)
    keyboard = next(item for item in writing.items() if item.metaObject().className().startswith("InputArea"))
    keyboard.setY(keyboard.y() - 1200)
    try:
        assert not in_full_view(writing)
    finally:
        keyboard.setY(keyboard.y() + 1200)


def test_what_the_keyboard_learns_lies_where_the_session_s_home_is(writing: Stage) -> None:
    writing.show(SCENES["find"])
    touch(writing, "拼音")
    for key in (Qt.Key.Key_N, Qt.Key.Key_I, Qt.Key.Key_Space):
        QTest.keyClick(writing.window, key)
    writing.settle()
    # A session's is in its own home, which goes with it: tests/kiosk/terminal/test_session_process.py.
    assert (Path(os.environ["XDG_CONFIG_HOME"]) / "qtvirtualkeyboard").is_dir()


# ---- Qt's keyboard ---------------------------------------------------------------------------------------


def keyboard(stage: Stage) -> QQuickItem:
    return next(item for item in stage.items() if item.property("symbolMode") is not None)


def small_signs(stage: Stage) -> set[str]:
    """What stands small on the keys, beside their letters."""
    return {str(item.property("smallText")) for item in stage.items() if item.property("smallText")}


@pytest.mark.parametrize("way", ["拼音", "字母"])
def test_no_key_offers_to_hide_the_keyboard(writing: Stage, way: str) -> None:
    writing.show(SCENES["find"])
    touch(writing, way)
    wait_for_keyboard(writing)
    for symbols in (True, False):
        keyboard(writing).setProperty("symbolMode", symbols)
        writing.settle()
        assert small_signs(writing) & {"\u2699", "!?"} == set()


def test_a_key_with_a_gear_would_be_seen(writing: Stage) -> None:
    writing.show(SCENES["find"])
    wait_for_keyboard(writing)
    comma = next(item for item in writing.items() if item.property("key") == Qt.Key.Key_Comma.value)
    comma.setProperty("smallText", "\u2699")
    assert "\u2699" in small_signs(writing)
    comma.setProperty("smallText", "")


@pytest.mark.parametrize("scene", [*TYPED, "scan_typed"])
def test_a_key_types_into_the_line_wherever_the_focus_has_gone(writing: Stage, scene: str) -> None:
    writing.show(SCENES[scene])
    wait_for_keyboard(writing)
    field = next(item for item in writing.items() if item.inherits("QQuickTextInput"))
    key = next(item for item in writing.items() if item.property("key") == Qt.Key.Key_Comma.value)
    glass = QTest.createTouchDevice()
    at = key.mapToScene(QPointF(key.width() / 2, key.height() / 2)).toPoint()
    for lost_to in (button(writing, "离开"), None):
        if lost_to is None:
            field.setFocus(False)
        else:
            lost_to.forceActiveFocus()
        assert not field.hasActiveFocus()
        QTest.touchEvent(writing.window, glass).press(0, at, writing.window).commit()
        QTest.touchEvent(writing.window, glass).release(0, at, writing.window).commit()
        writing.settle()
        assert field.hasActiveFocus()
        assert line(writing).endswith((",", "，"))
        writing.clock.now += 1
