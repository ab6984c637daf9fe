"""Comparing a live finger with the chip's: the sensor is on inside this errand only."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import structlog

from config.settings import FingerprintSettings
from devices.contracts.fingerprints import FingerprintCompared, FingerprintMatcher
from devices.contracts.id_cards import Fingerprint
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.events import FingerprintFailed, FingerprintMatched
from kiosk.session.stages import InJourney
from kiosk.session.verification import FingerprintTrouble

log = structlog.get_logger()

ATTEMPT_S = 20.0
"""How long one attempt waits for a finger that matches: long enough to wipe it and lay it on again."""

LAYS = 2
"""Comparisons that one attempt may take: a finger laid on askew may be laid on better, and no more."""


async def compare_fingerprint(context: Context) -> None:
    """Compare for as long as one attempt may take, and as often."""
    matcher = context.equipment.fingerprints
    if matcher is None:
        context.post(FingerprintFailed(FingerprintTrouble.SENSOR_FAILED))
        return
    try:
        async with asyncio.timeout(ATTEMPT_S):
            same = await _same_finger(context, matcher)
    except DeviceFault as fault:
        log.warning("device_failed", device="fingerprint", reason=fault.reason.value)
        context.post(FingerprintFailed(FingerprintTrouble.SENSOR_FAILED))
    except TimeoutError:
        context.post(FingerprintFailed(FingerprintTrouble.NOT_RECOGNISED))
    else:
        context.post(
            FingerprintMatched(_module(context.equipment.settings.fingerprint))
            if same
            else FingerprintFailed(FingerprintTrouble.NOT_RECOGNISED)
        )
    finally:
        context.preview(None)


async def _same_finger(context: Context, matcher: FingerprintMatcher) -> bool:
    lays = 0
    async with aclosing(matcher.compare(_on_the_chip(context))) as events:
        async for event in events:
            if not isinstance(event, FingerprintCompared):
                context.preview(event)
                continue
            if event.same:
                return True
            lays += 1
            if lays == LAYS:
                return False
    return False


def _module(settings: FingerprintSettings) -> str:
    """What compared, for the record: the driver, and the library's name without its folder."""
    return f"{settings.driver}:{settings.library.name if settings.library else ''}"


def _on_the_chip(context: Context) -> tuple[Fingerprint, ...]:
    stage = context.session().stage
    if not isinstance(stage, InJourney):
        raise TypeError("no person is being served")
    return stage.journey.holder.fingerprints or ()
