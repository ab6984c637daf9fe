"""Time as the queue sees it: a wall clock that may be wrong, and a boot clock that never jumps.

Waiting and locking use the boot clock only. The wall clock is for people; how far it can be believed is the
`ClockTrust` that goes on records and slips.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from kiosk.messages import ClockOffset, ClockTrust

TRUSTED_OFFSET = timedelta(minutes=5)
"""A wall clock further than this from the platform's is `untrusted`."""


@dataclass(frozen=True)
class Moment:
    """One reading of both clocks. `since_boot_s` compares only between moments of the same `boot`."""

    wall: datetime
    since_boot_s: float
    boot: str


Clock = Callable[[], Moment]


def system_clock() -> Moment:
    """Read the machine's clocks (CLOCK_BOOTTIME goes on during suspend, and is one for all processes)."""
    return Moment(datetime.now(UTC), time.clock_gettime(time.CLOCK_BOOTTIME), _boot_id())


@cache
def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


@dataclass(frozen=True)
class Comparison:
    """The platform's time at one moment of ours, right to `uncertainty_s`; good until the next boot."""

    platform: datetime
    ours: Moment
    uncertainty_s: float = 0.0

    def offset(self, now: Moment) -> timedelta:
        """How far our wall clock is behind the platform's *now*; sees a wall clock set since then."""
        elapsed = timedelta(seconds=now.since_boot_s - self.ours.since_boot_s)
        return self.platform + elapsed - now.wall


def compared(platform: datetime, asked: Moment, answered: Moment) -> Comparison:
    """What a time that the platform wrote between our question and its answer is worth."""
    half_s = (answered.since_boot_s - asked.since_boot_s) / 2
    return Comparison(platform + timedelta(seconds=half_s), answered, half_s)


def trust(comparison: Comparison | None, now: Moment) -> ClockTrust:
    """How far the wall clock can be believed."""
    if comparison is None or comparison.ours.boot != now.boot:
        return "system"
    return "platform" if abs(comparison.offset(now)) <= TRUSTED_OFFSET else "untrusted"


def offset(comparison: Comparison | None, now: Moment) -> ClockOffset | None:
    """By how much the wall clock is wrong now; None where nobody compared it since the machine started."""
    if comparison is None or comparison.ours.boot != now.boot:
        return None
    return ClockOffset(
        offset_ms=round(comparison.offset(now) / timedelta(milliseconds=1)),
        uncertainty_ms=math.ceil(comparison.uncertainty_s * 1000),
        age_s=int(now.since_boot_s - comparison.ours.since_boot_s),
    )
