"""Comparing the person with the chip photo, and decoding that photo for a guide's eyes."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import structlog

from devices.contracts import CameraBack, CameraTrouble, FaceCompared, PhotoNotDecodable
from devices.statuses import DeviceFault, Reason
from kiosk.session.errands.context import Context
from kiosk.session.events import FaceFailed, FaceMatched, PhotoDecoded
from kiosk.session.stages import FaceTrouble, InJourney

log = structlog.get_logger()

MATCHES_NEEDED = 2
"""Comparisons in a row that must agree: one lucky frame lets nobody in."""

CAMERA_GRACE_S = 6.0
"""A camera that failed may come back for so long; then the other ways are shown."""


async def look_at_face(context: Context) -> None:
    """Look for as long as one attempt may take. The camera runs inside this errand only."""
    try:
        photo = await _photo(context)
        await _until_matched(context, photo)
        context.post(FaceMatched())
    except PhotoNotDecodable:
        log.warning("photo_not_decodable", device="face_worker")
        context.post(FaceFailed(FaceTrouble.PHOTO_NOT_DECODABLE))
    except DeviceFault as fault:
        log.warning("device_failed", device="camera", reason=fault.reason.value)
        context.post(FaceFailed(FaceTrouble.CAMERA_FAILED))
    except TimeoutError:
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


async def _photo(context: Context) -> bytes:
    stage = context.session().stage
    if not isinstance(stage, InJourney):
        raise TypeError("no person is being served")
    if stage.journey.photo_png is not None:
        return stage.journey.photo_png
    png = await context.equipment.eyes.decode_photo(stage.journey.card.photo)
    context.post(PhotoDecoded(png))
    return png


async def _until_matched(context: Context, photo: bytes) -> None:
    """Watch; raises `TimeoutError` after one attempt's time, `DeviceFault` for a camera that stays away."""
    in_a_row, trouble = 0, Reason.NONE
    try:
        async with asyncio.timeout(context.equipment.settings.face.attempt_s) as limit:
            loop, attempt_ends = asyncio.get_running_loop(), limit.when()
            async with aclosing(context.equipment.eyes.watch(photo)) as seen:
                async for sight in seen:
                    match sight:
                        case FaceCompared():
                            in_a_row = in_a_row + 1 if sight.same else 0
                            if in_a_row == MATCHES_NEEDED:
                                return
                        case CameraTrouble():
                            in_a_row, trouble = 0, sight.reason
                            grace_ends = loop.time() + CAMERA_GRACE_S
                            limit.reschedule(min(grace_ends, attempt_ends or grace_ends))
                        case CameraBack():
                            trouble = Reason.NONE
                            limit.reschedule(attempt_ends)
                        case _:
                            context.preview(sight)
    except TimeoutError:
        if trouble is Reason.NONE:
            raise
        raise DeviceFault(trouble, "did not come back") from None
