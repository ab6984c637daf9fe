"""Where a person goes next, and where "back" leads: through everything the matter asks to its end; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.item import Item, Lookup, Party
from config.item_flow import Enquire
from kiosk.session.journey import Journey, Missing
from kiosk.session.journey_steps import (
    EnquireStep,
    LookUpStep,
    PartyStep,
    QuestionStep,
    ReviewStep,
    SignStep,
    Step,
    WindowStep,
)
from kiosk.session.known import Known, known
from kiosk.session.timeline import Entry, is_sent, timeline


def first_open(journey: Journey, today: date) -> Step:
    """The first thing that is not settled, or the end: the check page, or what an enquiry shows."""
    return _at_open(known(journey, today), journey)


def following(journey: Journey, after: Entry | None, today: date) -> Step:
    """The step after `after`, or the first one: what is asked, shown or signed in the flow, or is open.

    Nobody gets past a lookup that is not done: what follows may depend on it.
    """
    now = known(journey, today)
    passed = after is None
    for entry in timeline(journey.item):
        if entry is now.open:
            return _at_open(now, journey)
        if passed and _is_met(entry, now):
            return _step_at(entry)
        passed = passed or entry is after
    return _end(journey.item)


def preceding(journey: Journey, step: Step, today: date) -> Step | None:
    """What was met before `step` in the flow; None when there is nothing."""
    now, found = known(journey, today), None
    for entry in timeline(journey.item):
        if _stands_at(step, entry):
            break
        if _is_met(entry, now):
            found = _step_at(entry)
    return found


def progress(journey: Journey, step: Step, today: date) -> tuple[int, int]:
    """Position and number of the pages still foreseeable: card, consent, check, then everything met."""
    now = known(journey, today)
    met = [entry for entry in timeline(journey.item) if _is_met(entry, now)]
    total = 3 + len(met) + (2 if is_sent(journey.item) else 0)
    if isinstance(step, SignStep):
        return total, total
    if isinstance(step, ReviewStep):
        return total - 1, total
    if journey.verified is None and journey.visitor is None:
        return 2, total
    standing = PartyStep(journey.visitor.party_id) if journey.visitor is not None else step
    passed = 0
    for entry in timeline(journey.item):
        if _stands_at(standing, entry):
            break
        passed += entry in met
    else:
        return 3, total
    return 4 + passed - isinstance(standing, LookUpStep), total


def returning(step: Step) -> Step:
    """The same step, on the way back to the check page."""
    return replace(step, returning=True) if isinstance(step, QuestionStep | LookUpStep) else step


def _is_met(entry: Entry, now: Known) -> bool:
    """Whether a person sees it whenever they come by; a lookup is done once."""
    match entry:
        case Lookup():
            return False
        case Enquire(lookup=name):
            return any(lookup.id == name for lookup in now.lookups)
        case Party():
            return entry in now.parties
        case _:
            return entry.id in now.asked


def _step_at(entry: Entry) -> Step:
    match entry:
        case Lookup():
            return LookUpStep(entry.id)
        case Enquire():
            return EnquireStep(entry.lookup)
        case Party():
            return PartyStep(entry.id)
        case _:
            return QuestionStep(entry.id)


def _stands_at(step: Step, entry: Entry) -> bool:
    match step:
        case WindowStep(lookup_id=str(name)):
            return isinstance(entry, Lookup) and entry.id == name
        case PartyStep(party_id=name):
            return isinstance(entry, Party) and entry.id == name
        case QuestionStep(question_id=name) | WindowStep(question_id=str(name)):
            return _step_at(entry) == QuestionStep(name)
        case LookUpStep(lookup_id=name):
            return _step_at(entry) == LookUpStep(name)
        case _:
            return _step_at(entry) == step


def _at_open(now: Known, journey: Journey) -> Step:
    match now.open:
        case None:
            return _end(journey.item)
        case Lookup() as lookup:
            found = journey.looked_up.get(lookup.id)
            sent = {need: now.answers[need] for need in lookup.needs}
            if found is None or found.sent != sent:
                return LookUpStep(lookup.id)
            window = lookup.window if isinstance(found, Missing) else lookup.refused(found.facts)
            return LookUpStep(lookup.id) if window is None else WindowStep(None, window, lookup.id)
        case Enquire() | Party() as entry:
            return _step_at(entry)
        case asked:
            return QuestionStep(asked.id, now.problem)


def _end(item: Item) -> Step:
    """Where everything is settled: what is sent is checked first; otherwise the last thing shown stays."""
    if is_sent(item):
        return ReviewStep()
    shown = [step for step in item.flow if isinstance(step, Enquire)]
    return EnquireStep(shown[-1].lookup) if shown else ReviewStep()
