"""Where a person goes next, and where "back" leads: through questions and lookups to the check page; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.item import Lookup, Question
from kiosk.session.journey import (
    Journey,
    LookUpStep,
    Missing,
    QuestionStep,
    ReviewStep,
    SignStep,
    Step,
    WindowStep,
)
from kiosk.session.known import Known, known, timeline


def first_open(journey: Journey, today: date) -> Step:
    """The first thing that is not settled, or the check page."""
    return _step(known(journey, today), journey)


def following(journey: Journey, after: Question | Lookup | None, today: date) -> Step:
    """The step after `after`, or the first one: what is asked in the flow, or is open.

    Nobody gets past a lookup that is not done: what follows may depend on it.
    """
    now = known(journey, today)
    passed = after is None
    for entry in timeline(journey.item):
        if entry is now.open:
            return _step(now, journey)
        if passed and not isinstance(entry, Lookup) and entry.id in now.asked:
            return QuestionStep(entry.id)
        passed = passed or entry is after
    return ReviewStep()


def preceding(journey: Journey, step: Step, today: date) -> QuestionStep | None:
    """The question before `step` in the flow; None when there is none."""
    asked, found = known(journey, today).asked, None
    for entry in timeline(journey.item):
        if _stands_at(step, entry):
            break
        if not isinstance(entry, Lookup) and entry.id in asked:
            found = QuestionStep(entry.id)
    return found


def _stands_at(step: Step, entry: Question | Lookup) -> bool:
    match step:
        case LookUpStep(lookup_id=name) | WindowStep(lookup_id=str(name)):
            return isinstance(entry, Lookup) and entry.id == name
        case QuestionStep(question_id=name):
            return not isinstance(entry, Lookup) and entry.id == name
        case _:
            return False


def progress(journey: Journey, step: Step, today: date) -> tuple[int, int]:
    """Position and number of the pages still foreseeable: card, consent, check, questions, review, sign."""
    flow = known(journey, today).asked
    total = 3 + len(flow) + 2
    match step:
        case SignStep():
            return total, total
        case ReviewStep():
            return total - 1, total
        case QuestionStep(question_id=name):
            return 4 + (flow.index(name) if name in flow else len(flow)), total
        case LookUpStep():
            before = preceding(journey, step, today)
            return 3 if before is None else 4 + flow.index(before.question_id), total
        case _:
            return (2 if journey.verified is None else 3), total


def returning(step: Step) -> Step:
    """The same step, on the way back to the check page."""
    return replace(step, returning=True) if isinstance(step, QuestionStep | LookUpStep) else step


def _step(now: Known, journey: Journey) -> Step:
    match now.open:
        case None:
            return ReviewStep()
        case Lookup() as lookup:
            failed = journey.looked_up.get(lookup.id)
            sent = {need: now.answers[need] for need in lookup.needs}
            if isinstance(failed, Missing) and failed.sent == sent and lookup.window is not None:
                return WindowStep(None, lookup.window, lookup.id)
            return LookUpStep(lookup.id)
        case asked:
            return QuestionStep(asked.id, now.problem)
