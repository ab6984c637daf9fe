"""A terminal's queue with its sync loop running, and a way to wait for what becomes of it."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from kiosk.messages import PlatformReach
from offline_queue.clock import Clock, system_clock
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import CommitResult, Counts
from offline_queue.signing import Receipt
from offline_queue.sync import Sync
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import Citizens, open_outbox, terminal_key

DEADLINE_S = 20.0


class SyncingTerminal:
    def __init__(self, queue: OutboxThread, citizens: Citizens) -> None:
        self.queue = queue
        self.sync: Sync
        self.reaches: list[PlatformReach] = []
        self.delivered: list[tuple[str, Receipt]] = []
        self._citizens = citizens

    async def apply(self) -> CommitResult:
        kept = await self.queue.run(self._citizens.apply)
        self.sync.poke()
        return kept

    async def until_counts(self, true: Callable[[Counts], bool]) -> None:
        await self.until_outbox(lambda outbox: true(outbox.counts()))

    async def until_outbox(self, true: Callable[[Outbox], bool]) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while not await self.queue.run(true):  # noqa: ASYNC110 — the outbox has no event to wait for
                await asyncio.sleep(0.005)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while not true():  # noqa: ASYNC110 — the platform is another process
                await asyncio.sleep(0.005)


@asynccontextmanager
async def syncing(
    state: Path, terminal: Path, port: int, *, clock: Clock = system_clock, timeout_s: float = 5.0
) -> AsyncIterator[SyncingTerminal]:
    queue = await OutboxThread.open(lambda: open_outbox(state / "queue.db", terminal))
    at_work = SyncingTerminal(queue, Citizens(terminal))
    client = PlatformClient(settings(terminal, port, request_timeout_s=timeout_s), terminal_key(terminal))
    chance = random.Random(20261121)  # noqa: S311 — jitter that a run can repeat
    at_work.sync = Sync(
        queue,
        client,
        clock=clock,
        random=chance.random,
        nonce=lambda: os.urandom(16).hex(),
        probe_interval_s=0.05,
        retry_cap_s=0.05,
        on_reach=at_work.reaches.append,
        on_delivered=lambda application_id, receipt, _: at_work.delivered.append((application_id, receipt)),
    )
    task = asyncio.create_task(at_work.sync.run())
    try:
        yield at_work
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await client.close()
        await queue.close()
