"""Where a person is in picking a day or an address, level by level, and the way back; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.item import AddressQuestion, DateQuestion
from kiosk.session import addresses, days
from kiosk.session.journey import Journey
from kiosk.session.journey_steps import QuestionStep
from kiosk.session.known import around, question


def begun_at(journey: Journey, asked: DateQuestion | AddressQuestion, today: date) -> str:
    """Where picking begins: at what was answered before, or where most people's answer is near."""
    beside = around(journey, today)
    if isinstance(asked, DateQuestion):
        return days.start(asked, beside)
    return addresses.begins_at(journey.item.area_code, beside.answers.get(asked.id))


def place_in(journey: Journey, step: QuestionStep, asked: DateQuestion | AddressQuestion, today: date) -> str:
    """How far it has been picked on this screen."""
    return begun_at(journey, asked, today) if step.narrowed is None else step.narrowed


def narrowed(
    journey: Journey, step: QuestionStep, asked: DateQuestion | AddressQuestion, place: str, today: date
) -> QuestionStep:
    """The step at `place`, a level further or nearer; as it was if nobody can be there."""
    if isinstance(asked, DateQuestion):
        there = days.is_place(place, days.bounds_of(asked, around(journey, today)))
    else:
        there = addresses.is_region(place)
    return replace(step, narrowed=place, problem=None) if there else step


def one_level_back(journey: Journey, step: QuestionStep, today: date) -> QuestionStep:
    """Where "back" leads from a level that was reached by a touch."""
    asked, upper = question(journey.item, step.question_id), None
    if step.narrowed is not None and isinstance(asked, DateQuestion):
        beside = around(journey, today)
        upper = days.before(step.narrowed, days.start(asked, beside), days.bounds_of(asked, beside))
    elif step.narrowed is not None and isinstance(asked, AddressQuestion):
        upper = addresses.before(step.narrowed, begun_at(journey, asked, today))
    return replace(step, narrowed=upper, problem=None)
