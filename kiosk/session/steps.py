"""The steps between the card and "sign and send", in their order, and the way back; all pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from config.item import Window
from kiosk.session import events as ev
from kiosk.session.beside import at_party, verified_beside, without_visitor
from kiosk.session.enquiring import at_enquiry
from kiosk.session.finding import page_of
from kiosk.session.form import PARTY_LINE
from kiosk.session.guardian import at_guardian
from kiosk.session.hall import Hall
from kiosk.session.looked_up import at_lookup, forgotten
from kiosk.session.picking import one_level_back
from kiosk.session.questions import at_question
from kiosk.session.shown import nothing_left
from kiosk.session.signing import at_signature, unsigned
from kiosk.session.stages import (
    CardNoticeStep,
    EnquireStep,
    GuardianStep,
    GuidePage,
    InJourney,
    LookUpStep,
    MatterPage,
    PartyStep,
    QuestionStep,
    ReviewStep,
    SignStep,
    Stage,
    Step,
    WindowStep,
)
from kiosk.session.verification import (
    ConsentStep,
    FaceStep,
    FingerprintStep,
    GuideStep,
    VerifiedStep,
)
from kiosk.session.verifying import at_consent, at_face, at_fingerprint, at_guide
from kiosk.session.way_on import first_open, following, preceding


def in_journey(stage: InJourney, hall: Hall, event: ev.Event) -> Stage:
    """Where `event` leads a person who is being served."""
    step, today = stage.step, hall.today
    if isinstance(event, ev.PhotoDecoded):
        return replace(stage, journey=replace(stage.journey, photo_png=event.png))
    if isinstance(event, ev.Back):
        return _back(stage, today)
    match step:
        case CardNoticeStep():
            return _at_notice(stage, step, hall, event)
        case GuardianStep():
            return at_guardian(stage, hall, event)
        case ConsentStep():
            return at_consent(stage, hall, event)
        case FaceStep():
            return at_face(stage, step, hall, event)
        case FingerprintStep():
            return at_fingerprint(stage, step, hall, event)
        case GuideStep():
            return at_guide(stage, step, event)
        case VerifiedStep():
            go_on = isinstance(event, ev.Continue) or (step.arriving and isinstance(event, ev.TimeUp))
            return _verified(stage, today) if go_on else stage
        case LookUpStep():
            return at_lookup(stage, step, hall, event)
        case QuestionStep():
            return at_question(stage, step, hall, event)
        case EnquireStep():
            return at_enquiry(stage, step, hall, event)
        case PartyStep():
            return at_party(stage, step, hall, event)
        case WindowStep():
            printed = isinstance(event, ev.PrintGuide)
            return GuidePage(stage.journey.item, stage, "waiting", step.window) if printed else stage
        case ReviewStep():
            return _at_review(stage, event, today)
        case SignStep():
            return at_signature(stage, step, event, today)
        case _:
            assert_never(step)


def _at_notice(stage: InJourney, step: CardNoticeStep, hall: Hall, event: ev.Event) -> Stage:
    match event:
        case ev.Continue():
            return replace(stage, step=ConsentStep())
        case ev.DueChosen(item_id=item_id) if item_id in {offer.item for offer in step.offers}:
            # The card is laid down anew for it: nothing of it is carried from one matter to another.
            return page_of(item_id, hall, None) or stage
        case _:
            return stage


def _at_review(stage: InJourney, event: ev.Event, today: date) -> Stage:
    match event:
        case ev.ChangeLine(question_id=line) if line.startswith(PARTY_LINE):
            return replace(stage, step=PartyStep(line.removeprefix(PARTY_LINE)))
        case ev.ChangeLine(question_id=question_id):
            return replace(stage, step=QuestionStep(question_id, returning=True))
        case ev.Continue():
            why = nothing_left(stage.journey, today)
            if why is not None:
                return replace(stage, step=WindowStep(None, Window(why=why)))
            return replace(stage, step=SignStep())
        case _:
            return stage


def _verified(stage: InJourney, today: date) -> Stage:
    journey = stage.journey
    if journey.visitor is not None:
        return verified_beside(journey, today)
    return replace(stage, step=following(journey, None, today))


def _back(stage: InJourney, today: date) -> Stage:
    """One step back; from the first step to the card, which forgets everything the card said."""
    journey, step = stage.journey, stage.step
    before: Step
    match step:
        case ConsentStep() if journey.visitor is not None:
            before = PartyStep(journey.visitor.party_id, laying=True)
            journey = without_visitor(journey)
        case ConsentStep() if journey.under_14:
            journey, before = replace(journey, guardian=None, photo_png=None, verified=None), GuardianStep()
        case CardNoticeStep() | GuardianStep() | ConsentStep():
            return MatterPage(journey.item)
        case FaceStep() | FingerprintStep() | GuideStep() | VerifiedStep():
            before = ConsentStep()
        case QuestionStep(page=int()):
            before = replace(step, page=None, retaking=False, problem=None)
        case QuestionStep(typing=True):
            before = replace(step, typing=False, problem=None)
        case QuestionStep(narrowed=str()):
            before = one_level_back(journey, step, today)
        case QuestionStep(returning=True) if isinstance(first_open(journey, today), ReviewStep):
            before = ReviewStep()
        case WindowStep(question_id=str(question_id)):
            before = QuestionStep(question_id)
        case WindowStep(lookup_id=lookup_id):
            before = preceding(journey, step, today) or VerifiedStep()
            journey = journey if lookup_id is None else forgotten(journey, lookup_id)
        case PartyStep(laying=True):
            before = PartyStep(step.party_id)
        case LookUpStep() | QuestionStep() | EnquireStep() | PartyStep() | ReviewStep():
            before = preceding(journey, step, today) or VerifiedStep()
        case SignStep(paper=str()):
            before = replace(step, paper=None)
        case SignStep():
            return unsigned(stage)
        case _:
            assert_never(step)
    return InJourney(journey, before)
