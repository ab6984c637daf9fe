"""A monkey breaks nothing and is never trapped; and where something is broken, it says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtQuick import QQuickWindow

from kiosk.session import events as ev
from kiosk.session import stages as st
from kiosk.session.machine import advance
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from tests.ui.monkey import SIZE, Caught, Monkey, overheard

UPRIGHT, LYING = SIZE, SIZE[::-1]


@pytest.fixture
def heard(stage: Stage, complaints: list[str]) -> Iterator[list[str]]:
    """Complaints of Qt and of slots; nothing of a run stays for the tests after."""
    assert stage.window.isVisible()
    with overheard(complaints):
        yield complaints
        complaints.clear()


@pytest.mark.parametrize(("seed", "size"), [(1, UPRIGHT), (2, LYING)])
def test_a_thousand_events_break_nothing_and_trap_nobody(
    heard: list[str], seed: int, size: tuple[int, int]
) -> None:
    monkey = Monkey(seed, heard, size=size)
    monkey.play(1000)
    assert len(monkey.met) > 20


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10, 20))
def test_a_hundred_thousand_events_break_nothing_and_trap_nobody(heard: list[str], seed: int) -> None:
    Monkey(seed, heard, size=LYING if seed % 2 else UPRIGHT).play(10_000)


def nobody_leaves(session: st.Session, event: ev.Event) -> st.Session:
    """Weakened: on the check page, "leave" does nothing."""
    at_review = isinstance(session.stage, st.InJourney) and isinstance(session.stage.step, st.ReviewStep)
    return session if at_review and isinstance(event, ev.Leave) else advance(session, event)


def test_a_screen_that_cannot_be_left_is_caught(heard: list[str]) -> None:
    monkey = Monkey(3, heard, nobody_leaves)
    monkey.goes(scenes()["review"])
    with pytest.raises(Caught, match=r"no way out of review\n.*--seed 3"):
        monkey.look()


def test_a_warning_of_qt_is_caught(heard: list[str]) -> None:
    monkey = Monkey(3, heard)
    qWarning("something is wrong")
    with pytest.raises(Caught, match="something is wrong"):
        monkey.look()


def test_a_foreign_window_is_caught(heard: list[str]) -> None:
    monkey, stranger = Monkey(3, heard), QQuickWindow()
    stranger.show()
    with pytest.raises(Caught, match="a foreign window"):
        monkey.look()
    stranger.close()
    stranger.deleteLater()


class Deaf(Monkey):
    """To whom no screen names a human."""

    def reads_of_a_human(self) -> bool:
        return False


def test_a_screen_without_a_human_is_caught(heard: list[str]) -> None:
    monkey = Deaf(3, heard)
    monkey.goes(scenes()["review"])
    with pytest.raises(Caught, match="names no human"):
        monkey.look()
