from __future__ import annotations

import asyncio
import random
from typing import Never

import pytest

from bench.kills.witness import Look, Witness
from bench.sight import Sight
from tests.bench.windows import Window

FRAME_S = 10


async def test_the_eyes_close_at_any_moment_of_a_look(sight: Sight, window: Window) -> None:
    del window
    await sight.wait_for("heading", "上", FRAME_S)
    chance = random.Random(20261122)  # noqa: S311 — moments to meet again
    for _ in range(150):
        async with asyncio.timeout(FRAME_S), Witness(sight, lambda _look: None):
            await asyncio.sleep(chance.uniform(0, 0.01))


async def test_whoever_waits_for_a_look_hears_why_there_is_none(sight: Sight, window: Window) -> None:
    del window
    await sight.wait_for("heading", "上", FRAME_S)

    def blinded(look: Look) -> Never:
        raise ZeroDivisionError(look.headings)

    async with asyncio.timeout(FRAME_S), Witness(sight, blinded) as witness:
        with pytest.raises(ZeroDivisionError, match="上"):
            await witness.next()
