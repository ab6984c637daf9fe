"""A device is asked by one asker however many want to know, and less often while it is broken."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from itertools import pairwise

from devices.probing import Pauses, Probing, Question
from devices.statuses import AnyHealth, Ready, Reason, Unknown, health_after

BRIEF = Pauses(well_s=0.01, first_s=0.01, longest_s=0.04)
A_WHILE_S = 20.0


def prober(questions: dict[str, Question], told: Callable[[], None] = lambda: None) -> Probing:
    return Probing(questions, jitter=lambda: 1.0, told=told, pauses=BRIEF)


async def test_ten_who_want_to_know_at_once_cost_one_question() -> None:
    asked, answer = 0, asyncio.Event()

    async def question() -> AnyHealth:
        nonlocal asked
        asked += 1
        await answer.wait()
        return Ready()

    probing = prober({"id_reader": question})
    assert probing.healths == {"id_reader": Unknown()}
    assert not probing.complete
    ten = [asyncio.create_task(probing.ask("id_reader")) for _ in range(10)]
    await asyncio.sleep(0)
    ten[0].cancel()  # the page of one of them is left; the question goes on for the others
    answer.set()
    healths = await asyncio.gather(*ten[1:])
    assert healths == [Ready()] * 9
    assert asked == 1
    assert probing.complete


async def test_a_broken_device_is_asked_after_growing_pauses_and_a_mended_one_as_before() -> None:
    clock = asyncio.get_running_loop().time
    moments: list[float] = []
    mended = False

    async def question() -> AnyHealth:
        moments.append(clock())
        return Ready() if mended else health_after(Reason.SAM_REFUSED)

    enough = asyncio.Event()

    def told() -> None:
        if len(moments) == 6 or (mended and probing.healths["printer"].usable):
            enough.set()

    probing = prober({"printer": question}, told)
    running = asyncio.create_task(probing.run())
    async with asyncio.timeout(A_WHILE_S):
        await enough.wait()
    pauses = [after - before for before, after in pairwise(moments)]
    assert all(pause >= least for pause, least in zip(pauses, [0.01, 0.02, 0.04, 0.04, 0.04], strict=True))
    enough.clear()
    mended = True
    async with asyncio.timeout(A_WHILE_S):
        await enough.wait()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_thousands_of_failures_in_a_row_are_no_reason_to_stop_asking() -> None:
    probing = Probing({"camera": gone}, jitter=lambda: 0.0, told=lambda: None, pauses=BRIEF)
    for _ in range(3_000):
        await probing.ask("camera")
    assert probing.healths == {"camera": health_after(Reason.PORT_MISSING)}


async def test_a_page_that_waits_for_a_device_goes_on_when_it_is_back() -> None:
    left = 3

    async def question() -> AnyHealth:
        nonlocal left
        left -= 1
        return Unknown(Reason.SILENT) if left else Ready()

    async with asyncio.timeout(A_WHILE_S):
        await prober({"id_reader": question}).until_usable("id_reader")
    assert left == 0


async def gone() -> AnyHealth:
    return health_after(Reason.PORT_MISSING)
