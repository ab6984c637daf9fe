"""The steps between the card and "sign and send": one function a step, all pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from kiosk.session import events as ev
from kiosk.session import journey as jn
from kiosk.session.stages import (
    CardNoticeStep,
    Consent,
    ConsentStep,
    FaceStep,
    FaceTrouble,
    GuideStep,
    InJourney,
    Journey,
    MatterPage,
    QuestionStep,
    ReviewStep,
    Sending,
    SignStep,
    Stage,
    Step,
    Verified,
    VerifiedStep,
    WindowStep,
)

FACE_ATTEMPTS = 3
"""After this many looks the camera is no longer offered: the guide is, without a word of blame."""

CONSENT_VERSION = "1"
"""Version of the consent texts on screen; raised with every change of their meaning."""


def in_journey(stage: InJourney, today: date, event: ev.Event) -> Stage:
    """Where `event` leads a person who is being served."""
    step = stage.step
    if isinstance(event, ev.PhotoDecoded):
        return replace(stage, journey=replace(stage.journey, photo_png=event.png))
    if isinstance(event, ev.Back):
        return _back(stage, today)
    match step:
        case CardNoticeStep():
            return replace(stage, step=ConsentStep()) if isinstance(event, ev.Continue) else stage
        case ConsentStep():
            return _at_consent(stage, event)
        case FaceStep():
            return _at_face(stage, step, event)
        case GuideStep():
            return _at_guide(stage, step, event)
        case VerifiedStep():
            go_on = isinstance(event, ev.Continue) or (step.arriving and isinstance(event, ev.TimeUp))
            return replace(stage, step=_first_question(stage.journey, today)) if go_on else stage
        case QuestionStep():
            return _at_question(stage, step, today, event)
        case WindowStep():
            return stage
        case ReviewStep():
            return _at_review(stage, event)
        case SignStep():
            return _at_signature(stage, event)
        case _:
            assert_never(step)


def _at_consent(stage: InJourney, event: ev.Event) -> Stage:
    match event:
        case ev.FaceAgreed(at=at) | ev.GuideWanted(at=at):
            face = isinstance(event, ev.FaceAgreed)
            consents = (
                Consent("processing_notice", CONSENT_VERSION, given=True, at=at),
                Consent("face_comparison", CONSENT_VERSION, given=face, at=at),
            )
            journey = replace(stage.journey, consents=consents, verified=None)
            return InJourney(journey, FaceStep() if face else GuideStep("chosen"))
        case _:
            return stage


def _at_face(stage: InJourney, step: FaceStep, event: ev.Event) -> Stage:
    match event:
        case ev.FaceMatched() if step.trouble is None:
            verified = Verified("card_and_face", "card_and_face")
            return InJourney(replace(stage.journey, verified=verified), VerifiedStep(arriving=True))
        case ev.FaceFailed(trouble=trouble) if step.trouble is None:
            return replace(stage, step=replace(step, trouble=trouble))
        case ev.TryAgain() if step.trouble is not None and may_look_again(step):
            return replace(stage, step=FaceStep(attempt=step.attempt + 1))
        case ev.GuideWanted():
            return replace(stage, step=GuideStep(_reason_for_guide(step.trouble)))
        case _:
            return stage


def may_look_again(step: FaceStep) -> bool:
    """Whether another look can help: not for ever, and not without a photo to compare with."""
    return step.attempt < FACE_ATTEMPTS and step.trouble is not FaceTrouble.PHOTO_NOT_DECODABLE


def _reason_for_guide(trouble: FaceTrouble | None) -> str:
    match trouble:
        case None:
            return "chosen"
        case FaceTrouble.NOT_RECOGNISED:
            return "face_not_recognised"
        case FaceTrouble.CAMERA_FAILED | FaceTrouble.PHOTO_NOT_DECODABLE:
            return str(trouble.value)


def _at_guide(stage: InJourney, step: GuideStep, event: ev.Event) -> Stage:
    match event:
        case ev.PinEntered() if not step.checking:
            return replace(stage, step=replace(step, entered=(event.staff_no, event.pin), refused=None))
        case ev.PinAccepted(staff_no=staff_no) if step.checking:
            verified = Verified("staff", "staff_checked", staff_no, step.reason)
            return InJourney(replace(stage.journey, verified=verified), VerifiedStep(arriving=True))
        case ev.PinRefused(reason=reason, retry_after_s=retry_after_s) if step.checking:
            return replace(stage, step=GuideStep(step.reason, refused=reason, retry_after_s=retry_after_s))
        case _:
            return stage


def _at_question(stage: InJourney, step: QuestionStep, today: date, event: ev.Event) -> Stage:
    if not isinstance(event, ev.Answered):
        return stage
    journey = stage.journey
    asked = jn.question(journey.item, step.question_id)
    value, problem = jn.checked(asked, event.value, journey, today)
    if problem is not None:
        return replace(stage, step=replace(step, problem=problem))
    journey = replace(journey, answers={**journey.answers, step.question_id: value})
    window = jn.window_of(asked, value)
    if window is not None:
        return InJourney(journey, WindowStep(step.question_id, window))
    if step.returning:
        return InJourney(journey, _still_open(journey, today))
    return InJourney(journey, jn.following(journey, step.question_id, today))


def _still_open(journey: Journey, today: date) -> Step:
    """Where a changed line leads: back to the check page, by way of questions the change has opened."""
    step = jn.first_unanswered(journey, today)
    return replace(step, returning=True) if isinstance(step, QuestionStep) else step


def _at_review(stage: InJourney, event: ev.Event) -> Stage:
    match event:
        case ev.ChangeLine(question_id=question_id):
            return replace(stage, step=QuestionStep(question_id, returning=True))
        case ev.Continue():
            return replace(stage, step=SignStep())
        case _:
            return stage


def _at_signature(stage: InJourney, event: ev.Event) -> Stage:
    match event:
        case ev.SignedAndSent(strokes=strokes) if not any(len(stroke) > 1 for stroke in strokes):
            return replace(stage, step=SignStep("empty_signature"))
        case ev.SignedAndSent():
            return Sending(stage.journey, event.application_id, event.strokes, event.at)
        case _:
            return stage


def _back(stage: InJourney, today: date) -> Stage:
    """One step back; from the first step to the card, which forgets everything the card said."""
    journey, step = stage.journey, stage.step
    before: Step
    match step:
        case CardNoticeStep():
            return MatterPage(journey.item)
        case ConsentStep():
            return MatterPage(journey.item)
        case FaceStep() | GuideStep() | VerifiedStep():
            before = ConsentStep()
        case QuestionStep(returning=True) if isinstance(jn.first_unanswered(journey, today), ReviewStep):
            before = ReviewStep()
        case QuestionStep() | ReviewStep():
            before = jn.preceding(journey, step, today) or VerifiedStep()
        case WindowStep(question_id=question_id):
            before = QuestionStep(question_id)
        case SignStep():
            before = ReviewStep()
        case _:
            assert_never(step)
    return replace(stage, step=before)


def _first_question(journey: Journey, today: date) -> Step:
    flow = jn.asked_in_flow(journey, today)
    return QuestionStep(flow[0]) if flow else ReviewStep()
