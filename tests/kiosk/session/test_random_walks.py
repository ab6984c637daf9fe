"""Random matters walked by random people: it always ends, nothing is lost or leaks, what is sent is valid."""

from __future__ import annotations

import json
import typing
from collections import Counter
from dataclasses import replace

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import ValidationError

from config.item import Item, Question
from config.item_conditions import AllOf, AnyOf, Equals, NoneOf
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.journey import Told
from kiosk.session.known import known
from kiosk.session.machine import advance
from kiosk.session.stages import InJourney, ReviewStep, Sending, Session, Step, WindowStep
from tests import shipped
from tests.kiosk.session.conftest import TODAY
from tests.kiosk.session.random_matters import Drawn, matters
from tests.kiosk.session.random_people import Advance, Walk, begun, onward, people
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import verified
from tests.kiosk.session.walk_checks import (
    Memory,
    check_facts,
    check_sent,
    check_step,
    check_submission,
    declared,
    met,
    submission,
)

LONG = hypothesis.settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
SHORT = hypothesis.settings(LONG, derandomize=True, phases=[hypothesis.Phase.generate])
"""The same walks every time: a short run that fails can be run again. Shrinking takes up to five minutes."""

KINDS = frozenset(
    {
        *(step.__name__ for step in typing.get_args(Step)),
        *(
            f"question {typing.get_args(kind.model_fields['kind'].annotation)[0]}"
            for kind in typing.get_args(typing.get_args(Question)[0])
        ),
        *(form.__name__ for form in (Equals, AllOf, AnyOf, NoneOf)),
        *(
            "lookup Told",
            "lookup Missing",
            "party Present",
            "party Awaited",
            "member done",
            "member left out",
        ),
        *("dead end", "hidden answer", "Sending", "Enquired", "MatterPage", "UnderFourteen"),
    }
)
"""Everything that a run of walks has to meet to say anything."""


def whole(item: Item, hall: Hall, card: ResidentCard, data: st.DataObject, seen: Counter[str]) -> None:
    """One person's whole way through one matter."""
    those = replace(people(hall, card), bring_others=data.draw(st.booleans(), label="bring others"))
    walk = Walk(begun(item, those, data), those, Memory(), seen)
    seen.update(declared(item))
    hypothesis.note(item.model_dump_json(exclude_defaults=True))
    seen.update(met(walk.session))
    if data.draw(st.booleans(), label="to the check page first"):
        walk.straight_on(ReviewStep)
        walk.change_a_choice(data)
    walk.wander(data)
    walk.straight_on()
    if isinstance(walk.session.stage, InJourney):
        assert isinstance(walk.session.stage.step, WindowStep), walk.session.stage.step
    elif isinstance(walk.session.stage, Sending):
        check_sent(walk.session, walk.memory)


def test_any_matter_ends_and_sends_what_was_said(hall: Hall, card: ResidentCard) -> None:
    seen: Counter[str] = Counter()

    @hypothesis.settings(SHORT, max_examples=150)
    @given(drawn=matters(), data=st.data())
    def walks(drawn: Drawn, data: st.DataObject) -> None:
        whole(drawn.item, hall, card, data, seen)

    walks()
    assert set(seen) >= KINDS


@pytest.mark.long
@pytest.mark.timeout(900)
def test_many_more_matters_end_and_send_what_was_said(hall: Hall, card: ResidentCard) -> None:
    @hypothesis.settings(LONG, max_examples=3000)
    @given(drawn=matters(), data=st.data())
    def walks(drawn: Drawn, data: st.DataObject) -> None:
        whole(drawn.item, hall, card, data, Counter())

    walks()


OFFERED = {item.id: item for item in shipped.ITEMS if not item.only_in_joint}


@pytest.mark.parametrize("name", OFFERED)
def test_any_shipped_matter_ends_and_sends_what_was_said(hall: Hall, card: ResidentCard, name: str) -> None:
    @hypothesis.settings(SHORT, max_examples=4)
    @given(data=st.data())
    def walks(data: st.DataObject) -> None:
        whole(OFFERED[name], hall, card, data, Counter())

    walks()


# ---- weakened variants: each check catches the mistake it is there for -------------------------------------


