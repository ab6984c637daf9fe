"""Printing the slip, as a transaction: numbered, announced, and ended with what is known."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from uuid import uuid4

import structlog

from config.printer_profile import profile_named
from devices.contracts import PrintOutcome, ReceiptPrinter
from kiosk.messages import PrintJob, PrintState
from kiosk.session.errands.context import Context
from kiosk.session.errands.watch import flush
from kiosk.session.events import SlipEnded
from kiosk.session.stages import Outcome
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.slip import slip_document

log = structlog.get_logger()


PRINT_STATES: Mapping[PrintOutcome, PrintState] = {
    PrintOutcome.PRINTED: "printed",
    PrintOutcome.NOT_PRINTED: "not_printed",
    PrintOutcome.UNKNOWN: "unknown",
}


async def print_slip(context: Context) -> None:
    """Print once the receipt has had its chance. The paper outlives its stage: leaving waits for it."""
    await _receipt_had_its_chance(context)
    printer = context.equipment.printer
    if printer is None:
        context.post(SlipEnded("no_printer"))
        return
    context.paper = asyncio.create_task(_one_slip(context, printer))
    await asyncio.shield(context.paper)


async def paper_done(context: Context) -> None:
    """Wait for a slip on its way: half a slip helps nobody."""
    if context.paper is not None:
        await context.paper


async def _receipt_had_its_chance(context: Context) -> None:
    """A slip that can say "received" helps more than one that says "kept": wait a little for it."""
    if context.session().hall.reach != "online":
        return
    try:
        async with asyncio.timeout(context.equipment.settings.patience.delivery_s):
            while isinstance(stage := context.session().stage, Outcome) and not stage.received:
                context.changed.clear()
                await context.changed.wait()
    except TimeoutError:
        return


async def _one_slip(context: Context, printer: ReceiptPrinter) -> None:
    session, equipment = context.session(), context.equipment
    if not isinstance(session.stage, Outcome):
        return
    if context.flush_printer:
        await flush(context, printer)
        if context.flush_printer:
            context.post(SlipEnded("not_printed"))
            return
    profile = profile_named(equipment.settings.printer.profile)
    job = receipt_job(slip_document(session.stage.slip, session.language), profile, Glyphs())
    job_id, sha256 = str(uuid4()), hashlib.sha256(b"".join(data for data, _ in job)).hexdigest()
    equipment.link.send(PrintJob(job_id=job_id, state="started", sha256=sha256))
    context.post(SlipEnded("started"))
    result = await printer.print(job)
    state, reason = PRINT_STATES[result.outcome], result.reason.value
    equipment.link.send(PrintJob(job_id=job_id, state=state, sha256=sha256, reason=reason))
    if result.outcome is not PrintOutcome.PRINTED:
        log.warning("slip_not_printed", device="printer", outcome=state, reason=reason, job_id=job_id)
    # Bytes may still lie in its buffer; the next slip, anybody's, must not push them out.
    context.flush_printer = result.outcome is not PrintOutcome.PRINTED
    context.post(SlipEnded(state))
