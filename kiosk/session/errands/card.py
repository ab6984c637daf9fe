"""Waiting for an identity card: trouble is told at once, and the next try follows by itself."""

from __future__ import annotations

import asyncio

import structlog

from devices.contracts import CardUnreadable, IdCardReader
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.events import CardFailed, CardRead, TimeUp, TryAgain
from kiosk.session.stages import AwaitingCard, CardTrouble

log = structlog.get_logger()

RETRY_S = 1.0
"""Seconds between two tries at a reader that has failed."""

OTHER_KIND_SW3 = 0x40
"""SAM_V: unrecognised card type."""


async def read_card(context: Context) -> None:
    """Wait for a whole card, as long as the patience settings say."""
    reader = context.equipment.reader
    if reader is None:
        context.post(CardFailed(CardTrouble.READER_FAILED))
        return
    try:
        async with asyncio.timeout(context.equipment.settings.patience.card_s):
            while not await _card_read(context, reader):
                pass
    except TimeoutError:
        context.post(TimeUp())


async def _card_read(context: Context, reader: IdCardReader) -> bool:
    try:
        context.post(CardRead(await reader.next_card()))
    except CardUnreadable as unreadable:
        log.info("card_unreadable", device="id_reader", cause=str(unreadable))
        other_kind = unreadable.sw3 == OTHER_KIND_SW3
        context.post(CardFailed(CardTrouble.OTHER_KIND if other_kind else CardTrouble.PULLED_AWAY))
        return False
    except DeviceFault as fault:
        log.warning("device_failed", device="id_reader", cause=fault.cause.value)
        context.post(CardFailed(CardTrouble.READER_FAILED))
        await _until_usable(context, reader)
        return False
    return True


async def _until_usable(context: Context, reader: IdCardReader) -> None:
    while True:
        health = await reader.health()
        if health.usable:
            break
        await asyncio.sleep(RETRY_S)
    stage = context.session().stage
    if isinstance(stage, AwaitingCard) and stage.trouble is CardTrouble.READER_FAILED:
        context.post(TryAgain())
