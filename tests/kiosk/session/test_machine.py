"""What a citizen can reach, and what nobody can."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.item import Item
from devices.contracts.id_cards import CardProblem, ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.machine import advance
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardNoticeStep,
    CardTrouble,
    Ended,
    InJourney,
    LinkLost,
    MatterPage,
    NotKept,
    Outcome,
    QuestionStep,
    RatingPage,
    ReviewStep,
    Sending,
    Session,
    SignStep,
    Standby,
    Thanks,
    Welcome,
    WindowStep,
)
from kiosk.session.timeline import is_sent
from kiosk.session.verification import (
    MOST_FAILURES,
    ConsentStep,
    FaceStep,
    FaceTrouble,
    GuideStep,
    Verified,
    VerifiedStep,
)
from kiosk.session.verifying import may_look_again
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.walk import (
    APPLICATION_ID,
    STROKES,
    after,
    answered,
    promoted,
    signed,
    step_of,
    verified,
    with_card,
)

KEPT = ev.Kept("0001-261121-0001", "platform", NOW)


def journey_stage(session: Session) -> InJourney:
    assert isinstance(session.stage, InJourney)
    return session.stage


def test_every_shipped_matter_can_be_carried_to_thanks(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    for item in items:
        session = answered(verified(hall, item, card))
        if is_sent(item):
            session = after(signed(session), KEPT, ev.SlipEnded("printed"), ev.Continue(), ev.Rated(5))
        else:
            session = after(session, ev.SlipEnded("printed"), ev.Continue())
        assert isinstance(session.stage, Thanks), item.id
        assert after(session, ev.TimeUp()).stage == Ended("finished")


def test_back_leads_from_the_signature_to_the_matter_without_losing_an_answer(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(answered(verified(hall, certificate, card)), ev.Continue())
    answers = journey_stage(session).journey.answers
    seen = []
    while isinstance(session.stage, InJourney):
        assert session.stage.journey.answers == answers
        seen.append(type(session.stage.step))
        session = after(session, ev.Back())
        assert len(seen) < 30
    assert seen[0] is SignStep
    assert seen[1] is ReviewStep
    assert seen[-2:] == [VerifiedStep, ConsentStep]
    assert isinstance(session.stage, MatterPage)


def test_a_process_that_has_read_a_card_never_welcomes_a_second_person(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    at_matter = after(with_card(hall, certificate, card), ev.Back())
    assert isinstance(at_matter.stage, MatterPage)
    assert isinstance(after(at_matter, ev.Back()).stage, Ended)
    unread = after(promoted(hall), ev.MatterChosen(certificate.id), ev.Begin(), ev.Back(), ev.Back())
    assert isinstance(unread.stage, Welcome)


def test_a_card_that_has_run_out_is_said_and_only_renewal_goes_on(
    certificate: Item, renewal: Item, hall: Hall, expired: ResidentCard
) -> None:
    assert isinstance(with_card(hall, certificate, expired).stage, CardExpired)
    assert isinstance(with_card(hall, renewal, expired).stage, InJourney)


def test_a_card_that_ends_within_three_months_is_said_once(
    certificate: Item, hall: Hall, ending_soon: ResidentCard, card: ResidentCard
) -> None:
    session = with_card(hall, certificate, ending_soon)
    step = journey_stage(session).step
    assert isinstance(step, CardNoticeStep)
    assert (step.days_left, [offer.item for offer in step.offers]) == (40, ["id_card_renewal"])
    assert step_of(after(session, ev.Continue()), ConsentStep)
    assert step_of(with_card(hall, certificate, card), ConsentStep)


def test_the_renewal_that_is_offered_then_begins_with_its_own_page_and_without_the_card(
    certificate: Item, hall: Hall, ending_soon: ResidentCard
) -> None:
    chosen = after(with_card(hall, certificate, ending_soon), ev.DueChosen("id_card_renewal"))
    assert isinstance(chosen.stage, MatterPage)
    assert chosen.stage.item.id == "id_card_renewal"
    assert isinstance(after(chosen, ev.Back()).stage, Ended)
    other = after(with_card(hall, certificate, ending_soon), ev.DueChosen("elder_card"))
    assert step_of(other, CardNoticeStep)


@pytest.mark.parametrize("problem", [CardProblem.BAD_CHECKSUM, CardProblem.REVERSED_VALIDITY])
def test_a_card_nobody_can_vouch_for_begins_nothing(
    certificate: Item, hall: Hall, card: ResidentCard, problem: CardProblem
) -> None:
    session = with_card(hall, certificate, replace(card, problems=(problem,)))
    assert session.stage == AwaitingCard(certificate, CardTrouble.INVALID)


def test_an_unknown_ethnicity_code_stops_nobody(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    odd = replace(card, ethnicity=None, problems=(CardProblem.UNKNOWN_ETHNICITY,))
    assert step_of(with_card(hall, certificate, odd), ConsentStep)


def test_a_matter_with_a_deadline_is_refused_offline_before_the_card(endorsement: Item, hall: Hall) -> None:
    for reach in ("offline", "unknown"):
        cut = replace(hall, reach=reach)
        session = after(promoted(cut), ev.MatterChosen(endorsement.id), ev.Begin())
        assert isinstance(session.stage, MatterPage)


def test_a_guide_instead_of_the_camera_is_recorded_with_number_and_reason(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, card), ev.GuideWanted(NOW), ev.PinEntered("1001", "123456"))
    assert journey_stage(session).step == GuideStep("chosen", entered=("1001", "123456"))
    wrong = after(session, ev.PinRefused("wrong", 0))
    assert journey_stage(wrong).step == GuideStep("chosen", refused="wrong")
    session = after(wrong, ev.PinEntered("1001", "654321"), ev.PinAccepted("1001"))
    assert journey_stage(session).journey.verified == Verified("staff", "staff_checked", "1001", "chosen")
    consents = {consent.text_id: consent.given for consent in journey_stage(session).journey.consents}
    assert consents == {"processing_notice": True, "face_comparison": False}


def test_a_pin_answer_nobody_waits_for_verifies_nobody(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, card), ev.GuideWanted(NOW), ev.PinAccepted("1001"))
    assert journey_stage(session).journey.verified is None


def test_after_three_looks_the_camera_is_not_offered_again(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, card), ev.FaceAgreed(NOW))
    for _ in range(MOST_FAILURES - 1):
        session = after(session, ev.FaceFailed(FaceTrouble.NOT_RECOGNISED), ev.TryAgain())
    session = after(session, ev.FaceFailed(FaceTrouble.NOT_RECOGNISED))
    stage = journey_stage(session)
    assert isinstance(stage.step, FaceStep)
    assert not may_look_again(stage.journey, stage.step)
    assert after(session, ev.TryAgain()) == session
    assert journey_stage(after(session, ev.GuideWanted(NOW))).step == GuideStep("face_not_recognised")


def test_a_late_match_of_a_failed_look_verifies_nobody(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, card), ev.FaceAgreed(NOW))
    session = after(session, ev.FaceFailed(FaceTrouble.CAMERA_FAILED), ev.FaceMatched())
    assert journey_stage(session).journey.verified is None


def test_an_answer_for_the_window_says_why_and_can_be_taken_back(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(verified(hall, certificate, card), ev.Answered("agent"))
    assert step_of(session, WindowStep)
    session = after(session, ev.Back(), ev.Answered("self"), ev.LookupMissing("household", "nobody_knows"))
    assert journey_stage(session).step == QuestionStep("accepted_at")


def test_a_changed_line_opens_its_questions_and_returns_to_the_check_page(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    review = answered(verified(hall, certificate, card), {"accepted_at": "registered_place"})
    session = after(review, ev.ChangeLine("accepted_at"), ev.Answered("residence_place"))
    assert journey_stage(session).step == QuestionStep("residence_permit", returning=True)
    session = after(session, ev.Answered("granted"), ev.LookupMissing("residence", "nobody_knows"))
    assert journey_stage(session).step == QuestionStep("current_address", returning=True)
    assert step_of(after(session, ev.Answered("测试路2号")), ReviewStep)


def test_back_from_a_line_leads_to_the_check_page(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    review = answered(verified(hall, certificate, card))
    assert after(review, ev.ChangeLine("mobile"), ev.Back()) == review


@pytest.mark.parametrize(
    ("value", "problem"), [("", "required"), ("12345", "not_a_mobile"), ("23900000000", "not_a_mobile")]
)
def test_a_telephone_number_that_is_none_is_named(
    certificate: Item, hall: Hall, card: ResidentCard, value: str, problem: str
) -> None:
    session = after(answered(verified(hall, certificate, card)), ev.ChangeLine("mobile"), ev.Answered(value))
    step = journey_stage(session).step
    assert isinstance(step, QuestionStep)
    assert step.problem == problem


@pytest.mark.parametrize(
    ("value", "problem"),
    [("20261131", "not_a_date"), ("19550306", "too_early"), ("20261122", "too_late"), ("abc", "not_a_date")],
)
def test_a_day_that_cannot_be_is_named(
    certificate: Item, hall: Hall, card: ResidentCard, value: str, problem: str
) -> None:
    session = after(
        answered(verified(hall, certificate, card)), ev.ChangeLine("period_from"), ev.Answered(value)
    )
    step = journey_stage(session).step
    assert isinstance(step, QuestionStep)
    assert step.problem == problem


def test_a_period_that_would_end_before_it_begins_is_asked_for_again(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    review = answered(verified(hall, certificate, card))
    short = after(review, ev.ChangeLine("period_to"), ev.Answered("20200101"))
    assert step_of(short, ReviewStep)
    turned = after(short, ev.ChangeLine("period_from"), ev.Answered("20210101"))
    assert journey_stage(turned).step == QuestionStep("period_to", "too_early", returning=True)
    assert step_of(after(turned, ev.Answered("20220101")), ReviewStep)


def test_an_empty_signature_sends_nothing(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    session = after(answered(verified(hall, certificate, card)), ev.Continue())
    for strokes in ((), (((0.5, 0.5),),)):
        session = after(session, ev.SignedAndSent(strokes, APPLICATION_ID, NOW))
        assert journey_stage(session).step == SignStep("empty_signature")


def test_after_sign_and_send_there_is_no_way_back_and_no_claim(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    sending = signed(answered(verified(hall, certificate, card)))
    assert isinstance(sending.stage, Sending)
    for event in (ev.Back(), ev.Leave(), ev.Continue(), ev.Received("X", NOW), ev.SlipEnded("printed")):
        assert after(sending, event).stage == sending.stage
    assert after(sending, ev.KeepRefused("disk_full")).stage == NotKept(certificate, "disk_full")
    assert after(sending, ev.TerminalGone()).stage == LinkLost(in_journey=True, sent=True)


def test_a_receipt_turns_kept_into_received(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    kept = after(signed(answered(verified(hall, certificate, card))), KEPT)
    assert isinstance(kept.stage, Outcome)
    assert not kept.stage.received
    received = after(kept, ev.Received("33019900-20261121-000001", NOW))
    assert isinstance(received.stage, Outcome)
    assert received.stage.received


def test_the_rating_waits_for_the_paper_and_a_reprint_happens_once(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    kept = after(signed(answered(verified(hall, certificate, card))), KEPT)
    assert isinstance(after(kept, ev.Continue()).stage, Outcome)
    failed = after(kept, ev.SlipEnded("started"), ev.SlipEnded("not_printed"))
    asked = after(failed, ev.ReprintWanted())
    assert isinstance(asked.stage, Outcome)
    assert asked.stage.choosing_reprint
    again = after(asked, ev.ReprintWanted("torn"))
    assert isinstance(again.stage, Outcome)
    assert again.stage.slip_state == "waiting"
    twice = after(again, ev.SlipEnded("unknown"), ev.ReprintWanted())
    assert isinstance(twice.stage, Outcome)
    assert twice.stage.slip_state == "unknown"
    assert isinstance(after(twice, ev.Continue()).stage, RatingPage)


def test_names_and_numbers_on_the_slip_are_masked(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    kept = after(signed(answered(verified(hall, certificate, card))), KEPT)
    assert isinstance(kept.stage, Outcome)
    assert kept.stage.slip.masked_name == "沈*试"
    assert kept.stage.slip.masked_id_number == "330***********0024"


def test_the_kept_notice_of_the_person_before_goes_after_its_minute(hall: Hall) -> None:
    session = after(Session(Standby(), hall), ev.Promoted("online", "0001-261121-0007", TODAY))
    assert session.stage == Welcome("0001-261121-0007")
    assert after(session, ev.TimeUp()).stage == Welcome()


def touches_and_findings(card: ResidentCard) -> st.SearchStrategy[ev.Event]:
    """Anything that could ever happen, in any order, but for the terminal's word that it was kept."""
    values: list[Any] = [
        ev.MatterChosen("no_criminal_record_certificate"),
        ev.Begin(),
        ev.Continue(),
        ev.Back(),
        ev.TryAgain(),
        ev.FaceAgreed(NOW),
        ev.GuideWanted(NOW),
        ev.PinEntered("1001", "123456"),
        ev.Answered("self"),
        ev.Answered("registered_place"),
        ev.Answered("other"),
        ev.Answered("13900000000"),
        ev.ChangeLine("mobile"),
        ev.SignedAndSent(STROKES, APPLICATION_ID, NOW),
        ev.Rated(3),
        ev.ReprintWanted(),
        ev.StillHere(),
        ev.CardRead(card),
        ev.CardFailed(CardTrouble.PULLED_AWAY),
        ev.PhotoDecoded(b"png"),
        ev.FaceMatched(),
        ev.FaceFailed(FaceTrouble.NOT_RECOGNISED),
        ev.PinAccepted("1001"),
        ev.PinRefused("locked", 15),
        ev.KeepRefused("disk_full"),
        ev.Received("X", NOW),
        ev.SlipEnded("printed"),
        ev.TimeUp(),
        ev.IdleWarned(),
        ev.ReachChanged("offline"),
        ev.DevicesChanged(reader_usable=True, printer_usable=False, camera_usable=False),
    ]
    return st.sampled_from(values)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_order_of_events_claims_that_something_was_kept(
    hall: Hall, card: ResidentCard, data: st.DataObject
) -> None:
    session = promoted(hall)
    for event in data.draw(st.lists(touches_and_findings(card), max_size=60)):
        session = advance(session, event)
        assert not isinstance(session.stage, Outcome | RatingPage | Thanks)
        if isinstance(session.stage, Sending):
            assert session.stage.journey.verified is not None


def test_leaving_ends_the_session_wherever_the_citizen_is(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = verified(hall, certificate, card)
    for where in (promoted(hall), with_card(hall, certificate, card), session, answered(session)):
        assert isinstance(after(where, ev.Leave()).stage, Ended)


def test_a_person_who_has_gone_is_warned_first(certificate: Item, hall: Hall, card: ResidentCard) -> None:
    session = after(verified(hall, certificate, card), ev.IdleWarned())
    assert session.idle_warning
    assert not after(session, ev.StillHere()).idle_warning
    assert after(session, ev.IdleExpired()).stage == Ended("idle")
