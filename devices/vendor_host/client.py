"""A vendor's library as a driver sees it: calls over a pipe to a process that may die.

Each call has its answer time. A process that is silent beyond it, dies, or answers nonsense is killed, and
the next call starts another: at once after two failures, after more with growing pauses in which calls fail
at once. One line in the log when a module is lost, one when it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from asyncio.subprocess import Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from devices.statuses import DeviceFault, Reason
from devices.vendor_host import wire
from devices.vendor_host.operations import ModuleKind, Operation
from devices.vendor_host.wire import NOTHING, Values, What
from devices.worker_process import start_worker

LOAD_S = 15.0
"""From the start of the process until its library is loaded; liveness modules load their models then."""

PAUSES_S = (0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Before the next start, by the number of failures in a row."""

LAST_WORDS_S = 1.0
"""For what a process had said before it ended to be read."""

END_S = 2.0
"""For a killed process to be gone. One that a driver holds in the kernel is left behind."""

_NUMBERS = 1 << 16


@dataclass(frozen=True)
class _Running:
    process: Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class VendorHost:
    """One library of kind `kind`, held by a process that `argv` starts (`… KIND LIBRARY --fd N` is added).

    `library` is a file, or a simulated device's socket after `SIMULATED`. Nothing runs before the first
    call. Calls queue behind each other.
    """

    def __init__(self, kind: ModuleKind, library: str | Path, argv: Sequence[str]) -> None:
        self._kind = kind
        self._library = str(library)
        self._argv = tuple(argv)
        self._running: _Running | None = None
        self._turn = asyncio.Lock()
        self._unwatched: set[asyncio.Task[Values]] = set()
        self._starts = 0
        self._number = 0
        self._failures = 0
        """In a row, since a call was answered."""
        self._fault: DeviceFault | None = None
        """The last of them."""
        self._not_before = 0.0

    @property
    def library(self) -> str:
        """As configured, for messages."""
        return self._library

    @property
    def starts(self) -> int:
        """How many processes there have been."""
        return self._starts

    @property
    def process(self) -> int | None:
        """Which of them runs, None without one: what was opened in another is closed."""
        return None if self._running is None else self._starts

    async def call(
        self, operation: Operation, values: Values = NOTHING, *, answer_s: float, to_the_end: bool = False
    ) -> Values:
        """Carry out `operation`; its answer may stay away for `answer_s` seconds, beside loading.

        A caller that is cancelled ends the process, whose sensor may be on; with `to_the_end` it is left to
        finish, and its answer thrown away. Raises `DeviceFault`: `VENDOR_MISSING` (file, function or what it
        needs is not there), `VENDOR_HUNG`, `VENDOR_CRASHED`, `VENDOR_GARBLED`.
        """
        if not to_the_end:
            return await self._call(operation, values, answer_s)
        task = asyncio.create_task(self._call(operation, values, answer_s))
        self._unwatched.add(task)
        task.add_done_callback(self._forget)
        await asyncio.wait({task})
        if task.cancelled():
            raise DeviceFault(Reason.VENDOR_CRASHED, "closed")
        return task.result()

    async def discredit(self, reason: str) -> DeviceFault:
        """End the process because what it answered makes no sense; give the fault to raise."""
        async with self._turn:
            return await self._fail(Reason.VENDOR_GARBLED, reason)

    async def close(self) -> None:
        """End the process; a call that still runs fails. The next call starts another."""
        for task in self._unwatched:
            task.cancel()
        if self._unwatched:
            await asyncio.wait(self._unwatched)
        if self._running is not None:
            await self._end(self._running)

    # ---- calls -------------------------------------------------------------------------------------------

    async def _call(self, operation: Operation, values: Values, answer_s: float) -> Values:
        body = wire.values_body(operation.code, operation.takes, values)
        async with self._turn:
            running = await self._started()
            self._number = (self._number + 1) % _NUMBERS
            ended = True
            try:
                running.writer.write(wire.pack(What.CALL, self._number, body))
                answer = await self._answer(running, operation, answer_s)
                ended = False
            except DeviceFault as fault:
                raise await self._fail(fault.reason, f"{operation.name}: {fault.detail}") from None
            finally:
                if ended:
                    await self._end(running)
            self._well()
            return answer

    async def _answer(self, running: _Running, operation: Operation, within_s: float) -> Values:
        what, number, body = await self._receive(running, 1 + operation.gives.limit, within_s)
        try:
            if what is What.NONSENSE:
                raise DeviceFault(Reason.VENDOR_GARBLED, wire.read_text(body))
            if what is not What.RESULT or number != self._number or wire.operation_of(body) != operation.code:
                raise DeviceFault(Reason.VENDOR_GARBLED, "an answer to something else")
            return wire.read_values(body, operation.gives)
        except wire.BadWire as bad:
            raise DeviceFault(Reason.VENDOR_GARBLED, str(bad)) from None

    async def _receive(self, running: _Running, limit: int, within_s: float) -> tuple[What, int, bytes]:
        """One message. The process's end is noticed by itself: a child of it may hold the pipe open."""
        message = asyncio.create_task(_message(running.reader, max(limit, wire.TEXT_BYTES)))
        gone = asyncio.create_task(running.process.wait())
        try:
            await asyncio.wait({message, gone}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and not message.done():
                await asyncio.wait({message}, timeout=LAST_WORDS_S)
            if message.done():
                return message.result()
            if not gone.done():
                raise DeviceFault(Reason.VENDOR_HUNG, f"no answer within {within_s:g} s")
            raise DeviceFault(Reason.VENDOR_CRASHED, _ending(gone.result()))
        except (asyncio.IncompleteReadError, ConnectionError):
            await asyncio.wait({gone}, timeout=LAST_WORDS_S)
            ending = _ending(gone.result()) if gone.done() else "it closed the pipe"
            raise DeviceFault(Reason.VENDOR_CRASHED, ending) from None
        except wire.BadWire as bad:
            raise DeviceFault(Reason.VENDOR_GARBLED, str(bad)) from None
        finally:
            for task in (message, gone):
                task.cancel()
            await asyncio.gather(message, gone, return_exceptions=True)

    # ---- the process -------------------------------------------------------------------------------------

    async def _started(self) -> _Running:
        if self._running is not None:
            if (status := self._running.process.returncode) is None:
                return self._running
            await self._fail(Reason.VENDOR_CRASHED, f"between two calls: {_ending(status)}")
        if self._fault is not None and time.monotonic() < self._not_before:
            raise DeviceFault(self._fault.reason, self._fault.detail)
        running = await self._spawn()
        loaded = False
        try:
            await self._loaded(running)
            loaded = True
        except DeviceFault as fault:
            raise await self._fail(fault.reason, fault.detail) from None
        finally:
            if not loaded:
                await self._end(running)
        self._running = running
        return running

    async def _loaded(self, running: _Running) -> None:
        """Wait for the host's first word. Raises `DeviceFault`, with the library in its detail."""
        try:
            what, _, body = await self._receive(running, wire.TEXT_BYTES, LOAD_S)
        except DeviceFault as fault:
            raise DeviceFault(fault.reason, f"{self._library}: loading: {fault.detail}") from None
        if what is What.NOT_LOADED:
            raise DeviceFault(Reason.VENDOR_MISSING, wire.read_text(body))
        if what is not What.LOADED:
            raise DeviceFault(Reason.VENDOR_GARBLED, f"{self._library}: began with {what.name}")

    async def _spawn(self) -> _Running:
        try:
            process, reader, writer = await start_worker((*self._argv, self._kind.value, self._library))
        except OSError as error:
            raise await self._fail(Reason.VENDOR_CRASHED, f"no process: {error.strerror}") from None
        self._starts += 1
        return _Running(process, reader, writer)

    async def _end(self, running: _Running) -> None:
        """Kill a process and forget it; it has nothing to finish."""
        if self._running is running:
            self._running = None
        running.writer.close()
        with contextlib.suppress(ProcessLookupError):
            running.process.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_S):
                await running.process.wait()

    async def _fail(self, reason: Reason, detail: str) -> DeviceFault:
        """Note a failure, end the process, and give the fault to raise."""
        fault = DeviceFault(reason, detail)
        if not self._failures:
            _log.warning("vendor_module_lost", device=self._kind.value, path=self._library, reason=str(fault))
        self._failures += 1
        self._fault = fault
        self._not_before = time.monotonic() + PAUSES_S[min(self._failures, len(PAUSES_S) - 1)]
        if self._running is not None:
            await self._end(self._running)
        return fault

    def _well(self) -> None:
        if self._failures:
            _log.info(
                "vendor_module_back", device=self._kind.value, path=self._library, attempts=self._failures
            )
        self._failures, self._fault = 0, None

    def _forget(self, task: asyncio.Task[Values]) -> None:
        self._unwatched.discard(task)
        if not task.cancelled():
            task.exception()  # its caller has it, or has gone


_log = structlog.get_logger()


async def _message(reader: asyncio.StreamReader, limit: int) -> tuple[What, int, bytes]:
    what, number, length = wire.read_head(await reader.readexactly(wire.HEAD.size), limit)
    return what, number, await reader.readexactly(length)


def _ending(exit_status: int) -> str:
    """What an exit status says: negative for a signal."""
    return f"killed by signal {-exit_status}" if exit_status < 0 else f"ended with status {exit_status}"
