"""Where in a session a person is, as one word without anything personal: the screen, not what is on it."""

from __future__ import annotations

from kiosk.session.stages import (
    EnquireStep,
    FindPage,
    GuidePage,
    InJourney,
    LookUpStep,
    MatterPage,
    PartyStep,
    QuestionStep,
    SignStep,
    Stage,
    Step,
    WindowStep,
)


def place_of(stage: Stage) -> str:
    """Two stages on one screen are one place: another try, another letter, another problem."""
    match stage:
        case InJourney(step=step):
            return _of_step(step)
        case FindPage(kind=kind, shelf=shelf):
            return f"FindPage:{kind}:{shelf}"
        case GuidePage(matter=matter):
            return f"GuidePage:{matter.id}"
        case MatterPage(item=item):
            return f"MatterPage:{item.id}"
        case _:
            return type(stage).__name__


def _of_step(step: Step) -> str:
    match step:
        case QuestionStep(question_id=name, page=page):
            return f"QuestionStep:{name}" if page is None else f"QuestionStep:{name}:page"
        case LookUpStep(lookup_id=name) | EnquireStep(lookup_id=name):
            return f"{type(step).__name__}:{name}"
        case PartyStep(party_id=name, laying=laying):
            return f"PartyStep:{name}:{'card' if laying else 'here'}"
        case SignStep(party_id=who, paper=paper):
            return f"SignStep:{who}:{paper}"
        case WindowStep(question_id=asked, lookup_id=looked_up):
            return f"WindowStep:{asked}:{looked_up}"
        case _:
            return type(step).__name__
