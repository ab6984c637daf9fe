"""Waiting for an identity card: trouble is told at once, and the next try follows by itself."""

from __future__ import annotations

import asyncio

import structlog

from devices.contracts import CardFailure, CardUnreadable, IdCardReader, ResidentCard
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.errands.watch import probing_of
from kiosk.session.events import CardFailed, CardRead, TimeUp, TryAgain
from kiosk.session.stages import AwaitingCard, CardTrouble

log = structlog.get_logger()

RETRY_S = 1.0
"""Seconds between two tries at a card that is not served."""

TROUBLES = {
    CardFailure.NO_ANSWER: CardTrouble.PULLED_AWAY,
    CardFailure.NOT_SELECTED: CardTrouble.PULLED_AWAY,
    CardFailure.READ_FAILED: CardTrouble.PULLED_AWAY,
    CardFailure.REJECTED: CardTrouble.NOT_READ,
    CardFailure.NO_RECORD: CardTrouble.NOT_READ,
    CardFailure.UNKNOWN_KIND: CardTrouble.OTHER_KIND,
}
"""What a person can do about a card that gave no record."""


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
        card = await reader.next_card()
    except CardUnreadable as unreadable:
        log.info("card_unreadable", device="id_reader", reason=str(unreadable))
        context.post(CardFailed(TROUBLES[unreadable.failure]))
        return False
    except DeviceFault as fault:
        log.warning("device_failed", device="id_reader", reason=fault.reason.value)
        context.post(CardFailed(CardTrouble.READER_FAILED))
        await _until_usable(context)
        return False
    if not isinstance(card, ResidentCard):
        log.info("card_unreadable", device="id_reader", reason="not_served")
        context.post(CardFailed(CardTrouble.OTHER_KIND))
        await asyncio.sleep(RETRY_S)
        return False
    context.post(CardRead(card))
    return True


async def _until_usable(context: Context) -> None:
    await probing_of(context).until_usable("id_reader")
    stage = context.session().stage
    if isinstance(stage, AwaitingCard) and stage.trouble is CardTrouble.READER_FAILED:
        context.post(TryAgain())
