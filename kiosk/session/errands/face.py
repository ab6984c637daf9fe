"""Comparing the person with the chip photo, and decoding that photo for a guide's eyes."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

import structlog

from config.calibration import PIPELINE
from config.settings import FaceSettings
from devices.contracts.eyes import (
    Asked,
    CameraBack,
    CameraTrouble,
    EyesEvent,
    FaceCompared,
    LiveNotComparable,
    PhotoNotDecodable,
    TurnsWanted,
)
from devices.contracts.liveness import LivenessVerdict
from devices.statuses import DeviceFault, Reason
from devices.vendor_host.liveness import VendorLivenessModule
from kiosk.session.card_facts import is_elder
from kiosk.session.errands.context import Context
from kiosk.session.events import FaceFailed, FaceMatched, PhotoDecoded
from kiosk.session.stages import InJourney
from kiosk.session.verification import FaceEvidence, FaceTrouble

log = structlog.get_logger()

MATCHES_NEEDED = 2
"""Comparisons in a row that must agree: one lucky frame lets nobody in."""

CAMERA_GRACE_S = 6.0
"""A camera that failed may come back for so long; then the other ways are shown."""

ELDER_PATIENCE = 2.0
"""By what the times of a face check are multiplied for who is sixty or older."""

TURNS, ELDER_TURNS = 3, 2


class _NotLiveError(Exception):
    """No living person was seen to answer as asked."""


class _NotTheSameError(Exception):
    """The person who turned is not like the photo."""


async def look_at_face(context: Context) -> None:
    """Look for as long as one attempt may take. Cameras run inside this errand only."""
    try:
        photo = await _photo(context)
        context.post(FaceMatched(PIPELINE, await _compared(context, photo)))
    except PhotoNotDecodable:
        log.warning("photo_not_decodable", device="face_worker")
        context.post(FaceFailed(FaceTrouble.PHOTO_NOT_DECODABLE))
    except DeviceFault as fault:
        log.warning("device_failed", device="camera", reason=fault.reason.value)
        context.post(FaceFailed(FaceTrouble.CAMERA_FAILED))
    except _NotLiveError:
        context.post(FaceFailed(FaceTrouble.NOT_LIVE))
    except (TimeoutError, _NotTheSameError, LiveNotComparable):
        context.post(FaceFailed(FaceTrouble.NOT_RECOGNISED))
    finally:
        context.preview(None)


async def show_photo(context: Context) -> None:
    """Decode the photo for the guide's page; without it the guide looks at the card itself."""
    try:
        await _photo(context)
    except PhotoNotDecodable:
        log.warning("photo_not_decodable", device="face_worker")
    except DeviceFault as fault:
        log.warning("device_failed", device="face_worker", reason=fault.reason.value)


def _stage(context: Context) -> InJourney:
    stage = context.session().stage
    if not isinstance(stage, InJourney):
        raise TypeError("no person is being served")
    return stage


async def _photo(context: Context) -> bytes:
    journey = _stage(context).journey
    if journey.photo_png is not None:
        return journey.photo_png
    png = await context.equipment.eyes.decode_photo(journey.holder.photo)
    context.post(PhotoDecoded(png))
    return png


async def _compared(context: Context, photo: bytes) -> FaceEvidence:
    """By the module with its own cameras, where there is one for this matter; else by the camera."""
    hall, journey = context.session().hall, _stage(context).journey
    elder, needed = is_elder(journey.holder, hall.today), journey.item.liveness
    patience = ELDER_PATIENCE if elder else 1.0
    attempt_s = context.equipment.settings.face.attempt_s * patience
    module = context.equipment.liveness_module
    if module is not None and hall.module_judges(needed):
        return await _by_module(context, module, photo, attempt_s)
    turns = None if needed == "none" else TurnsWanted(ELDER_TURNS if elder else TURNS, patience)
    return await _by_camera(context, photo, turns, attempt_s)


async def _by_module(
    context: Context, module: VendorLivenessModule, photo: bytes, attempt_s: float
) -> FaceEvidence:
    """Whoever the module found living is compared, in the very picture that it judged."""
    judged = await module.look(attempt_s)
    _tell_verdict(judged.verdict)
    if not judged.verdict.live:
        raise _NotLiveError
    compared = await context.equipment.eyes.compare(photo, judged.jpeg)
    if not compared.same:
        raise _NotTheSameError
    return _evidence(context, compared, judged.verdict)


async def _by_camera(
    context: Context, photo: bytes, turns: TurnsWanted | None, attempt_s: float
) -> FaceEvidence:
    """Watch; raises `TimeoutError` after one attempt's time, `DeviceFault` for a camera that stays away.

    Each turn that is asked has the time of an attempt; the judge itself is less patient.
    """
    trouble = Reason.NONE
    found = _Found(challenged=turns is not None)
    try:
        async with asyncio.timeout(attempt_s) as limit:
            loop = asyncio.get_running_loop()
            left_s = attempt_s
            async with aclosing(context.equipment.eyes.watch(photo, turns)) as seen:
                async for sight in seen:
                    match sight:
                        case CameraTrouble(reason=reason):
                            trouble, left_s = reason, (limit.when() or loop.time()) - loop.time()
                            limit.reschedule(loop.time() + CAMERA_GRACE_S)
                            context.preview(sight)
                        case CameraBack():
                            # What the camera was away for is nobody's time.
                            trouble = Reason.NONE
                            limit.reschedule(loop.time() + left_s)
                            context.preview(sight)
                        case Asked():
                            limit.reschedule(loop.time() + attempt_s)
                            context.preview(sight)
                        case LivenessVerdict() | FaceCompared():
                            pass
                        case _:
                            context.preview(sight)
                    matched = found.by(sight)
                    if matched is not None:
                        return _evidence(context, matched, found.verdict)
    except TimeoutError:
        if trouble is not Reason.NONE:
            raise DeviceFault(trouble, "did not come back") from None
        raise
    raise DeviceFault(Reason.WORKER_DIED, "the watch ended by itself")


@dataclass
class _Found:
    """What a watch has found so far."""

    challenged: bool
    in_a_row: int = 0
    verdict: LivenessVerdict | None = field(default=None)

    def by(self, sight: EyesEvent) -> FaceCompared | None:
        """Take one event; the comparison that decides, once. Raises `_NotLiveError`, `_NotTheSameError`."""
        match sight:
            case LivenessVerdict():
                _tell_verdict(sight)
                if not sight.live:
                    raise _NotLiveError
                self.verdict = sight
            case FaceCompared() if self.challenged:
                # One comparison, of several frames of the person who turned.
                if self.verdict is None or not sight.same:
                    raise _NotTheSameError
                return sight
            case FaceCompared():
                self.in_a_row = self.in_a_row + 1 if sight.same else 0
                return sight if self.in_a_row == MATCHES_NEEDED else None
            case CameraTrouble():
                self.in_a_row = 0
        return None


def _tell_verdict(verdict: LivenessVerdict) -> None:
    # Without its reason: how somebody turned is nobody's business in a log.
    log.info("liveness_judged", version=verdict.module, outcome=verdict.verdict.value)


def _evidence(context: Context, compared: FaceCompared, verdict: LivenessVerdict | None) -> FaceEvidence:
    face = context.equipment.settings.face
    return FaceEvidence(compared.distance, compared.threshold, _calibration(face), verdict)


def _calibration(face: FaceSettings) -> str | None:
    made = face.calibration
    return None if made is None else f"{made.pipeline} {made.date.isoformat()}"
