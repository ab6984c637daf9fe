"""How far somebody's applications are, on the way from the question to the slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from config.settings import PatienceSettings
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.case_words import STATE, read_case
from kiosk.session.enquiring import enquiry_cases
from kiosk.session.facts import fitting, unfit
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.stages import Enquired, EnquireStep, InJourney, LookUpStep, Session, Thanks
from kiosk.session.work import PrintEnquiry, work_of
from printing.document import Line, Pair
from printing.enquiry import enquiry_document
from printing.wording import Language
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.walk import after, verified

PATIENCE = PatienceSettings(idle_warning_s=60, idle_grace_s=20, card_s=60, done_s=10, delivery_s=1)
RETURNED = "returned 33019900-20261121-000121 2026-11-21 elder_card 老年人优待证申领"
ELSEWHERE = "in_progress 33010600-20261101-000007 2026-11-01 a_matter_of_another_hall 渔业捕捞许可证核发"


@pytest.fixture
def progress(items: tuple[Item, ...]) -> Item:
    """The shipped matter that shows how far applications are."""
    facts = {item.id: [fact.kind for each in item.lookups for fact in each.facts] for item in items}
    return next(item for item in items if "case" in facts[item.id])


@pytest.fixture
def asking(progress: Item, hall: Hall, card: ResidentCard) -> Session:
    return verified(hall, progress, card)


def shown(session: Session, *told: str) -> InJourney:
    """The screen on which these cases stand."""
    (lookup,) = journey_of(session).journey.item.lookups
    facts = {f"case_{number}": each for number, each in enumerate(told, 1)}
    stage = after(session, ev.LookupTold(lookup.id, facts, NOW)).stage
    assert isinstance(stage, InJourney)
    assert isinstance(stage.step, EnquireStep)
    return stage


def journey_of(session: Session) -> InJourney:
    assert isinstance(session.stage, InJourney)
    return session.stage


def test_nothing_is_asked_between_the_face_and_the_answer(asking: Session) -> None:
    assert isinstance(journey_of(asking).step, LookUpStep)
    assert journey_of(asking).journey.item.questions == ()


def test_a_matter_of_this_hall_has_its_plain_name_and_its_telephone_and_another_its_own(
    asking: Session, items: tuple[Item, ...], hall: Hall
) -> None:
    journey = shown(asking, RETURNED, ELSEWHERE).journey
    (lookup,) = journey.item.lookups
    elder = next(item for item in items if item.id == "elder_card")
    for language in ("zh", "en"):
        first, second = enquiry_cases(journey, lookup.id, language, hall)
        assert first.title == elder.title(language)
        assert first.filing_no == "33019900-20261121-000121"
        assert elder.office.phone in first.state
        assert second.title == "渔业捕捞许可证核发"
        assert second.state == STATE["in_progress"](language)


def test_it_ends_with_a_slip_and_nothing_is_sent(asking: Session) -> None:
    stage = shown(asking, RETURNED)
    session = after(replace(asking, stage=stage), ev.Continue())
    assert isinstance(session.stage, Enquired)
    assert work_of(session, PATIENCE) == PrintEnquiry()
    printed = after(session, ev.SlipEnded("printed"), ev.SlipMoved("taken"), ev.Continue())
    assert isinstance(printed.stage, Thanks)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("large", [False, True])
def test_the_slip_says_of_each_its_matter_its_step_its_number_and_its_day(
    asking: Session, card: ResidentCard, language: Language, *, large: bool
) -> None:
    stage = after(replace(asking, stage=shown(asking, RETURNED, ELSEWHERE)), ev.Continue()).stage
    assert isinstance(stage, Enquired)
    document = enquiry_document(replace(stage.slip, large=large), language)
    said = [
        block.text if isinstance(block, Line) else block.value
        for block in document
        if isinstance(block, Line | Pair)
    ]
    day = "2026-11-01" if language == "en" else "2026年11月1日"
    at = said.index("渔业捕捞许可证核发")
    assert said[at + 1 : at + 4] == [STATE["in_progress"](language), "33010600-20261101-000007", day]
    assert card.name not in said
    labels = [block.label for block in document if isinstance(block, Pair)]
    both = [label for label in labels if "申报号" in label and "Filing" in label]
    assert bool(both) is not large


def test_whoever_has_none_reaches_the_screen_that_says_so_and_no_slip(asking: Session) -> None:
    (lookup,) = journey_of(asking).journey.item.lookups
    nobody = after(asking, ev.LookupMissing(lookup.id, "nobody_knows"))
    assert isinstance(journey_of(nobody).step, EnquireStep)
    assert lookup.no_record is not None
    assert isinstance(after(nobody, ev.Continue()).stage, Thanks)


def test_without_a_network_it_is_said_before_the_card(progress: Item, hall: Hall) -> None:
    assert ability(progress, replace(hall, reach="offline")).obstacle is Obstacle.OFFLINE_FORBIDDEN


@pytest.mark.parametrize(
    "told",
    [
        "granted 33019900-20261121-000121 2026-11-21 elder_card 老年人优待证申领",
        "accepted 33019900-20261121-000121 2026-02-30 elder_card 老年人优待证申领",
        "accepted 33019900-20261121-000121 2026-11-21 elder_card",
        "accepted 33019900-20261121-000121 2026-11-21 elder_card  ",
        "accepted  2026-11-21 elder_card 老年人优待证申领",
        "accepted 33019900-20261121-000121 2026-11-21 elder_card 老年人\u202e优待证",
        "accepted 33019900-20261121-000121 2026-11-21 elder_card " + "过" * 200,
        "",
    ],
)
def test_what_has_another_form_or_an_unknown_state_is_not_told(progress: Item, told: str) -> None:
    (lookup,) = progress.lookups
    assert fitting(lookup, {"case_1": told}) == {}
    assert list(unfit(lookup, {"case_1": told})) == ["case_1"]


def test_what_fits_is_read_whole(progress: Item) -> None:
    (lookup,) = progress.lookups
    assert fitting(lookup, {"case_1": RETURNED}) == {"case_1": RETURNED}
    case = read_case(RETURNED)
    assert case is not None
    assert (case.state, case.item, case.official_name) == ("returned", "elder_card", "老年人优待证申领")


def test_no_words_of_a_state_tell_how_it_was_decided() -> None:
    words = " ".join(f"{text.zh} {text.en}" for text in STATE.values())
    for outcome in ("准予", "同意", "通过", "拒绝", "驳回", "granted", "refused", "approved", "rejected"):
        assert outcome not in words.lower()
