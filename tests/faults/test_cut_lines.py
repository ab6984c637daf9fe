"""The line is cut at any byte of any exchange, in either direction: the platform has it once, or it waits."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import pytest

from central_platform.records import DATABASE
from offline_queue.answers import CallTaken, Failure, LineDown, Over, PartsMissing, Received
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.signing import Receipt
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import a_record, new_id, page, sealed, terminal_key, with_pages
from tests.offline_queue.wire import listening, until_one_ends

SEED = 20261122
AT_ONCE = 8

Way = Literal["there", "back"]
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True)
class Cut:
    """Hang up when so many bytes have gone that way."""

    way: Way
    after: int


class CuttingProxy:
    """Cuts the first connection to its port as told; `passed` counts what went through."""

    def __init__(self, to_port: int, cut: Cut | None) -> None:
        self._to_port = to_port
        self._cut = cut
        self.passed = {"there": 0, "back": 0}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on, until it is cut."""
        cut, self._cut = self._cut, None
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        try:
            await until_one_ends(
                self._pass("there", reader, back_writer, cut),
                self._pass("back", back_reader, writer, cut),
            )
        finally:
            # Half of all lines break with a word, half without.
            for each in (writer, back_writer):
                if cut is not None and cut.after % 2:
                    each.transport.abort()
                else:
                    each.close()

    async def _pass(
        self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: Cut | None
    ) -> None:
        left = cut.after if cut is not None and cut.way == way else None
        while left is None or left > 0:
            data = await reader.read(65536 if left is None else left)
            if not data:
                return
            if left is not None:
                left -= len(data)
            self.passed[way] += len(data)
            writer.write(data)
            with suppress(ConnectionError):
                await writer.drain()


@dataclass
class Line:
    """One platform, and what is asked of it through a proxy of its own each time."""

    directory: Path
    terminal: Path
    port: int
    client: type[PlatformClient] = PlatformClient

    @asynccontextmanager
    async def through(self, cut: Cut | None) -> AsyncIterator[tuple[PlatformClient, CuttingProxy]]:
        proxy = CuttingProxy(self.port, cut)
        async with listening(proxy.handle) as port:
            client = self.client(settings(self.terminal, port), terminal_key(self.terminal))
            yield client, proxy
            await client.close()

    def platform_has(self, application_id: str) -> str | None:
        database = sqlite3.connect(f"file:{self.directory / DATABASE}?mode=ro", uri=True, timeout=10)
        try:
            row = database.execute(
                "SELECT filing_no FROM applications WHERE application_id = ?", [application_id]
            ).fetchone()
        finally:
            database.close()
        return None if row is None else str(row[0])

    def platform_count(self) -> int:
        database = sqlite3.connect(f"file:{self.directory / DATABASE}?mode=ro", uri=True, timeout=10)
        try:
            (count,) = database.execute("SELECT count(*) FROM applications").fetchone()
        finally:
            database.close()
        return int(count)

    def new_application(self, name: str) -> tuple[str, Sealed]:
        envelope = sealed(a_record(name), self.terminal)
        digest = hashlib.sha256(envelope).hexdigest()
        return name, Sealed(envelope, digest, terminal_key(self.terminal).sign(envelope))


Exchange = Callable[[Line, Cut | None], Awaitable[tuple[set[str], CuttingProxy]]]


