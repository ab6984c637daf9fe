"""A receipt printer on a serial line, ESC/POS: it has printed only if it says so after the last byte.

How a job reaches the paper and how its end is known is told in `devices.escpos.sending`. What a job that does
not end well is called:

===============================  ===========  ============================================================
nothing was sent                 NOT_PRINTED  the printer was not usable, or an old job could not be cleared
stopped before the cut was sent  NOT_PRINTED  it said why: no whole slip exists, and none will
everything else                  UNKNOWN      silent, unplugged, stopped at the knife, not well at the end
===============================  ===========  ============================================================

A real printer keeps what it was sent and lets it out after the refill, for whoever stands there then. So
after every job that did not end as printed its buffer is emptied before anything else is printed, and what
may hang from the printer is cut off first. A printer that cannot prove that it is empty is made so: a command
that was torn is filled up, what it holds comes out, and is cut off, while nobody waits for a slip.

A jammed knife stays an error until it is told to recover: that is tried once each time the error is new, so
that a cover opened and closed by a guide is enough.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from config.printer_profile import PrinterProfile
from devices.contracts.receipt_printer import PaperJob, PrintOutcome, PrintResult
from devices.escpos.conversation import ANSWER_S, BY_CABLE, Conversation, Way, hanging
from devices.escpos.sending import Sending
from devices.escpos.status import Cleared
from devices.serial_line import FlowControl
from devices.statuses import DeviceFault, PrinterHealth, PrinterMedia, Reason, health_after

DOTS_PER_MM = 8
"""203 dots an inch, which all receipt printers have."""

LET_OUT_MM = 120
"""How much paper a printer that cannot be cleared is given to let out what it holds: several times what it is
ever sent ahead."""

_MOUTH_S = 5.0
"""From the order to take a slip back to an empty mouth; also added to the time that it is held out."""

_POLL_S = 0.5

_RECOVER_AND_CLEAR = b"\x10\x05\x02"
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_INIT = b"\x1b@"
_CUT = b"\x1dVB\x20"
_CUT_DOTS = 128
_TAKE_BACK = {"custom": b"\x1de\x02", "citizen": b"\x1dR0"}
"""`GS e 2` (Custom), `GS R 0` (Citizen)."""
_END_OF_HEADER = bytes(8)
"""Ends the sizes at the head of a torn command. A printer takes a question's own bytes for sizes else, and
waits for a picture of a kilometre."""
_LONGEST_COMMAND = 2100
"""A band of a picture or a QR code's data: this many NULs end any command that was torn; alone they do
nothing."""

_log = structlog.get_logger()


class EscPosPrinter:
    """A `ReceiptPrinter` over `port` at `baud`, 8N1. The next call reopens a lost port."""

    def __init__(
        self,
        port: str,
        baud: int,
        profile: PrinterProfile,
        flow: FlowControl = "none",
        way: Way = BY_CABLE,
    ) -> None:
        self._line = Conversation(port, baud, profile, flow, way)
        self._port = port
        self._baud = baud
        self._profile = profile
        self._way = way
        self._turn = asyncio.Lock()
        self._unfinished = False  # the printer may hold something of a job
        self._hanging = False  # something of a job may hang uncut from the printer
        self._knife_retried = False
        self._job: asyncio.Task[PrintResult] | None = None

    async def health(self) -> PrinterHealth:
        """Ask how the printer is; while a job runs, wait for its end first."""
        async with self._turn:
            return await self._health()

    async def print(self, job: PaperJob) -> PrintResult:
        """Print `job`; the module says what each result means. Cancelling the caller does not stop a job."""
        await self._turn.acquire()
        self._job = asyncio.create_task(self._print(job))
        return await asyncio.shield(self._job)

    async def flush(self) -> None:
        """Empty the printer's buffer and cut off what hangs. Raises `DeviceFault` unless it is empty."""
        async with self._turn:
            self._unfinished = self._hanging = True
            await self._clear()
            await self._cut_off()
            _log.info("printer_flushed", device="printer", port=self._port)

    async def take_back(self) -> bool:
        """Have the presenter take back a slip that nobody took; whether its mouth is empty then."""
        async with self._turn:
            presenter = self._profile.presenter
            if presenter is None or presenter.then != "retract" or presenter.dialect not in _TAKE_BACK:
                return False
            try:
                await self._begin()
                await self._line.send(_TAKE_BACK[presenter.dialect])
                health = await self._mouth_empty(_MOUTH_S)
            except DeviceFault:
                return False
            return health.media is PrinterMedia.NOT_PRESENT

    async def close(self) -> None:
        """Give the port back, after the end of a job that is running."""
        async with self._turn:
            await self._line.close()

    # ---- a job -------------------------------------------------------------------------------------------

    async def _print(self, job: PaperJob) -> PrintResult:
        try:
            began = self._way.clock()
            result = await self._checked(job)
            _log.info(
                "paper_job_ended",
                device="printer",
                outcome=result.outcome.value,
                reason=result.reason.value,
                bytes=sum(len(data) for data, _ in job),
                ms=round((self._way.clock() - began) * 1000),
            )
            return result
        finally:
            self._turn.release()

    async def _checked(self, job: PaperJob) -> PrintResult:
        try:
            if self._unfinished:
                await self._clear()
            before = await self._health()
            if not before.usable:
                return PrintResult(PrintOutcome.NOT_PRINTED, before.reason)
            if self._profile.presenter is not None and before.media is PrinterMedia.PRESENT:
                await self._mouth_must_be_empty(self._profile.presenter.hold_s + _MOUTH_S)
            if self._hanging:
                await self._cut_off()
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.NOT_PRINTED, fault.reason)
        self._unfinished = self._hanging = True
        sending = self._sending()
        try:
            reason = await sending.until_out(job, end_mark=self._profile.end_mark)
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.UNKNOWN, fault.reason)
        if reason is None:
            self._unfinished = self._hanging = False
            return PrintResult(PrintOutcome.PRINTED)
        if self._profile.clear == "dle_dc4":
            with suppress(DeviceFault):
                await self._line.begin()
                self._unfinished = not await self._cleared()  # now, so that no refill lets its rest out
        half = self._profile.knife is not None and not sending.last_begun
        return PrintResult(PrintOutcome.NOT_PRINTED if half else PrintOutcome.UNKNOWN, reason)

    def _sending(self) -> Sending:
        dots_per_s = self._profile.speed_mm_s * DOTS_PER_MM
        return Sending(self._line, self._baud, dots_per_s, self._profile.buffer_bytes, self._way)

    async def _mouth_must_be_empty(self, within_s: float) -> None:
        """A new slip would push out one that nobody took, to whoever stands there now."""
        if (await self._mouth_empty(within_s)).media is PrinterMedia.PRESENT:
            raise DeviceFault(Reason.PRESENTER, f"{self._port}: the slip before was not taken")

    async def _mouth_empty(self, within_s: float) -> PrinterHealth:
        """How the printer is when its mouth is empty, or after `within_s`."""
        give_up_at = self._way.clock() + within_s
        health, _ = await self._line.statuses()
        while health.media is PrinterMedia.PRESENT and self._way.clock() < give_up_at:
            await self._line.listen(_POLL_S)
            health, _ = await self._line.statuses()
        return health

    # ---- between jobs ------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Have an open line on which a question is heard as one."""
        await self._line.begin()
        if self._unfinished:
            await self._line.send(_END_OF_HEADER)

    async def _clear(self) -> None:
        """Empty the printer's buffers. Raises `DeviceFault` unless that is proved, or all has come out."""
        await self._begin()
        if self._profile.clear == "let_out" or not await self._cleared():
            await self._let_out()
        self._unfinished = False

    async def _cleared(self) -> bool:
        await self._line.send(_RECOVER_AND_CLEAR + _CLEAR)
        give_up_at = self._way.clock() + ANSWER_S
        while (left_s := give_up_at - self._way.clock()) > 0:
            if any(isinstance(reply, Cleared) for reply in await self._line.listen(left_s)):
                await self._line.send(_INIT)
                return True
        return False

    async def _let_out(self) -> None:
        await self._must_be_well()  # else what is sent only waits in a stopped printer
        filler = bytes(min(_LONGEST_COMMAND, self._profile.buffer_bytes // 2)) + _INIT
        reason = await self._sending().until_out(
            ((filler, LET_OUT_MM * DOTS_PER_MM),), end_mark=self._profile.end_mark
        )
        if reason is not None:
            raise DeviceFault(reason, f"{self._port} still holds an old job")

    async def _cut_off(self) -> None:
        await self._must_be_well()
        if self._profile.knife is not None:
            reason = await self._sending().until_out(
                ((_INIT + _CUT, _CUT_DOTS),), end_mark=self._profile.end_mark
            )
            if reason is not None:
                raise DeviceFault(reason, f"{self._port} cannot cut")
        self._hanging = False

    async def _must_be_well(self) -> None:
        health = await self._well()
        if not health.usable:
            raise DeviceFault(health.reason, self._port)

    async def _health(self) -> PrinterHealth:
        try:
            await self._begin()
            health = await self._well()
        except DeviceFault as fault:
            health = PrinterHealth(health_after(fault.reason))
        return hanging(health) if self._hanging else health

    async def _well(self) -> PrinterHealth:
        """How the printer is, after a knife that is newly stuck was told to try again."""
        health, _ = await self._line.statuses()
        if health.reason is Reason.CUTTER and not self._knife_retried:
            await self._line.send(_RECOVER_AND_CLEAR)  # nothing of a job is wanted any more
            health, _ = await self._line.statuses()
        self._knife_retried = health.reason is Reason.CUTTER
        return health
