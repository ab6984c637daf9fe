"""Random matters walked by random people: it always ends, nothing is lost or leaks, what is sent is valid."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from config.answers_schema import answers_schema
from config.item import Choice, Item, Lookup, NumberQuestion, Question
from config.items import SHIPPED, load_items
from devices.contracts import IdCard, ResidentCard
from kiosk.session import events as ev
from kiosk.session.card_facts import kind_of
from kiosk.session.hall import Hall
from kiosk.session.journey import Journey, Told
from kiosk.session.known import Known, known, lookup_of, question
from kiosk.session.machine import advance
from kiosk.session.stages import (
    Enquired,
    EnquireStep,
    InJourney,
    LookUpStep,
    PartyStep,
    QuestionStep,
    ReviewStep,
    Sending,
    Session,
    SignStep,
    Thanks,
    WindowStep,
)
from kiosk.session.verification import ConsentStep, FaceStep
from tests.kiosk.session.conftest import NOW, TODAY
from tests.kiosk.session.random_matters import matters
from tests.kiosk.session.test_record import record
from tests.kiosk.session.walk import STROKES, some_value, verified, way_on

LONG = hypothesis.settings(deadline=None, suppress_health_check=list(HealthCheck))
SHORT = hypothesis.settings(LONG, derandomize=True)
"""The same walks every time: a short run that fails can be run again."""

STEPS = 30
MOST_STEPS = 400
Advance = Callable[[Session, ev.Event], Session]


@dataclass
class Memory:
    """What this person has said and been told, kept beside the machine."""

    said: dict[str, str] = field(default_factory=dict)
    typed: int = 0

    def word(self) -> str:
        """Something nobody else has typed."""
        self.typed += 1
        return f"qz{self.typed:05}zq"


# ---- what must hold after every event ---------------------------------------------------------------------


def check_step(before: Session, event: ev.Event, now: Session, memory: Memory) -> None:
    """Nothing that was said is lost or changed but by its own answer; nothing that was told is stale."""
    if not isinstance(before.stage, InJourney) or not isinstance(now.stage, InJourney):
        return
    old, new = before.stage.journey.answers, now.stage.journey.answers
    if not isinstance(event, ev.Answered):
        assert new == old, "only an answer changes answers"
    else:
        assert isinstance(before.stage.step, QuestionStep)
        asked = before.stage.step.question_id
        may_go = filled_from_facts(now.stage.journey.item)
        assert {key for key in old if key not in new} <= may_go, "an answer is lost"
        assert all(new[key] == old[key] for key in new if key in old and key != asked), (
            "an answer has changed"
        )
        assert set(new) - set(old) <= {asked}, "an answer from nowhere"
        if new != old and asked in new:
            memory.said[asked] = new[asked]
    assert all(memory.said.get(key) == value for key, value in new.items()), "not what was said"
    check_facts(now.stage.journey, known(now.stage.journey, TODAY))


def check_facts(journey: Journey, now: Known) -> None:
    """Every fact was told for exactly the answers that hold now."""
    good: dict[str, str] = {}
    for lookup in journey.item.lookups:
        found = journey.looked_up.get(lookup.id)
        if isinstance(found, Told) and found.sent == {need: now.answers.get(need) for need in lookup.needs}:
            good |= found.facts
    assert all(good.get(name) == value for name, value in now.facts.items()), "a stale fact"


def filled_from_facts(item: Item) -> set[str]:
    """Questions that stand prefilled from facts, or from questions that do."""
    filled: set[str] = set()
    for asked in item.questions:
        if asked.prefill is not None and (asked.prefill.fact is not None or asked.prefill.answer in filled):
            filled.add(asked.id)
    return filled


def check_sent(session: Session, memory: Memory) -> None:
    """The record is of the contract and of the matter's own schema; what is hidden is nowhere in it."""
    assert isinstance(session.stage, Sending)
    journey = session.stage.journey
    made_of = record(session)
    check_submission(journey.item, submission(journey, made_of))
    text = json.dumps(made_of, ensure_ascii=False)
    sent = {answer["value"] for answer in made_of["answers"]}
    hidden = {value for value in memory.said.values() if value.startswith("qz")} - sent
    assert not [value for value in hidden if value in text], "a hidden answer is in the record"


