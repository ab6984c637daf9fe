"""What must hold after every event of a walk, and of what is sent; and what a run of walks has met."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator

from config.answers_schema import answers_schema
from config.item import Choice, Condition, Item
from config.item_conditions import AllOf, AnyOf, NoneOf
from kiosk.session import events as ev
from kiosk.session.card_facts import kind_of
from kiosk.session.journey import Journey, Told
from kiosk.session.known import Known, known, question
from kiosk.session.shown import members
from kiosk.session.stages import InJourney, QuestionStep, Sending, Session
from tests.kiosk.session.conftest import TODAY
from tests.kiosk.session.test_record import record


@dataclass
class Memory:
    """What this person has said and been told, kept beside the machine."""

    said: dict[str, str] = field(default_factory=dict)
    typed: int = 0

    def word(self) -> str:
        """Something nobody else has typed."""
        self.typed += 1
        return f"qz{self.typed:05}zq"


# ---- after every event -----------------------------------------------------------------------------------

ANSWERS = ev.Answered | ev.CodeScanned | ev.PagesDone
PAGES = ev.PageTaken | ev.DropPage


def check_step(before: Session, event: ev.Event, now: Session, memory: Memory) -> None:
    """Nothing that was said is lost or changed but by its own answer; nothing that was told is stale."""
    if not isinstance(before.stage, InJourney) or not isinstance(now.stage, InJourney):
        return
    old, new = before.stage.journey.answers, now.stage.journey.answers
    if isinstance(event, ANSWERS | PAGES) and isinstance(before.stage.step, QuestionStep):
        asked = before.stage.step.question_id
        # Other pages than were counted are no answer any more.
        may_go = {asked} if isinstance(event, PAGES) else filled_from_facts(now.stage.journey.item)
        assert {key for key in old if key not in new} <= may_go, "an answer is lost"
        assert all(new[key] == old[key] for key in new if key in old and key != asked), (
            "an answer has changed"
        )
        assert set(new) - set(old) <= {asked}, "an answer from nowhere"
        if new != old and asked in new:
            memory.said[asked] = new[asked]
    else:
        assert new == old, "only an answer changes answers"
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


# ---- of what is sent -------------------------------------------------------------------------------------


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
    """It is valid by the schema of `item`."""
    Draft202012Validator(answers_schema(item)).validate(value)


# ---- what was met ----------------------------------------------------------------------------------------


def met(session: Session) -> Iterator[str]:
    """By name: the step, the kind of question, what became of lookups, members and parties."""
    stage = session.stage
    if not isinstance(stage, InJourney | Sending):
        yield type(stage).__name__
        return
    journey = stage.journey
    yield from (f"lookup {type(each).__name__}" for each in journey.looked_up.values())
    yield from (f"party {type(each).__name__}" for each in journey.parties.values())
    if isinstance(stage, InJourney):
        yield type(stage.step).__name__
        if isinstance(stage.step, QuestionStep):
            yield f"question {question(journey.item, stage.step.question_id).kind}"
    else:
        yield "Sending"
        for each in members(journey, TODAY):
            yield "member done" if each.left_out is None else "member left out"
        if any(name not in known(journey, TODAY).answers for name in journey.answers):
            yield "hidden answer"


def declared(item: Item) -> Iterator[str]:
    """By name: the forms of conditions, and windows behind answers."""
    for each in (*item.questions, *item.lookups, *item.materials, *item.parties, *item.agreements):
        yield from forms(each.relevant)
    for asked in item.questions:
        if isinstance(asked, Choice) and any(option.window for option in asked.options):
            yield "dead end"


def forms(condition: Condition | None) -> Iterator[str]:
    """Every form of condition in it."""
    if condition is None:
        return
    yield type(condition).__name__
    match condition:
        case AllOf():
            inner = condition.all_of
        case AnyOf():
            inner = condition.any_of
        case NoneOf():
            inner = condition.none_of
        case _:
            return
    for each in inner:
        yield from forms(each)
