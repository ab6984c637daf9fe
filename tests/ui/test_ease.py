"""Larger, clearer, lower, calmer: one touch on any screen, seen at once, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMetaObject, QPointF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from config.settings import ScreenSettings
from kiosk.session import stages as st
from kiosk.session.ease import AT_FIRST, Ease, elder
from tests.ui.arrangements import token
from tests.ui.conftest import Stage
from tests.ui.gallery import hall, journey, scenes
from tests.ui.test_screens import accessible_name, button, controls, said, spills, texts
from tests.ui.test_touches import touch
from ui.screen import screen_of

SCENES = scenes()
LOW = replace(AT_FIRST, low_reach=True)
ENTRY = "大字和声音"
DONE = "好了，继续"


@pytest.fixture(autouse=True)
def upright_and_closed(stage: Stage) -> Iterator[None]:
    yield
    stage.window.setProperty("easing", False)  # noqa: FBT003 - Qt's signature
    stage.window.resize(1080, 1920)
    stage.show(SCENES["ended"])


def names(stage: Stage) -> set[str]:
    return {accessible_name(control) for control in controls(stage)}


def ease(stage: Stage) -> Ease:
    return stage.presenter.session.ease


def checked(stage: Stage, name: str) -> bool:
    interface = QAccessible.queryAccessibleInterface(button(stage, name))
    assert interface is not None
    return bool(interface.state().checked)


def top(item: QQuickItem) -> float:
    return item.mapToScene(QPointF(0, 0)).y()


def one_of_each_file(stage: Stage) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, session in SCENES.items():
        files.setdefault(screen_of(session, stage.desk).file, name)
    return files


# ---- the way in -------------------------------------------------------------------------------------------


def test_elder_mode_is_one_touch_from_the_first_screen_and_one_back(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    touch(stage, "进入长者模式")
    assert ease(stage) == elder(AT_FIRST, on=True)
    stage.settle()
    touch_later(stage, "退出长者模式")
    assert ease(stage) == AT_FIRST


def test_low_buttons_are_one_touch_from_the_first_screen_where_a_low_hand_reaches_it(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    assert top(button(stage, "按钮放低些")) > 1920 / 2
    touch(stage, "按钮放低些")
    assert ease(stage).low_reach


def test_the_way_to_ease_is_on_every_screen_within_reach(stage: Stage) -> None:
    for name in one_of_each_file(stage).values():
        if name == "ended":
            continue
        stage.show(SCENES[name])
        assert top(button(stage, ENTRY)) > 1920 / 2, name


def test_everything_is_chosen_on_one_page_and_says_its_state(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    touch(stage, ENTRY)
    wanted = Ease(text_size=3, high_contrast=True, low_reach=True, still=True)
    for name in ("最大", "黑白分明", "低处操作", "画面不动"):
        assert not checked(stage, name)
        click(stage, name)
        assert checked(stage, name), name
    assert ease(stage) == wanted
    click(stage, "长者模式")
    assert checked(stage, "长者模式")
    assert checked(stage, "最大")
    click(stage, "长者模式")
    assert ease(stage) == wanted
    click(stage, "标准")
    assert not checked(stage, "最大")
    touch_later(stage, DONE)
    assert "开始办理" in names(stage)
    assert stage.posted == []


def test_the_page_of_ease_is_whole_and_touchable_in_every_choice(stage: Stage) -> None:
    for chosen in (AT_FIRST, elder(AT_FIRST, on=True), LOW, Ease(text_size=3, high_contrast=True)):
        for size in ((1080, 1920), (1920, 1080)):
            stage.window.resize(*size)
            stage.show(replace(SCENES["matter"], ease=chosen))
            stage.window.setProperty("easing", True)  # noqa: FBT003 - Qt's signature
            stage.settle()
            assert {DONE, "长者模式", "最大", "朗读屏幕", "用英文显示"} <= names(stage)
            if size == (1080, 1920):
                assert [said(item) for item in texts(stage) if spills(item)] == []
            stage.window.setProperty("easing", False)  # noqa: FBT003 - Qt's signature


def test_an_idle_warning_and_the_end_stand_above_the_page_of_ease(stage: Stage) -> None:
    stage.show(SCENES["review"])
    touch(stage, ENTRY)
    stage.show(SCENES["idle_warning"])
    assert DONE not in names(stage)
    stage.show(SCENES["ended"])
    assert names(stage) == set()


# ---- nothing is lost --------------------------------------------------------------------------------------


def test_digits_typed_so_far_are_still_there(stage: Stage) -> None:
    stage.show(st.Session(st.InJourney(replace(journey(), answers={}), st.QuestionStep("mobile")), hall()))
    for digit in "13800138":
        touch(stage, digit)
    touch(stage, ENTRY)
    touch_later(stage, "长者模式")
    touch_later(stage, DONE)
    for digit in "000":
        touch_later(stage, digit)
    touch_later(stage, "确定")
    assert [vars(event) for event in stage.posted] == [{"value": "13800138000"}]


def test_text_typed_so_far_is_still_there_and_can_be_typed_on(stage: Stage) -> None:
    stage.show(SCENES["question_former_names"])
    field = next(item for item in stage.items() if item.inherits("QQuickTextInput"))
    typed = field.property("text")
    touch(stage, ENTRY)
    assert not any(item.inherits("QQuickTextInput") for item in stage.items())
    touch_later(stage, "黑白分明")
    touch_later(stage, DONE)
    stage.settle()
    assert field.property("text") == typed != ""
    assert field.property("activeFocus")


# ---- what it does -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "chosen"),
    [
        ((1080, 1920), LOW),
        ((1080, 1920), replace(elder(AT_FIRST, on=True), low_reach=True)),
        ((1920, 1080), LOW),
    ],
    ids=["upright", "upright-elder", "lying"],
)
def test_with_low_buttons_nothing_is_touched_above_what_a_low_hand_reaches(
    stage: Stage, size: tuple[int, int], chosen: Ease
) -> None:
    stage.window.resize(*size)
    for name in one_of_each_file(stage).values():
        stage.show(replace(SCENES[name], ease=chosen))
        limit = token(stage, "reachTop")
        assert limit == round(size[1] * (1 - 0.63))
        assert [accessible_name(item) for item in touched(stage) if top(item) < limit - 1] == [], name


def test_that_check_finds_what_hangs_too_high(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    high = [accessible_name(item) for item in touched(stage) if top(item) < 1920 * (1 - 0.63)]
    assert "English" in high


def test_a_terminal_that_hangs_low_needs_no_lowering(stage: Stage) -> None:
    low = replace(SCENES["review"], hall=hall(operable_share=1.0))
    stage.show(low)
    before = top(button(stage, "向下翻"))
    stage.show(replace(low, ease=LOW))
    assert token(stage, "reachTop") == 0
    assert abs(top(button(stage, "向下翻")) - before) < 200


def test_what_can_be_reached_follows_from_how_the_screen_hangs() -> None:
    assert ScreenSettings(lower_edge_cm=75, height_cm=71).operable_share == pytest.approx(45 / 71)
    assert ScreenSettings(lower_edge_cm=40, height_cm=71).operable_share == 1
    assert ScreenSettings(lower_edge_cm=115, height_cm=40).operable_share == 0.5


def test_elder_mode_shows_few_choices_a_page_and_every_one_of_them(stage: Stage) -> None:
    scene = replace(SCENES["welcome_whole_hall"], ease=elder(AT_FIRST, on=True))
    stage.show(SCENES["welcome_whole_hall"])
    every = names(stage)
    stage.show(scene)
    few, seen = names(stage), set[str]()
    assert len(few) < len(every)
    for _ in range(len(every)):
        seen |= names(stage)
        more = [name for name in names(stage) if name.startswith(("再看几个", "回到前面几个"))]
        if not more or more[0] == "回到前面几个":
            break
        click(stage, more[0])
    assert {name for name in every if "长者" not in name} <= seen


def test_the_next_few_choices_begin_with_the_first_of_them(stage: Stage) -> None:
    stage.show(replace(SCENES["welcome"], ease=elder(LOW, on=True)))
    title = next(item for item in texts(stage) if said(item) == "您要办什么事？")
    more = next(name for name in names(stage) if name.startswith("再看几个"))
    before = names(stage)
    click(stage, more)
    stage.settle()
    fresh = [item for item in controls(stage) if accessible_name(item) not in before]
    assert accessible_name(fresh[0]) != more
    assert top(fresh[0]) > top(title) + title.height()


def test_where_nothing_moves_no_animation_runs(stage: Stage) -> None:
    for name in ("card", "scan", "fingerprint", "sending", "welcome"):
        stage.show(replace(SCENES[name], ease=replace(AT_FIRST, still=True)))
        stage.settle()
        frames = len(stage.frames)
        QTest.qWait(400)
        assert len(stage.frames) == frames, name


def touched(stage: Stage) -> Iterator[QQuickItem]:
    """What a finger has to reach: buttons, and the place to sign."""
    yield from controls(stage)
    yield from (item for item in stage.items() if accessible_name(item) == "签名区")


def touch_later(stage: Stage, name: str) -> None:
    """Touch, after the layout has settled and the guard's time has passed."""
    stage.settle()
    stage.clock.now += 1
    touch(stage, name)
    stage.settle()