def submission(journey: Journey, made_of: Mapping[str, Any]) -> dict[str, Any]:
    """What the matter's own schema judges."""
    facts: dict[str, str] = {}
    for lookup in made_of.get("lookups", ()):
        facts |= lookup["facts"]
    answers = {answer["id"]: answer["value"] for answer in made_of["answers"]}
    return {"document": kind_of(journey.card), "facts": facts, "answers": answers}


def check_submission(item: Item, value: Mapping[str, Any]) -> None:
    Draft202012Validator(answers_schema(item)).validate(value)


# ---- people ----------------------------------------------------------------------------------------------


def walk(
    session: Session, data: st.DataObject, other: IdCard, memory: Memory, step: Advance = advance
) -> Session:
    """So many random deeds; then straight on to an end."""
    for _ in range(data.draw(st.integers(0, STEPS), label="deeds")):
        if not isinstance(session.stage, InJourney):
            return session
        event = deed(session.stage, data, other, memory)
        moved = step(session, event)
        check_step(session, event, moved, memory)
        session = moved
    return straight_on(session, memory, step)


def straight_on(session: Session, memory: Memory, step: Advance = advance) -> Session:
    """To the end, by the first way on."""
    for _ in range(MOST_STEPS):
        stage = session.stage
        if not isinstance(stage, InJourney):
            return session
        event = onward(stage, memory)
        if event is None:
            return session
        moved = step(session, event)
        check_step(session, event, moved, memory)
        session = moved
    raise AssertionError("it does not end")


def deed(stage: InJourney, data: st.DataObject, other: IdCard, memory: Memory) -> ev.Event:
    """Anything a person can do here, or a device find."""
    own: list[ev.Event] = []
    match stage.step:
        case QuestionStep(question_id=name):
            asked = question(stage.journey.item, name)
            own = [ev.Answered(good(asked, data, memory)), ev.Answered(""), ev.Answered("9")]
            own = [own[0], own[0], *own]
        case LookUpStep(lookup_id=name):
            lookup = lookup_of(stage.journey.item, name)
            own = [told(lookup, data), told(lookup, data), ev.LookupMissing(name, "nobody_knows")]
        case PartyStep():
            own = [ev.PartyHere(), ev.PartyLater(), ev.CardRead(other), ev.CardRead(stage.journey.card)]
        case ReviewStep():
            lines = [asked.id for asked in known(stage.journey, TODAY).questions]
            own = [ev.Continue(), *(ev.ChangeLine(name) for name in lines)]
        case SignStep():
            own = [ev.PaperOpened(None), ev.PaperOpened("m0"), ev.Back()]
        case _:
            own = [ev.FaceAgreed(NOW), ev.FaceMatched()]
    late = ev.LookupTold("own_l0", {"own_l0_0": "late"}, NOW)
    return data.draw(st.sampled_from([*own, *own, ev.Back(), ev.Continue(), late]), label="deed")


def onward(stage: InJourney, memory: Memory) -> ev.Event | None:
    """The first way on; None where only the window is left."""
    match stage.step:
        case QuestionStep(question_id=name):
            asked = question(stage.journey.item, name)
            bad = stage.step.problem is not None
            given = None if bad or isinstance(asked, Choice) else stage.journey.answers.get(name)
            return ev.Answered(given or easy(asked, memory))
        case LookUpStep(lookup_id=name):
            lookup = lookup_of(stage.journey.item, name)
            return ev.LookupTold(name, {fact.id: some_value(fact) for fact in lookup.facts}, NOW)
        case PartyStep():
            return ev.PartyLater()
        case SignStep(paper=str()):
            return ev.PaperOpened(None)
        case SignStep():
            return ev.SignedAndSent(STROKES, "3f0c9a52-9a5e-4f0b-8d7b-6b1f6f0e2a11", NOW)
        case WindowStep(question_id=None, lookup_id=None):
            return None
        case WindowStep():
            return ev.Back()
        case EnquireStep() | ReviewStep():
            return ev.Continue()
        case ConsentStep():
            return ev.FaceAgreed(NOW)
        case FaceStep():
            return ev.FaceMatched()
        case _:
            return ev.Continue()


def easy(asked: Question, memory: Memory) -> str:
    """An answer that fits and leads on."""
    if isinstance(asked, NumberQuestion):
        return "0"
    return memory.word() if asked.kind == "text" else way_on(asked)


