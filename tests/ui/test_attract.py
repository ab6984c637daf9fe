"""While nobody is there the welcome page shows what can be done; whoever touches it is where they were."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQml import QQmlProperty
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from tests.ui.conftest import Stage
from tests.ui.gallery import hall, scenes
from tests.ui.test_screens import button, said, spills, texts
from tests.ui.test_touches import LEFT, middle, touch

SCENES = scenes()
INVITATION = "点一下屏幕，开始办理"


@pytest.fixture
def unhurried(stage: Stage) -> Iterator[Stage]:
    """A window that rests at once, and as it was afterwards."""
    before = QQmlProperty.read(stage.window, "rest_s")
    yield stage
    QQmlProperty.write(stage.window, "rest_s", before)
    QQmlProperty.write(stage.window, "resting", False)  # noqa: FBT003 - Qt's signature


def wait_for_rest(stage: Stage) -> None:
    QQmlProperty.write(stage.window, "rest_s", 0)
    stage.settle()
    stage.settle()


def invites(stage: Stage) -> bool:
    return INVITATION in {said(item) for item in texts(stage)}


def test_a_touch_ends_it_and_presses_nothing_that_lies_beneath(unhurried: Stage) -> None:
    stage = unhurried
    stage.show(SCENES["welcome_whole_hall"])
    find = middle(button(stage, "找事项"))
    assert not invites(stage)
    wait_for_rest(stage)
    assert invites(stage)
    QQmlProperty.write(stage.window, "rest_s", 90)
    QTest.mouseClick(stage.window, LEFT, pos=find)
    stage.settle()
    assert not invites(stage)
    assert stage.posted == []
    assert stage.touched, "whoever touches it is there"
    touch(stage, "找事项")
    assert stage.posted == [ev.FindWanted()]


@pytest.mark.parametrize("place", [QPoint(1020, 60), QPoint(540, 1880), QPoint(4, 4)])
def test_header_and_footer_are_not_pressed_either(unhurried: Stage, place: QPoint) -> None:
    stage = unhurried
    stage.show(SCENES["welcome_whole_hall"])
    language = stage.presenter.session.language
    wait_for_rest(stage)
    QQmlProperty.write(stage.window, "rest_s", 90)
    QTest.mouseClick(stage.window, LEFT, pos=place)
    stage.settle()
    assert not invites(stage)
    assert stage.presenter.session.language == language
    assert not QQmlProperty.read(stage.window, "easing")


def test_any_key_ends_it(unhurried: Stage) -> None:
    stage = unhurried
    stage.show(SCENES["welcome_whole_hall"])
    wait_for_rest(stage)
    QQmlProperty.write(stage.window, "rest_s", 90)
    QTest.keyClick(stage.window, Qt.Key.Key_Return)
    stage.settle()
    assert not invites(stage)
    assert stage.posted == []


@pytest.mark.parametrize("scene", ["standby", "welcome_kept", "matter", "review"])
def test_it_never_covers_what_somebody_has_to_read(unhurried: Stage, scene: str) -> None:
    unhurried.show(SCENES[scene])
    wait_for_rest(unhurried)
    assert not invites(unhurried)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_of_it_is_cut(unhurried: Stage, language: str) -> None:
    stage = unhurried
    stage.show(SCENES["welcome_whole_hall"], "en" if language == "en" else "zh")
    wait_for_rest(stage)
    assert [said(item) for item in texts(stage) if spills(item)] == []


def test_the_welcome_page_says_what_works_and_what_does_not(stage: Stage) -> None:
    stage.show(SCENES["standby"])
    assert "读卡、打印、联网都正常。" not in {said(item) for item in texts(stage)}
    stage.show(SCENES["welcome"])  # the same view, which must not be made anew
    assert "读卡、打印、联网都正常。" in {said(item) for item in texts(stage)}
    away = dataclasses.replace(SCENES["welcome"], hall=hall(reach="offline", printer_usable=False))
    stage.show(away)
    shown = {said(item) for item in texts(stage)}
    assert "读卡、打印、联网都正常。" not in shown
    assert {
        "网络暂时不通：有的事要等联网才能办，点开就能看到。",
        "打印机暂时不能用：没有凭条，请记下屏幕上的号码。",
    } <= shown
    unknown = dataclasses.replace(SCENES["welcome"], hall=hall(reach="unknown", printer_usable=None))
    stage.show(unknown)
    shown = {said(item) for item in texts(stage)}
    assert not any("正常" in words or "不能用" in words for words in shown), "unknown is not broken"
