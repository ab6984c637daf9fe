"""Waiting for an identity card: trouble is told at once, and the next try follows by itself."""

from __future__ import annotations

import asyncio

import structlog

from devices.contracts.id_cards import CardFailure, CardUnreadable, IdCardReader
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.errands.watch import probing_of
from kiosk.session.events import CardFailed, CardRead, TimeUp, TryAgain
from kiosk.session.idling import paced
from kiosk.session.stages import AwaitingCard, CardTrouble, GuardianStep, InJourney, PartyStep

log = structlog.get_logger()

TROUBLES = {
    CardFailure.NO_ANSWER: CardTrouble.PULLED_AWAY,
    CardFailure.NOT_SELECTED: CardTrouble.PULLED_AWAY,
    CardFailure.READ_FAILED: CardTrouble.PULLED_AWAY,
    CardFailure.REJECTED: CardTrouble.NOT_READ,
    CardFailure.NO_RECORD: CardTrouble.NOT_READ,
    CardFailure.UNKNOWN_KIND: CardTrouble.OTHER_KIND,
}
"""What a person can do about a card that gave no record."""


AGAIN_S = 0.2
"""Before the next look for a card: the one that was just read may still lie there."""


async def read_card(context: Context) -> None:
    """Wait for a whole card: as long as the screen stands; for somebody beside the applicant, for a while."""
    reader = context.equipment.reader
    if reader is None:
        context.post(CardFailed(CardTrouble.READER_FAILED))
        return
    try:
        async with asyncio.timeout(_limit_s(context)):
            await _whole_card(context, reader)
    except TimeoutError:
        context.post(TimeUp())


def _limit_s(context: Context) -> float | None:
    """Whoever does not come after all is asked about again."""
    session = context.session()
    beside = isinstance(session.stage, InJourney) and isinstance(session.stage.step, PartyStep)
    return paced(context.equipment.settings.patience, session.ease).card_s if beside else None


async def _whole_card(context: Context, reader: IdCardReader) -> None:
    while True:
        if await _card_read(context, reader) and not _awaits_another(context):
            return
        await asyncio.sleep(AGAIN_S)


async def _card_read(context: Context, reader: IdCardReader) -> bool:
    try:
        # Only where something can be done with them: a terminal without a sensor never reads them.
        card = await reader.next_card(fingerprints=context.equipment.fingerprints is not None)
    except CardUnreadable as unreadable:
        log.info("card_unreadable", device="id_reader", reason=str(unreadable))
        context.post(CardFailed(TROUBLES[unreadable.failure]))
        return False
    except DeviceFault as fault:
        log.warning("device_failed", device="id_reader", reason=fault.reason.value)
        context.post(CardFailed(CardTrouble.READER_FAILED))
        await _until_usable(context)
        return False
    context.post(CardRead(card))
    return True


def _awaits_another(context: Context) -> bool:
    """The card that was read was not the one waited for, mostly the one before it: another may follow."""
    stage = context.session().stage
    return isinstance(stage, InJourney) and isinstance(stage.step, GuardianStep | PartyStep)


async def _until_usable(context: Context) -> None:
    await probing_of(context).until_usable("id_reader")
    stage = context.session().stage
    failed = isinstance(stage, AwaitingCard) and stage.trouble is CardTrouble.READER_FAILED
    if failed or _awaits_another(context):
        context.post(TryAgain())
