"""Telephone and identity numbers are grouped and looked at while they are typed; nothing can be pasted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from config.codes import check_character
from kiosk.session import events as ev
from kiosk.session import stages as st
from tests.ui.conftest import Stage
from tests.ui.gallery import hall, journey, scenes
from tests.ui.test_screens import accessible_name, said, texts
from tests.ui.test_touches import touch

SCENES = scenes()
NUMBER = "33010619570308001"
WHOLE = NUMBER + check_character(NUMBER)


def asking_mobile() -> st.Session:
    return st.Session(st.InJourney(replace(journey(), answers={}), st.QuestionStep("mobile")), hall())


def words(stage: Stage) -> set[str]:
    return {said(item) for item in texts(stage)}


def type_all(stage: Stage, figures: str) -> None:
    for figure in figures:
        touch(stage, figure)


def box(stage: Stage) -> QQuickItem:
    return next(item for item in stage.items() if item.metaObject().className().startswith("FigureBox"))


def test_a_wrong_beginning_of_a_mobile_number_is_said_before_the_end(stage: Stage) -> None:
    stage.show(asking_mobile())
    type_all(stage, "12")
    assert "手机号码第二位是 3 到 9。请看看前两位。" in words(stage)
    touch(stage, "删除")
    assert "手机号码第二位是 3 到 9。请看看前两位。" not in words(stage)
    type_all(stage, "38")
    assert "还差 8 位" in words(stage)
    type_all(stage, "00138000")
    touch(stage, "确定")
    assert [vars(event) for event in stage.posted] == [{"value": "13800138000"}]


def test_an_identity_number_stands_in_groups_and_counts_what_is_missing(stage: Stage) -> None:
    stage.show(SCENES["person"])
    type_all(stage, WHOLE[:10])
    assert accessible_name(box(stage)) == "330106 1957 还差 8 位"
    type_all(stage, WHOLE[10:])
    assert accessible_name(box(stage)) == f"330106 19570308 {WHOLE[14:]}"
    touch(stage, "确定")
    assert [vars(event) for event in stage.posted] == [{"value": WHOLE}]


def test_a_check_that_fails_names_the_last_figures(stage: Stage) -> None:
    stage.show(SCENES["person"])
    last = "0" if WHOLE[-1] != "0" else "1"
    type_all(stage, NUMBER + last)
    sentence = "最后几位对不上。请对照身份证，看看最后几位有没有输错。"
    assert sentence in words(stage)
    touch(stage, "删除")
    assert sentence not in words(stage)
    touch(stage, WHOLE[-1])
    assert sentence not in words(stage)


def test_an_x_in_the_midst_of_a_number_does_nothing(stage: Stage) -> None:
    stage.show(SCENES["person"])
    type_all(stage, "33X01X")
    assert accessible_name(box(stage)).startswith("3301 ")


def test_what_was_refused_is_said_until_a_figure_changes(stage: Stage) -> None:
    stage.show(SCENES["problem_mobile"])
    sentence = "这不像一个手机号码。请检查：11 位数字，以 1 开头。"
    assert sentence in words(stage)
    touch(stage, "删除")
    assert sentence not in words(stage)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_nothing_can_be_pasted(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QGuiApplication.clipboard().setText("13800000000")
    stage.show(SCENES["find"])
    QTest.keyClick(stage.window, key, modifier)
    QTest.mouseClick(stage.window, Qt.MouseButton.MiddleButton)
    stage.settle()
    assert [event for event in stage.posted if isinstance(event, ev.QueryTyped) and event.query] == []
    QGuiApplication.clipboard().clear()
