"""What a person chooses to see, hear and reach stays with them on every page, and goes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.ease import AT_FIRST, ELDER_TEXT_SIZE, TEXT_SIZES, Ease, elder, sized
from kiosk.session.hall import Hall
from kiosk.session.machine import advance
from kiosk.session.stages import Ended, InJourney, LinkLost, NotKept, Session, Standby, Thanks
from tests.kiosk.session.walk import after, answered, promoted, signed, verified, with_card

LARGE = Ease(text_size=3, high_contrast=True, low_reach=True, still=True)
CHOICES = st.one_of(
    st.booleans().map(lambda on: lambda ease: elder(ease, on=on)),
    st.integers(-1, TEXT_SIZES).map(lambda size: lambda ease: sized(ease, size)),
    st.booleans().map(lambda on: lambda ease: replace(ease, spoken=on)),
    st.booleans().map(lambda on: lambda ease: replace(ease, high_contrast=on)),
)


def test_elder_mode_is_one_choice_and_gives_back_what_was_before() -> None:
    before = Ease(text_size=1, high_contrast=True)
    chosen = elder(before, on=True)
    assert (chosen.elder, chosen.text_size, chosen.spoken) == (True, ELDER_TEXT_SIZE, True)
    assert chosen.high_contrast
    assert elder(chosen, on=False) == before


def test_what_is_chosen_within_elder_mode_and_is_no_part_of_it_stays() -> None:
    lower = replace(elder(AT_FIRST, on=True), low_reach=True)
    assert elder(lower, on=False) == Ease(low_reach=True)


def test_a_small_text_size_ends_elder_mode() -> None:
    assert sized(elder(AT_FIRST, on=True), 1) == Ease(text_size=1)
    assert sized(elder(AT_FIRST, on=True), 3).elder


@settings(derandomize=True, database=None)
@given(st.lists(CHOICES, max_size=12))
def test_elder_mode_is_never_small_and_sizes_are_the_four(
    choices: list[Callable[[Ease], Ease]],
) -> None:
    ease = AT_FIRST
    for choose in choices:
        ease = choose(ease)
        assert 0 <= ease.text_size < TEXT_SIZES
        assert not ease.elder or ease.text_size >= ELDER_TEXT_SIZE
    assert not elder(ease, on=False).elder


@pytest.fixture
def on_the_way(hall: Hall, certificate: Item, card: ResidentCard) -> list[Session]:
    """A session on each of a whole way's pages, from welcome to thanks."""
    at_review = answered(verified(hall, certificate, card))
    sent = signed(at_review)
    return [
        promoted(hall),
        after(promoted(hall), ev.FindWanted()),
        after(promoted(hall), ev.MatterChosen(certificate.id)),
        after(promoted(hall), ev.MatterChosen(certificate.id), ev.Begin()),
        with_card(hall, certificate, card),
        verified(hall, certificate, card),
        at_review,
        sent,
        replace(sent, stage=NotKept(certificate, "disk_full")),
        replace(sent, stage=Thanks()),
        replace(sent, stage=LinkLost(in_journey=True, sent=False)),
    ]


def test_ease_is_chosen_on_every_page_and_loses_nothing(on_the_way: list[Session]) -> None:
    for session in on_the_way:
        chosen = advance(session, ev.EaseChosen(LARGE))
        assert chosen.ease == LARGE
        assert chosen.stage == session.stage
        assert replace(chosen, ease=AT_FIRST) == session


def test_answers_that_were_given_are_still_there(hall: Hall, certificate: Item, card: ResidentCard) -> None:
    session = answered(verified(hall, certificate, card))
    stage = advance(session, ev.EaseChosen(elder(AT_FIRST, on=True))).stage
    assert isinstance(stage, InJourney)
    assert isinstance(session.stage, InJourney)
    assert stage.journey.answers == session.stage.journey.answers != {}


def test_choosing_is_a_touch_and_answers_the_idle_warning(hall: Hall) -> None:
    assert isinstance(ev.EaseChosen(LARGE), ev.Touch)
    warned = after(promoted(hall), ev.FindWanted(), ev.IdleWarned())
    assert not advance(warned, ev.EaseChosen(LARGE)).idle_warning


def test_it_stays_on_the_way_and_no_screen_beneath_or_after_takes_it(
    hall: Hall, certificate: Item, card: ResidentCard
) -> None:
    session = advance(with_card(hall, certificate, card), ev.EaseChosen(LARGE))
    assert after(session, ev.Back(), ev.Continue()).ease == LARGE
    assert advance(Session(Standby(), hall), ev.EaseChosen(LARGE)).ease == AT_FIRST
    assert advance(Session(Ended("left"), hall), ev.EaseChosen(LARGE)).ease == AT_FIRST
