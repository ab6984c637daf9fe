"""The line is cut at any byte of any exchange, in either direction: the platform has it once, or it waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.shared_data import write_shared_data
from central_platform.publishing import publish_configuration
from offline_queue.answers import Failure, LineDown, PartsMissing, Received
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from offline_queue.signing import Receipt
from tests.faults.conftest import Tell
from tests.faults.cutting import WAYS, Cut, Line
from tests.faults.exchanges import EXCHANGES, RATED
from tests.faults.figures import Figures
from tests.kiosk.session.conftest import TODAY
from tests.offline_queue.platform_process import made, running

SEED = 20261122
AT_ONCE = 8


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
    province = directory / "province.toml"
    province.write_text("[patience]\ncard_s = 120\n", "utf-8")
    publish_configuration(directory, province, None, None, datetime.now(UTC))
    write_shared_data(directory / "shared_data", TODAY)
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
    ("names", "stride"),
    [
        pytest.param([*EXCHANGES], 1999, id="short"),
        *(
            pytest.param([name], 1, id=f"long-{name}", marks=[pytest.mark.long, pytest.mark.timeout(3600)])
            for name in EXCHANGES
        ),
    ],
)
async def test_a_line_cut_at_any_byte_loses_and_doubles_nothing(
    line: Line, tell: Tell, names: list[str], stride: int
) -> None:
    figures = Figures("cut lines", SEED)
    for name in names:
        await cut_at(line, name, stride, figures)
    figures.wrong = +figures.wrong
    tell(figures)
    assert not figures.wrong, figures.line()


async def test_the_same_cuts_catch_a_client_that_believes_what_it_wrote(line: Line, tell: Tell) -> None:
    figures = Figures("weakened (written is received)", SEED)
    await cut_at(replace(line, client=Hasty), "application", 1999, figures)
    tell(figures)
    assert figures.wrong["lost"]
