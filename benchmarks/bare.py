"""The bare window beside the terminal: its start, and its answer to a touch, on the same glass."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from bench.display import HEIGHT, WIDTH
from bench.hall import ROOT, Hall
from bench.leash import Leash
from benchmarks.bare_window import FIRST, SECOND
from benchmarks.glass import HEADING, Glass, paint

START_S = 20.0


@dataclass
class Bare:
    """Milliseconds."""

    start: list[float] = field(default_factory=list)
    touch: list[float] = field(default_factory=list)


async def bare_window(hall: Hall, glass: Glass, count: int) -> Bare:
    """Start the bare window `count` times, and touch each three times."""
    taken = Bare()
    for _ in range(count):
        watch = await glass.watch(paint(FIRST, HEADING), HEADING, START_S)
        began_s = time.monotonic()
        window = Leash(
            [sys.executable, "-m", "benchmarks.bare_window"],
            environment={**hall.display.environment(), "PYTHONPATH": str(ROOT)},
        )
        try:
            taken.start.append(1000 * (await watch - began_s))
            for colour in (SECOND, FIRST, SECOND):
                watch = await glass.watch(paint(colour, HEADING), HEADING)
                released_s = await hall.finger.touch(WIDTH // 2, HEIGHT // 2)
                taken.touch.append(1000 * (await watch - released_s))
        finally:
            window.close()
    return taken
