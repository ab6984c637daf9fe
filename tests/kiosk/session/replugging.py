"""Pulling the cables of simulated devices again and again while one asker watches them."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol

import structlog

from devices.probing import Pauses, Probing, Question
from kiosk.session.errands.watch import told_to_terminal
from kiosk.terminal.health import HealthBoard

BRIEF = Pauses(well_s=0.01, first_s=0.01, longest_s=0.08)
A_WHILE_S = 60.0
"""Nobody is promised this; a test that waits longer waits for ever."""


class Cable(Protocol):
    """A simulated device whose cable can be pulled."""

    def unplug(self) -> None:
        """Pull it."""
        ...

    def replug(self) -> None:
        """Put it back."""
        ...


@dataclass(frozen=True)
class Held:
    """What this process holds: open files, threads, bytes of memory."""

    files: int
    threads: int
    resident_bytes: int

    @classmethod
    def now(cls) -> Held:
        """Count."""
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return cls(
            sum(1 for _ in Path("/proc/self/fd").iterdir()),
            threading.active_count(),
            pages * os.sysconf("SC_PAGESIZE"),
        )


@dataclass(frozen=True)
class Watched:
    """What many replugs left: log lines by device and event, and what was held early and at the end."""

    lines: Mapping[tuple[str, str], int]
    early: Held
    late: Held


async def replug(
    cables: Sequence[Cable], questions: Mapping[str, Question], board: HealthBoard, times: int
) -> Watched:
    """Pull and put back all cables `times` times, each time until every device is seen down and back."""
    news = asyncio.Event()

    def told() -> None:
        if probing.complete:
            board.devices_reported(
                {name: told_to_terminal(health) for name, health in probing.healths.items()}
            )
        news.set()

    probing = Probing(questions, jitter=lambda: 1.0, told=told, pauses=BRIEF)

    async def all_are(*, usable: bool) -> None:
        async with asyncio.timeout(A_WHILE_S):
            while any(health.usable is not usable for health in probing.healths.values()):
                news.clear()
                await news.wait()

    loop = asyncio.get_running_loop()
    early = None
    with counted_lines() as lines, ThreadPoolExecutor(max_workers=1) as hand:
        running = asyncio.create_task(probing.run())
        try:
            await all_are(usable=True)
            for done in range(times):
                for cable in cables:
                    await loop.run_in_executor(hand, cable.unplug)
                await all_are(usable=False)
                for cable in cables:
                    await loop.run_in_executor(hand, cable.replug)
                await all_are(usable=True)
                if done == times // 5:
                    early = Held.now()
            late = await settled(early)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert early is not None
    return Watched(lines, early, late)


async def settled(early: Held | None) -> Held:
    """Count at the end; the threads of the last replug may need a moment to end."""
    late = Held.now()
    for _ in range(50):
        if early is None or (late.files <= early.files and late.threads <= early.threads):
            break
        await asyncio.sleep(0.02)
        late = Held.now()
    return late


@contextmanager
def counted_lines() -> Iterator[Counter[tuple[str, str]]]:
    """Count what is logged by device and event, and keep no line: memory is measured here."""
    lines: Counter[tuple[str, str]] = Counter()

    def count(_logger: object, _method: str, event: MutableMapping[str, Any]) -> NoReturn:
        lines[event.get("device", ""), event["event"]] += 1
        raise structlog.DropEvent

    structlog.configure(processors=[count], wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        yield lines
    finally:
        structlog.reset_defaults()


def fresh_board() -> HealthBoard:
    """The terminal's board, which writes the lines."""
    return HealthBoard(lambda: datetime.now(UTC))
