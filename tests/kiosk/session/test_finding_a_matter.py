"""Looking for a matter before anybody is known: every way leads back, and nothing typed is told or kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.item import Item, Text
from devices.contracts.id_cards import ResidentCard
from kiosk.finding.browsing import KINDS, shelves
from kiosk.session import events as ev
from kiosk.session import stages as stg
from kiosk.session.finders import unfound
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.machine import advance
from kiosk.session.offering import afterwards
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.walk import after, answered, promoted, signed, verified
from tests.shipped import CATALOGUE, DISTRICT, finder

FINDER = finder()
WHOLE = Hall(
    terminal_id="LX-0001",
    name=Text(zh="厅", en="Hall"),
    phone="0571-00001000",
    items=CATALOGUE.items,
    today=TODAY,
    reach="online",
    reader_usable=True,
    printer_usable=True,
    district=DISTRICT,
    finder=FINDER,
)
KEPT = ev.Kept("0001-261121-0001", "platform", NOW)
NUMBER = "330199195503070024"

MATTERS = [item.id for item in CATALOGUE.items] + [each.id for each in DISTRICT.listings[:6]] + ["no_such"]
SHELVES = [shelf.id for kind in KINDS for shelf in shelves(kind, CATALOGUE.items, DISTRICT, {})] + ["no_such"]
WANDERING = st.one_of(
    st.just(ev.FindWanted()),
    st.builds(ev.QueryTyped, st.sampled_from(["身份证", "飞碟停泊", "", "sfz", NUMBER])),
    st.builds(ev.ShelvesWanted, st.sampled_from(KINDS)),
    st.builds(ev.ShelfChosen, st.sampled_from(SHELVES)),
    st.builds(ev.MatterChosen, st.sampled_from(MATTERS)),
    st.just(ev.PrintGuide()),
    st.just(ev.Begin()),
    st.just(ev.NoCard()),
    st.builds(ev.SlipEnded, st.sampled_from(["started", "printed", "not_printed", "unknown", "no_printer"])),
    st.just(ev.GuidesEnough()),
    st.builds(ev.LanguageChosen, st.sampled_from(["zh", "en"])),
    st.just(ev.Continue()),
    st.just(ev.TimeUp()),
    st.just(ev.Back()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WANDERING, max_size=25))
def test_wherever_somebody_wanders_back_leads_to_welcome(wandering: list[ev.Event]) -> None:
    session = after(promoted(WHOLE), *wandering)
    for _ in range(4):
        if isinstance(session.stage, stg.GuidePage) and session.stage.slip_state in {"waiting", "started"}:
            assert after(session, ev.Back()) == session  # the paper first
            session = after(session, ev.SlipEnded("printed"))
        session = after(session, ev.Back())
    assert session.stage == stg.Welcome()
    assert not session.card_read


@settings(max_examples=100, deadline=None)
@given(st.lists(WANDERING, max_size=15), st.text(min_size=1, max_size=12).filter(lambda words: words.strip()))
def test_what_was_typed_is_in_no_exception(wandering: list[ev.Event], words: str) -> None:
    typed = ev.QueryTyped(f"〔{words}〕")
    session = after(promoted(WHOLE), *wandering, ev.FindWanted(), typed)
    for told in (repr(session.stage), repr(typed), repr(after(session, ev.MatterChosen(MATTERS[0])).stage)):
        assert f"〔{words}〕" not in told


def test_nothing_typed_is_there_for_the_next_person() -> None:
    session = after(promoted(WHOLE), ev.FindWanted(), ev.QueryTyped("身份证"), ev.Back())
    assert session.stage == stg.Welcome()
    assert after(session, ev.FindWanted()).stage == stg.FindPage()


def test_whoever_comes_back_from_a_matter_finds_what_they_had_typed() -> None:
    at_guide = after(
        promoted(WHOLE), ev.FindWanted(), ev.QueryTyped("结婚"), ev.MatterChosen("marriage_registration")
    )
    assert isinstance(at_guide.stage, stg.GuidePage)
    assert after(at_guide, ev.Back()).stage == stg.FindPage("结婚")
    assert after(at_guide, ev.Back(), ev.Back()).stage == stg.Welcome()


def test_a_member_of_a_joint_matter_and_an_unknown_id_open_no_page() -> None:
    member = next(item for item in CATALOGUE.items if item.only_in_joint)
    for matter in (member.id, "no_such"):
        assert after(promoted(WHOLE), ev.MatterChosen(matter)).stage == stg.Welcome()


def test_a_guide_that_did_not_come_out_can_be_printed_again_and_one_that_did_cannot() -> None:
    at_guide = after(promoted(WHOLE), ev.MatterChosen("marriage_registration"), ev.PrintGuide())
    for state, again in (("not_printed", True), ("unknown", True), ("no_printer", True), ("printed", False)):
        ended = after(at_guide, ev.SlipEnded("started"), ev.SlipEnded(state))  # type: ignore[arg-type]
        assert (after(ended, ev.PrintGuide()) != ended) is again
    enough = after(at_guide, ev.GuidesEnough())
    assert after(enough, ev.PrintGuide()) == enough


def test_whoever_has_no_card_is_told_the_counter_and_goes_back_to_the_reader() -> None:
    at_reader = after(promoted(WHOLE), ev.MatterChosen("elder_card"), ev.Begin())
    told = after(at_reader, ev.NoCard())
    assert isinstance(told.stage, stg.GuidePage)
    assert told.stage.why is Obstacle.NO_CARD
    assert after(told, ev.Back()).stage == at_reader.stage
    printed = after(told, ev.PrintGuide(), ev.SlipEnded("started"), ev.SlipEnded("printed"))
    assert after(printed, ev.Leave()).stage == stg.Ended("left")


def test_a_matter_that_cannot_be_done_now_is_printed_with_the_reason_and_one_that_can_is_begun() -> None:
    offline = replace(WHOLE, reach="offline")
    deadline = next(item for item in CATALOGUE.items if item.offline.policy == "forbidden")
    page = after(promoted(offline), ev.MatterChosen(deadline.id))
    printing = after(page, ev.PrintGuide()).stage
    assert isinstance(printing, stg.GuidePage)
    assert (printing.why, printing.slip_state) == (Obstacle.OFFLINE_FORBIDDEN, "waiting")
    assert printing.found_in == page.stage
    possible = after(promoted(WHOLE), ev.MatterChosen(deadline.id))
    assert after(possible, ev.PrintGuide()) == possible


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("飞碟停泊", "飞碟停泊"),
        ("  飞碟   停泊 ", "飞碟 停泊"),
        ("身份证", None),
        (NUMBER, None),
        ("飞碟3", None),
        ("飞", None),
        ("飞" * 21, None),
        ("", None),
    ],
)
def test_only_words_that_found_nothing_and_hold_no_digit_are_counted(typed: str, counted: str | None) -> None:
    assert unfound(typed, WHOLE) == counted


def test_without_an_index_nothing_is_said_to_be_missing() -> None:
    assert unfound("飞碟停泊", replace(WHOLE, finder=None)) is None


# ---- what a person could do, too --------------------------------------------------------------------------


def test_who_is_old_enough_is_offered_the_card_for_it_on_the_last_page_and_no_sooner(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    session = signed(answered(verified(hall, certificate, card)))
    assert "elder_card" not in repr(session.stage)
    session = after(session, KEPT)
    for event in (ev.SlipEnded("printed"), ev.Continue()):
        session = advance(session, event)
        assert not isinstance(session.stage, stg.Thanks)
    session = after(session, ev.Rated(5))
    assert isinstance(session.stage, stg.Thanks)
    assert [offer.item for offer in session.stage.offers] == ["elder_card"]
    assert not any(offer.aloud for offer in session.stage.offers)
    assert "elder_card" not in repr(session.stage)


def test_nobody_is_offered_what_they_have_just_done_or_are_too_young_for(
    items: tuple[Item, ...], certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    elder = next(item for item in items if item.id == "elder_card")
    young = replace(card, birth=date(1990, 1, 1))
    child = replace(card, birth=date(2020, 1, 1))
    run_out = replace(card, valid_to=date(2026, 11, 20), long_term=False)
    assert afterwards(stg.Journey(elder, card), hall) == ()
    assert afterwards(stg.Journey(certificate, young), hall) == ()
    assert afterwards(stg.Journey(certificate, child, under_14=True), hall) == ()
    assert afterwards(stg.Journey(certificate, run_out), hall) == ()
    assert afterwards(stg.Journey(certificate, replace(card, birth=None)), hall) == ()
    assert [offer.item for offer in afterwards(stg.Journey(certificate, card), hall)] == ["elder_card"]


def test_what_cannot_be_done_here_now_is_not_offered(
    certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    assert afterwards(stg.Journey(certificate, card), replace(hall, reader_usable=False)) == ()


def test_an_offer_says_no_age(hall: Hall, certificate: Item, card: ResidentCard) -> None:
    for birth in (date(1966, 1, 1), date(1955, 3, 7), date(1930, 1, 1)):
        for offer in afterwards(stg.Journey(certificate, replace(card, birth=birth)), hall):
            assert not any(letter.isdigit() for letter in offer.reason.zh + offer.reason.en)


def test_an_enquiry_ends_with_the_offer_too(items: tuple[Item, ...], hall: Hall, card: ResidentCard) -> None:
    offer = afterwards(stg.Journey(items[0], card), hall)
    slip = stg.Enquired(items[0], None, "printed", offers=offer)  # type: ignore[arg-type]  # its slip is not looked at
    ended = after(replace(promoted(hall), stage=slip), ev.Continue())
    assert ended.stage == stg.Thanks(offer)
