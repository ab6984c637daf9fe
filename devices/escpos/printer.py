"""A receipt printer on a serial line, ESC/POS: it has printed only if it says so after the last byte.

How the end is known. `DLE EOT` is answered in real time, while the paper still moves, so it proves nothing
about a job's end. Where the profile has an end mark, `GS r 1` is sent behind the last byte: it is executed in
its turn, after everything before it, and not while the printer is stopped (Epson ESC/POS command reference,
"GS r"). Where it has none, the end is when the last row must be out by the paper's speed. In both cases the
printer must report itself well after it.

What a job that does not end well is called:

===============================  ===========  ============================================================
nothing was sent                 NOT_PRINTED  the printer was not usable, or an old job could not be cleared
stopped, then proved empty       NOT_PRINTED  it said why it stopped and that its buffer is empty: no whole
                                              slip was cut, and none will come
stopped at the knife             UNKNOWN      all is printed, but hangs uncut
everything else                  UNKNOWN      silent, unplugged, not well at the end, not proved empty
===============================  ===========  ============================================================

A real printer keeps a stopped job and lets it out after the refill, for whoever stands there then. So after
every job that did not end as printed its buffer is emptied before anything else is printed, and what may hang
from the printer is cut off first. A printer that cannot prove that it is empty is made so: a command that was
torn is filled up, what it holds comes out, and is cut off, while nobody waits for a slip.

A jammed knife stays an error until it is told to recover: that is tried once each time the error is new, so
that a cover opened and closed by a guide is enough.
"""

from __future__ import annotations

import asyncio
import time

import structlog

from config.printer_profile import PrinterProfile
from devices.contracts import PaperJob, PrintOutcome, PrintResult
from devices.escpos.conversation import ANSWER_S, Conversation, hanging, has_mark
from devices.escpos.pace import Pace
from devices.escpos.status import Automatic, Cleared, Reply, health_by_itself
from devices.serial_line import FlowControl
from devices.statuses import DeviceFault, DeviceState, PrinterHealth, Reason, health_after

DOTS_PER_MM = 8
"""203 dots an inch, which all receipt printers have."""

END_S = 20.0
"""From the last byte handed to the kernel to the end mark: 4 KB still on a 9600 baud wire, and the paper."""

LET_OUT_MM = 400
"""A long slip: how much paper a printer that cannot be cleared is given to let out what it holds."""

_POLL_S = 0.5
_SETTLING_S = 0.2
"""The motor starts and stops: added to the paper's own time where no end mark tells."""

_RECOVER_AND_CLEAR = b"\x10\x05\x02"
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_END_MARK = b"\x1dr\x01"
_INIT = b"\x1b@"
_CUT = b"\x1dVB\x20"
_CUT_DOTS = 128
_LONGEST_COMMAND = 2100
"""A band of a picture or a QR code's data: this many NULs end any command that was torn; alone they do
nothing."""

_log = structlog.get_logger()


