"""Somebody signs beside the applicant; something is only shown: neither opens more than it has to."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from config.item import Item
from config.settings import PatienceSettings
from devices.contracts.id_cards import CardProblem, IdCard, ResidentCard
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.idling import at_work
from kiosk.session.journey import Journey, Present
from kiosk.session.journey_steps import PartyTrouble
from kiosk.session.known import may_be
from kiosk.session.machine import advance
from kiosk.session.stages import (
    AwaitingCard,
    CardTrouble,
    Enquired,
    EnquireStep,
    InJourney,
    LookUpStep,
    MatterPage,
    Outcome,
    PartyStep,
    QuestionStep,
    ReviewStep,
    Session,
    SignStep,
    Step,
    Thanks,
    WindowStep,
)
from kiosk.session.verification import ConsentStep, FaceStep, FaceTrouble, Way
from kiosk.session.work import LookUp, PrintEnquiry, ReadCard, work_of
from printing.document import Cut, Line, Notice, Pair
from printing.enquiry import enquiry_document
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import STROKES, after, answered, told, verified, walked

PATIENCE = PatienceSettings(idle_warning_s=60, idle_grace_s=20, card_s=60, done_s=10, delivery_s=1)
KEPT = ev.Kept("0001-261121-0001", "platform", NOW)


@pytest.fixture
def other(card: ResidentCard) -> ResidentCard:
    """Somebody who signs beside the applicant."""
    return replace(card, name="测试乙", id_number="330199198805120035", address="测试路99号")


@pytest.fixture
def newborn(items: tuple[Item, ...]) -> Item:
    return next(item for item in items if item.id == "newborn")


@pytest.fixture
def asked_who_is_here(newborn: Item, hall: Hall, card: ResidentCard) -> Session:
    for session in walked(verified(hall, newborn, card), None):
        if isinstance(step(session), PartyStep):
            return session
    raise AssertionError("nobody else signs")


def step(session: Session) -> Step:
    assert isinstance(session.stage, InJourney), session.stage
    return session.stage.step


def journey(session: Session) -> Journey:
    assert isinstance(session.stage, InJourney)
    return session.stage.journey


# ---- somebody beside the applicant ------------------------------------------------------------------------


def test_a_second_person_is_verified_like_the_first_and_their_card_is_dropped(
    asked_who_is_here: Session, other: ResidentCard
) -> None:
    before = journey(asked_who_is_here)
    laying = after(asked_who_is_here, ev.PartyHere())
    assert work_of(laying, PATIENCE) == ReadCard()
    agreeing = after(laying, ev.CardRead(other))
    assert step(agreeing) == ConsentStep()
    assert journey(agreeing).holder == other
    assert journey(agreeing).verified is None
    done = after(agreeing, ev.FaceAgreed(NOW), ev.PhotoDecoded(b"png"), ev.FaceMatched(), ev.TimeUp())
    (present,) = journey(done).parties.values()
    assert isinstance(present, Present)
    assert (present.person.name, present.person.id_number) == (other.name, other.id_number)
    assert journey(done).visitor is None
    assert (journey(done).verified, journey(done).consents) == (before.verified, before.consents)
    assert journey(done).photo_png == before.photo_png
    lines = [line.value for line in form_lines(journey(done), "zh", TODAY)]
    assert not [line for line in lines if other.id_number in line], "the applicant need not know it whole"
    assert other.address not in str(lines)


def test_back_from_a_second_person_forgets_their_card_and_not_their_failures(
    asked_who_is_here: Session, other: ResidentCard
) -> None:
    failed = after(
        asked_who_is_here,
        ev.PartyHere(),
        ev.CardRead(other),
        ev.FaceAgreed(NOW),
        ev.FaceFailed(FaceTrouble.NOT_RECOGNISED),
    )
    assert failed.failures == journey(asked_who_is_here).failures, "the applicant's own tries are their own"
    laying = after(failed, ev.Back(), ev.Back())
    assert step(laying) == PartyStep("other_parent", laying=True)
    assert journey(laying).visitor is None
    assert journey(laying).verified == journey(asked_who_is_here).verified
    again = after(laying, ev.CardRead(other), ev.FaceAgreed(NOW))
    assert step(again) == FaceStep(attempt=2)
    assert journey(again).failures == {Way.FACE: 1}
    assert step(after(laying, ev.Back())) == PartyStep("other_parent")


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"id_number": "330199195503070024"}, PartyTrouble.SAME_PERSON),
        ({"birth": TODAY.replace(year=2010)}, PartyTrouble.UNDER_AGE),
        ({"valid_to": TODAY.replace(year=2025), "long_term": False}, PartyTrouble.EXPIRED),
        ({"problems": (CardProblem.BAD_CHECKSUM,)}, PartyTrouble.INVALID),
    ],
)
def test_a_card_that_cannot_sign_is_said_and_later_stays_open(
    asked_who_is_here: Session, other: ResidentCard, changes: dict[str, object], trouble: PartyTrouble
) -> None:
    wrong: IdCard = replace(other, **changes)  # type: ignore[arg-type]  # this file's own
    said = after(asked_who_is_here, ev.PartyHere(), ev.CardRead(wrong))
    assert step(said) == PartyStep("other_parent", laying=True, trouble=trouble)
    assert isinstance(step(after(said, ev.PartyLater())), QuestionStep | ReviewStep)
    broken = after(said, ev.CardFailed(CardTrouble.READER_FAILED))
    assert step(broken) == PartyStep("other_parent", laying=True, trouble=PartyTrouble.READER_FAILED)
    assert step(after(broken, ev.TryAgain())) == PartyStep("other_parent", laying=True)
    assert step(after(said, ev.TimeUp())) == PartyStep("other_parent"), "asked again, nobody is sent away"


@pytest.mark.parametrize(
    ("named", "number", "fits"),
    [
        (None, "330199199703070221", True),
        ("330199199703070221", "330199199703070221", True),
        ("330199199703070221", "330199199703070222", False),
        ("330***********0221", "330199199703070221", True),
        ("330***0221", "330199199703070221", True),
        ("330***********0221", "330199199703071221", False),
        ("340***********0221", "330199199703070221", False),
        ("******************", "330199199703070221", True),
    ],
)
def test_a_number_that_was_told_masked_still_keeps_strangers_from_signing(
    named: str | None, number: str, *, fits: bool
) -> None:
    assert may_be(named, number) is fits


def test_the_last_of_two_signatures_sends_and_back_takes_one_away(
    newborn: Item, hall: Hall, card: ResidentCard, other: ResidentCard
) -> None:
    signing = next(
        session
        for session in walked(verified(hall, newborn, card), other)
        if isinstance(session.stage, InJourney) and session.stage.step == SignStep()
    )
    empty = after(signing, ev.SignedAndSent((), "0" * 36, NOW))
    assert step(empty) == SignStep("empty_signature")
    second = after(signing, ev.SignedAndSent(STROKES, "0" * 36, NOW))
    assert step(second) == SignStep(party_id="other_parent")
    assert len(journey(second).signatures) == 1
    first = after(second, ev.Back())
    assert step(first) == SignStep()
    assert journey(first).signatures == ()
    assert step(after(first, ev.Back())) == ReviewStep()


def test_a_decision_can_be_changed_from_the_check_page(
    newborn: Item, hall: Hall, card: ResidentCard, other: ResidentCard
) -> None:
    review = answered(verified(hall, newborn, card))
    changed = after(review, ev.ChangeLine("party:other_parent"))
    assert step(changed) == PartyStep("other_parent")
    here = after(
        changed, ev.PartyHere(), ev.CardRead(other), ev.FaceAgreed(NOW), ev.FaceMatched(), ev.TimeUp()
    )
    assert step(here) == ReviewStep()


# ---- what is looked up ------------------------------------------------------------------------------------


def test_while_it_is_looked_up_nobody_is_asked_whether_they_are_there(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    proof = next(item for item in items if item.id == "insurance_proof")
    session = verified(hall, proof, card)
    while not isinstance(step(session), LookUpStep):
        session = after(session, ev.Answered("self"))
    assert isinstance(work_of(session, PATIENCE), LookUp)
    assert at_work(session)
    late = ev.LookupTold("another_lookup", {"pension_state": "paying"}, NOW)
    assert advance(session, late) == session
    nobody = after(session, ev.LookupMissing("insurance_record", "nobody_knows"))
    assert isinstance(step(nobody), WindowStep)
    back = after(nobody, ev.Back())
    assert journey(back).looked_up == {}, "going on asks anew"


# ---- what is only shown ----------------------------------------------------------------------------------


@pytest.fixture
def enquiry(items: tuple[Item, ...]) -> Item:
    """The insurance record, shown and printed, and nothing sent."""
    proof = next(item for item in items if item.id == "insurance_proof")
    kinds = ("situations", "enquire", "print_enquiry")
    flow = [step for step in proof.flow if step.kind in kinds]
    return proof.model_copy(update={"flow": tuple(flow), "fields": (), "parties": (), "materials": ()})


def shown(enquiry: Item, hall: Hall, card: ResidentCard) -> Session:
    session = verified(replace(hall, items=(enquiry,)), enquiry, card)
    while not isinstance(step(session), EnquireStep):
        looking = isinstance(step(session), LookUpStep)
        session = after(session, told(session) if looking else ev.Answered("self"))
    return session


def test_an_enquiry_ends_with_its_slip_and_nothing_is_sent(
    enquiry: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(shown(enquiry, hall, card), ev.Continue())
    assert isinstance(session.stage, Enquired)
    assert work_of(session, PATIENCE) == PrintEnquiry()
    assert after(session, ev.Continue()) == session, "the paper is still on its way"
    printed = after(session, ev.SlipEnded("printed"), ev.SlipMoved("taken"))
    assert isinstance(after(printed, ev.Continue()).stage, Thanks)


@pytest.mark.parametrize("from_age", [71, 72])
def test_the_slip_of_an_enquiry_is_in_large_print_from_the_age_of_the_hall(
    enquiry: Item, hall: Hall, card: ResidentCard, from_age: int
) -> None:
    session = after(shown(enquiry, replace(hall, large_print_from_age=from_age), card), ev.Continue())
    assert isinstance(session.stage, Enquired)
    assert session.stage.slip.large is (from_age == 71)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_slip_of_an_enquiry_is_information_and_claims_nothing(
    enquiry: Item, hall: Hall, card: ResidentCard, language: str
) -> None:
    session = after(shown(enquiry, hall, card), ev.Continue())
    assert isinstance(session.stage, Enquired)
    document = enquiry_document(session.stage.slip, "en" if language == "en" else "zh")
    assert isinstance(document[-1], Cut)
    words = " ".join(
        f"{block.label} {block.value}" if isinstance(block, Pair) else block.text
        for block in document
        if isinstance(block, Line | Pair | Notice)
    )
    assert ("不是证明" if language == "zh" else "no certificate") in words
    assert card.name not in words
    assert card.id_number not in words
    for claim in ("流水号", "申报号", "受理", "Filing", "serial"):
        assert claim not in words


def test_an_application_with_an_enquiry_prints_both_papers(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    proof = next(item for item in items if item.id == "insurance_proof")
    (*_, last) = walked(verified(hall, proof, card), None)
    outcome = after(last, KEPT).stage
    assert isinstance(outcome, Outcome)
    assert outcome.enquiry is not None
    assert outcome.enquiry.lines
    facts = record(last)["lookups"][0]["facts"]
    assert json.dumps(facts)


# ---- what no terminal can do yet --------------------------------------------------------------------------


def test_a_step_that_no_terminal_can_do_yet_is_said_before_the_card(certificate: Item, hall: Hall) -> None:
    paid = certificate.model_validate(
        {**certificate.model_dump(), "flow": [*certificate.model_dump()["flow"], {"kind": "pay"}]}
    )
    assert ability(paid, hall).obstacle is Obstacle.NOT_ON_THIS_TERMINAL_YET
    session = Session(MatterPage(paid), hall)
    assert advance(session, ev.Begin()) == session
    assert isinstance(advance(Session(MatterPage(certificate), hall), ev.Begin()).stage, AwaitingCard)