def good(asked: Question, data: st.DataObject, memory: Memory) -> str:
    """An answer that fits; it may lead to the window."""
    if isinstance(asked, Choice):
        return data.draw(st.sampled_from([option.value for option in asked.options]), label="answer")
    return easy(asked, memory)


def told(lookup: Lookup, data: st.DataObject) -> ev.LookupTold:
    """Some of the facts, each with some value."""
    facts = {}
    for fact in lookup.facts:
        if data.draw(st.booleans(), label=fact.id):
            values = [option.value for option in fact.options] or [some_value(fact)]
            facts[fact.id] = data.draw(st.sampled_from(values), label=fact.id)
    return ev.LookupTold(lookup.id, facts, NOW)


def begun(item: Item, hall: Hall, card: IdCard) -> Session:
    return verified(replace(hall, items=(item,)), item, card)


ENDS = (Sending, Enquired, Thanks)


def whole(item: Item, hall: Hall, card: ResidentCard, data: st.DataObject) -> None:
    memory = Memory()
    other = replace(card, name="测试乙", id_number="330199198805120035")
    session = walk(begun(item, hall, card), data, other, memory)
    if isinstance(session.stage, InJourney):
        assert isinstance(session.stage.step, WindowStep), session.stage.step
        return
    if not isinstance(session.stage, ENDS):
        return  # went back to the matter's page, or left
    if isinstance(session.stage, Sending):
        check_sent(session, memory)


@hypothesis.settings(SHORT, max_examples=40)
@given(item=matters(), data=st.data())
def test_any_matter_ends_and_sends_what_was_said(
    hall: Hall, card: ResidentCard, item: Item, data: st.DataObject
) -> None:
    whole(item, hall, card, data)


@pytest.mark.long
@hypothesis.settings(LONG, max_examples=3000)
@given(item=matters(), data=st.data())
def test_many_more_matters_end_and_send_what_was_said(
    hall: Hall, card: ResidentCard, item: Item, data: st.DataObject
) -> None:
    whole(item, hall, card, data)


OFFERED = tuple(item for item in load_items(SHIPPED) if not item.only_in_joint)


@hypothesis.settings(SHORT, max_examples=15)
@given(item=st.sampled_from(OFFERED), data=st.data())
def test_any_shipped_matter_ends_and_sends_what_was_said(
    hall: Hall, card: ResidentCard, item: Item, data: st.DataObject
) -> None:
    whole(item, hall, card, data)


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


@pytest.fixture
def utilities() -> Item:
    return next(item for item in OFFERED if item.id == "utility_transfer")


def test_a_machine_that_loses_an_answer_on_the_way_back_is_caught(
    utilities: Item, hall: Hall, card: ResidentCard
) -> None:
    memory = Memory()
    session = begun(utilities, hall, card)
    while not isinstance(session.stage, InJourney) or len(session.stage.journey.answers) < 2:
        assert isinstance(session.stage, InJourney)
        event = onward(session.stage, memory)
        assert event is not None
        moved = forgets(session, event)
        check_step(session, event, moved, memory)
        session = moved
    with pytest.raises(AssertionError, match="only an answer changes answers"):
        check_step(session, ev.Back(), forgets(session, ev.Back()), memory)


def test_a_machine_that_never_ends_is_caught(utilities: Item, hall: Hall, card: ResidentCard) -> None:
    with pytest.raises(AssertionError, match="does not end"):
        straight_on(begun(utilities, hall, card), Memory(), stands_still)


def test_facts_told_for_another_answer_are_caught(utilities: Item, hall: Hall, card: ResidentCard) -> None:
    session = straight_on(begun(utilities, hall, card), Memory())
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
    certificate = next(item for item in OFFERED if item.id == "no_criminal_record_certificate")
    session = straight_on(begun(certificate, hall, card), Memory())
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
    certificate = next(item for item in OFFERED if item.id == "no_criminal_record_certificate")
    memory = Memory()
    session = straight_on(begun(certificate, hall, card), memory)
    check_sent(session, memory)
    text = json.dumps(record(session), ensure_ascii=False)
    memory.said["hidden"] = "qz99999zq"
    assert "qz99999zq" not in text
    assert isinstance(session.stage, Sending)
    journey = session.stage.journey
    leaking = replace(journey, card=replace(card, address=f"{card.address} qz99999zq"))
    with pytest.raises(AssertionError, match="hidden answer"):
        check_sent(replace(session, stage=replace(session.stage, journey=leaking)), memory)
