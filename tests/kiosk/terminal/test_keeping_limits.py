"""When a terminal takes on nothing new, and whom it tells."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.messages import Keeping
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.keeping_limits import CONTACT_FILE, KeepingWatch, Limits, judged
from offline_queue.outbox_thread import OutboxThread
from offline_queue.queue_values import Counts
from tests.kiosk.terminal.conftest import Terminal
from tests.kiosk.terminal.stage import Stage

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LIMITS = Limits(pending=3, oldest_days=7, offline_days=5)
DAY = timedelta(days=1)


def counts(kept: int, oldest: timedelta | None = None) -> Counts:
    return Counts(kept, 0, 0, None if oldest is None else NOW - oldest)


@pytest.mark.parametrize(
    ("waiting", "silent", "free_mb", "limit", "days"),
    [
        (counts(0), DAY, 50, None, 0),
        (counts(2, 6.9 * DAY), 4.9 * DAY, 50, None, 6),
        (counts(3, DAY), DAY, 50, "too_many", 1),
        (counts(1, 7 * DAY), DAY, 50, "too_old", 7),
        (counts(0), 5 * DAY, 50, "too_long_offline", 0),
        (counts(0), DAY, 49, "disk_full", 0),
        (counts(1, -300 * DAY), -300 * DAY, 50, None, 0),  # a clock that was set back
    ],
)
def test_each_limit_by_itself(
    waiting: Counts, silent: timedelta, free_mb: int, limit: str | None, days: int
) -> None:
    keeping = judged(LIMITS, waiting, NOW - silent, NOW, room=free_mb >= 50)
    assert (keeping.limit, keeping.waiting_days) == (limit, days)


async def test_days_without_the_platform_are_counted_over_restarts(
    tmp_path: Path, queue: OutboxThread
) -> None:
    told: list[Keeping] = []
    board = HealthBoard(lambda: datetime.now(UTC))
    board.reach = "offline"

    def watch() -> KeepingWatch:
        return KeepingWatch(
            queue, board, LIMITS, tmp_path,
            has_room=lambda: True, now=lambda: datetime.now(UTC), on_change=told.append,
        )  # fmt: skip

    await watch().judge()
    assert told == []
    long_ago = (datetime.now(UTC) - 6 * DAY).timestamp()
    os.utime(tmp_path / CONTACT_FILE, (long_ago, long_ago))
    await watch().judge()
    assert [keeping.limit for keeping in told] == ["too_long_offline"]
    board.reach = "online"
    await watch().judge()
    assert [keeping.limit for keeping in told] == ["too_long_offline", None]


async def test_a_session_hears_of_a_limit_when_it_is_promoted_and_when_it_changes(
    terminal: Terminal, stage: Stage
) -> None:
    assert (await stage.got("s1", "promote"))["keeping"] == {"limit": None, "waiting_days": 0}
    terminal.board.keeping = full = Keeping(limit="too_many")
    terminal.supervisor.tell_keeping(full)
    assert (await stage.got("s1", "keeping_changed"))["keeping"]["limit"] == "too_many"
    assert terminal.desk.promotion().keeping == full


async def test_a_session_hears_of_the_platforms_new_key_when_it_is_promoted_and_when_it_changes(
    terminal: Terminal, stage: Stage
) -> None:
    assert (await stage.got("s1", "promote"))["envelope_key"] is None
    terminal.board.envelope_key = "signed by the platform"
    terminal.supervisor.tell_envelope_key("signed by the platform")
    assert (await stage.got("s1", "envelope_key_changed"))["envelope_key"] == "signed by the platform"
    assert terminal.desk.promotion().envelope_key == "signed by the platform"
