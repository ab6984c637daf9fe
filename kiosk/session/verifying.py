"""The steps of the holder check, from consent to "verified": one function a step, all pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from config.assurance import REACHED
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.stages import InJourney, Journey, Stage
from kiosk.session.verification import (
    MOST_FAILURES,
    Consent,
    ConsentText,
    FaceEvidence,
    FaceStep,
    FaceTrouble,
    FingerprintStep,
    FingerprintTrouble,
    GuideStep,
    Verified,
    VerifiedStep,
    Way,
)
from kiosk.session.ways import METHOD, open_now, ways

CONSENT_VERSION = "1"
"""Version of the consent texts on screen; raised with every change of their meaning."""

SEPARATE_CONSENT: dict[Way, ConsentText] = {
    Way.FACE: "face_comparison",
    Way.FINGERPRINT: "fingerprint_comparison",
}
"""What needs a consent of its own beside the notice of processing."""


def at_consent(stage: InJourney, hall: Hall, event: ev.Event) -> Stage:
    """Choose a way; whatever else was offered was not agreed to."""
    way, at = _agreed(event)
    if at is None or way is None or not _offered(way, stage.journey, hall):
        return stage
    consents = [Consent("processing_notice", CONSENT_VERSION, given=True, at=at)]
    consents += [
        Consent(SEPARATE_CONSENT[other], CONSENT_VERSION, given=other is way, at=at)
        for other in ways(stage.journey, hall)
        if other in SEPARATE_CONSENT
    ]
    journey = replace(stage.journey, consents=tuple(consents), verified=None)
    return _begun(journey, way, "chosen")


def at_face(stage: InJourney, step: FaceStep, hall: Hall, event: ev.Event) -> Stage:
    """Look; then verified, or another try, or another way."""
    match event:
        case ev.FaceMatched(module=module, evidence=evidence) if step.trouble is None:
            return _verified(stage.journey, Way.FACE, module, evidence)
        case ev.FaceFailed(trouble=trouble) if step.trouble is None:
            return InJourney(_failed(stage.journey, Way.FACE), replace(step, trouble=trouble))
        case ev.TryAgain() if step.trouble is not None and may_look_again(stage.journey, step):
            return replace(stage, step=FaceStep(attempt=step.attempt + 1))
        case ev.GuideWanted():
            return replace(stage, step=GuideStep(_FACE_REASON[step.trouble]))
        case ev.FingerprintAgreed() if step.trouble is not None:
            return _changed_to(Way.FINGERPRINT, stage.journey, hall, event) or stage
        case _:
            return stage


def at_fingerprint(stage: InJourney, step: FingerprintStep, hall: Hall, event: ev.Event) -> Stage:
    """Lay a finger on; then verified, or another try, or another way."""
    match event:
        case ev.FingerprintMatched(module=module) if step.trouble is None:
            return _verified(stage.journey, Way.FINGERPRINT, module)
        case ev.FingerprintFailed(trouble=trouble) if step.trouble is None:
            return InJourney(_failed(stage.journey, Way.FINGERPRINT), replace(step, trouble=trouble))
        case ev.TryAgain() if step.trouble is not None and may_press_again(stage.journey):
            return replace(stage, step=FingerprintStep(attempt=step.attempt + 1))
        case ev.GuideWanted():
            return replace(stage, step=GuideStep(_FINGERPRINT_REASON[step.trouble]))
        case ev.FaceAgreed() if step.trouble is not None:
            return _changed_to(Way.FACE, stage.journey, hall, event) or stage
        case _:
            return stage


def at_guide(stage: InJourney, step: GuideStep, event: ev.Event) -> Stage:
    """A guide enters number and PIN; the terminal knows them or does not."""
    match event:
        case ev.PinEntered() if not step.checking:
            return replace(stage, step=replace(step, entered=(event.staff_no, event.pin), refused=None))
        case ev.PinAccepted(staff_no=staff_no) if step.checking:
            verified = Verified("staff", REACHED["staff"], staff_no, step.reason)
            return InJourney(replace(stage.journey, verified=verified), VerifiedStep(arriving=True))
        case ev.PinRefused(reason=reason, retry_after_s=retry_after_s) if step.checking:
            return replace(stage, step=GuideStep(step.reason, refused=reason, retry_after_s=retry_after_s))
        case _:
            return stage


def may_look_again(journey: Journey, step: FaceStep) -> bool:
    """Whether another look can help: not for ever, and not without a photo to compare with."""
    return _has_tries(journey, Way.FACE) and step.trouble is not FaceTrouble.PHOTO_NOT_DECODABLE


def may_press_again(journey: Journey) -> bool:
    """Whether another finger is asked for: not for ever."""
    return _has_tries(journey, Way.FINGERPRINT)


# ---- between the steps -----------------------------------------------------------------------------------

_FACE_REASON = {
    None: "chosen",
    FaceTrouble.NOT_RECOGNISED: "face_not_recognised",
    FaceTrouble.NOT_LIVE: "face_not_live",
    FaceTrouble.CAMERA_FAILED: "camera_failed",
    FaceTrouble.PHOTO_NOT_DECODABLE: "photo_not_decodable",
}
_FINGERPRINT_REASON = {
    None: "chosen",
    FingerprintTrouble.NOT_RECOGNISED: "fingerprint_not_recognised",
    FingerprintTrouble.SENSOR_FAILED: "sensor_failed",
}


def _agreed(event: ev.Event) -> tuple[Way | None, datetime | None]:
    match event:
        case ev.FaceAgreed(at=at):
            return Way.FACE, at
        case ev.FingerprintAgreed(at=at):
            return Way.FINGERPRINT, at
        case ev.GuideWanted(at=at):
            return Way.GUIDE, at
        case _:
            return None, None


def _offered(way: Way, journey: Journey, hall: Hall) -> bool:
    return way in ways(journey, hall) and open_now(way, journey, hall)


def _changed_to(way: Way, journey: Journey, hall: Hall, event: ev.Event) -> Stage | None:
    """Another way, agreed to after the first did not lead anywhere; None where it is not offered."""
    at = _agreed(event)[1]
    if at is None or not _offered(way, journey, hall):
        return None
    given = Consent(SEPARATE_CONSENT[way], CONSENT_VERSION, given=True, at=at)
    others = tuple(consent for consent in journey.consents if consent.text_id != given.text_id)
    return _begun(replace(journey, consents=(*others, given)), way, "chosen")


def _begun(journey: Journey, way: Way, reason: str) -> InJourney:
    match way:
        case Way.FACE:
            return InJourney(journey, FaceStep(attempt=_next_attempt(journey, way)))
        case Way.FINGERPRINT:
            return InJourney(journey, FingerprintStep(attempt=_next_attempt(journey, way)))
        case Way.GUIDE:
            return InJourney(journey, GuideStep(reason))


def _next_attempt(journey: Journey, way: Way) -> int:
    return journey.failures.get(way, 0) + 1


def _failed(journey: Journey, way: Way) -> Journey:
    return replace(journey, failures={**journey.failures, way: _next_attempt(journey, way)})


def _has_tries(journey: Journey, way: Way) -> bool:
    # The way itself may have lost its device since: that is found out by another try, and said.
    return journey.failures.get(way, 0) < MOST_FAILURES


def _verified(journey: Journey, way: Way, module: str | None, face: FaceEvidence | None = None) -> InJourney:
    method = METHOD[way]
    verified = Verified(method, REACHED[method], module=module, face=face)
    return InJourney(replace(journey, verified=verified), VerifiedStep(arriving=True))
