"""A receipt printer on a serial line, ESC/POS: it has printed only if it says so after the last byte.

How the end is known. `DLE EOT` is answered in real time, while the paper still moves, so it proves nothing
about a job. `GS r 1` is executed in its turn, after everything sent before it (Epson ESC/POS command
reference, "GS r": executed when the receive buffer's data is developed, and not executed while the printer
is stopped by a paper end). So the driver sends `GS r 1` behind the job's last byte, and its answer is the end
mark; after it, the printer must also report itself well (`DLE EOT` 1 to 4).

What a job that does not end well is called:

===============================  ===========  ============================================================
nothing was sent                 NOT_PRINTED  the printer was not usable, or an old job could not be cleared
stopped, then cleared            NOT_PRINTED  it said why it stopped and that its buffer is empty: no whole
                                              slip was cut, and none will come
stopped at the knife             UNKNOWN      all is printed, but hangs uncut
everything else                  UNKNOWN      silent, unplugged, not well after the end mark, not cleared
===============================  ===========  ============================================================

A real printer keeps a stopped job and lets it out after the refill, for whoever stands there then. So after
every job that did not end as printed the buffer is cleared (`DLE ENQ 2`, then `DLE DC4` fn 8, whose response
proves it) before anything else is printed, and what may hang from the printer is cut off first.

A jammed knife stays an error until it is told to recover: that is tried once each time the error is new, so
that a cover opened and closed by a guide is enough.

The line has no flow control of its own; a slip (1 to 4 KB) fits into a printer's buffer.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import structlog

from devices.contracts import PrintOutcome, PrintResult
from devices.escpos.status import Ask, Cleared, InOrder, Noise, RealTime, Replies, Reply, health_of
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, DeviceState, PrinterHealth, PrinterMedia, Reason, health_after

ANSWER_S = 0.6
"""A printer answers `DLE EOT` at once; the rest is the wire at 9600 baud and a USB adapter's latency."""

END_S = 20.0
"""From the last byte handed to the kernel to the end mark: 4 KB still on a 9600 baud wire, and the paper."""

_POLL_S = 0.5
_RECOVER_AND_CLEAR = b"\x10\x05\x02"
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_END_MARK = b"\x1dr\x01"
_INIT = b"\x1b@"
_CUT_OFF = b"\x1b@\x1dVB\x20"

_log = structlog.get_logger()


