"""Noticing who struggles: each cause offers help once, whoever refuses is left alone, and nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.ease import AT_FIRST, elder
from kiosk.session.hall import Hall
from kiosk.session.helping import Cause
from kiosk.session.idling import HESITATION_S, STILLNESS_S
from kiosk.session.machine import advance
from kiosk.session.stages import (
    AwaitingCard,
    CardTrouble,
    Ended,
    InJourney,
    QuestionStep,
    ReviewStep,
    Session,
    Welcome,
)
from kiosk.session.struggle import CARDS_NOT_READ, MISSES, NOT_RECOGNISED, RETURNS
from kiosk.session.verification import FaceTrouble
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.waiting_person import Standing
from tests.kiosk.session.walk import after, answered, promoted, signed, verified, with_card

Advance = Callable[[Session, ev.Event], Session]

FAILED = ev.FaceFailed(FaceTrouble.NOT_RECOGNISED)


@pytest.fixture
def review(certificate: Item, hall: Hall, card: ResidentCard) -> Session:
    return answered(verified(hall, certificate, card))


@pytest.fixture
def consent(certificate: Item, hall: Hall, card: ResidentCard) -> Session:
    return with_card(hall, certificate, card)


def played(session: Session, *events: ev.Event, by: Advance = advance) -> Session:
    for event in events:
        session = by(session, event)
    return session


# ---- the four causes -------------------------------------------------------------------------------------


def misses(review: Session, by: Advance = advance) -> Session:
    return played(review, *[ev.TouchMissed()] * MISSES, by=by)


def fails(consent: Session, by: Advance = advance) -> Session:
    tries: list[ev.Event] = [FAILED, ev.TryAgain()] * NOT_RECOGNISED
    return played(consent, ev.FaceAgreed(NOW), *tries[:-1], by=by)


def to_and_fro(times: int) -> list[ev.Event]:
    return [ev.ChangeLine("mobile"), ev.Back()] * times


def comes_back(review: Session, by: Advance = advance) -> Session:
    return played(review, *to_and_fro(RETURNS)[:-1], by=by)


def hesitates(review: Session, by: Advance = advance) -> Session:
    return by(review, ev.Hesitated())


def check_help_is_offered(review: Session, consent: Session, by: Advance = advance) -> None:
    """Each cause, by itself, brings the offer."""
    assert misses(review, by).offer is Cause.MISSED
    assert fails(consent, by).offer is Cause.NOT_RECOGNISED
    assert comes_back(review, by).offer is Cause.RETURNS
    assert hesitates(review, by).offer is Cause.HESITATION


def test_each_of_four_causes_offers_help(review: Session, consent: Session) -> None:
    check_help_is_offered(review, consent)


def test_a_detector_that_never_offers_would_be_caught(review: Session, consent: Session) -> None:
    def blind(session: Session, event: ev.Event) -> Session:
        return replace(advance(session, event), offer=None)

    with pytest.raises(AssertionError):
        check_help_is_offered(review, consent, blind)


def test_what_happens_to_everybody_offers_nothing(
    review: Session, consent: Session, certificate: Item, hall: Hall
) -> None:
    assert played(review, *[ev.TouchMissed()] * (MISSES - 1)).offer is None
    assert played(consent, ev.FaceAgreed(NOW), FAILED).offer is None
    assert played(review, *to_and_fro(RETURNS - 1)).offer is None
    laying = Session(AwaitingCard(certificate), hall)
    pulled = ev.CardFailed(CardTrouble.PULLED_AWAY)
    assert played(laying, pulled, pulled).offer is None
    assert played(laying, *[pulled] * CARDS_NOT_READ).offer is Cause.NOT_RECOGNISED


def test_changing_many_lines_one_after_the_other_is_no_struggle(review: Session) -> None:
    for line in ("mobile", "purpose", "delivery", "for_whom", "mobile"):
        review = played(review, ev.ChangeLine(line))
        assert isinstance(review.stage, InJourney)
        while isinstance(review.stage, InJourney) and not isinstance(review.stage.step, ReviewStep):
            assert isinstance(review.stage.step, QuestionStep)
            review = answered(review)
        assert review.offer is None


def test_misses_of_different_screens_are_not_added_up(review: Session) -> None:
    three = [ev.TouchMissed()] * (MISSES - 1)
    assert played(review, *three, ev.ChangeLine("mobile"), *three, ev.Back(), *three).offer is None


def test_whoever_stands_still_long_enough_is_offered_help_and_whoever_types_or_scrolls_is_not(
    review: Session,
) -> None:
    person = Standing(review)
    assert person.waits(HESITATION_S - 1).offer is None
    assert person.waits(2).offer is Cause.HESITATION
    busy = Standing(review)
    for _ in range(20):
        busy.waits(STILLNESS_S - 1)
        busy.post(ev.StillHere())
    assert busy.session.offer is None


# ---- the offer -------------------------------------------------------------------------------------------


def test_each_cause_offers_once(review: Session) -> None:
    offered = misses(review)
    moved_on = played(offered, ev.ChangeLine("mobile"))
    assert moved_on.offer is None, "an offer belongs to its screen"
    assert misses(played(moved_on, ev.Back())).offer is None
    assert hesitates(moved_on).offer is Cause.HESITATION


def test_whoever_refuses_is_left_alone_for_the_rest_of_the_visit(review: Session) -> None:
    refused = played(misses(review), ev.HelpRefused())
    assert refused.offer is None
    assert comes_back(hesitates(refused)).offer is None


def test_larger_text_and_a_called_guide_answer_the_offer(review: Session) -> None:
    large = played(misses(review), ev.EaseChosen(elder(AT_FIRST, on=True)))
    assert (large.offer, large.ease.elder, large.stage) == (None, True, review.stage)
    assert hesitates(large).offer is Cause.HESITATION
    assert played(misses(review), ev.GuideCalled()).offer is None


def test_a_guide_who_is_called_is_not_offered(review: Session) -> None:
    called = played(review, ev.GuideCalled(), ev.CallAnswered("told"))
    assert misses(called).offer is None


def test_nothing_is_offered_where_nothing_is_left_to_do(review: Session) -> None:
    assert hesitates(signed(review)).offer is None
    assert hesitates(after(misses(review), ev.Leave())).offer is None


def test_what_is_counted_names_nobody(review: Session, card: ResidentCard) -> None:
    told = repr(comes_back(misses(review)).struggle)
    for own in (card.name, card.id_number, card.address, "13900000000"):
        assert own not in told


# ---- the guide who is called -----------------------------------------------------------------------------


def test_a_guide_has_been_told_only_when_the_platform_has_said_so(review: Session) -> None:
    session = played(review, ev.GuideCalled())
    assert session.call == "asking"
    for state in ("told", "coming"):
        session = played(session, ev.CallAnswered(state))
        assert session.call == state
    assert played(session, ev.CallAnswered("done")).call is None
    assert session.stage == review.stage


def test_one_call_is_enough(review: Session) -> None:
    told = played(review, ev.GuideCalled(), ev.CallAnswered("told"))
    assert played(told, ev.GuideCalled()) == told


def test_who_could_not_be_told_is_called_again_or_let_be(review: Session) -> None:
    in_vain = played(review, ev.GuideCalled(), ev.CallAnswered("not_told"))
    assert in_vain.call == "not_told"
    assert played(in_vain, ev.GuideCalled()).call == "asking"
    assert played(in_vain, ev.CallNoted()).call is None


def test_whoever_gets_on_after_all_takes_the_call_back_and_may_call_again(review: Session) -> None:
    for state in ("told", "coming"):
        called = played(review, ev.GuideCalled(), ev.CallAnswered(state))
        assert played(called, ev.CallNoted()).call is None
        assert played(called, ev.CallNoted(), ev.GuideCalled()).call == "asking"
    assert played(review, ev.GuideCalled(), ev.CallNoted()).call == "asking", "nothing to take back yet"


def test_an_answer_that_nobody_waits_for_says_nothing(review: Session, hall: Hall) -> None:
    assert played(review, ev.CallAnswered("told")).call is None
    left = played(review, ev.GuideCalled(), ev.Leave())
    assert (left.stage, left.call) == (Ended("left"), None)
    assert played(promoted(hall), ev.GuideCalled()).call == "asking", "from the first screen, too"


# ---- the cover -------------------------------------------------------------------------------------------


def test_one_touch_covers_every_screen_on_which_something_is_somebodys_own(
    review: Session, certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = promoted(hall)
    assert isinstance(session.stage, Welcome)
    assert not played(session, ev.HideWanted()).hidden
    for session in (with_card(hall, certificate, card), review, signed(review)):
        hidden = played(session, ev.HideWanted())
        assert (hidden.hidden, hidden.stage) == (True, session.stage)
        assert played(hidden, ev.ShowAgain()) == session


def test_beneath_the_cover_work_goes_on_and_it_stays_until_it_is_touched(consent: Session) -> None:
    session = played(consent, ev.FaceAgreed(NOW), ev.HideWanted(), ev.FaceMatched(), ev.TimeUp())
    assert session.hidden
    assert not played(session, ev.ShowAgain()).hidden
    assert not played(session, ev.Leave()).hidden
    assert not played(session, ev.TerminalGone()).hidden, "what has to be known is shown"
