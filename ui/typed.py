"""Whether what is on screen is typed, and whether it is a code."""

from __future__ import annotations

from config.item import AddressQuestion, CodeQuestion, ScanQuestion, TextQuestion
from config.regions import regions
from kiosk.session.known import question
from kiosk.session.picking import place_in
from kiosk.session.scanning import is_typed as code_is_typed
from kiosk.session.stages import FindPage, InJourney, QuestionStep, Session


def is_typed(session: Session) -> bool:
    """Whether the question on screen is answered with the keyboard."""
    stage = session.stage
    if isinstance(stage, FindPage):
        return stage.kind is None
    if not isinstance(stage, InJourney) or not isinstance(stage.step, QuestionStep):
        return False
    asked = question(stage.journey.item, stage.step.question_id)
    if isinstance(asked, ScanQuestion):
        return code_is_typed(asked, stage.step, session.hall)
    if isinstance(asked, AddressQuestion):
        return regions().is_last(place_in(stage.journey, stage.step, asked, session.hall.today))
    return isinstance(asked, TextQuestion) or getattr(asked, "keys", None) == "letters_and_digits"


def is_code(session: Session) -> bool:
    """Whether the question on screen wants a code: nobody writes one in characters."""
    stage = session.stage
    if not isinstance(stage, InJourney) or not isinstance(stage.step, QuestionStep):
        return False
    return isinstance(question(stage.journey.item, stage.step.question_id), ScanQuestion | CodeQuestion)
