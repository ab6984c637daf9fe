"""The step in which something is looked up, and what a changed answer makes of what was told; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from config.item import Item, Lookup, Question
from kiosk.session import events as ev
from kiosk.session.facts import fitting
from kiosk.session.hall import Hall
from kiosk.session.journey import Journey, Missing, Told
from kiosk.session.journey_steps import LookUpStep
from kiosk.session.known import answers_as_sent, lookup_of
from kiosk.session.stages import InJourney, Stage
from kiosk.session.way_on import first_open, following, returning


def at_lookup(stage: InJourney, step: LookUpStep, hall: Hall, event: ev.Event) -> Stage:
    """Told or not, it goes on: nobody waits longer than the errand does."""
    match event:
        case ev.LookupTold(lookup_id=step.lookup_id):
            lookup = lookup_of(stage.journey.item, step.lookup_id)
            facts = fitting(lookup, event.facts)
            told = Told(_sent(stage.journey, lookup, hall.today), facts, event.told_at, event.proof)
            return _went_on(stage, step, lookup, told, hall.today)
        case ev.LookupMissing(lookup_id=step.lookup_id, reason=reason):
            lookup = lookup_of(stage.journey.item, step.lookup_id)
            return _went_on(
                stage, step, lookup, Missing(_sent(stage.journey, lookup, hall.today), reason), hall.today
            )
        case _:
            return stage


def _went_on(
    stage: InJourney, step: LookUpStep, lookup: Lookup, found: Told | Missing, today: date
) -> InJourney:
    journey = replace(stage.journey, looked_up={**stage.journey.looked_up, lookup.id: found})
    if step.returning:
        return InJourney(journey, returning(first_open(journey, today)))
    return InJourney(journey, following(journey, lookup, today))


def sent_with(journey: Journey, lookup_id: str, today: date) -> Mapping[str, str]:
    """The answers that a lookup is asked with, by question."""
    return _sent(journey, lookup_of(journey.item, lookup_id), today)


def _sent(journey: Journey, lookup: Lookup, today: date) -> Mapping[str, str]:
    answers = answers_as_sent(journey, today)
    return {need: answers[need] for need in lookup.needs if need in answers}


def with_answer(journey: Journey, asked: Question, value: str, today: date) -> Journey:
    """The answer given; what was told for another one is forgotten, with all that was filled from it."""
    changed = replace(journey, answers={**journey.answers, asked.id: value})
    stale = _stale(changed, today)
    while stale:
        changed = _without(changed, stale)
        stale = _stale(changed, today)
    return changed


def _stale(journey: Journey, today: date) -> set[str]:
    """Lookups that were asked with other answers than those that hold now."""
    now = answers_as_sent(journey, today) if journey.looked_up else {}
    return {
        name
        for name, found in journey.looked_up.items()
        if any(now.get(need) != said for need, said in found.sent.items())
    }


def forgotten(journey: Journey, lookup_id: str) -> Journey:
    """As if it had never been looked up: it is, once more, when the person goes on."""
    return replace(
        journey, looked_up={key: found for key, found in journey.looked_up.items() if key != lookup_id}
    )


def _without(journey: Journey, stale: set[str]) -> Journey:
    filled = _filled_from(journey.item, stale)
    return replace(
        journey,
        looked_up={name: found for name, found in journey.looked_up.items() if name not in stale},
        answers={name: said for name, said in journey.answers.items() if name not in filled},
        scanned=journey.scanned - filled,
    )


def _filled_from(item: Item, lookups: set[str]) -> frozenset[str]:
    """Every question that stands prefilled from these lookups, or from a question that does."""
    facts = {fact.id for lookup in item.lookups if lookup.id in lookups for fact in lookup.facts}
    filled: set[str] = set()
    for asked in item.questions:
        if asked.prefill is not None and (asked.prefill.fact in facts or asked.prefill.answer in filled):
            filled.add(asked.id)
    return frozenset(filled)
