"""The sync loop: is the platform there, and what can go to it now? One task, one request at a time.

A probe every few seconds tells the reach and compares clocks; while nobody answers, nothing is sent, and the
next probe that succeeds starts the line again. A platform that answers wrongly pauses the line with growing
waits; one application's trouble delays only that one.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

import structlog

from kiosk.messages import ClockTrust, PlatformReach
from offline_queue import clock
from offline_queue.answers import Failure, Later, LineDown, Parked, Received
from offline_queue.clock import Clock, Comparison
from offline_queue.failures import StorageFull
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Rating, Sealed
from offline_queue.schedule import Schedule
from offline_queue.signing import Receipt

LOOK_AHEAD = 1000
"""How many waiting applications are looked at for one that may go."""

_LEAST_BETWEEN_PROBES_S = 1.0
_RATING = "rating:"
_DISK_FULL = Later("disk_full", explained=True)
"""The answer cannot be kept here: the same bytes again get the same one."""

OnReach = Callable[[PlatformReach], None]
OnDelivered = Callable[[str, Receipt, str | None], None]
"""The application, the platform's receipt, and the statement for the slip, if there is one."""

_log = structlog.get_logger()


class Sync:
    """Runs until cancelled; raises `StorageFailed` when the disk can no longer be trusted."""

    def __init__(
        self,
        queue: OutboxThread,
        client: PlatformClient,
        *,
        clock: Clock,
        random: Callable[[], float],
        nonce: Callable[[], str],
        probe_interval_s: float,
        retry_cap_s: float,
        on_reach: OnReach,
        on_delivered: OnDelivered,
    ) -> None:
        """`random` gives 0…1, `nonce` 32 fresh hexadecimal digits; the callbacks must not block."""
        self._queue = queue
        self._client = client
        self._clock = clock
        self._random = random
        self._nonce = nonce
        self._probe_interval_s = probe_interval_s
        self._on_reach = on_reach
        self._on_delivered = on_delivered
        self._schedule = Schedule(cap_s=retry_cap_s)
        self._comparison: Comparison | None = None
        self._answers = False
        self._reach: PlatformReach = "unknown"
        self._probed_s = -math.inf
        self._probe_due_s = -math.inf
        self._woken = asyncio.Event()

    @property
    def reach(self) -> PlatformReach:
        """Whether the platform can receive applications; `unknown` until the first probe has ended."""
        return self._reach

    def clock_trust(self) -> ClockTrust:
        """How far the wall clock can be believed now."""
        return clock.trust(self._comparison, self._clock())

    def poke(self) -> None:
        """Something new waits: look now, not at the next probe."""
        if not self._answers:
            self._probe_due_s = min(self._probe_due_s, self._probed_s + _LEAST_BETWEEN_PROBES_S)
        self._woken.set()

    async def run(self) -> None:
        """Probe and deliver for ever."""
        while True:
            self._woken.clear()
            if self._now_s() >= self._probe_due_s:
                await self._probe()
            due_s = await self._deliver() if self._answers else math.inf
            wait_s = min(due_s, self._probe_due_s) - self._now_s()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, wait_s)):
                    await self._woken.wait()

    # ---- is anybody there --------------------------------------------------------------------------------

    async def _probe(self) -> None:
        answer = await self._client.time(self._nonce())
        moment = self._clock()
        self._probed_s = moment.since_boot_s
        # Between half and the whole interval, so that a hall's terminals do not knock in step.
        spread_s = self._probe_interval_s * (1 + self._random()) / 2
        self._probe_due_s = moment.since_boot_s + spread_s
        if isinstance(answer, LineDown):
            self._lost(answer.cause)
            return
        self._comparison = Comparison(answer, moment)
        if not self._answers:
            self._answers = True
            self._schedule = self._schedule.line_back(moment.since_boot_s, random=self._random())
        self._tell()

    def _lost(self, cause: str) -> None:
        if self._answers or self._reach == "unknown":
            _log.warning("platform_lost", reason=cause)
        self._answers = False
        self._tell()

    def _tell(self) -> None:
        reach: PlatformReach = "online" if self._answers and not self._schedule.broken else "offline"
        if reach != self._reach:
            self._reach = reach
            _log.info("reach_changed", reach=reach)
            self._on_reach(reach)

    # ---- what can go -------------------------------------------------------------------------------------

    async def _deliver(self) -> float:
        """Send all that is due; gives when the next thing is."""
        while self._answers:
            waiting, ratings = await self._queue.run(_waiting)
            names = [*waiting, *ratings]
            name = self._schedule.first_due(names, self._now_s())
            if name is None:
                return self._schedule.due_s(names)
            if name in ratings:
                await self._send_rating(name, ratings[name])
            else:
                await self._send_application(name)
            self._tell()
        return math.inf

    async def _send_application(self, application_id: str) -> None:
        def sealed(outbox: Outbox) -> Sealed:
            return outbox.delivery.sealed(application_id)

        answer = await self._client.put_application(application_id, await self._queue.run(sealed))
        if not isinstance(answer, Received):
            await self._failed(application_id, answer)
            return
        try:
            statement = await self._queue.run(
                lambda outbox: outbox.delivery.mark_delivered(application_id, answer.receipt)
            )
        except StorageFull:
            self._postpone(application_id, _DISK_FULL)
            return
        self._schedule = self._schedule.settled(application_id)
        _log.info("application_delivered", application_id=application_id)
        self._on_delivered(application_id, answer.receipt, statement)

    async def _send_rating(self, name: str, rating: Rating) -> None:
        answer = await self._client.put_rating(rating)
        if isinstance(answer, Later | LineDown):
            self._postpone(name, answer)
            return
        state: Literal["delivered", "quarantined"] = "delivered"
        if isinstance(answer, Parked):
            state = "quarantined"
            _log.warning("rating_parked", application_id=rating.application_id, reason=answer.reason)
        try:
            await self._queue.run(lambda outbox: outbox.ratings.settle(rating.application_id, state))
        except StorageFull:
            self._postpone(name, _DISK_FULL)
            return
        self._schedule = self._schedule.settled(name)

    async def _failed(self, application_id: str, failure: Failure) -> None:
        if isinstance(failure, Parked):
            await self._park(application_id, failure.reason)
            return
        self._postpone(application_id, failure)
        if self._schedule.should_park(application_id):
            await self._park(application_id, failure.cause)
            return
        with suppress(StorageFull):  # only the count of tries is lost
            await self._queue.run(lambda outbox: outbox.delivery.note_failure(application_id, failure.cause))

    async def _park(self, application_id: str, reason: str) -> None:
        try:
            await self._queue.run(lambda outbox: outbox.delivery.quarantine(application_id, reason))
        except StorageFull:
            self._postpone(application_id, _DISK_FULL)
            return
        self._schedule = self._schedule.settled(application_id)
        _log.error("application_parked", application_id=application_id, reason=reason)

    def _postpone(self, name: str, failure: Later | LineDown) -> None:
        """Let `name` wait and, when the line itself failed, everything else too."""
        now_s = self._now_s()
        explained = isinstance(failure, LineDown) or failure.explained
        self._schedule = self._schedule.postponed(
            name, now_s, random=self._random(), wish_s=failure.retry_after_s, explained=explained
        )
        if isinstance(failure, Later):
            _log.warning("delivery_postponed", reason=failure.cause)
        elif failure.reached:
            _log.warning("line_paused", reason=failure.cause)
            self._schedule = self._schedule.line_failed(
                now_s, random=self._random(), wish_s=failure.retry_after_s
            )
        else:
            self._lost(failure.cause)

    def _now_s(self) -> float:
        return self._clock().since_boot_s


def _waiting(outbox: Outbox) -> tuple[list[str], dict[str, Rating]]:
    applications = [pending.application_id for pending in outbox.delivery.pending(LOOK_AHEAD)]
    ratings = {f"{_RATING}{r.application_id}": r for r in outbox.ratings.pending(LOOK_AHEAD)}
    return applications, ratings
