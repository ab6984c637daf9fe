"""After "sign and send": build the record, seal it, have the terminal make it durable."""

from __future__ import annotations

import asyncio
import base64
import secrets
from datetime import date, datetime
from functools import partial

import structlog

from config.printer_profile import profile_named
from kiosk.messages import SEALED_CHUNK, Commit, CommitRefused, Committed, Prepare, Prepared, SealedChunk
from kiosk.session.card_facts import has_reached
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.events import KeepRefused, Kept
from kiosk.session.platform_key import PlatformKey
from kiosk.session.record import Provenance, record_bytes, sent_pages
from kiosk.session.restore_codes import codes, compact_content, fit
from kiosk.session.sealing import page_content, seal, sealed_name
from kiosk.session.stages import Sending

log = structlog.get_logger()


async def send_application(context: Context) -> None:
    """Send the signed application to the terminal, and post what it answers. Nothing is claimed before."""
    stage, link = context.session().stage, context.equipment.link
    if not isinstance(stage, Sending):
        raise TypeError("nothing was signed")
    key = context.platform_key
    if key is None:
        log.error("application_not_kept", reason="key_withdrawn")
        context.post(KeepRefused("key_withdrawn"))
        return
    link.send(Prepare(application_id=stage.application_id))
    prepared = await context.answers.get()
    if not isinstance(prepared, Prepared):
        raise TypeError("the terminal answered out of turn")
    made_at = context.equipment.clock()
    origin = _origin(context, prepared, made_at)
    parts, envelope, compact = await asyncio.to_thread(
        _envelopes, context.equipment, key, stage, origin, context.session().hall.today
    )
    for sealed in (*parts, envelope):
        for chunk in _chunks(stage.application_id, sealed):
            link.send(chunk)
    link.send(_commit(stage, prepared, envelope, compact))
    match await context.answers.get():
        case Committed() as committed:
            hall = context.session().hall
            restore_codes = _restore_codes(context.equipment, compact, committed)
            context.post(
                Kept(
                    committed.local_no,
                    prepared.clock_trust,
                    made_at,
                    committed.statement,
                    restore_codes,
                    large_print=has_reached(hall.large_print_from_age, stage.journey.card, hall.today),
                )
            )
        case CommitRefused(reason=reason):
            log.error("application_not_kept", reason=reason)
            context.post(KeepRefused(reason))
        case Prepared():
            raise TypeError("the terminal answered out of turn")


def _origin(context: Context, prepared: Prepared, made_at: datetime) -> Provenance:
    terminal = context.equipment.settings.terminal
    return Provenance(
        terminal_id=terminal.id,
        area_code=terminal.area_code,
        local_no=prepared.local_no,
        clock_trust=prepared.clock_trust,
        reach=prepared.reach,
        made_at=made_at,
        salt=secrets.token_hex(32),
        catalogue_version=context.session().hall.catalogue_version,
        clock_offset=prepared.clock_offset,
    )


def _envelopes(
    equipment: Equipment, to: PlatformKey, stage: Sending, origin: Provenance, today: date
) -> tuple[list[bytes], bytes, bytes | None]:
    """The sealed pages, the application, and for a slip the compact one: empty if none fits, or None."""
    item = stage.journey.item
    sealed = partial(
        seal,
        application_id=stage.application_id,
        item=item.id,
        item_version=item.version,
        terminal=origin.terminal_id,
        platform_key=to.key,
        kid=to.kid,
    )
    pages = sent_pages(stage.journey, today)
    parts = [sealed(page_content(jpeg), is_part=True) for jpeg in pages.values()]
    record = record_bytes(stage, origin, today, dict(zip(pages, map(sealed_name, parts), strict=True)))
    envelope = sealed(record, parts=parts)
    if equipment.printer is None or not equipment.settings.printer.restore_codes:
        return parts, envelope, None
    compact = sealed(compact_content(record), stands_for=envelope)
    # No slip has room for pages, and without them the platform files nothing.
    fits = not parts and fit(compact, origin.local_no, _width_dots(equipment))
    return parts, envelope, compact if fits else b""


def _restore_codes(
    equipment: Equipment, compact: bytes | None, committed: Committed
) -> tuple[str, ...] | None:
    if compact is None:
        return None
    if not compact or committed.compact_signature is None:
        return ()
    return codes(compact, committed.compact_signature, committed.local_no, _width_dots(equipment)) or ()


def _width_dots(equipment: Equipment) -> int:
    return profile_named(equipment.settings.printer.profile).width_dots


def _chunks(application_id: str, sealed: bytes) -> list[SealedChunk]:
    chunks = [sealed[start : start + SEALED_CHUNK] for start in range(0, len(sealed), SEALED_CHUNK)]
    return [
        SealedChunk(
            application_id=application_id,
            sha256=sealed_name(sealed),
            index=index,
            count=len(chunks),
            data=base64.b64encode(chunk).decode(),
        )
        for index, chunk in enumerate(chunks)
    ]


def _commit(stage: Sending, prepared: Prepared, envelope: bytes, compact: bytes | None) -> Commit:
    item = stage.journey.item
    return Commit(
        application_id=stage.application_id,
        item=item.id,
        item_version=item.version,
        local_no=prepared.local_no,
        envelope_sha256=sealed_name(envelope),
        offline_policy=item.offline.policy,
        compact=base64.b64encode(compact).decode() if compact else None,
    )