class EscPosPrinter:
    """`devices.contracts.ReceiptPrinter` over `port` at `baud`, 8N1. The next call reopens a lost port."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._open_line: SerialLine | None = None
        self._replies = Replies()
        self._turn = asyncio.Lock()
        self._unfinished = False  # the printer may hold something of a job
        self._hanging = False  # something of a job may hang uncut from the printer
        self._knife_retried = False
        self._understood = False  # since it was opened, the line has given an answer of a printer's
        self._job: asyncio.Task[PrintResult] | None = None

    async def health(self) -> PrinterHealth:
        """Ask for all four statuses; while a job runs, wait for its end first."""
        async with self._turn:
            return await self._health()

    async def print(self, job: bytes) -> PrintResult:
        """Print `job`; the module says what each result means. Cancelling the caller does not stop a job."""
        await self._turn.acquire()
        self._job = asyncio.create_task(self._print(job))
        return await asyncio.shield(self._job)

    async def flush(self) -> None:
        """Clear the printer's buffer and cut off what hangs. Raises `DeviceFault` unless proved empty."""
        async with self._turn:
            self._unfinished = self._hanging = True
            await self._clear()
            health, _ = await self._statuses()
            if health.usable:
                await self._cut_off()
            _log.info("printer_flushed", device="printer", port=self._port)

    async def close(self) -> None:
        """Give the port back, after the end of a job that is running."""
        async with self._turn:
            await self._drop_line()

    # ---- a job -------------------------------------------------------------------------------------------

    async def _print(self, job: bytes) -> PrintResult:
        try:
            began = time.monotonic()
            result = await self._checked(job)
            _log.info(
                "paper_job_ended",
                device="printer",
                outcome=result.outcome.value,
                reason=result.reason.value,
                bytes=len(job),
                ms=round((time.monotonic() - began) * 1000),
            )
            return result
        finally:
            self._turn.release()

    async def _checked(self, job: bytes) -> PrintResult:
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
            await self._send(job + _END_MARK)
            reason = await self._end()
        except DeviceFault as fault:
            return PrintResult(PrintOutcome.UNKNOWN, fault.reason)
        if reason is None:
            self._unfinished = self._hanging = False
            return PrintResult(PrintOutcome.PRINTED)
        return await self._stopped(reason)

    async def _stopped(self, reason: Reason) -> PrintResult:
        """A job stopped half-way: clear its rest, so that it never comes out."""
        try:
            await self._clear()
        except DeviceFault:
            return PrintResult(PrintOutcome.UNKNOWN, reason)
        at_the_knife = reason is Reason.CUTTER
        return PrintResult(PrintOutcome.UNKNOWN if at_the_knife else PrintOutcome.NOT_PRINTED, reason)

    async def _clear(self) -> None:
        """Empty the printer's buffers. Raises `DeviceFault` unless the printer proves that they are.

        The proof is the response of `DLE DC4` fn 8, or, from a printer that does not know it, the end mark:
        then everything before it has come out, at a time when nobody waits for a slip.
        """
        await self._begin()
        await self._send(_RECOVER_AND_CLEAR + _CLEAR)
        give_up_at = time.monotonic() + ANSWER_S
        cleared = False
        while not cleared and (left_s := give_up_at - time.monotonic()) > 0:
            cleared = any(isinstance(reply, Cleared) for reply in await self._listen(left_s))
        if cleared:
            await self._send(_INIT)
        elif (reason := await self._after(_INIT)) is not None:
            raise DeviceFault(reason, f"{self._port} still holds an old job")
        self._unfinished = False

    async def _cut_off(self) -> None:
        if (reason := await self._after(_CUT_OFF)) is not None:
            raise DeviceFault(reason, f"{self._port} cannot cut")
        self._hanging = False

    async def _after(self, commands: bytes) -> Reason | None:
        await self._send(commands + _END_MARK)
        return await self._end()

    async def _end(self) -> Reason | None:
        """Wait for the end mark and a printer that is well: None. Or why it says that it has stopped.

        Raises `DeviceFault` when the printer says neither.
        """
        give_up_at = time.monotonic() + END_S
        while not _has_mark(await self._listen(_POLL_S)):
            health, passed = await self._statuses()
            if _has_mark(passed):
                break
            stopped = health.state in {DeviceState.OFFLINE, DeviceState.HARDWARE_ERROR}
            if stopped and health.reason is not Reason.NONE:  # some say "offline" while they are only busy
                return health.reason
            if time.monotonic() > give_up_at:
                raise DeviceFault(Reason.SILENT, f"{self._port}: no end mark")
        after, _ = await self._statuses()
        if not after.usable:
            raise DeviceFault(after.reason, f"{self._port}: not well after the end mark")
        return None

    # ---- questions and answers ---------------------------------------------------------------------------

    async def _health(self) -> PrinterHealth:
        try:
            await self._begin()
            health, _ = await self._statuses()
            if health.reason is Reason.CUTTER and not self._knife_retried:
                await self._send(_RECOVER_AND_CLEAR)  # nothing of a job is wanted any more
                health, _ = await self._statuses()
            self._knife_retried = health.reason is Reason.CUTTER
        except DeviceFault as fault:
            health = PrinterHealth(health_after(fault.reason))
        if self._hanging and health.media is PrinterMedia.UNKNOWN:
            return replace(health, media=PrinterMedia.PRESENT)
        return health

    async def _statuses(self) -> tuple[PrinterHealth, list[Reply]]:
        """Ask for the four statuses, one by one; also what else came meanwhile."""
        answers: list[int] = []
        passed: list[Reply] = []
        for ask in Ask:
            replies = await self._ask(ask)
            answers += [reply.value for reply in replies if isinstance(reply, RealTime)][:1]
            passed += replies
        return health_of(*answers), passed

    async def _ask(self, ask: Ask) -> list[Reply]:
        """One `DLE EOT` and all that came until its answer.

        Raises `DeviceFault`: `SILENT`, `GARBLED`, `NOT_UNDERSTOOD`.
        """
        await self._send(bytes((0x10, 0x04, ask)))
        replies: list[Reply] = []
        give_up_at = time.monotonic() + ANSWER_S
        while (left_s := give_up_at - time.monotonic()) > 0:
            replies += await self._listen(left_s)
            if any(isinstance(reply, RealTime) for reply in replies):
                self._understood = True
                return replies
        reason = Reason.GARBLED if self._understood else Reason.NOT_UNDERSTOOD
        noise = any(isinstance(reply, Noise) for reply in replies)
        raise DeviceFault(reason if noise else Reason.SILENT, f"{self._port}: DLE EOT {ask.value}")

    # ---- the line ----------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Start a conversation on a silent line: whatever is still on it answers somebody else's question."""
        self._replies = Replies()
        if self._open_line is not None:
            try:
                await self._open_line.settle()
            except DeviceFault as fault:
                await self._drop_line()
                if fault.reason is not Reason.PORT_LOST:
                    raise
            else:
                return
        self._open_line = await SerialLine.open(self._port, self._baud)
        await self._open_line.settle()

    def _line(self) -> SerialLine:
        if self._open_line is None:
            raise DeviceFault(Reason.PORT_LOST, self._port)
        return self._open_line

    async def _send(self, data: bytes) -> None:
        try:
            await self._line().write(data)
        except DeviceFault:
            await self._drop_line()  # with what the kernel still holds of a job
            raise

    async def _listen(self, within_s: float) -> list[Reply]:
        try:
            return list(self._replies.feed(await self._line().read_some(within_s)))
        except DeviceFault:
            await self._drop_line()
            raise

    async def _drop_line(self) -> None:
        line, self._open_line = self._open_line, None
        self._understood = False
        if line is not None:
            await line.close()


def _has_mark(replies: list[Reply]) -> bool:
    return any(isinstance(reply, InOrder) for reply in replies)
