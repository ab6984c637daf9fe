"""Whatever a server answers, an application leaves the disk only when the platform has signed for it."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from central_platform import records
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from offline_queue.answers import Failure, LineDown, PartsMissing, Received
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from offline_queue.signing import Receipt
from offline_queue.sync import Sync
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.hostile import BODIES, Behaviour, HostileServer, all_pairs, few, of_parts, serving
from tests.offline_queue.platform_process import made, settings
from tests.offline_queue.samples import (
    Citizens,
    a_record,
    commit,
    new_id,
    open_outbox,
    page,
    terminal_key,
    with_pages,
)

SEED = 20261122
AT_ONCE = 6
PATIENCE_S = 1.0


class Believing(PlatformClient):
    """The weakened variant: whoever answers 2xx has it."""

    async def put_application(self, application_id: str, sealed: Sealed) -> Received | PartsMissing | Failure:
        answer = await self._line.send("PUT", f"/v1/applications/{application_id}", sealed.envelope)
        if isinstance(answer, LineDown) or answer.status not in range(200, 300):
            return LineDown("no", reached=False)
        return Received(Receipt(application_id, sealed.envelope_sha256, "33010600-20261121-000001", "", "{}"))


@dataclass
class Terminal:
    queue: OutboxThread
    sync: Sync
    server: HostileServer
    directory: Path
    citizens: Citizens

    async def tries(self, behaviour: Behaviour, pages: int = 0) -> set[str]:
        """Send the first of an application to a server that behaves so, and give what is wrong then."""
        await self.queue.run(partial(self.apply, pages))
        leased = await self.queue.run(lambda outbox: outbox.delivery.lease("small"))
        assert leased is not None
        name = leased.application_id
        self.server.behaviours[name] = behaviour
        await self.sync._send("small", leased)
        line = await self.queue.run(lambda outbox: outbox.line(name))
        wrong = set()
        if line is None or (line.state == "delivered" and not behaviour.true):
            wrong.add("lost")
        if line is not None and line.state != "delivered":
            await self.queue.run(lambda outbox: outbox.delivery.try_now(name))
        return wrong

    def apply(self, pages: int, outbox: Outbox) -> None:
        """A citizen applies."""
        name = new_id()
        given = self.citizens.terminal_directory
        envelope, parts = with_pages(a_record(name), given, *(page(600) for _ in range(pages)))
        commit(outbox, name, envelope, parts=parts)

    async def drain(self) -> None:
        """Send all that waits, again and again, as far as a technician's word helps."""
        for _ in range(5):
            for line in await self.queue.run(Outbox.lines):
                await self.queue.run(partial(_try_now, line.application_id))
            while (leased := await self.queue.run(lambda outbox: outbox.delivery.lease("small"))) is not None:
                await self.sync._send("small", leased)


def _try_now(application_id: str, outbox: Outbox) -> None:
    outbox.delivery.try_now(application_id)


@asynccontextmanager
async def terminal(folder: Path, client: type[PlatformClient] = PlatformClient) -> AsyncIterator[Terminal]:
    """A terminal before a server that has the platform's keys."""
    given = made(folder / "platform")
    keyring = Keyring.load(folder / "platform")
    engine = open_database(folder / "platform" / records.DATABASE)
    server = HostileServer(Platform(engine, keyring, lambda: system_clock().wall), keyring, PATIENCE_S)
    async with serving(folder / "platform", server) as port:
        queue = await OutboxThread.open(
            lambda: open_outbox(folder / "queue.sqlite", given, queue_limit=100_000)
        )
        line = client(settings(given, port, request_timeout_s=PATIENCE_S), terminal_key(given))
        sync = Sync(
            queue,
            line,
            clock=system_clock,
            random=random.Random(SEED).random,  # noqa: S311 — a run to repeat
            nonce=lambda: os.urandom(16).hex(),
            probe_interval_s=0.1,
            retry_cap_s=0.05,
            on_reach=lambda _reach: None,
            on_delivered=lambda *_delivery: None,
        )
        yield Terminal(queue, sync, server, folder / "platform", Citizens(given))
        await line.close()
        await queue.close()
    engine.dispose()


def test_there_are_many_behaviours() -> None:
    assert len({*few()}) > 200
    assert len({*few(), *all_pairs()}) > 5000


async def met(hall: Terminal, behaviours: Iterable[Behaviour], figures: Figures, pages: int = 0) -> None:
    """Meet them all, some at once."""
    waiting = list(behaviours)

    async def meet() -> None:
        while waiting:
            behaviour = waiting.pop()
            figures.judged(await hall.tries(behaviour, pages), str(behaviour))
            figures.seen["true answers"] += behaviour.true

    async with asyncio.TaskGroup() as visitors:
        for _ in range(AT_ONCE):
            visitors.create_task(meet())


@pytest.mark.parametrize(
    "behaviours",
    [
        pytest.param([*few()][::6], id="short"),
        pytest.param([*few(), *all_pairs()], id="long", marks=[pytest.mark.long, pytest.mark.timeout(1800)]),
    ],
)
async def test_only_the_platforms_true_receipt_takes_an_application_off_the_disk(
    memory: Path, tell: Tell, behaviours: list[Behaviour]
) -> None:
    figures = Figures("hostile server", SEED)
    async with terminal(memory) as hall:
        await met(hall, behaviours, figures)
        await arrived(hall, figures)
    tell(figures)
    assert not figures.wrong, figures.line()


async def arrived(hall: Terminal, figures: Figures) -> None:
    """From now on the server is honest: everything is there once, with its page."""
    await hall.drain()
    lines = await hall.queue.run(Outbox.counts)
    there = records.all_ids(hall.directory)
    figures.wrong["stuck"] += lines.kept + lines.quarantined
    figures.wrong["lost"] += lines.delivered - len(set(there))
    figures.wrong["doubled"] += len(there) - figures.cases
    figures.wrong = +figures.wrong


@pytest.mark.parametrize(
    "behaviours",
    [
        pytest.param([*of_parts()][::12], id="short"),
        pytest.param(
            [*of_parts(), *all_pairs()], id="long", marks=[pytest.mark.long, pytest.mark.timeout(1800)]
        ),
    ],
)
async def test_whatever_is_said_of_a_part_its_application_arrives_with_it_or_waits(
    memory: Path, tell: Tell, behaviours: list[Behaviour]
) -> None:
    figures = Figures("hostile server, parts", SEED)
    async with terminal(memory) as hall:
        await met(hall, behaviours, figures, pages=1)
        await arrived(hall, figures)
    tell(figures)
    assert not figures.wrong, figures.line()


async def test_the_same_server_catches_a_client_that_believes_any_success(memory: Path, tell: Tell) -> None:
    figures = Figures("weakened (believes any 2xx)", SEED)
    async with terminal(memory, Believing) as hall:
        await met(hall, [Behaviour(200, body, "plainly") for body in [*BODIES][::5]], figures)
    tell(figures)
    assert figures.wrong["lost"] > len(BODIES) // 10


async def test_a_citizen_applies_while_the_server_says_nothing(memory: Path) -> None:
    async with terminal(memory) as hall:
        asking = asyncio.create_task(hall.tries(Behaviour(200, "true", "silently")))
        await hall.server.asked.wait()
        await hall.queue.run(hall.citizens.apply)
        assert not asking.done()
        assert not await asking
