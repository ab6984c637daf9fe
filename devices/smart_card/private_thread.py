"""A thread of one's own for calls that may block for ever, with a time after which they are given up.

A call that is given up keeps its thread; the thread ends with the call, if ever, and does no further work.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from devices.statuses import DeviceFault, Reason

T = TypeVar("T")
_Job = Callable[[], None]


class PrivateThread:
    """Runs jobs one after the other, away from the loop."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._serve, name=name, daemon=True).start()

    async def call(self, job: Callable[[], T], within_s: float, what: str) -> T:
        """Run `job` and give its result or its exception.

        Raises `DeviceFault(SILENT)` with `what` when it takes longer than `within_s` seconds, or did before.
        """
        done: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(lambda: self._run(job, done))
        try:
            async with asyncio.timeout(within_s):
                return await done
        except TimeoutError:
            raise DeviceFault(Reason.SILENT, f"{what} does not answer") from None

    def end(self, last: Callable[[], None] | None = None) -> None:
        """Let the thread end after what it is doing, with `last` before its end; nobody waits for either."""
        if last is not None:
            self._jobs.put(last)
        self._jobs.put(None)

    def _run(self, job: Callable[[], T], done: asyncio.Future[T]) -> None:
        if done.cancelled():
            return
        try:
            result = job()
        except Exception as error:  # noqa: BLE001 - raised again where the call was made
            self._post(partial(_fail, done, error))
        else:
            self._post(partial(_succeed, done, result))

    def _post(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits any more
            self._loop.call_soon_threadsafe(call)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _succeed(done: asyncio.Future[T], result: T) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[T], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
