"""Waiting for a code: the scanner is lit for the question that asked, and dark otherwise."""

from __future__ import annotations

import structlog

from devices.contracts.scanner import BarcodeScanner, ScanUnreadable
from devices.statuses import DeviceFault
from kiosk.session.errands.context import Context
from kiosk.session.errands.watch import probing_of
from kiosk.session.events import CodeScanned, ScanFailed

log = structlog.get_logger()


async def await_code(context: Context, question_id: str) -> None:
    """Tell every code that is held before the scanner until the question has been answered or left."""
    scanner = context.equipment.scanner
    if scanner is None:
        context.post(ScanFailed(question_id, "scanner_failed"))
        return
    while True:
        await _one_code(context, scanner, question_id)


async def _one_code(context: Context, scanner: BarcodeScanner, question_id: str) -> None:
    try:
        scan = await scanner.scan()
    except ScanUnreadable as unreadable:
        log.info("code_unreadable", device="scanner", reason=unreadable.problem.value)
        context.post(ScanFailed(question_id, "unreadable_code"))
    except DeviceFault as fault:
        log.warning("device_failed", device="scanner", reason=fault.reason.value)
        context.post(ScanFailed(question_id, "scanner_failed"))
        await probing_of(context).until_usable("scanner")
        context.post(ScanFailed(question_id, None))
    else:
        context.post(CodeScanned(question_id, scan))
