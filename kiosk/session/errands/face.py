"""Comparing the person with the chip photo, and decoding that photo for a guide's eyes."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import structlog

from devices.contracts import FaceCompared, PhotoNotDecodable
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.events import FaceFailed, FaceMatched, PhotoDecoded
from kiosk.session.stages import FaceTrouble, InJourney

log = structlog.get_logger()

MATCHES_NEEDED = 2
"""Comparisons in a row that must agree: one lucky frame lets nobody in."""


async def look_at_face(context: Context) -> None:
    """Look for as long as one attempt may take. The camera runs inside this errand only."""
    try:
        photo = await _photo(context)
        async with asyncio.timeout(context.equipment.settings.face.attempt_s):
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
    in_a_row = 0
    async with aclosing(context.equipment.eyes.watch(photo)) as seen:
        async for sight in seen:
            if not isinstance(sight, FaceCompared):
                context.preview(sight)
                continue
            in_a_row = in_a_row + 1 if sight.same else 0
            if in_a_row == MATCHES_NEEDED:
                return