def forgets(session: Session, event: ev.Event) -> Session:
    """Weakened: back throws an answer away."""
    now = advance(session, event)
    if isinstance(event, ev.Back) and isinstance(now.stage, InJourney) and now.stage.journey.answers:
        kept = dict(list(now.stage.journey.answers.items())[:-1])
        return replace(now, stage=replace(now.stage, journey=replace(now.stage.journey, answers=kept)))
    return now


def stands_still(session: Session, event: ev.Event) -> Session:
    """Weakened: the check page never lets anybody go."""
    at_review = isinstance(session.stage, InJourney) and isinstance(session.stage.step, ReviewStep)
    return session if at_review else advance(session, event)


def walk(item: Item, hall: Hall, card: ResidentCard, step: Advance = advance) -> Walk:
    """Straight to the end."""
    made = Walk(verified(hall, item, card), people(hall, card), Memory(), Counter(), step)
    made.straight_on()
    return made


@pytest.fixture
def utilities() -> Item:
    return OFFERED["utility_transfer"]


def test_a_machine_that_loses_an_answer_on_the_way_back_is_caught(
    utilities: Item, hall: Hall, card: ResidentCard
) -> None:
    memory = Memory()
    session = verified(hall, utilities, card)
    while not isinstance(session.stage, InJourney) or len(session.stage.journey.answers) < 2:
        event = onward(session.stage, people(hall, card), memory)
        assert event is not None
        moved = forgets(session, event)
        check_step(session, event, moved, memory)
        session = moved
    with pytest.raises(AssertionError, match="only an answer changes answers"):
        check_step(session, ev.Back(), forgets(session, ev.Back()), memory)


def test_a_machine_that_never_ends_is_caught(utilities: Item, hall: Hall, card: ResidentCard) -> None:
    with pytest.raises(AssertionError, match="does not end"):
        walk(utilities, hall, card, stands_still)


def test_facts_told_for_another_answer_are_caught(utilities: Item, hall: Hall, card: ResidentCard) -> None:
    session = walk(utilities, hall, card).session
    assert isinstance(session.stage, Sending)
    journey = session.stage.journey
    now = known(journey, TODAY)
    name, found = next(
        (name, found) for name, found in journey.looked_up.items() if isinstance(found, Told) and found.sent
    )
    assert isinstance(found, Told)
    stale = replace(found, sent=dict.fromkeys(found.sent, "another"))
    weakened = replace(journey, looked_up={**journey.looked_up, name: stale})
    assert known(weakened, TODAY).facts != now.facts, "the machine itself drops them"
    with pytest.raises(AssertionError, match="a stale fact"):
        check_facts(weakened, now)


def test_a_submission_with_too_much_or_too_little_is_caught(hall: Hall, card: ResidentCard) -> None:
    certificate = OFFERED["no_criminal_record_certificate"]
    session = walk(certificate, hall, card).session
    assert isinstance(session.stage, Sending)
    whole_one = submission(session.stage.journey, record(session))
    check_submission(certificate, whole_one)
    hidden = {**whole_one["answers"], "current_address": "qz1zq", "accepted_at": "registered_place"}
    fewer = dict(list(whole_one["answers"].items())[:-1])
    dead = next(
        (asked.id, option.value)
        for asked in certificate.situations
        for option in asked.options
        if option.window is not None
    )
    for answers in (hidden, fewer, {**whole_one["answers"], dead[0]: dead[1]}):
        with pytest.raises(ValidationError):
            check_submission(certificate, {**whole_one, "answers": answers})


def test_a_hidden_answer_in_a_record_is_caught(hall: Hall, card: ResidentCard) -> None:
    certificate = OFFERED["no_criminal_record_certificate"]
    done = walk(certificate, hall, card)
    session, memory = done.session, done.memory
    check_sent(session, memory)
    text = json.dumps(record(session), ensure_ascii=False)
    memory.said["hidden"] = "qz99999zq"
    assert "qz99999zq" not in text
    assert isinstance(session.stage, Sending)
    journey = session.stage.journey
    leaking = replace(journey, card=replace(card, address=f"{card.address} qz99999zq"))
    with pytest.raises(AssertionError, match="hidden answer"):
        check_sent(replace(session, stage=replace(session.stage, journey=leaking)), memory)
