"""Children and guardians, the level of liveness a matter needs, failures that are counted, and papers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from central_platform.parts import PART_LIMIT
from config.item import Item
from devices.contracts.id_cards import ResidentCard
from devices.contracts.liveness import Finding, LivenessLevel, LivenessVerdict
from devices.contracts.pages import Page, Paper
from devices.pages.judging import page_of
from devices.simulators.paper import Sheet, render
from devices.simulators.paper_photo import Scene, Table, photograph
from kiosk.messages import MOST_CHUNKS, SEALED_CHUNK
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.capturing import MOST_BYTES
from kiosk.session.card_facts import age_on
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall, Obstacle, Reservation
from kiosk.session.record import Provenance, record_bytes, sent_pages
from kiosk.session.stages import (
    Ended,
    GuardianStep,
    GuardianTrouble,
    InJourney,
    QuestionStep,
    ReviewStep,
    Sending,
    Session,
    UnderFourteen,
    WindowStep,
)
from kiosk.session.verification import (
    ConsentStep,
    FaceEvidence,
    FaceStep,
    FaceTrouble,
    Way,
)
from kiosk.session.verifying import may_look_again
from kiosk.session.ways import open_now, other_ways, ways
from offline_queue.arriving import ENVELOPE_LIMIT
from offline_queue.contract_files import read
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.test_record import named
from tests.kiosk.session.walk import after, answered, nobody_knew, signed, step_of, verified, with_card

ORIGIN = Provenance("LX-0001", "330199", "0001-261121-0001", "platform", "online", NOW, "ab" * 32, "12")
A_PAGE = Page(b"\xff\xd8 a page \xff\xd9", 1654, 2339, 200)
LIVE = LivenessVerdict("five-points/1", LivenessLevel.BASIC, Finding.LIVE)
EVIDENCE = FaceEvidence(0.31234567, 0.45, "2026-1 2026-11-20", LIVE)


@pytest.fixture
def child(card: ResidentCard) -> ResidentCard:
    return replace(card, name="沈小满", birth=date(2017, 5, 20), id_number="33019920170520012X")


def step(session: Session) -> Any:
    assert isinstance(session.stage, InJourney)
    return session.stage.step


def record(session: Session) -> dict[str, Any]:
    assert isinstance(session.stage, Sending)
    return read("record", record_bytes(session.stage, ORIGIN, TODAY, named(session.stage)))


# ---- children --------------------------------------------------------------------------------------------


def test_fourteen_begins_on_the_fourteenth_birthday() -> None:
    born = date(2012, 2, 29)
    assert [age_on(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [13, 14]


def test_where_the_window_is_the_way_a_child_is_told_at_once_and_nothing_of_the_card_is_kept(
    endorsement: Item, hall: Hall, child: ResidentCard
) -> None:
    session = with_card(hall, endorsement, child)
    assert session.stage == UnderFourteen(endorsement)
    assert after(session, ev.Continue()).stage == Ended("left")


def test_no_face_of_a_child_is_ever_looked_at_and_a_guardians_card_is_asked_for(
    certificate: Item, hall: Hall, child: ResidentCard, card: ResidentCard
) -> None:
    session = with_card(hall, certificate, child)
    assert step(session) == GuardianStep()
    for touch in (ev.FaceAgreed(NOW), ev.Continue(), ev.FingerprintAgreed(NOW), ev.FaceMatched()):
        assert after(session, touch).stage == session.stage
    session = after(session, ev.CardRead(card))
    assert step(session) == ConsentStep()
    assert isinstance(session.stage, InJourney)
    assert session.stage.journey.holder == card
    back = after(session, ev.Back())
    assert step(back) == GuardianStep()
    assert isinstance(back.stage, InJourney)
    assert back.stage.journey.guardian is None


def test_a_card_that_is_no_guardians_is_said_and_the_next_one_may_be(
    certificate: Item, hall: Hall, child: ResidentCard, card: ResidentCard, expired: ResidentCard
) -> None:
    session = with_card(hall, certificate, child)
    sister = replace(card, birth=date(2010, 1, 1), id_number="330199201001010026")
    for laid, trouble in (
        (child, GuardianTrouble.CHILDS_OWN),
        (sister, GuardianTrouble.UNDER_AGE),
        (expired, GuardianTrouble.EXPIRED),
    ):
        session = after(session, ev.CardRead(laid))
        assert step(session) == GuardianStep(trouble)
    assert step(after(session, ev.CardRead(card))) == ConsentStep()


def test_the_record_names_child_and_guardian_and_who_was_verified_and_signed(
    certificate: Item, hall: Hall, child: ResidentCard, card: ResidentCard
) -> None:
    session = after(
        with_card(hall, certificate, child), ev.CardRead(card), ev.FaceAgreed(NOW),
        ev.FaceMatched("2026-1", EVIDENCE), ev.TimeUp(),
    )  # fmt: skip
    review = answered(session)
    assert isinstance(review.stage, InJourney)
    lines = {line.label: line.value for line in form_lines(review.stage.journey, "zh", TODAY)}
    assert lines["监护人姓名"] == card.name
    sent = record(signed(review))
    applicant, guardian = sent["parties"]
    assert (applicant["role"], applicant["name"], applicant["mobile"]) == ("applicant", "沈小满", None)
    assert (guardian["role"], guardian["id_number"]) == ("guardian", card.id_number)
    assert guardian["mobile"] is not None
    assert guardian["authority"] == {"basis": "guardianship", "material_id": None}
    assert sent["verified_party"] == 1
    assert sent["signatures"][0]["party"] == 1
    assert sent["card"]["name"] == "沈小满"


# ---- liveness --------------------------------------------------------------------------------------------


def test_the_record_says_who_judged_and_by_which_numbers_and_holds_no_picture(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(
        with_card(hall, certificate, card),
        ev.FaceAgreed(NOW),
        ev.FaceMatched("2026-1", EVIDENCE),
        ev.TimeUp(),
    )
    assert record(signed(answered(session)))["face_check"] == {
        "distance": 0.3123,
        "threshold": 0.45,
        "calibration": "2026-1 2026-11-20",
        "liveness": {"module": "five-points/1", "assurance_level": "basic", "verdict": "live"},
    }


def test_a_matter_that_needs_a_certified_module_says_before_the_card_that_there_is_another_way(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    surer = certificate.model_copy(update={"liveness": "certified"})
    poor = replace(hall, items=(surer,))
    assert ability(surer, poor).reservations == (Reservation.OTHER_WAY_THAN_FACE,)
    session = with_card(poor, surer, card)
    assert isinstance(session.stage, InJourney)
    assert ways(session.stage.journey, poor) == (Way.GUIDE,)
    assert after(session, ev.FaceAgreed(NOW)).stage == session.stage
    rich = replace(poor, liveness_module=LivenessLevel.CERTIFIED, camera_usable=False)
    assert ability(surer, rich).reservations == ()
    assert open_now(Way.FACE, session.stage.journey, rich)


def test_a_matter_that_needs_papers_is_not_begun_without_a_document_camera(
    endorsement: Item, hall: Hall
) -> None:
    blind = replace(hall, page_camera_usable=False)
    assert Reservation.BRING_PAPERS in ability(endorsement, blind).reservations
    always = tuple(
        asked.model_copy(update={"relevant": None}) if asked.kind == "capture" else asked
        for asked in endorsement.fields
    )
    needed = endorsement.model_copy(update={"fields": always})
    assert ability(needed, blind).obstacle is Obstacle.NO_DOCUMENT_CAMERA
    assert ability(needed, hall).obstacle is None


# ---- failures --------------------------------------------------------------------------------------------


def test_three_failures_of_any_kind_end_with_the_other_ways_and_a_new_card_gives_no_fourth(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = after(with_card(hall, certificate, card), ev.FaceAgreed(NOW))
    troubles = (FaceTrouble.NOT_LIVE, FaceTrouble.CAMERA_FAILED, FaceTrouble.NOT_RECOGNISED)
    for trouble in troubles:
        session = after(session, ev.TryAgain(), ev.FaceFailed(trouble))
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, FaceStep)
    assert not may_look_again(session.stage.journey, session.stage.step)
    assert other_ways(Way.FACE, session.stage.journey, hall) == (Way.GUIDE,)
    assert after(session, ev.TryAgain()).stage == session.stage
    anew = after(session, ev.Back(), ev.Back(), ev.Begin(), ev.CardRead(card))
    assert step_of(anew, ConsentStep)
    assert after(anew, ev.FaceAgreed(NOW)).stage == anew.stage


# ---- papers ----------------------------------------------------------------------------------------------

PAPERS = "housing_pages"


@pytest.fixture
def at_papers(endorsement: Item, hall: Hall, card: ResidentCard) -> Session:
    return papers_reached(endorsement, hall, card)


def papers_reached(matter: Item, hall: Hall, card: ResidentCard) -> Session:
    """At the question that papers answer."""
    session = verified(hall, matter, card)
    while step(session).question_id != PAPERS:
        asked = step(session).question_id
        chosen = {"ground": "rented_home", "housing_proof": "brought"}.get(asked)
        session = _next(session, chosen)
    return session


def _next(session: Session, chosen: str | None) -> Session:
    """The first answer of these that leads to another question."""
    for value in [chosen] if chosen else ["self", "unchanged", "granted", "none", "测试路1号", "13900000000"]:
        moved = nobody_knew(after(session, ev.Answered(value)))
        if step_of(moved, QuestionStep) and step(moved).question_id != step(session).question_id:
            return moved
    raise AssertionError(step(session))


def pages(session: Session) -> tuple[Page, ...]:
    assert isinstance(session.stage, InJourney)
    return session.stage.journey.pages.get(PAPERS, ())


def test_pages_are_taken_looked_at_taken_anew_removed_and_sent_with_their_hashes(at_papers: Session) -> None:
    other = replace(A_PAGE, jpeg=b"\xff\xd8 another \xff\xd9")
    assert after(at_papers, ev.PagesDone()).stage == at_papers.stage, "no page, no answer"
    session = after(at_papers, ev.PageTaken(PAPERS, A_PAGE), ev.PageTaken(PAPERS, A_PAGE))
    session = after(session, ev.PageOpened(1))
    assert pages(after(session, ev.PageTaken(PAPERS, other))) == (A_PAGE, A_PAGE), "an old page is looked at"
    session = after(session, ev.RetakePage(), ev.PageTaken(PAPERS, other))
    assert pages(session) == (A_PAGE, other)
    session = after(session, ev.PageOpened(0), ev.DropPage())
    assert pages(session) == (other,)
    session = after(session, ev.PagesDone(), ev.Answered("13900000000"))
    assert step(session) == ReviewStep()
    sent = record(signed(session))
    (material,) = (each for each in sent["materials"] if each["id"] == "housing_papers")
    (page,) = material["pages"]
    assert material["trust"] == "C"
    assert page["sha256"] == hashlib.sha256(other.jpeg).hexdigest()
    assert page["part"] == page["sha256"][::-1]
    assert "jpeg_base64" not in page
    (answer,) = (each for each in sent["answers"] if each["id"] == PAPERS)
    assert (answer["value"], answer["source"]) == ("1", "captured")


def test_no_more_pages_are_taken_than_a_terminal_takes_with_their_record(at_papers: Session) -> None:
    large = replace(A_PAGE, jpeg=bytes(MOST_BYTES - 100))
    session = after(at_papers, ev.PageTaken(PAPERS, large), ev.PageTaken(PAPERS, large))
    assert pages(session) == (large,)
    assert step(session).problem == "pages_full"
    session = after(session, ev.PagesDone(), ev.Answered("13900000000"))
    sending = signed(session).stage
    assert isinstance(sending, Sending)
    plain = [
        record_bytes(sending, ORIGIN, TODAY, named(sending)),
        *sent_pages(sending.journey, TODAY).values(),
    ]
    sealed = [len(each) * 4 / 3 + 4096 for each in plain]
    assert sealed[0] < ENVELOPE_LIMIT
    assert sum(-(-each // SEALED_CHUNK) for each in sealed) < MOST_CHUNKS
    assert max(sealed[1:]) < PART_LIMIT


@pytest.fixture
def sides() -> tuple[Page, Page]:
    """Front and back of a card, as the document camera gives them."""
    scene = Scene(Table.DARK, size=(480, 640), px_per_mm=3.6, noise=2.0)
    taken = [
        page_of(photograph(render(sheet), scene).picture, Paper.ID_1, 400_000)
        for sheet in (Sheet.CARD_FRONT, Sheet.CARD_BACK)
    ]
    front, back = (page for page in taken if isinstance(page, Page))
    return front, back


def test_both_sides_of_a_card_are_looked_at_one_by_one_and_sent_on_one_page(
    endorsement: Item, hall: Hall, card: ResidentCard, sides: tuple[Page, Page]
) -> None:
    of_card = tuple(
        asked.model_copy(update={"paper": "id_1", "most_pages": 2}) if asked.kind == "capture" else asked
        for asked in endorsement.fields
    )
    matter = endorsement.model_copy(update={"fields": of_card})
    session = papers_reached(matter, replace(hall, items=(matter,)), card)
    session = after(session, ev.PageTaken(PAPERS, sides[0]))
    assert after(session, ev.PagesDone()).stage == session.stage, "one side is no card"
    session = after(session, ev.PageTaken(PAPERS, sides[1]))
    assert pages(session) == sides, "each side can still be taken anew"
    session = after(session, ev.PagesDone(), ev.Answered("13900000000"))
    assert step(session) == ReviewStep()
    assert isinstance(session.stage, InJourney)
    lines = {line.id: line.value for line in form_lines(session.stage.journey, "zh", TODAY)}
    assert lines[PAPERS] == "正反两面，合在一页上"
    sent = record(signed(session))
    (material,) = (each for each in sent["materials"] if each["id"] == "housing_papers")
    (page,) = material["pages"]
    assert (page["width_px"], page["height_px"], page["dpi"]) == (1654, 2339, 200), "A4"
    sending = signed(session).stage
    assert isinstance(sending, Sending)
    jpeg = sent_pages(sending.journey, TODAY)[page["sha256"]]
    assert len(jpeg) < sum(len(side.jpeg) for side in sides) + 40_000
    (answer,) = (each for each in sent["answers"] if each["id"] == PAPERS)
    assert answer["value"] == "1"


def test_a_document_camera_that_fails_leaves_another_try_and_the_window(at_papers: Session) -> None:
    session = after(at_papers, ev.PageCameraFailed(PAPERS))
    assert step(session).problem == "page_camera_failed"
    assert step(after(session, ev.TryAgain())).problem is None
    assert step_of(after(session, ev.BringInstead()), WindowStep)
    assert step(after(session, ev.BringInstead(), ev.Back())) == QuestionStep(PAPERS)
