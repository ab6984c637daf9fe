"""Fingers as they are: one that taps twice, slides off, comes back, leans on the glass, or is not alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from kiosk.session import events as ev
from kiosk.session.machine import advance
from kiosk.session.stages import Session
from tests.ui.conftest import Clock, Stage
from tests.ui.gallery import scenes
from tests.ui.test_screens import accessible_name, button
from tests.ui.test_touches import middle, touch
from ui.bridge import Bridge
from ui.guard import LATEST_S, SETTLE_S, Guard

SCENES = scenes()
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def glass() -> QPointingDevice:
    """A touch screen for ten fingers."""
    return QTest.createTouchDevice()


class Fingers:
    """Fingers on the glass, each by its number."""

    def __init__(self, stage: Stage, glass: QPointingDevice) -> None:
        self._stage, self._glass = stage, glass

    def down(self, *fingers: tuple[int, QPoint]) -> None:
        """Put some down at once."""
        self._all(lambda event, number, at: event.press(number, at, self._stage.window), fingers)

    def move(self, *fingers: tuple[int, QPoint]) -> None:
        """Move some."""
        self._all(lambda event, number, at: event.move(number, at, self._stage.window), fingers)

    def up(self, *fingers: tuple[int, QPoint], still: tuple[int, ...] = ()) -> None:
        """Lift some; others stay."""
        event = QTest.touchEvent(self._stage.window, self._glass)
        for number in still:
            event.stationary(number)
        for number, at in fingers:
            event.release(number, at, self._stage.window)
        event.commit()
        self._stage.settle()

    def tap(self, at: QPoint) -> None:
        """Down and up again."""
        self.down((0, at))
        self.up((0, at))

    def _all(
        self,
        do: Callable[[QTest.QTouchEventSequence, int, QPoint], object],
        fingers: tuple[tuple[int, QPoint], ...],
    ) -> None:
        event = QTest.touchEvent(self._stage.window, self._glass)
        for number, at in fingers:
            do(event, number, at)
        event.commit()
        self._stage.settle()


@pytest.fixture
def fingers(stage: Stage, glass: QPointingDevice) -> Fingers:
    return Fingers(stage, glass)


def decisions(stage: Stage) -> list[ev.Event]:
    return [event for event in stage.posted if not isinstance(event, ev.StillHere)]


def test_a_tap_counts_once_where_it_begins_and_ends(stage: Stage, fingers: Fingers) -> None:
    stage.show(SCENES["matter"])
    fingers.tap(middle(button(stage, "开始办理")))
    assert decisions(stage) == [ev.Begin()]


def test_a_finger_that_slides_off_or_onto_a_button_does_nothing(stage: Stage, fingers: Fingers) -> None:
    stage.show(SCENES["matter"])
    begin = middle(button(stage, "开始办理"))
    off = begin - QPoint(0, 400)
    for start, end in ((begin, off), (off, begin)):
        fingers.down((0, start))
        fingers.move((0, end))
        fingers.up((0, end))
    assert decisions(stage) == []


def test_a_double_tap_decides_once_and_not_on_the_screen_that_follows(stage: Stage, fingers: Fingers) -> None:
    session = SCENES["date_decade"]
    stage.show(session)
    at = middle(button(stage, "1990 到 1999"))
    fingers.tap(at)
    (first,) = decisions(stage)
    following = advance(session, first)
    stage.presenter.show(following)
    stage.settle()
    # Where the decade stood there is a year now.
    fingers.tap(at)
    assert decisions(stage) == [ev.Narrowed("199")]
    stage.clock.now += SETTLE_S + 0.01
    fingers.tap(at)
    assert len(decisions(stage)) == 2


def test_a_screen_that_nobody_has_seen_yet_takes_no_touch() -> None:
    clock = Clock()
    guard = Guard(clock, lambda: None)
    assert guard.settled()
    guard.screen_changed()
    clock.now += SETTLE_S + 0.1  # a slow machine: the frame is not there yet
    assert not guard.settled()
    guard.screen_shown()
    assert not guard.settled()
    clock.now += SETTLE_S + 0.01
    assert guard.settled()
    guard.screen_changed()
    clock.now += LATEST_S + 0.01  # a frame that never comes does not leave the screen deaf
    assert guard.settled()


def test_two_fingers_on_two_buttons_are_one_decision(stage: Stage, fingers: Fingers) -> None:
    clock, posted = Clock(), list[ev.Event]()
    bridge = Bridge(posted.append, clock)
    stage.show(SCENES["consent"])
    face, guide = (middle(button(stage, name)) for name in ("同意并刷脸核验", "请工作人员核验"))
    fingers.down((0, face), (1, guide))
    fingers.up((0, face), (1, guide))
    for event in decisions(stage):
        bridge.decide(event)
    assert len(posted) == 1


def test_a_hand_that_leans_on_the_glass_leaves_the_buttons_alive(stage: Stage, fingers: Fingers) -> None:
    stage.show(SCENES["matter"])
    begin = middle(button(stage, "开始办理"))
    elsewhere = QPoint(40, 400)
    fingers.down((0, elsewhere))
    fingers.down((1, begin))
    fingers.up((1, begin), still=(0,))
    fingers.up((0, elsewhere))
    assert decisions(stage) == [ev.Begin()]


def test_a_second_finger_draws_no_line_through_what_is_written(stage: Stage, fingers: Fingers) -> None:
    stage.show(SCENES["find"])
    touch(stage, "手写")
    pad = next(item for item in stage.items() if accessible_name(item) == "手写区")
    corner = middle(pad) - QPoint(150, 150)
    fingers.down((0, corner))
    fingers.move((0, corner + QPoint(50, 0)))
    fingers.down((1, corner + QPoint(250, 250)))
    fingers.move((0, corner + QPoint(100, 0)), (1, corner + QPoint(260, 260)))
    fingers.up((0, corner + QPoint(100, 0)), (1, corner + QPoint(260, 260)))
    strokes = pad.property("strokes")
    below = [value for stroke in strokes[:1] for value in stroke[1::2]]
    assert len(strokes) >= 1
    assert max(below) - min(below) < 0.1
    touch(stage, "拼音")


def test_figures_typed_with_two_thumbs_all_stand_there(stage: Stage, fingers: Fingers) -> None:
    asked = SCENES["person"]
    stage.show(asked)
    one, two = (middle(button(stage, figure)) for figure in ("1", "2"))
    fingers.down((0, one))
    fingers.down((1, two))
    fingers.up((0, one), still=(1,))
    fingers.up((1, two))
    box = next(item for item in stage.items() if item.metaObject().className().startswith("FigureBox"))
    assert sorted(accessible_name(box)[:2]) == ["1", "2"]


def test_the_other_language_is_one_touch_while_something_is_picked(stage: Stage) -> None:
    session: Session = SCENES["date_picked"]
    stage.show(replace(session, language="zh"))
    touch(stage, "English")
    touch(stage, "Continue")
    assert decisions(stage) == [ev.Answered("1998-08-31")]