async def application(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """Sent over a line that breaks, then over a whole one."""
    wrong = set()
    name, sealed_bytes = line.new_application(new_id())
    async with line.through(cut) as (client, proxy):
        first = await client.put_application(name, sealed_bytes)
    has = line.platform_has(name)
    if isinstance(first, Received) and has != first.receipt.filing_no:
        wrong.add("lost")
    async with line.through(None) as (client, _):
        second = await client.put_application(name, sealed_bytes)
    if not isinstance(second, Received):
        wrong.add("stuck")
    elif has is not None and second.receipt.filing_no != has:
        wrong.add("doubled")
    return wrong, proxy


async def two_applications(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """One after the other over a line that is kept and breaks, then each over a whole one."""
    sent = [line.new_application(new_id()) for _ in range(2)]
    async with line.through(cut) as (client, proxy):
        first = [await client.put_application(*each) for each in sent]
    wrong = set()
    async with line.through(None) as (client, _):
        for each, before in zip(sent, first, strict=True):
            has = line.platform_has(each[0])
            if isinstance(before, Received) and has != before.receipt.filing_no:
                wrong.add("lost")
            again = await client.put_application(*each)
            if not isinstance(again, Received):
                wrong.add("stuck")
            elif has is not None and again.receipt.filing_no != has:
                wrong.add("doubled")
    return wrong, proxy


async def part(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """A chunk over a line that breaks, then what is missing, then the application that lists the part."""
    name = new_id()
    envelope, parts = with_pages(a_record(name), line.terminal, page(1500))
    ((sha256, sealed_page),) = parts.items()
    whole = Sealed(envelope, hashlib.sha256(envelope).hexdigest(), "")
    path = f"/v1/applications/{name}/parts/{sha256}?offset=0&length={len(sealed_page)}"
    async with line.through(cut) as (client, proxy):
        await client._line.send("PUT", path, sealed_page[:2000])
    async with line.through(None) as (client, _):
        if not isinstance(await client.put_application(name, whole), PartsMissing):
            return {"lost"}, proxy  # received without its page
        if not isinstance(await client.put_part(name, SealedPart(sealed_page, sha256)), Over):
            return {"stuck"}, proxy
        if line.platform_has(name) is not None:
            return {"doubled"}, proxy  # received by its page alone
        await client.put_application(name, whole)
    return set() if line.platform_has(name) is not None else {"lost"}, proxy


async def rating(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """The same of a rating."""
    said = '{"level":4,"rated_at":"2026-11-21T20:00:00+08:00"}'
    return await follower(line, cut, Follower("rating", said))


async def audit(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """And of an audit."""
    said = '{"ended":"left","lasted_s":61,"shown_at":null,"slip":"none"}'
    return await follower(line, cut, Follower("audit", said))


async def follower(line: Line, cut: Cut | None, value: Follower) -> tuple[set[str], CuttingProxy]:
    """What follows an application, twice."""
    async with line.through(cut) as (client, proxy):
        await client.put_follower(RATED, value)
    async with line.through(None) as (client, _):
        again = await client.put_follower(RATED, value)
    return set() if isinstance(again, Over) else {"stuck"}, proxy


async def status(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """The probe."""
    async with line.through(cut) as (client, proxy):
        await client.status("0" * 32)
        again = await client.status("1" * 32)
    return {"stuck"} if isinstance(again, LineDown) else set(), proxy


async def envelope_key(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """What to seal to."""
    async with line.through(cut) as (client, proxy):
        await client.envelope_key()
        again = await client.envelope_key()
    return {"stuck"} if isinstance(again, LineDown) else set(), proxy


async def call(line: Line, cut: Cut | None) -> tuple[set[str], CuttingProxy]:
    """A guide is called, and the call taken back."""
    name = new_id()
    async with line.through(cut) as (client, proxy):
        await client.put_call(name, wanted=True)
        again = await client.put_call(name, wanted=False)
    return set() if isinstance(again, CallTaken) else {"stuck"}, proxy


EXCHANGES: dict[str, Exchange] = {
    "application": application,
    "two applications": two_applications,
    "part": part,
    "rating": rating,
    "audit": audit,
    "status": status,
    "envelope key": envelope_key,
    "call": call,
}
RATED = "00000000-0000-4000-8000-000000000001"


class Hasty(PlatformClient):
    """The weakened variant: what was written has arrived."""

    async def put_application(self, application_id: str, sealed: Sealed) -> Received | PartsMissing | Failure:
        answer = await super().put_application(application_id, sealed)
        if isinstance(answer, LineDown):
            return Received(
                Receipt(application_id, sealed.envelope_sha256, "33010600-20261121-000001", "", "{}")
            )
        return answer


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    directory = tmp_path_factory.mktemp("platform")
    terminal = made(directory)
    with running(directory) as port:
        yield Line(directory, terminal, port)


@pytest.fixture
async def line(platform: Line) -> Line:
    """One that has the application which is rated."""
    name, sealed_bytes = platform.new_application(RATED)
    async with platform.through(None) as (client, _):
        await client.put_application(name, sealed_bytes)
    return platform


async def cut_at(line: Line, name: str, stride: int, figures: Figures) -> None:
    """Cut one kind of exchange at every `stride`-th byte of both ways."""
    exchange = EXCHANGES[name]
    before = line.platform_count()
    _, whole = await exchange(line, None)
    cuts = [Cut(way, after) for way in WAYS for after in range(0, whole.passed[way], stride)]
    cases = figures.cases

    async def visit() -> None:
        while cuts:
            cut = cuts.pop()
            wrong, _ = await exchange(line, cut)
            figures.judged(wrong, f"{name}, {cut.after} bytes {cut.way}")

    async with asyncio.TaskGroup() as visitors:
        for _ in range(AT_ONCE):
            visitors.create_task(visit())
    if name == "application":
        figures.wrong["doubled"] += line.platform_count() - before - 1 - (figures.cases - cases)
    figures.seen[name] += figures.cases - cases


@pytest.mark.parametrize(
    "stride",
    [
        pytest.param(1999, id="short"),
        pytest.param(1, id="long", marks=[pytest.mark.long, pytest.mark.timeout(3 * 3600)]),
    ],
)
async def test_a_line_cut_at_any_byte_loses_and_doubles_nothing(line: Line, tell: Tell, stride: int) -> None:
    figures = Figures("cut lines", SEED)
    for name in EXCHANGES:
        await cut_at(line, name, stride, figures)
    figures.wrong = +figures.wrong
    tell(figures)
    assert not figures.wrong, figures.line()


async def test_the_same_cuts_catch_a_client_that_believes_what_it_wrote(line: Line, tell: Tell) -> None:
    figures = Figures("weakened (written is received)", SEED)
    await cut_at(replace(line, client=Hasty), "application", 1999, figures)
    tell(figures)
    assert figures.wrong["lost"]