def click(stage: Stage, name: str) -> None:
    """Touch a button that may be scrolled out of sight."""
    QMetaObject.invokeMethod(button(stage, name), "click")
    stage.settle()


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_not_rating_is_never_a_page_further_than_rating(stage: Stage, size: tuple[int, int]) -> None:
    stage.window.resize(*size)
    for chosen in (AT_FIRST, LOW, elder(AT_FIRST, on=True), elder(LOW, on=True), Ease(text_size=3)):
        stage.show(replace(SCENES["rating"], ease=chosen))
        assert "不评价" in names(stage)
        assert "向下翻" not in names(stage), chosen


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_two_buttons_lead_to_the_end_of_a_page_and_back_without_a_drag(
    stage: Stage, size: tuple[int, int]
) -> None:
    stage.window.resize(*size)
    for chosen in (AT_FIRST, LOW, elder(LOW, on=True), Ease(text_size=3, high_contrast=True)):
        stage.show(replace(SCENES["review"], ease=chosen))
        change = [control for control in controls(stage) if accessible_name(control).startswith("修改")]
        for name, sought in (("向下翻", change[-1]), ("向上翻", change[0])):
            for _ in range(20):
                if not button(stage, name).isEnabled():
                    break
                click(stage, name)
            assert not button(stage, name).isEnabled(), chosen
            foot = top(sought) + sought.height() * token(stage, "zoom")
            assert name == "向上翻" or foot <= top(button(stage, name)), chosen
