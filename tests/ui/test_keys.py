"""Everything works with keys alone: Tab or arrows go there, Enter or Space does it, a ring shows where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from kiosk.session import stages as st
from kiosk.session.machine import advance
from kiosk.session.verification import ConsentStep, FaceStep, VerifiedStep
from tests.ui.conftest import Stage
from tests.ui.gallery import card, scenes
from tests.ui.test_screens import accessible_name, controls
from ui.screen import screen_of

SCENES = scenes()
MOST = 80
"""Presses of Tab after which a control cannot be reached."""

KEY = Qt.Key


def focused(stage: Stage) -> QQuickItem | None:
    item = stage.window.activeFocusItem()
    return None if item in {None, stage.window.contentItem()} else item


def presses(stage: Stage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(stage.window, key)


def goes_to(stage: Stage, name: str, key: Qt.Key = KEY.Key_Tab) -> QQuickItem:
    """Press `key` until the control of that name has the focus."""
    met = []
    for _ in range(MOST):
        presses(stage, key)
        item = focused(stage)
        met.append("" if item is None else accessible_name(item))
        if item is not None and met[-1] == name:
            return item
    raise AssertionError(f"{name} is not reached: {met}")


def round_by_tab(stage: Stage) -> list[QQuickItem]:
    """Every control that Tab reaches, in its order."""
    met: list[QQuickItem] = []
    for _ in range(MOST):
        presses(stage, KEY.Key_Tab)
        item = focused(stage)
        if item is None or item in met:
            break
        shows = item.property("visualFocus") or not item.inherits("QQuickAbstractButton")
        assert shows, (accessible_name(item), item.property("focusReason"), len(met))
        met.append(item)
    return met


def a_scene_of_each_file(stage: Stage) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, session in SCENES.items():
        files.setdefault(screen_of(session, stage.desk).file, name)
    return files


def test_tab_reaches_every_control_of_every_screen_and_shows_where_it_is(stage: Stage) -> None:
    for name in a_scene_of_each_file(stage).values():
        stage.show(SCENES[name])
        wanted = {control for control in controls(stage) if control.isEnabled()}
        met = round_by_tab(stage)
        # Going to what lies beneath turns the page by itself, and has nothing more to turn at its end.
        missing = {accessible_name(control) for control in wanted - set(met)} - {"向上翻", "向下翻"}
        assert missing == set(), name


def test_a_control_that_keys_do_not_reach_is_found(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    begin = next(control for control in controls(stage) if accessible_name(control) == "开始办理")
    begin.setProperty("focusPolicy", 0)
    assert begin not in round_by_tab(stage)


def test_no_ring_shows_for_who_works_with_a_finger(stage: Stage) -> None:
    stage.show(SCENES["review"])
    button = next(control for control in controls(stage) if accessible_name(control) == "向下翻")
    QTest.mouseClick(stage.window, Qt.MouseButton.LeftButton, pos=_middle(button))
    assert not any(control.property("visualFocus") for control in controls(stage))


def test_the_screen_comes_before_what_stands_around_it(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    names = [accessible_name(item) for item in round_by_tab(stage)]
    assert names.index("开始办理") < names.index("返回") < names.index("离开") < names.index("English")


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space])
def test_enter_and_space_touch(stage: Stage, key: Qt.Key) -> None:
    stage.show(SCENES["matter"])
    goes_to(stage, "开始办理")
    presses(stage, key)
    assert stage.posted == [ev.Begin()]


def test_arrows_go_there_and_back(stage: Stage) -> None:
    stage.show(SCENES["rating"])
    goes_to(stage, "满意", KEY.Key_Down)
    presses(stage, KEY.Key_Up, KEY.Key_Return)
    assert stage.posted == [ev.Rated(5)]


def test_what_the_focus_is_on_is_scrolled_into_sight(stage: Stage) -> None:
    stage.show(SCENES["review"])
    change = [control for control in controls(stage) if accessible_name(control).startswith("修改")][-1]
    pager = next(control for control in controls(stage) if accessible_name(control) == "向下翻")
    assert _middle(change).y() > _middle(pager).y()
    goes_to(stage, accessible_name(change))
    stage.settle()
    assert _middle(change).y() + change.height() / 2 < _middle(pager).y() - pager.height() / 2


def test_keys_keep_the_session(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    stage.touched.clear()
    presses(stage, KEY.Key_Tab)
    assert stage.touched


def test_while_the_warning_stands_the_keys_reach_it_alone(stage: Stage) -> None:
    stage.show(SCENES["idle_warning"])
    assert [accessible_name(item) for item in round_by_tab(stage)] == ["我还在，继续办理"]


def test_a_way_from_welcome_to_signing_by_keys_alone(stage: Stage) -> None:
    session = replace(SCENES["welcome"], language="zh")

    def shown() -> None:
        stage.show(session)
        stage.posted.clear()

    def does(name: str) -> None:
        nonlocal session
        goes_to(stage, name)
        presses(stage, KEY.Key_Return)
        for event in stage.posted:
            session = advance(session, event)
        shown()

    def happens(*events: ev.Event) -> None:
        nonlocal session
        for event in events:
            session = advance(session, event)
        shown()

    shown()
    does("开无犯罪记录证明")
    does("开始办理")
    happens(ev.CardRead(card()))
    assert _step(session, ConsentStep)
    does("同意并刷脸核验")
    assert _step(session, FaceStep)
    happens(ev.FaceMatched())
    assert _step(session, VerifiedStep)
    does("继续办理")
    for answer in ("为我本人", "户籍地派出所", "就业"):
        does(answer)
        if _step(session, st.LookUpStep):
            happens(ev.LookupMissing("household", "unreachable"))
    for digit in "13800138000":
        goes_to(stage, digit)
        presses(stage, KEY.Key_Space)
    does("确定")
    does("电子证明")
    assert _step(session, st.ReviewStep), session.stage
    does("核对无误，去签名")
    assert _step(session, st.SignStep)
    assert isinstance(session.stage, st.InJourney)
    assert session.stage.journey.answers["mobile"] == "13800138000"


def test_who_cannot_sign_with_a_finger_calls_somebody_by_keys_and_nothing_is_signed(stage: Stage) -> None:
    stage.show(SCENES["sign"])
    goes_to(stage, "不方便签？请人帮忙")
    presses(stage, KEY.Key_Return)
    assert stage.posted == [ev.GuideCalled()]
    assert "签名并提交" not in {accessible_name(item) for item in round_by_tab(stage)}, "nobody signs by keys"


def _step(session: st.Session, kind: type) -> bool:
    return isinstance(session.stage, st.InJourney) and isinstance(session.stage.step, kind)


def _middle(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
