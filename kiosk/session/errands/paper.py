"""Printing the slip, as a transaction: numbered, announced, and ended with what is known."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import uuid4

import structlog

from config.printer_profile import Presenter, profile_named
from devices.contracts.receipt_printer import PrintOutcome, ReceiptPrinter
from devices.statuses import PrinterMedia
from kiosk.messages import MOST_GUIDES, PrintJob, PrintState
from kiosk.session.errands.context import Context
from kiosk.session.events import GuidesEnough, SlipEnded, SlipMoved
from kiosk.session.guide_lines import guide_slip
from kiosk.session.hall import Hall, Language
from kiosk.session.stages import Enquired, GuidePage, Outcome
from printing.document import Document
from printing.enquiry import enquiry_document
from printing.escpos import receipt_job
from printing.fonts import Glyphs
from printing.guide import guide_document
from printing.slip import slip_document

log = structlog.get_logger()

LOOK_S = 0.5
"""Between two looks at the mouth of a presenter."""

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
    """Wait for a slip on its way: half a slip helps nobody. One that hangs there still is taken back."""
    if context.paper is not None:
        await context.paper
    if context.slip_watch is None:
        return
    left = not context.slip_watch.done()
    context.slip_watch.cancel()
    printer = context.equipment.printer
    if left and printer is not None:
        taken_back = await printer.take_back()
        log.warning(
            "slip_left",
            device="printer",
            job_id=context.own_job,
            outcome="taken_back" if taken_back else "in_mouth",
        )


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
    if not isinstance(stage := session.stage, Outcome | Enquired | GuidePage):
        return
    if context.flush_printer and not await _emptied_of_own(context, printer):
        context.post(SlipEnded("no_printer" if context.own_job is None else "not_printed"))
        return
    guide = isinstance(stage, GuidePage)
    if guide and context.guides >= MOST_GUIDES:
        context.post(GuidesEnough())
        return
    if context.slip_watch is not None:
        context.slip_watch.cancel()
    profile = profile_named(equipment.settings.printer.profile)
    document = _document(stage, session.hall, session.language, equipment.clock())
    large = not isinstance(stage, GuidePage) and stage.slip.large
    reprinted = stage.reprinted if isinstance(stage, Outcome) and context.own_slip is not None else None
    job = receipt_job(document, profile, Glyphs(), large=large)
    note = partial(
        PrintJob,
        job_id=str(uuid4()),
        paper="guide" if guide else "slip",
        sha256=hashlib.sha256(b"".join(data for data, _ in job)).hexdigest(),
        reprint_of=None if reprinted is None else context.own_slip,
        reprint_reason=reprinted,
    )
    begun = note(state="started")
    context.own_job = begun.job_id
    if guide:
        context.guides += 1
    elif context.own_slip is None:
        context.own_slip = begun.job_id
    equipment.link.send(begun)
    context.post(SlipEnded("started"))
    result = await printer.print(job)
    state, reason = PRINT_STATES[result.outcome], result.reason.value
    equipment.link.send(note(state=state, reason=reason))
    # Bytes may still lie in its buffer; the next slip, anybody's, must not push them out.
    context.flush_printer = result.outcome is not PrintOutcome.PRINTED
    context.post(SlipEnded(state))
    if result.outcome is not PrintOutcome.PRINTED:
        log.warning("slip_not_printed", device="printer", outcome=state, reason=reason, job_id=begun.job_id)
        await context.emptying.a_try(context, printer)
    elif profile.presenter is not None and profile.status == "custom":
        context.slip_watch = asyncio.create_task(_watch_slip(context, printer, profile.presenter))


def _document(
    stage: Outcome | Enquired | GuidePage, hall: Hall, language: Language, now: datetime
) -> Document:
    """The slip; after it, where there was one, what the person asked to see, on a paper of its own."""
    if isinstance(stage, GuidePage):
        return guide_document(guide_slip(stage, hall, now), language)
    if isinstance(stage, Enquired):
        return enquiry_document(stage.slip, language)
    slip = slip_document(stage.slip, language, reprint=stage.reprinted is not None)
    if stage.enquiry is None or stage.reprinted is not None:
        return slip
    return (*slip, *enquiry_document(stage.enquiry, language))


async def _emptied_of_own(context: Context, printer: ReceiptPrinter) -> bool:
    """Empty the printer if what it holds is this person's own; another's must not come out before them."""
    if context.own_job is not None:
        await context.emptying.a_try(context, printer)
    return not context.flush_printer


async def _watch_slip(context: Context, printer: ReceiptPrinter, presenter: Presenter) -> None:
    """Look until the slip is gone from the mouth: into a hand, or back when its time was over."""
    clock = asyncio.get_running_loop().time
    began = clock()
    context.post(SlipMoved("in_mouth"))
    while (health := await printer.health()).media is PrinterMedia.PRESENT:  # noqa: ASYNC110  it is asked, it does not tell
        await asyncio.sleep(LOOK_S)
    if health.media is not PrinterMedia.NOT_PRESENT:
        return  # nobody can tell any more
    taken = presenter.then != "retract" or clock() - began < presenter.hold_s
    context.post(SlipMoved("taken" if taken else "taken_back"))
    if taken:
        log.info("slip_taken", device="printer", job_id=context.own_job)
    else:
        log.warning("slip_left", device="printer", job_id=context.own_job, outcome="taken_back")
