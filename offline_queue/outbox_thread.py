"""The outbox's own thread: every call happens there, one after the other, while the event loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from offline_queue.outbox import Outbox

_Result = TypeVar("_Result")


class OutboxThread:
    """`await queue.run(lambda outbox: outbox.counts())`. Made with `OutboxThread.open`."""

    def __init__(self, worker: ThreadPoolExecutor, outbox: Outbox) -> None:
        self._worker = worker
        self._outbox = outbox

    @classmethod
    async def open(cls, make: Callable[[], Outbox]) -> Self:
        """Run `make` on the new thread. Raises what it raises."""
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox")
        try:
            outbox = await asyncio.get_running_loop().run_in_executor(worker, make)
        except BaseException:
            worker.shutdown(wait=False)
            raise
        return cls(worker, outbox)

    async def run(self, call: Callable[[Outbox], _Result]) -> _Result:
        """Do one thing with the outbox. A cancelled wait does not undo what was begun."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, call, self._outbox)

    async def close(self) -> None:
        """Finish what was begun, then give the file back."""
        await self.run(Outbox.close)
        self._worker.shutdown(wait=True)
