"""A question of the item: answered by touch, by typing, or by a code that the scanner read; all pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.item import AddressQuestion, CaptureQuestion, DateQuestion, ScanQuestion, Text, Window
from kiosk.session import events as ev
from kiosk.session.answering import enough_pages, nothing_fits, pages_sent, window_of
from kiosk.session.capturing import at_papers
from kiosk.session.hall import Hall
from kiosk.session.known import around, checked, question
from kiosk.session.looked_up import with_answer
from kiosk.session.picking import narrowed
from kiosk.session.scanning import is_typed, scanned
from kiosk.session.stages import InJourney, Journey, QuestionStep, Stage, WindowStep
from kiosk.session.way_on import first_open, following, returning

_NOTHING_FITS = Window(
    why=Text(
        zh="按前面算出来的数，这里没有能填的数了。您可以返回，改前面的回答；有疑问，请到窗口问一问。",
        en="After what was worked out, no number fits here. You can go back and change an earlier answer. "
        "If you have questions, please ask at the counter.",
    )
)


def at_question(stage: InJourney, step: QuestionStep, hall: Hall, event: ev.Event) -> Stage:
    """Where an answer leads."""
    asked = question(stage.journey.item, step.question_id)
    if isinstance(asked, ScanQuestion) and not is_typed(asked, step, hall):
        return _at_scanner(stage, step, asked, hall, event)
    if isinstance(asked, CaptureQuestion):
        return _at_papers(stage, step, asked, hall, event)
    if isinstance(asked, AddressQuestion | DateQuestion) and isinstance(event, ev.Narrowed):
        return replace(stage, step=narrowed(stage.journey, step, asked, event.place, hall.today))
    if not isinstance(event, ev.Answered):
        return stage
    value, problem = checked(asked, event.value, stage.journey, hall.today)
    if problem is not None and nothing_fits(asked, around(stage.journey, hall.today)):
        return replace(stage, step=WindowStep(asked.id, _NOTHING_FITS))
    if problem is not None:
        return replace(stage, step=replace(step, problem=problem))
    return _answered(stage.journey, step, value, hall.today, by_scanner=False)


def _at_scanner(
    stage: InJourney, step: QuestionStep, asked: ScanQuestion, hall: Hall, event: ev.Event
) -> Stage:
    match event:
        case ev.CodeScanned(question_id=asked.id, scan=scan):
            value, trouble = scanned(asked, scan)
            if value is None:
                return replace(stage, step=replace(step, problem=trouble))
            return _answered(stage.journey, step, value, hall.today, by_scanner=True)
        case ev.ScanFailed(question_id=asked.id, trouble=trouble):
            return replace(stage, step=replace(step, problem=trouble))
        case ev.TypeInstead() if asked.typed is not None:
            return replace(stage, step=replace(step, typing=True, problem=None))
        case _:
            return stage


def _at_papers(
    stage: InJourney, step: QuestionStep, asked: CaptureQuestion, hall: Hall, event: ev.Event
) -> Stage:
    pages = stage.journey.pages.get(asked.id, ())
    match event:
        case ev.PagesDone() if enough_pages(asked, len(pages)):
            sent = str(pages_sent(asked, len(pages)))
            return _answered(stage.journey, _plain(step), sent, hall.today, by_scanner=False)
        case ev.BringInstead():
            return InJourney(stage.journey, WindowStep(asked.id, asked.window))
        case _:
            return at_papers(stage, step, asked, event)


def _plain(step: QuestionStep) -> QuestionStep:
    return QuestionStep(step.question_id, returning=step.returning)


def _answered(
    journey: Journey, step: QuestionStep, value: str, today: date, *, by_scanner: bool
) -> InJourney:
    this = {step.question_id}
    asked = question(journey.item, step.question_id)
    journey = with_answer(journey, asked, value, today)
    journey = replace(journey, scanned=journey.scanned | this if by_scanner else journey.scanned - this)
    window = window_of(asked, value)
    if window is not None:
        return InJourney(journey, WindowStep(step.question_id, window))
    if step.returning:
        # Back to the check page, by way of what the change has opened.
        return InJourney(journey, returning(first_open(journey, today)))
    return InJourney(journey, following(journey, asked, today))
