"""What stands beside every screen: one touch covers all, help is offered quietly, a call is said truly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QKeyEvent
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from kiosk.session import stages as st
from kiosk.session.ease import Ease
from kiosk.session.helping import CallState, Cause
from tests.ui.arrangements import MODES
from tests.ui.conftest import Clock, Stage
from tests.ui.gallery import card, hall, item, journey, scenes
from tests.ui.test_privacy import own, standing
from tests.ui.test_screens import accessible_name, controls, said, texts
from tests.ui.test_touches import middle, touch
from ui.bridge import DOUBLE_TAP_S, Bridge
from ui.guard import Guard
from ui.shell import ShellModel

SCENES = scenes()
LEFT = Qt.MouseButton.LeftButton


def names(stage: Stage) -> set[str]:
    return {accessible_name(control) for control in controls(stage)}


def heard(stage: Stage) -> str:
    """What a reader of screens finds: every name that is not invisible."""

    def told(node: QAccessibleInterface) -> Iterator[str]:
        for place in range(node.childCount()):
            child = node.child(place)
            if child is not None and not child.state().invisible:
                yield child.text(QAccessible.Text.Name)
                yield from told(child)

    return "\n".join(told(QAccessible.queryAccessibleInterface(stage.window)))


# ---- the cover -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", ["find_results", "consent", "face", "question_mobile", "review", "sign",
                                   "outcome_received", "insurance_proof_enquire"])  # fmt: skip
def test_one_touch_covers_a_screen_with_something_of_ones_own(stage: Stage, scene: str) -> None:
    stage.show(SCENES[scene])
    touch(stage, "遮住")
    assert [event for event in stage.posted if not isinstance(event, ev.QueryTyped)] == [ev.HideWanted()]


def test_every_screen_that_can_show_something_personal_can_be_covered(stage: Stage) -> None:
    nobodys = st.Standby | st.Welcome | st.Ended | st.LinkLost
    for name, session in SCENES.items():
        shell = ShellModel(stage.desk, session)
        assert shell.can_hide is not isinstance(session.stage, nobodys), name


def test_beneath_the_cover_nothing_is_seen_or_read_out(stage: Stage) -> None:
    review = SCENES["review"]
    assert isinstance(review.stage, st.InJourney)
    stage.show(review)
    assert "applicant name" in standing(own(review.stage.journey), heard(stage))
    stage.show(replace(review, hidden=True))
    assert standing(own(review.stage.journey), heard(stage)) == set()
    assert names(stage) == {"点一下，继续办理", "离开"}
    somebody_else = st.Session(st.InJourney(journey(name="周小满"), st.ReviewStep()), hall(), hidden=True)
    covered: list[QImage] = []
    for session in (
        replace(review, hidden=True),
        somebody_else,
        replace(SCENES["outcome_kept"], hidden=True),
    ):
        stage.show(session)
        covered.append(stage.window.grabWindow())
    assert covered[0] == covered[1], "opaque: two persons look the same"
    assert covered[0] == covered[2]


def test_a_cover_that_lets_names_be_read_out_would_be_caught(stage: Stage) -> None:
    review = replace(SCENES["review"], hidden=True)
    assert isinstance(review.stage, st.InJourney)
    stage.show(review)
    body = next(child for child in stage.window.contentItem().childItems()[0].childItems()
                if child.objectName() == "body")  # fmt: skip
    body.setVisible(True)
    stage.settle()
    assert "applicant name" in standing(own(review.stage.journey), heard(stage))


def test_a_touch_anywhere_goes_on_and_leaving_stays_possible(stage: Stage) -> None:
    stage.show(SCENES["hidden"])
    QTest.mouseClick(stage.window, LEFT, pos=QPoint(200, 300))
    touch(stage, "离开")
    assert stage.posted == [ev.ShowAgain(), ev.Leave()]


def test_what_was_half_typed_is_there_again_after_the_cover(stage: Stage) -> None:
    empty = st.Session(st.InJourney(replace(journey(), answers={}), st.QuestionStep("former_names")), hall())
    stage.show(empty)
    field = next(each for each in stage.items() if each.inherits("QQuickTextInput"))
    for letter in "Wu":
        QCoreApplication.sendEvent(
            field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )
    stage.show(replace(empty, hidden=True))
    stage.show(empty)
    touch(stage, "确定")
    assert [vars(event) for event in stage.posted] == [{"value": "Wu"}]


def test_a_covered_outcome_is_reported_as_shown_only_once_it_is_seen(stage: Stage) -> None:
    stage.show(replace(SCENES["sending"], hidden=True))
    stage.shown.clear()
    stage.show(replace(SCENES["outcome_received"], hidden=True))
    stage.show(SCENES["outcome_received"])
    assert stage.shown == ["hidden", "outcome"]


def test_the_question_whether_anybody_is_there_stands_over_the_cover(stage: Stage) -> None:
    stage.show(replace(SCENES["hidden"], idle_warning=True))
    assert names(stage) == {"我还在，继续办理"}


# ---- help that is offered, and the quiet bar -------------------------------------------------------------


def offered(scene: str = "question_purpose", **changes: object) -> st.Session:
    return replace(SCENES[scene], **{"offer": Cause.MISSED, **changes})  # type: ignore[arg-type]  # this file's own


def places(stage: Stage) -> dict[str, tuple[float, ...]]:
    """Where everything that can be touched lies; what stands on the middle button beneath may change."""
    names = ("求助", "大字和声音")
    found: dict[str, tuple[float, ...]] = {}
    for control in controls(stage):
        at = control.mapToScene(QPointF(0, 0))
        name = accessible_name(control)
        found["help" if name in names else name] = (at.x(), at.y(), control.width(), control.height())
    return found


@pytest.mark.parametrize("ease", MODES.values(), ids=MODES)
@pytest.mark.parametrize("scene", ["question_purpose", "question_former_names", "review"])
def test_nothing_moves_beneath_a_finger_when_help_or_the_end_is_told_unasked(
    stage: Stage, scene: str, ease: Ease
) -> None:
    stage.show(replace(SCENES[scene], ease=ease))
    before = places(stage)
    for told in ({"offer": Cause.MISSED}, {"ends_in_min": 5}, {"offer": Cause.MISSED, "ends_in_min": 1}):
        stage.show(replace(SCENES[scene], ease=ease, **told))
        assert places(stage) == before, told


def test_nothing_moves_when_a_call_is_answered(stage: Stage) -> None:
    stage.show(replace(SCENES["review"], call="asking"))
    before = places(stage)
    for state in ("told", "coming", "not_told"):
        stage.show(replace(SCENES["review"], call=state))
        after = {name: place for name, place in places(stage).items() if name not in {"不用来了", "知道了"}}
        assert after == before, state


def test_a_bar_that_pushes_the_screen_down_would_be_caught(stage: Stage) -> None:
    stage.show(SCENES["review"])
    before = places(stage)
    stage.show(replace(SCENES["review"], call="told"))
    assert places(stage) != before


@pytest.mark.parametrize("ease", MODES.values(), ids=MODES)
def test_help_is_offered_beside_the_question_and_is_two_touches_away(stage: Stage, ease: Ease) -> None:
    for scene in ("question_purpose", "question_former_names"):
        stage.show(offered(scene, ease=ease))
        assert "需要帮忙吗？" in {said(each) for each in texts(stage)}
        for name, event in (("叫工作人员来", ev.GuideCalled()), ("不用，谢谢", ev.HelpRefused())):
            stage.posted.clear()
            touch(stage, "求助")
            assert {"长者模式", "朗读屏幕"} <= names(stage)
            stage.clock.now += 1
            touch(stage, name)
            stage.clock.now += 1
            assert stage.posted == [event]


def test_a_touch_on_the_words_that_offer_help_opens_it(stage: Stage) -> None:
    stage.show(offered())
    words = next(each for each in texts(stage) if said(each) == "需要帮忙吗？")
    QTest.mouseClick(stage.window, LEFT, pos=middle(words))
    stage.settle()
    assert {"叫工作人员来", "不用，谢谢"} <= names(stage)
    stage.clock.now += 1
    touch(stage, "关闭设置")
    assert stage.posted == [], "closing is no refusal"


def test_who_has_taken_larger_text_is_asked_nothing_more(stage: Stage) -> None:
    stage.show(offered())
    touch(stage, "求助")
    stage.clock.now += 1
    touch(stage, "长者模式")
    large = stage.presenter.session
    assert large.ease.elder
    stage.show(replace(large, offer=None))  # as the session has it by then
    stage.clock.now += 1
    assert "不用，谢谢" not in names(stage)
    touch(stage, "好了，继续")


def test_a_guide_can_be_called_from_every_screen(stage: Stage) -> None:
    for scene in ("welcome", "matter", "consent", "review", "outcome_kept_not_printed"):
        stage.show(SCENES[scene])
        stage.posted.clear()
        touch(stage, "大字和声音")
        stage.clock.now += 1
        touch(stage, "叫工作人员来")
        assert stage.posted == [ev.GuideCalled()], scene
        assert "叫工作人员来" not in names(stage), "the page has gone, the screen is back"


TOLD: dict[CallState, str] = {
    "asking": "正在通知工作人员……",
    "told": "已通知工作人员，请在这里等一会儿。等的时候也可以继续办理。",
    "coming": "工作人员正在过来。",
    "not_told": "没能通知到工作人员。请问身边的工作人员，或打电话 0571-00001000。",
}


def test_what_became_of_a_call_is_said_and_nothing_else(stage: Stage) -> None:
    for state, words in TOLD.items():
        stage.show(replace(SCENES["review"], call=state))
        shown = {said(each) for each in texts(stage)}
        assert words in shown
        assert shown & (set(TOLD.values()) - {words}) == set()
    touch(stage, "知道了")
    stage.show(replace(SCENES["review"], call="coming"))
    stage.clock.now += 1
    touch(stage, "不用来了")
    assert stage.posted == [ev.CallNoted(), ev.CallNoted()]


def test_the_end_of_a_visit_is_told_in_minutes_on_whatever_screen(stage: Stage) -> None:
    for scene in ("review", "question_former_names"):
        stage.show(replace(SCENES[scene], ends_in_min=3))
        assert "还有 3 分钟结束" in {said(each) for each in texts(stage)}
    stage.show(replace(SCENES["review"], ends_in_min=3, ease=MODES["low_reach"]))
    assert "这次办理还有 3 分钟就结束。没有提交的内容不会保留。" in {said(each) for each in texts(stage)}


def test_a_press_meant_for_what_the_bar_has_moved_does_nothing(stage: Stage) -> None:
    stage.show(SCENES["question_purpose"])
    stage.show(replace(SCENES["question_purpose"], call="asking"))
    stage.clock.now -= 1  # as if the bar had just come
    touch(stage, "就业")
    assert stage.posted == []


def test_where_there_is_no_bar_a_call_is_taken_back_on_the_page_of_help(stage: Stage) -> None:
    stage.show(replace(SCENES["question_former_names"], call="told"))
    touch(stage, "大字和声音")
    assert TOLD["told"] in {said(each) for each in texts(stage)}
    stage.clock.now += 1
    touch(stage, "不用来了")
    stage.show(replace(SCENES["question_former_names"], call="not_told"))
    touch(stage, "求助")
    stage.clock.now += 1
    touch(stage, "好了，继续")
    assert stage.posted == [ev.CallNoted(), ev.CallNoted()]


def test_who_reads_slowly_sees_twice_the_seconds(stage: Stage) -> None:
    warned = SCENES["idle_warning"]
    stage.show(replace(warned, ease=replace(warned.ease, text_size=1)))
    assert "40" in {said(each) for each in texts(stage)}


# ---- touches that hit nothing ----------------------------------------------------------------------------


@pytest.fixture
def misses(stage: Stage) -> Iterator[list[str]]:
    """A second guard before the window, which only counts."""
    missed: list[str] = []
    guard = Guard(stage.clock, lambda: None, lambda: missed.append("missed"))
    stage.window.installEventFilter(guard)
    yield missed
    stage.window.removeEventFilter(guard)


def test_a_touch_beside_every_control_is_counted_and_one_on_a_control_is_not(
    stage: Stage, misses: list[str]
) -> None:
    stage.show(SCENES["question_purpose"])
    touch(stage, "就业")
    assert misses == []
    QTest.mouseClick(stage.window, LEFT, pos=QPoint(540, 1500))  # bare paper
    assert misses == ["missed"]


def test_a_finger_on_glass_is_counted_like_a_mouse_and_once(stage: Stage, misses: list[str]) -> None:
    stage.show(SCENES["question_purpose"])
    glass = QTest.createTouchDevice()
    wanted = next(each for each in controls(stage) if accessible_name(each) == "就业")
    for place in (QPoint(540, 1500), middle(wanted)):
        QTest.touchEvent(stage.window, glass).press(0, place, stage.window).commit()
        QTest.touchEvent(stage.window, glass).release(0, place, stage.window).commit()
        stage.settle()
        stage.clock.now += 1
    assert misses == ["missed"]


def test_a_touch_on_what_is_off_is_a_miss_too(stage: Stage, misses: list[str]) -> None:
    stage.show(SCENES["outcome_kept"])
    off = next(each for each in controls(stage) if not each.isEnabled() and each.property("main"))
    QTest.mouseClick(stage.window, LEFT, pos=middle(off))
    assert misses == ["missed"]


def test_signing_typing_and_scrolling_are_no_misses(stage: Stage, misses: list[str]) -> None:
    stage.show(SCENES["sign"])
    pad = next(each for each in stage.items() if accessible_name(each) == "签名区")
    corner = pad.mapToScene(QPointF(0, 0)).toPoint()
    QTest.mouseClick(stage.window, LEFT, pos=corner + QPoint(100, 100))
    stage.show(SCENES["question_former_names"])
    field = next(each for each in stage.items() if each.inherits("QQuickTextInput"))
    QTest.mouseClick(stage.window, LEFT, pos=middle(field))
    stage.show(SCENES["review"])
    QTest.mousePress(stage.window, LEFT, pos=QPoint(300, 900))
    QTest.mouseMove(stage.window, QPoint(300, 700))
    QTest.mouseRelease(stage.window, LEFT, pos=QPoint(300, 600))
    assert misses == []


def test_a_miss_is_told_without_a_place_and_one_that_comes_twice_once() -> None:
    clock, posted = Clock(), list[ev.Event]()
    bridge = Bridge(posted.append, clock)
    bridge.missed()
    bridge.missed()
    clock.now += DOUBLE_TAP_S + 0.01
    bridge.missed()
    bridge.decide(ev.Continue())
    assert posted == [ev.TouchMissed(), ev.TouchMissed(), ev.Continue()]
    assert vars(posted[0]) == {}


def test_a_persons_matter_and_name_are_in_no_sentence_of_the_bar(stage: Stage) -> None:
    everything = replace(offered("review"), call="not_told", ends_in_min=2)
    shell = ShellModel(stage.desk, everything)
    for own_word in (card().name, card().id_number, item().title.zh):
        assert own_word not in shell.news + shell.head_news + shell.short_news
