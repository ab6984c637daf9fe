"""What a finger does: decisions arrive once, stray presses do nothing, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from kiosk.session import stages as st
from tests.ui.conftest import Clock, Stage
from tests.ui.gallery import NOW, hall, journey, scenes
from tests.ui.test_screens import accessible_name, button, controls, said, texts
from ui.bridge import Bridge
from ui.guard import SETTLE_S
from ui.screen import screen_of

SCENES = scenes()
LEFT = Qt.MouseButton.LeftButton


def middle(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def touch(stage: Stage, name: str) -> None:
    QTest.mouseClick(stage.window, LEFT, pos=middle(button(stage, name)))
    stage.settle()


@pytest.mark.parametrize(
    ("scene", "name", "event"),
    [
        ("welcome_whole_hall", "开无犯罪记录证明", ev.MatterChosen("no_criminal_record_certificate")),
        ("matter", "开始办理", ev.Begin()),
        ("card_not_read", "再试一次", ev.TryAgain()),
        ("card_expired", "看看其他事项", ev.Continue()),
        ("card_notice", "知道了，继续办理", ev.Continue()),
        ("consent", "同意并刷脸核验", ev.FaceAgreed(NOW)),
        ("consent", "请工作人员核验", ev.GuideWanted(NOW)),
        ("consent", "返回", ev.Back()),
        ("face", "请工作人员核验", ev.GuideWanted(NOW)),
        ("face_not_recognised", "再试一次", ev.TryAgain()),
        ("question_purpose", "就业", ev.Answered("employment")),
        ("window", "换一个回答", ev.Back()),
        ("review", "核对无误，去签名", ev.Continue()),
        ("review", "修改为谁办理", ev.ChangeLine("for_whom")),
        ("outcome_kept_not_printed", "再打一次凭条", ev.ReprintWanted()),
        ("outcome_reprint_reasons", "字看不清", ev.ReprintWanted("unreadable")),
        ("outcome_received", "继续", ev.Continue()),
        ("rating", "非常满意", ev.Rated(5)),
        ("rating", "非常不满意", ev.Rated(1)),
        ("rating", "不评价", ev.Continue()),
        ("thanks", "结束", ev.Continue()),
        ("not_kept_disk_full", "知道了，结束", ev.Continue()),
        ("idle_warning", "我还在，继续办理", ev.StillHere()),
        ("sign", "离开", ev.Leave()),
        ("card", "没带身份证", ev.NoCard()),
        ("matter_no_reader", "打印这份指南", ev.PrintGuide()),
        ("window", "打印这份指南", ev.PrintGuide()),
        ("other_foreign", "打印这份指南", ev.PrintGuide()),
    ],
)
def test_a_touch_says_what_the_button_says(stage: Stage, scene: str, name: str, event: ev.Event) -> None:
    stage.show(SCENES[scene])
    touch(stage, name)
    assert stage.posted == [event]


@pytest.mark.parametrize("scene", ["consent_no_camera", "outcome_kept"])
def test_what_cannot_be_done_cannot_be_touched(stage: Stage, scene: str) -> None:
    stage.show(SCENES[scene])
    off = [control for control in controls(stage) if not control.isEnabled() and control.property("main")]
    assert off
    for control in off:
        QTest.mouseClick(stage.window, LEFT, pos=middle(control))
    assert stage.posted == []


def test_a_press_that_slides_off_its_button_does_nothing(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    begin = middle(button(stage, "开始办理"))
    QTest.mousePress(stage.window, LEFT, pos=begin)
    QTest.mouseMove(stage.window, begin - QPoint(0, 400))
    QTest.mouseRelease(stage.window, LEFT, pos=begin - QPoint(0, 400))
    assert stage.posted == []


def test_a_press_meant_for_the_screen_before_does_nothing(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    stage.show(SCENES["matter"])
    stage.clock.now -= 1  # as if the screen had just changed
    touch(stage, "开始办理")
    assert stage.posted == []
    stage.clock.now += SETTLE_S + 0.01
    touch(stage, "开始办理")
    assert stage.posted == [ev.Begin()]


def test_two_decisions_in_one_shaky_touch_are_one() -> None:
    clock, posted = Clock(), list[ev.Event]()
    bridge = Bridge(posted.append, clock)
    bridge.decide(ev.Continue())
    clock.now += 0.2
    bridge.decide(ev.Continue())
    clock.now += 0.4
    bridge.decide(ev.Continue())
    assert posted == [ev.Continue(), ev.Continue()]


def test_typing_and_scrolling_keep_the_session_but_are_told_once_a_second() -> None:
    clock, posted = Clock(), list[ev.Event]()
    bridge = Bridge(posted.append, clock)
    for _ in range(10):
        bridge.touched()
        clock.now += 0.25
    assert posted == [ev.StillHere()] * 3


def test_right_clicks_shortcuts_and_closing_do_nothing(stage: Stage) -> None:
    stage.show(SCENES["matter"])
    QTest.mouseClick(stage.window, Qt.MouseButton.RightButton, pos=middle(button(stage, "开始办理")))
    for key, modifier in (
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(stage.window, key, modifier)
    QCoreApplication.sendEvent(stage.window, QCloseEvent())
    assert stage.posted == []
    assert stage.window.isVisible()


def test_a_mobile_number_is_typed_on_the_pad(stage: Stage) -> None:
    unanswered = replace(journey(), answers={})
    stage.show(st.Session(st.InJourney(unanswered, st.QuestionStep("mobile")), hall()))
    for digit in "138001380009":
        touch(stage, digit)
    touch(stage, "确定")
    assert stage.posted == [ev.Answered("13800138000")]


def test_digits_stay_when_the_answer_was_refused_and_when_the_language_changes(stage: Stage) -> None:
    empty = replace(journey(), answers={})
    stage.show(st.Session(st.InJourney(empty, st.QuestionStep("mobile")), hall()))
    for digit in "12345678901":
        touch(stage, digit)
    stage.show(st.Session(st.InJourney(empty, st.QuestionStep("mobile", "not_a_mobile")), hall()))
    touch(stage, "English")
    assert "This does not look like a mobile number. Please check: 11 digits, beginning with 1." in {
        said(item) for item in texts(stage)
    }
    touch(stage, "Delete")
    touch(stage, "2")
    touch(stage, "Continue")
    touch(stage, "中文")
    assert [vars(event) for event in stage.posted] == [{"value": "12345678902"}]


def test_a_guide_types_number_and_pin_and_the_pin_is_not_shown(stage: Stage) -> None:
    stage.show(SCENES["guide"])
    for digit in "1001246810":
        touch(stage, digit)
    shown = [said(item) for item in texts(stage)]
    assert shown.count("●") == 6
    touch(stage, "确认是本人")
    assert stage.posted == [ev.PinEntered("1001", "246810")]


def test_a_refused_pin_is_gone_from_the_screen(stage: Stage) -> None:
    stage.show(SCENES["guide"])
    for digit in "1001246810":
        touch(stage, digit)
    stage.show(SCENES["guide_wrong"])
    assert "●" not in [said(item) for item in texts(stage)]


def test_a_signature_is_sent_with_its_strokes_and_a_fresh_id(stage: Stage) -> None:
    stage.show(SCENES["sign"])
    pad = next(item for item in stage.items() if accessible_name(item) == "签名区")
    corner = pad.mapToScene(QPointF(0, 0)).toPoint()
    assert not button(stage, "签名并提交").isEnabled()
    QTest.mousePress(stage.window, LEFT, pos=corner + QPoint(100, 100))
    for step in range(1, 6):
        QTest.mouseMove(stage.window, corner + QPoint(100 + 40 * step, 100 + 20 * step))
    QTest.mouseRelease(stage.window, LEFT, pos=corner + QPoint(300, 200))
    stage.settle()
    # A device fails meanwhile: the model is replaced beneath the pad, the strokes stay.
    stage.show(replace(SCENES["sign"], hall=hall(printer_usable=False)))
    touch(stage, "签名并提交")
    sent = stage.posted[-1]
    assert isinstance(sent, ev.SignedAndSent)
    assert sent.application_id == "00000000-0000-4000-8000-000000000042"
    (stroke,) = sent.strokes
    assert len(stroke) > 3
    assert all(0 <= value <= 1 for point in stroke for value in point)


def test_a_wiped_signature_cannot_be_sent(stage: Stage) -> None:
    stage.show(SCENES["sign_empty"])
    pad = next(item for item in stage.items() if accessible_name(item) == "签名区")
    corner = pad.mapToScene(QPointF(0, 0)).toPoint()
    QTest.mousePress(stage.window, LEFT, pos=corner + QPoint(100, 100))
    QTest.mouseMove(stage.window, corner + QPoint(200, 150))
    QTest.mouseRelease(stage.window, LEFT, pos=corner + QPoint(200, 150))
    touch(stage, "重写")
    assert not button(stage, "签名并提交").isEnabled()


def test_text_is_typed_and_kept_while_something_else_changes(stage: Stage) -> None:
    empty = replace(journey(), answers={})
    stage.show(st.Session(st.InJourney(empty, st.QuestionStep("former_names")), hall()))
    field = next(item for item in stage.items() if item.inherits("QQuickTextInput"))
    for letter in "Wu":
        QCoreApplication.sendEvent(
            field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )
    stage.show(st.Session(st.InJourney(empty, st.QuestionStep("former_names")), hall(printer_usable=False)))
    touch(stage, "确定")
    assert [vars(event) for event in stage.posted] == [{"value": "Wu"}]


def changes_language(stage: Stage, name: str) -> None:
    stage.show(SCENES[name], "zh")
    before, session = {said(item) for item in texts(stage)}, stage.presenter.session
    touch(stage, "English")
    after = {said(item) for item in texts(stage)}
    assert "中文" in after, name
    assert before != after, name
    assert stage.presenter.session == replace(session, language="en"), name
    # A line that is shown with words in it looks them up.
    assert [each for each in stage.posted if not isinstance(each, ev.QueryTyped)] == []


WITHOUT_WAY = {"ended", "idle_warning", "hidden"}
"""Nothing, or one thing, can be touched there."""


def test_the_language_changes_on_every_screen_and_nothing_that_was_said_is_lost(stage: Stage) -> None:
    one_of_each = {screen_of(SCENES[name], stage.desk).file: name for name in sorted({*SCENES} - WITHOUT_WAY)}
    for name in one_of_each.values():
        changes_language(stage, name)


@pytest.mark.long
def test_the_language_changes_in_every_scene(stage: Stage) -> None:
    for name in sorted({*SCENES} - WITHOUT_WAY):
        changes_language(stage, name)


def test_a_screen_is_reported_once_its_frame_is_there(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    stage.shown.clear()
    stage.show(SCENES["matter"])
    stage.show(SCENES["matter_no_reader"])
    stage.show(SCENES["question_mobile"])
    stage.show(SCENES["idle_warning"])
    stage.show(SCENES["review"])
    assert stage.shown == ["matter", "question:mobile", "idle_warning", "review"]


def test_the_standby_reports_nothing_and_welcome_is_reported_on_promotion(stage: Stage) -> None:
    stage.show(SCENES["standby"])
    assert stage.shown == []
    stage.show(SCENES["welcome"])
    assert stage.shown == ["welcome"]


def test_news_that_a_screen_does_not_show_leave_the_finger_its_button(stage: Stage) -> None:
    stage.show(st.Session(st.Welcome(), hall(reader_usable=None)))
    buttons = [item for item in stage.items() if item.property("text") == "开无犯罪记录证明"]
    stage.show(st.Session(st.Welcome(), hall(reader_usable=True, printer_usable=False, reach="offline")))
    assert [item for item in stage.items() if item.property("text") == "开无犯罪记录证明"] == buttons


@pytest.mark.parametrize(
    ("scene", "name", "event"),
    [
        ("welcome_whole_hall", "找事项", ev.FindWanted()),
        ("welcome_whole_hall", "按主题找", ev.ShelvesWanted("theme")),
        ("find_results", "社保卡丢了补办", ev.MatterChosen("social_security_card_replacement")),
        ("find_answers_here", "社保卡丢了补办", ev.MatterChosen("social_security_card_replacement")),
        ("find_nothing", "按人生大事找", ev.ShelvesWanted("life_event")),
        ("find", "领老年优待证", ev.MatterChosen("elder_card")),
        ("shelves_life_event", "生孩子", ev.ShelfChosen("birth")),
        ("shelf_people", "找事项", ev.FindWanted()),
        ("shelf_people", "领老年优待证", ev.MatterChosen("elder_card")),
        ("guide_page", "打印这份指南", ev.PrintGuide()),
        ("guide_page", "返回", ev.Back()),
    ],
)
def test_looking_for_a_matter_is_one_touch_a_step(
    stage: Stage, scene: str, name: str, event: ev.Event
) -> None:
    stage.show(SCENES[scene])
    touch(stage, name)
    # What stands in the line is looked up anew when the page comes back.
    assert [each for each in stage.posted if not isinstance(each, ev.QueryTyped)] == [event]


def test_what_an_answer_is_about_stands_beneath_it_and_nowhere_else(stage: Stage) -> None:
    stage.show(SCENES["find_answers_here"])
    names = [accessible_name(control) for control in controls(stage)]
    assert names.count("社保卡丢了补办") == 1
    words = {said(item) for item in texts(stage)}
    assert any("来自办事指南：材料" in each and "尚未核实" in each for each in words)


def test_every_letter_is_looked_up_and_a_number_is_not(stage: Stage) -> None:
    stage.show(SCENES["find"])
    for key in (Qt.Key.Key_S, Qt.Key.Key_F, Qt.Key.Key_Z):
        QTest.keyClick(stage.window, key)
    stage.settle()
    typed = [event.query for event in stage.posted if isinstance(event, ev.QueryTyped)]
    assert typed[-1].replace(" ", "") == "sfz"
    stage.show(SCENES["find_number"])
    assert "这里不用输入号码" in {said(item) for item in texts(stage)}
    assert not [name for name in map(accessible_name, controls(stage)) if "身份证" in name]


def test_the_last_page_offers_without_a_button_and_says_no_age(stage: Stage) -> None:
    stage.show(SCENES["thanks_offers"])
    words = " ".join(said(item) for item in texts(stage))
    assert "领老年优待证" in words
    assert "岁" not in words
    names = [accessible_name(control) for control in controls(stage)]
    assert names[:2] == ["结束", "大字和声音"], "one way out, not two that mean the same"
    assert "离开" not in names
    assert not any("优待证" in name for name in names)


def test_a_guide_says_what_became_of_its_paper_and_is_not_printed_where_no_printer_is(stage: Stage) -> None:
    stage.show(SCENES["guide_page_no_printer"])
    assert "打印机暂时不能用。请记下屏幕上的内容。" in {said(item) for item in texts(stage)}
    touch(stage, "打印这份指南")
    assert stage.posted == []
