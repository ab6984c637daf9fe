"""After "sign and send": build the record, seal it, have the terminal make it durable."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from datetime import date, datetime

import structlog

from kiosk.messages import ENVELOPE_PART, Commit, CommitRefused, Committed, EnvelopePart, Prepare, Prepared
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.events import KeepRefused, Kept
from kiosk.session.record import Provenance, record_bytes
from kiosk.session.sealing import seal
from kiosk.session.stages import Sending

log = structlog.get_logger()


async def send_application(context: Context) -> None:
    """Send the signed application to the terminal, and post what it answers. Nothing is claimed before."""
    stage, link = context.session().stage, context.equipment.link
    if not isinstance(stage, Sending):
        raise TypeError("nothing was signed")
    link.send(Prepare(application_id=stage.application_id))
    prepared = await context.answers.get()
    if not isinstance(prepared, Prepared):
        raise TypeError("the terminal answered out of turn")
    made_at = context.equipment.clock()
    origin = _origin(context.equipment, prepared, made_at)
    envelope = await asyncio.to_thread(
        _envelope, context.equipment, stage, origin, context.session().hall.today
    )
    for part in _parts(stage.application_id, envelope):
        link.send(part)
    link.send(_commit(stage, prepared, envelope))
    match await context.answers.get():
        case Committed(local_no=local_no):
            context.post(Kept(local_no, prepared.clock_trust, made_at))
        case CommitRefused(reason=reason):
            log.error("application_not_kept", reason=reason)
            context.post(KeepRefused(reason))
        case Prepared():
            raise TypeError("the terminal answered out of turn")


def _origin(equipment: Equipment, prepared: Prepared, made_at: datetime) -> Provenance:
    terminal = equipment.settings.terminal
    return Provenance(
        terminal_id=terminal.id,
        area_code=terminal.area_code,
        local_no=prepared.local_no,
        clock_trust=prepared.clock_trust,
        reach=prepared.reach,
        made_at=made_at,
        salt=secrets.token_hex(32),
    )


def _envelope(equipment: Equipment, stage: Sending, origin: Provenance, today: date) -> bytes:
    item = stage.journey.item
    return seal(
        record_bytes(stage, origin, today),
        application_id=stage.application_id,
        item=item.id,
        item_version=item.version,
        terminal=origin.terminal_id,
        platform_key=equipment.platform_key,
        kid=equipment.settings.platform.envelope_kid,
    )


def _parts(application_id: str, envelope: bytes) -> list[EnvelopePart]:
    chunks = [envelope[start : start + ENVELOPE_PART] for start in range(0, len(envelope), ENVELOPE_PART)]
    return [
        EnvelopePart(
            application_id=application_id,
            index=index,
            count=len(chunks),
            data=base64.b64encode(chunk).decode(),
        )
        for index, chunk in enumerate(chunks)
    ]


def _commit(stage: Sending, prepared: Prepared, envelope: bytes) -> Commit:
    item = stage.journey.item
    return Commit(
        application_id=stage.application_id,
        item=item.id,
        item_version=item.version,
        local_no=prepared.local_no,
        envelope_sha256=hashlib.sha256(envelope).hexdigest(),
        offline_policy=item.offline.policy,
    )
