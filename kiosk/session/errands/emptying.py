"""Emptying a printer that may hold somebody's slip: nobody may receive the slip of the person before.

Once begun it goes on, whatever stage the session is in, until it is done: a printer without paper is emptied
when it is usable again, while the clerk who mended it stands there, and not before the next citizen's eyes.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from devices.contracts.receipt_printer import ReceiptPrinter
from devices.statuses import DeviceFault, Reason
from kiosk.messages import PrinterFlushed

if TYPE_CHECKING:
    from kiosk.session.errands.context import Context

log = structlog.get_logger()

AGAIN_S = 2.0
"""Between two tries, unless somebody asks for one."""


class Emptying:
    """The tries of one session, one at a time."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._tried = asyncio.Event()
        self._said: Reason | None = None  # tried again and again: said once

    async def a_try(self, context: Context, printer: ReceiptPrinter) -> None:
        """Wait for one try. `Context.flush_printer` says afterwards whether it is still not empty."""
        self._tried.clear()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._until_empty(context, printer))
        self._wanted.set()
        await self._tried.wait()

    async def _until_empty(self, context: Context, printer: ReceiptPrinter) -> None:
        while context.flush_printer:
            self._wanted.clear()
            await self._flush(context, printer)
            self._tried.set()
            if context.flush_printer:
                with suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN_S):
                        await self._wanted.wait()
        self._tried.set()

    async def _flush(self, context: Context, printer: ReceiptPrinter) -> None:
        try:
            await printer.flush()
        except DeviceFault as fault:
            if fault.reason is not self._said:
                self._said = fault.reason
                log.warning("printer_not_flushed", device="printer", reason=fault.reason.value)
            return
        context.flush_printer, self._said = False, None
        context.equipment.link.send(PrinterFlushed())