class EscPosPrinter:
    """`devices.contracts.ReceiptPrinter` over `port` at `baud`, 8N1. The next call reopens a lost port."""

    def __init__(self, port: str, baud: int, profile: PrinterProfile, flow: FlowControl = "none") -> None:
        self._line = Conversation(port, baud, profile, flow)
        self._port = port
        self._baud = baud
        self._profile = profile
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
            health, _ = await self._line.statuses()
            if health.usable:
                await self._cut_off()
            _log.info("printer_flushed", device="printer", port=self._port)

    async def close(self) -> None:
        """Give the port back, after the end of a job that is running."""
        async with self._turn:
            await self._line.close()

    # ---- a job -------------------------------------------------------------------------------------------

    async def _print(self, job: PaperJob) -> PrintResult:
        try:
            began = time.monotonic()
            result = await self._checked(job)
            _log.info(
                "paper_job_ended",
                device="printer",
                outcome=result.outcome.value,
                reason=result.reason.value,
                bytes=sum(len(data) for data, _ in job),
                ms=round((time.monotonic() - began) * 1000),
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
            if self._hanging:
                await self._cut_off()
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.NOT_PRINTED, fault.reason)
        self._unfinished = self._hanging = True
        try:
            reason = await self._until_out(job)
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.UNKNOWN, fault.reason)
        if reason is None:
            self._unfinished = self._hanging = False
            return PrintResult(PrintOutcome.PRINTED)
        return await self._stopped(reason)

    async def _stopped(self, reason: Reason) -> PrintResult:
        """A job stopped half-way: clear its rest, so that it never comes out."""
        if self._profile.clear == "let_out":
            return PrintResult(PrintOutcome.UNKNOWN, reason)
        try:
            await self._clear()
        except DeviceFault:
            return PrintResult(PrintOutcome.UNKNOWN, reason)
        at_the_knife = reason is Reason.CUTTER
        return PrintResult(PrintOutcome.UNKNOWN if at_the_knife else PrintOutcome.NOT_PRINTED, reason)

    async def _until_out(self, job: PaperJob) -> Reason | None:
        """Send `job` and wait until it is out: None. Or why the printer says that it has stopped.

        Raises `DeviceFault` when the printer says neither.
        """
        pace = Pace(self._baud, self._profile.speed_mm_s * DOTS_PER_MM, self._profile.buffer_bytes)
        for data, dots in job:
            if (reason := await self._stopped_before(pace.room_at(len(data), time.monotonic()))) is not None:
                return reason
            await self._line.send(data)
            pace.sent(len(data), dots, time.monotonic())
        if self._profile.end_mark:
            await self._line.send(_END_MARK)
            reason = await self._marked(time.monotonic() + END_S)
        else:
            reason = await self._stopped_before(pace.done_at + _SETTLING_S)
        if reason is not None:
            return reason
        after, _ = await self._line.statuses()
        if not after.usable:
            raise DeviceFault(after.reason, f"{self._port}: not well at the end")
        return None

    async def _marked(self, give_up_at: float) -> Reason | None:
        """Wait for the end mark: None. Or why the printer has stopped. Raises `DeviceFault`."""
        while not has_mark(replies := await self._line.listen(_POLL_S)):
            if (reason := _said_by_itself(replies)) is not None:
                return reason
            health, passed = await self._line.statuses()
            if has_mark(passed):
                break
            if (reason := _why_stopped(health)) is not None:
                return reason
            if time.monotonic() > give_up_at:
                raise DeviceFault(Reason.SILENT, f"{self._port}: no end mark")
        return None

    async def _stopped_before(self, moment: float) -> Reason | None:
        """Let time pass until `moment` while asking how the printer is; why it stopped, if it did."""
        while (left_s := moment - time.monotonic()) > 0:
            if (reason := _said_by_itself(await self._line.listen(min(_POLL_S, left_s)))) is not None:
                return reason
            health, _ = await self._line.statuses()
            if (reason := _why_stopped(health)) is not None:
                return reason
        return None

    # ---- between jobs ------------------------------------------------------------------------------------

    async def _clear(self) -> None:
        """Empty the printer's buffers. Raises `DeviceFault` unless that is proved, or all has come out."""
        await self._line.begin()
        await self._line.send(_RECOVER_AND_CLEAR)
        if self._profile.clear == "let_out" or not await self._cleared():
            await self._let_out()
        self._unfinished = False

    async def _cleared(self) -> bool:
        await self._line.send(_CLEAR)
        give_up_at = time.monotonic() + ANSWER_S
        while (left_s := give_up_at - time.monotonic()) > 0:
            if any(isinstance(reply, Cleared) for reply in await self._line.listen(left_s)):
                await self._line.send(_INIT)
                return True
        return False

    async def _let_out(self) -> None:
        filler = bytes(min(_LONGEST_COMMAND, self._profile.buffer_bytes // 2)) + _INIT
        reason = await self._until_out(((filler, LET_OUT_MM * DOTS_PER_MM),))
        if reason is not None:
            raise DeviceFault(reason, f"{self._port} still holds an old job")

    async def _cut_off(self) -> None:
        if self._profile.knife is not None:
            reason = await self._until_out(((_INIT + _CUT, _CUT_DOTS),))
            if reason is not None:
                raise DeviceFault(reason, f"{self._port} cannot cut")
        self._hanging = False

    async def _health(self) -> PrinterHealth:
        try:
            await self._line.begin()
            health, _ = await self._line.statuses()
            if health.reason is Reason.CUTTER and not self._knife_retried:
                await self._line.send(_RECOVER_AND_CLEAR)  # nothing of a job is wanted any more
                health, _ = await self._line.statuses()
            self._knife_retried = health.reason is Reason.CUTTER
        except DeviceFault as fault:
            health = PrinterHealth(health_after(fault.reason))
        return hanging(health) if self._hanging else health


def _why_stopped(health: PrinterHealth) -> Reason | None:
    """Why a printer has stopped; some say "offline" without a reason while they are only busy."""
    stopped = health.state in {DeviceState.OFFLINE, DeviceState.HARDWARE_ERROR}
    return health.reason if stopped and health.reason is not Reason.NONE else None


def _said_by_itself(replies: list[Reply]) -> Reason | None:
    reasons = (_why_stopped(health_by_itself(said.values)) for said in replies if isinstance(said, Automatic))
    return next((reason for reason in reasons if reason is not None), None)
