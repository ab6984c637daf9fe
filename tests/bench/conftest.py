from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bench.display import BenchDisplay
from bench.sight import Sight
from tests.bench.windows import Window


@pytest.fixture(scope="session")
def display() -> Iterator[BenchDisplay]:
    with BenchDisplay() as display:
        yield display


@pytest.fixture
async def sight(display: BenchDisplay) -> AsyncIterator[Sight]:
    async with await Sight.open(display) as sight:
        yield sight


@pytest.fixture
def window(display: BenchDisplay, sight: Sight) -> Iterator[Window]:
    del sight  # the accessibility bus is there before the program is
    window = Window(display, "above", "上")
    yield window
    window.close()
