"""Looking something up: one sealed question by way of the terminal, and what is told to exactly that one."""

from __future__ import annotations

import asyncio
import base64
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

import structlog

from kiosk.messages import AskSharedData, SharedDataMissing, SharedDataTold
from kiosk.session import shared_data
from kiosk.session.errands.context import Context
from kiosk.session.events import LookupMissing, LookupTold
from kiosk.session.facts import fitting, unfit
from kiosk.session.journey import LookupReason
from kiosk.session.known import lookup_of
from kiosk.session.shared_data import Asker, Asking, NotTheAnswer
from kiosk.session.stages import InJourney
from kiosk.session.work import LookUp

log = structlog.get_logger()

PATIENCE_S = 8.0
"""The terminal answers within six seconds, whatever the platform does; this is for one that does not."""

_WHY: Mapping[Literal["no_record", "holder_unavailable"] | None, LookupReason] = {
    "no_record": "nobody_knows",
    "holder_unavailable": "unreachable",
    None: "refused",
}
"""Why nothing is told, by what the answer says of it; None where what it told does not fit."""


async def look_up(context: Context, work: LookUp) -> None:
    """Ask the platform about the verified person, and post what it told or why it did not."""
    stage = context.session().stage
    if not isinstance(stage, InJourney):
        raise TypeError("nobody is being served")
    equipment = context.equipment
    lookup = lookup_of(stage.journey.item, work.lookup_id)
    key = context.platform_key
    if key is None:
        log.info("lookup_missing", item=stage.journey.item.id, key=lookup.id, reason="no_key")
        context.post(LookupMissing(lookup.id, "unreachable"))
        return
    asking = shared_data.question(
        stage.journey,
        lookup,
        work.sent,
        asker=Asker(
            terminal_id=equipment.settings.terminal.id,
            area_code=equipment.settings.terminal.area_code,
            platform_key=key.key,
            kid=key.kid,
        ),
        question_id=str(uuid.uuid4()),
        asked_at=equipment.clock(),
    )
    said = await _asked(context, asking)
    if isinstance(said, SharedDataMissing):
        log.info("lookup_missing", item=stage.journey.item.id, key=lookup.id, reason=said.reason)
        context.post(LookupMissing(lookup.id, "refused" if said.reason == "refused" else "unreachable"))
        return
    try:
        answer = shared_data.answer(asking, _decoded(said), equipment.platform_word)
    except NotTheAnswer as error:
        log.warning("lookup_refused", item=stage.journey.item.id, key=lookup.id, reason=str(error))
        context.post(LookupMissing(lookup.id, "refused"))
        return
    for fact in unfit(lookup, answer.told):
        log.warning("fact_unfit", item=stage.journey.item.id, key=f"{lookup.id}.{fact}")
    facts = fitting(lookup, answer.told)
    # Told or not, and how much: the log has nothing that tells one person from another.
    log.info("lookup_answered", item=stage.journey.item.id, key=lookup.id)
    if facts:
        context.post(LookupTold(lookup.id, facts, answer.told_at, answer.proof))
    else:
        context.post(LookupMissing(lookup.id, _WHY[answer.missing]))


async def _asked(context: Context, asking: Asking) -> SharedDataTold | SharedDataMissing:
    """What the terminal says to this question; an answer to an earlier one, given up since, is dropped."""
    context.equipment.link.send(
        AskSharedData(question_id=asking.question_id, data=base64.b64encode(asking.sealed).decode())
    )
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            while True:
                said = await context.told.get()
                if said.question_id == asking.question_id:
                    return said
    return SharedDataMissing(question_id=asking.question_id, reason="late")


def _decoded(said: SharedDataTold) -> bytes:
    try:
        return base64.b64decode(said.data, validate=True)
    except ValueError:
        raise NotTheAnswer("frame: not base64") from None
