"""The wall clock jumps, back and forth, by minutes and decades: nothing is lost, nothing waits longer."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from offline_queue.clock import Moment, trust
from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.faults.world import FATES, RETRY_CAP_S, Enrolment, World
from tests.offline_queue.samples import NOON

SEED = 20261122
YEAR = timedelta(days=365.25)
JUMPS = (
    datetime(1970, 1, 1, tzinfo=UTC) - NOON,
    datetime(2100, 1, 1, tzinfo=UTC) - NOON,
    -20 * YEAR,
    20 * YEAR,
    timedelta(days=-1),
    timedelta(days=40),
    timedelta(minutes=-6),
    timedelta(minutes=4),
    timedelta(),
)
AT_LAST_S = 3 * RETRY_CAP_S
"""Within so long everything arrives once the network is well, whatever the clock says."""


class WallWatching(World):
    """The weakened variant: waits are counted by the wall clock."""

    def clock(self) -> Moment:
        moment = super().clock()
        return replace(moment, since_boot_s=moment.wall.timestamp())

    def off_by(self) -> None:
        """It has nothing to measure by."""


def lived(world: World, chance: random.Random, figures: Figures) -> set[str]:
    """One life with a clock that jumps in the midst of everything."""
    wrong: set[str] = set()
    world.start()
    for _ in range(12):
        world.wall_is_ahead = chance.choice(JUMPS)
        figures.seen["jumps"] += 1
        world.weather = chance.choice((*FATES, "ok", "ok", "refused", "refused"))
        if chance.random() < 0.6:
            world.apply()
        world.pass_time(chance.choice((0.03, 0.06, 1.0, 30.0, 400.0)))
        if chance.random() < 0.2:
            world.reboot()
            world.start()
        wrong |= world.wrong()
        if misjudged(world):
            wrong.add("clock measured wrongly")
    world.weather = "ok"
    world.fates.clear()
    world.release()
    world.pass_time(AT_LAST_S)
    figures.seen["applications"] += len(world.told)
    grade = world.grade()
    if grade != ("platform" if abs(world.wall_is_ahead) <= timedelta(minutes=5) else "untrusted"):
        wrong.add("clock trusted wrongly")
    return wrong | world.wrong() | world.stuck()


def misjudged(world: World) -> bool:
    """Whether the terminal is surer of its clock than it can be; the platform writes whole milliseconds."""
    offset = world.off_by()
    if offset is None:
        return False
    off_ms = offset.offset_ms + world.wall_is_ahead / timedelta(milliseconds=1)
    return abs(off_ms) > offset.uncertainty_ms + 2


def lives(kind: type[World], memory: Path, enrolment: Enrolment, count: int, figures: Figures) -> Figures:
    """So many lives, each in a world of its own."""
    for number in range(count):
        folder = memory / "world"
        folder.mkdir()
        world = kind(folder, enrolment, number)
        chance = random.Random(SEED + number)  # noqa: S311 — a run to repeat
        figures.judged(lived(world, chance, figures), f"life {number}")
        world.end()
        shutil.rmtree(folder)
    return figures


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(4, id="short"),
        pytest.param(3_000, id="long", marks=[pytest.mark.long, pytest.mark.timeout(5400)]),
    ],
)
def test_a_clock_that_jumps_loses_nothing_and_delays_nothing(
    memory: Path, enrolment: Enrolment, tell: Tell, count: int
) -> None:
    figures = lives(World, memory, enrolment, count, Figures("clock jumps", SEED))
    tell(figures)
    assert not figures.wrong, figures.line()


def test_the_same_jumps_catch_a_terminal_that_waits_by_the_wall_clock(
    memory: Path, enrolment: Enrolment, tell: Tell
) -> None:
    figures = lives(WallWatching, memory, enrolment, 8, Figures("weakened (waits by the wall clock)", SEED))
    tell(figures)
    assert figures.wrong["stuck"]


@pytest.mark.parametrize("jump", JUMPS)
def test_before_the_platform_was_asked_the_clock_is_only_the_systems_word(jump: timedelta) -> None:
    assert trust(None, Moment(NOON + jump, 1.0, "boot")) == "system"
