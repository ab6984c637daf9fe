"""What single screens show and what they do not; what holds of all of them is in test_matrix."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from kiosk.session import stages as st
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes

SCENES = scenes()


def test_every_stage_and_step_has_a_scene_here() -> None:
    kinds = {type(session.stage) for session in SCENES.values()}
    steps = {type(s.stage.step) for s in SCENES.values() if isinstance(s.stage, st.InJourney)}
    assert kinds == set(typing.get_args(st.Stage))
    assert steps == set(typing.get_args(st.Step))


def test_the_two_ways_of_verification_have_the_same_size_and_look(stage: Stage) -> None:
    stage.show(SCENES["consent"])
    face, guide = (button(stage, name) for name in ("同意并刷脸核验", "请工作人员核验"))
    assert (face.width(), face.height(), face.y()) == (guide.width(), guide.height(), guide.y())
    assert face.property("main") == guide.property("main")


def test_a_way_out_looks_like_none_while_the_camera_or_the_sensor_waits(stage: Stage) -> None:
    for scene in ("face", "face_left", "fingerprint"):
        stage.show(SCENES[scene])
        assert not button(stage, "请工作人员核验").property("main"), scene


def test_a_failed_face_offers_the_guide_as_large_as_another_try(stage: Stage) -> None:
    stage.show(SCENES["face_not_recognised"])
    again, guide = (button(stage, name) for name in ("再试一次", "请工作人员核验"))
    assert (again.width(), again.height()) == (guide.width(), guide.height())


def test_after_the_third_face_only_the_guide_is_offered(stage: Stage) -> None:
    stage.show(SCENES["face_third"])
    names = {accessible_name(control) for control in controls(stage)}
    assert "请工作人员核验" in names
    assert "再试一次" not in names


def test_not_rating_is_as_large_as_any_rating(stage: Stage) -> None:
    stage.show(SCENES["rating"])
    sizes = {
        (button(stage, n).width(), button(stage, n).height()) for n in ("非常满意", "非常不满意", "不评价")
    }
    assert len(sizes) == 1


def test_kept_and_received_are_said_in_their_own_words(stage: Stage) -> None:
    stage.show(SCENES["outcome_kept"])
    kept = {accessible_name(item) for item in texts(stage)}
    assert "已暂存本机，尚未提交，不代表已受理；以平台收件时间为准。" in kept
    assert "平台已收件" not in kept
    stage.show(SCENES["outcome_received"])
    received = {accessible_name(item) for item in texts(stage)}
    assert {"平台已收件", "SB330100202611210000042"} <= received
    assert not any("暂存" in words for words in received)


def test_nobody_accepts_what_only_companies_get(stage: Stage) -> None:
    stage.show(SCENES["outcome_companies"])
    said_there = " ".join(said(item) for item in texts(stage))
    assert "由各公司答复" in said_there
    assert "受理机关" not in said_there.partition("接下来")[0]


def test_nothing_there_and_nobody_could_be_asked_are_two_sentences(stage: Stage) -> None:
    heard = {}
    for name in ("case_progress_none", "case_progress_unreachable"):
        stage.show(SCENES[name])
        heard[name] = " ".join(said(item) for item in texts(stage))
        assert "0571-00001062" in heard[name], "where to ask"
    assert "平台上没有您用这张证件交的申请" in heard["case_progress_none"]
    assert "现在查不到" in heard["case_progress_unreachable"]
    assert "没有" not in heard["case_progress_unreachable"].replace("没有声音", "")


def test_each_application_stands_there_with_its_matter_step_number_and_day(stage: Stage) -> None:
    stage.show(SCENES["case_progress_five"])
    heard = [said(item) for item in texts(stage)]
    at = heard.index("水表过户")
    assert heard[at : at + 4] == [
        "水表过户",
        "已退回，请打电话问 0571-00001011",
        "申报号 33019900-20261121-000121",
        "2026年11月21日收件",
    ]


def test_leave_is_on_screen_until_the_commit(stage: Stage) -> None:
    for name, session in SCENES.items():
        if isinstance(session.stage, st.MatterPage | st.AwaitingCard | st.CardExpired | st.InJourney):
            stage.show(session)
            names = {accessible_name(control) for control in controls(stage)}
            assert ({"离开"} if session.hidden else {"离开", "返回"}) <= names, name


def test_a_staff_member_sees_a_masked_name_only(stage: Stage) -> None:
    stage.show(SCENES["guide_no_photo"])
    shown = " ".join(said(item) for item in texts(stage))
    assert "测*甲" in shown
    assert "测试甲" not in shown
    assert "110101199003070011" not in shown


def test_an_idle_citizen_finds_one_way_to_stay_over_everything_else(stage: Stage) -> None:
    stage.show(SCENES["idle_warning"])
    stay = button(stage, "我还在，继续办理")
    middle = stay.mapToScene(QPointF(stay.width() / 2, stay.height() / 2))
    assert 0 < middle.x() < 1080
    assert "20" in {said(item) for item in texts(stage)}
    stage.show(SCENES["review"])
    assert "您还在吗？" not in {said(item) for item in texts(stage)}


def texts(stage: Stage) -> Iterator[QQuickItem]:
    """Our own pieces of text; the keyboard's are Qt's."""
    for item in stage.items():
        if item.metaObject().className().startswith(("Words_", "Label_")):
            yield item


def controls(stage: Stage) -> Iterator[QQuickItem]:
    for item in stage.items():
        if item.inherits("QQuickAbstractButton"):
            yield item


def button(stage: Stage, name: str) -> QQuickItem:
    return next(control for control in controls(stage) if accessible_name(control) == name)


def accessible_name(item: QQuickItem) -> str:
    interface = QAccessible.queryAccessibleInterface(item)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def said(item: QQuickItem) -> str:
    return str(item.property("text"))


def spills(item: QQuickItem) -> bool:
    """Whether a text is cut, wider than its place, or over the edge of the screen."""
    if item.property("truncated") or item.property("contentWidth") > item.width() + 1:
        return True
    left, right = item.mapToScene(QPointF(0, 0)), item.mapToScene(QPointF(item.width(), item.height()))
    scrolled = any(parent.inherits("QQuickFlickable") for parent in ancestors(item))
    return left.x() < 0 or right.x() > 1080 or (not scrolled and (left.y() < 0 or right.y() > 1920))


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    parent = item.parentItem()
    while parent is not None:
        yield parent
        parent = parent.parentItem()
