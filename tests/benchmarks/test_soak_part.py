"""Citizens come and go, and what is held after them is compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.citizen import Citizen
from bench.hall import open_hall
from bench.journey import boot
from bench.scene import no_picture
from benchmarks.soak import Holding, chapter, come_and_go, grown

HELD = Holding(terminal_mb=55.0, session_mb=90.0, files=30, threads=3, processes=5, left=12)


def test_a_terminal_that_holds_as_much_at_the_end_has_not_grown() -> None:
    assert grown([HELD] * 40) == []


@pytest.mark.parametrize("what", ["terminal_mb", "session_mb", "files", "threads", "processes", "left"])
def test_whatever_grows_with_every_citizen_is_found(what: str) -> None:
    held = [replace(HELD, **{what: getattr(HELD, what) * (1 + number / 200)}) for number in range(40)]
    assert len(grown(held)) == 1
    assert chapter(held).title == "40 citizens later"


@pytest.mark.asyncio
async def test_two_citizens_come_and_go_and_leave_nothing_more_behind(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("soak")
    async with open_hall(folder) as hall:
        for step in boot(hall):
            await step.act(Citizen(hall.sight, hall.finger), no_picture)
        first, second = await come_and_go(hall), await come_and_go(hall)
    assert (second.threads, second.processes, second.left) == (first.threads, first.processes, first.left)
