"""When the terminal takes on nothing new: too much waits, or for too long, or there is no room.

What a person has begun may be finished; only new sessions are told, before they lay down a card. Days are
counted by the wall clock: a machine that was off for a week has been offline for a week.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from kiosk.messages import Keeping, KeepingLimit, PlatformReach
from kiosk.terminal.health import HealthBoard
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.queue_values import Counts

CONTACT_FILE = "platform-contact"
"""Beside the queue; its time is when the platform last answered."""

CHECK_S = 30.0

_log = structlog.get_logger()


@dataclass(frozen=True)
class Limits:
    """From the settings."""

    pending: int
    oldest_days: int
    offline_days: int


def judged(
    limits: Limits, counts: Counts, contact: datetime, now: datetime, *, room: bool, key: bool = True
) -> Keeping:
    """Whether something new can be kept; pure."""
    oldest = counts.oldest_kept_at
    waited = timedelta() if oldest is None else max(timedelta(), now - oldest)
    limit: KeepingLimit | None = None
    if not key:
        limit = "no_key"
    elif not room:
        limit = "disk_full"
    elif counts.kept >= limits.pending:
        limit = "too_many"
    elif waited >= timedelta(days=limits.oldest_days):
        limit = "too_old"
    elif now - contact >= timedelta(days=limits.offline_days):
        limit = "too_long_offline"
    return Keeping(limit=limit, waiting_days=waited.days)


class KeepingWatch:
    """Judges now and then, and whenever it is woken; tells `on_change`."""

    def __init__(
        self,
        queue: OutboxThread,
        board: HealthBoard,
        limits: Limits,
        state_dir: Path,
        *,
        has_room: Callable[[], bool],
        has_key: Callable[[], bool] = lambda: True,
        now: Callable[[], datetime],
        on_change: Callable[[Keeping], None],
    ) -> None:
        self._queue = queue
        self._board = board
        self._limits = limits
        self._contact = state_dir / CONTACT_FILE
        self._has_room = has_room
        self._has_key = has_key
        self._now = now
        self._on_change = on_change
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something was kept, or has gone."""
        self._woken.set()

    async def run(self) -> None:
        """Judge for ever."""
        while True:
            self._woken.clear()
            await self.judge()
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_S):
                    await self._woken.wait()

    async def judge(self) -> None:
        """Judge once."""
        contact = self._last_contact(self._board.reach)
        counts = await self._queue.run(Outbox.counts)
        keeping = judged(
            self._limits, counts, contact, self._now(), room=self._has_room(), key=self._has_key()
        )
        if keeping == self._board.keeping:
            return
        if keeping.limit != self._board.keeping.limit:
            _log.warning("keeping_changed", reason=keeping.limit or "none", count=counts.kept)
        self._board.keeping = keeping
        self._on_change(keeping)

    def _last_contact(self, reach: PlatformReach) -> datetime:
        now = self._now()
        with suppress(OSError):  # a full disk says so elsewhere
            if reach == "online" or not self._contact.exists():
                self._contact.touch(mode=0o600)
            return datetime.fromtimestamp(self._contact.stat().st_mtime, now.tzinfo)
        return now
