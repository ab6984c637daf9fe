"""The sync loop: is the platform there, and what can go to it now? One request at a time in each lane.

A probe every few seconds tells the reach and compares clocks; while nobody answers, nothing is sent, and the
next probe that succeeds starts the line again. A platform that answers wrongly pauses the line with growing
waits; the trouble of one application, or of a part of it, delays only that one, and a large one only the
other large ones.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal

import structlog

from config.client_certificate import CERTIFICATE_ENDED, CERTIFICATE_REVOKED
from kiosk.messages import ClockOffset, ClockTrust, PlatformReach
from offline_queue import clock
from offline_queue.answers import Failure, Later, LineDown, Over, Parked, PartsMissing, Received
from offline_queue.clock import Clock, Comparison
from offline_queue.delivery import LANES, Lane, Leased
from offline_queue.failures import SigningFailed, StorageFull
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.schedule import Schedule, full_jitter
from offline_queue.signing import Receipt

_LET_IN_NO_MORE = frozenset({CERTIFICATE_ENDED, CERTIFICATE_REVOKED})
"""No network brings these back: they are said also where the platform could not be reached before."""

_LEAST_BETWEEN_PROBES_S = 1.0
_PROBES = "probes"
_NOT_KEPT_S = 10.0
"""How long a lane rests when an answer cannot be kept: the disk has no room, or the token does not sign."""

_NotKept = Literal["disk_full", "key_store"]

OnReach = Callable[[PlatformReach], None]
OnDelivered = Callable[[str, Receipt, str | None], None]
"""The application, the platform's receipt, and the statement for the slip, if there is one."""

_log = structlog.get_logger()


class Sync:
    """Runs until cancelled; a group with `StorageFailed` comes out when the disk can no longer be trusted."""

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
        on_envelope_kid: Callable[[str], None] = lambda _kid: None,
        on_published: Callable[[int], None] = lambda _published: None,
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
        self._on_envelope_kid = on_envelope_kid
        self._on_published = on_published
        self._schedule = Schedule(cap_s=retry_cap_s)
        self._comparison: Comparison | None = None
        self._answers = False
        self._reach: PlatformReach = "unknown"
        self._cause = ""
        self._probed_s = -math.inf
        self._probe_due_s = -math.inf
        self._woken = {who: asyncio.Event() for who in (_PROBES, *LANES)}

    @property
    def reach(self) -> PlatformReach:
        """Whether the platform can receive applications; `unknown` until the first probe has ended."""
        return self._reach

    def clock_trust(self) -> ClockTrust:
        """How far the wall clock can be believed now."""
        return clock.trust(self._comparison, self._clock())

    def clock_offset(self) -> ClockOffset | None:
        """By how much the wall clock is wrong; None until the platform has been asked."""
        return clock.offset(self._comparison, self._clock())

    def platform_now(self) -> datetime:
        """The wall clock, put right by the platform's where it has answered since the machine was started."""
        moment, comparison = self._clock(), self._comparison
        if comparison is None or comparison.ours.boot != moment.boot:
            return moment.wall
        return moment.wall + comparison.offset(moment)

    @property
    def cause(self) -> str:
        """Why the last probe failed; empty when it did not."""
        return self._cause

    def poke(self) -> None:
        """Something new waits: look now, not at the next probe."""
        if not self._answers:
            self._probe_due_s = min(self._probe_due_s, self._probed_s + _LEAST_BETWEEN_PROBES_S)
        self._wake()

    def hurry(self) -> None:
        """Somebody who knows more says: now. A paused line is tried at once."""
        self._schedule = self._schedule.hurried(self._now_s())
        self.poke()

    async def run(self) -> None:
        """Probe and deliver for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._probing(), name="probes")
            for lane in LANES:
                tasks.create_task(self._delivering(lane), name=f"{lane} lane")

    async def _probing(self) -> None:
        while True:
            self._woken[_PROBES].clear()
            if self._now_s() >= self._probe_due_s:
                await self._probe()
            await self._wait(_PROBES, self._probe_due_s)

    async def _delivering(self, lane: Lane) -> None:
        while True:
            self._woken[lane].clear()
            due_s = await self._deliver(lane) if self._answers else math.inf
            await self._wait(lane, due_s)

    async def _wait(self, who: str, until_s: float) -> None:
        wait_s = None if until_s == math.inf else max(0.0, until_s - self._now_s())
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._woken[who].wait()

    def _wake(self) -> None:
        for woken in self._woken.values():
            woken.set()

    # ---- is anybody there --------------------------------------------------------------------------------

    async def _probe(self) -> None:
        asked = self._clock()
        answer = await self._client.status(self._nonce())
        moment = self._clock()
        self._probed_s = moment.since_boot_s
        # Between half and the whole interval, so that a hall's terminals do not knock in step.
        spread_s = self._probe_interval_s * (1 + self._random()) / 2
        self._probe_due_s = moment.since_boot_s + spread_s
        if isinstance(answer, LineDown):
            self._lost(answer.cause)
            return
        self._cause = ""
        self._comparison = clock.compared(answer.time, asked, moment)
        self._on_envelope_kid(answer.envelope_kid)
        self._on_published(answer.published)
        if not self._answers:
            self._answers = True
            self._schedule = self._schedule.line_back(moment.since_boot_s, random=self._random())
            self._wake()
        self._tell()

    def _lost(self, cause: str) -> None:
        if self._answers or self._reach == "unknown" or cause in _LET_IN_NO_MORE - {self._cause}:
            _log.warning("platform_lost", reason=cause)
        self._cause = cause
        self._answers = False
        self._tell()

    def _tell(self) -> None:
        reach: PlatformReach = "online" if self._answers and not self._schedule.broken else "offline"
        if reach != self._reach:
            self._reach = reach
            _log.info("reach_changed", reach=reach)
            self._on_reach(reach)

    # ---- what can go -------------------------------------------------------------------------------------

    async def _deliver(self, lane: Lane) -> float:
        """Send all of a lane that is due; gives when the next thing is."""
        while self._answers:
            now_s = self._now_s()
            if now_s < self._schedule.due_s:
                return self._schedule.due_s
            leased = await self._queue.run(lambda outbox: outbox.delivery.lease(lane))
            if leased is None:
                return await self._queue.run(lambda outbox: outbox.delivery.due_s(lane))
            hindrance = await self._send(lane, leased)
            self._tell()
            if hindrance is not None:
                _log.warning("delivery_postponed", reason=hindrance)
                return self._now_s() + _NOT_KEPT_S
        return math.inf

    async def _send(self, lane: Lane, leased: Leased) -> _NotKept | None:
        """Try one; give why what came of it cannot be kept now: the same bytes tell it again."""
        answer = await self._answer(leased)
        try:
            match answer:
                case Received(receipt=receipt):
                    await self._received(leased.application_id, receipt)
                case Over():
                    await self._queue.run(lambda outbox: outbox.delivery.mark_over(leased))
                    self._schedule = self._schedule.settled()
                case PartsMissing():
                    await self._queue.run(lambda outbox: outbox.delivery.parts_missing(leased))
                    await self._failed(lane, leased, Later("parts_missing", explained=False))
                case _:
                    await self._failed(lane, leased, answer)
        except StorageFull:
            return "disk_full"
        except SigningFailed:  # the slip's statement is signed with it
            return "key_store"
        return None

    async def _answer(self, leased: Leased) -> Received | Over | PartsMissing | Failure:
        match leased.sealed:
            case Sealed() as application:
                return await self._client.put_application(leased.application_id, application)
            case SealedPart() as part:
                return await self._client.put_part(leased.application_id, part)
            case Follower() as follower:
                return await self._client.put_follower(leased.application_id, follower)

    async def _received(self, application_id: str, receipt: Receipt) -> None:
        statement = await self._queue.run(
            lambda outbox: outbox.delivery.mark_delivered(application_id, receipt)
        )
        paused = self._schedule.broken
        self._schedule = self._schedule.settled()
        _log.info("application_delivered", application_id=application_id)
        self._on_delivered(application_id, receipt, statement)
        self._woken["small"].set()  # what follows it may go now
        if paused:
            self._wake()

    async def _failed(self, lane: Lane, leased: Leased, failure: Failure) -> None:
        """Let one wait by itself and, when the line itself failed, everything else too."""
        if isinstance(failure, Parked):
            reason = failure.reason
            await self._queue.run(lambda outbox: outbox.delivery.quarantine(leased, reason))
            self._parked(leased, reason)
            return
        wait_s = full_jitter(
            leased.attempts, cap_s=self._schedule.cap_s, random=self._random(), wish_s=failure.retry_after_s
        )
        explained = isinstance(failure, LineDown) or failure.explained
        if lane == "large" and isinstance(failure, LineDown) and not failure.reached:
            # Too much for the line, or no line: a small question tells which.
            _log.warning("delivery_postponed", reason=failure.cause)
            await self._probe()
        else:
            self._note(failure)
        cause = failure.cause
        parked = await self._queue.run(
            lambda outbox: outbox.delivery.postpone(leased, cause, wait_s=wait_s, explained=explained)
        )
        if parked:
            self._parked(leased, cause)

    def _parked(self, leased: Leased, reason: str) -> None:
        self._schedule = self._schedule.settled()
        if isinstance(leased.sealed, Follower):
            kind = leased.sealed.kind
            _log.warning("follower_parked", key=kind, application_id=leased.application_id, reason=reason)
        else:
            _log.error("application_parked", application_id=leased.application_id, reason=reason)

    def _note(self, failure: Later | LineDown) -> None:
        """Say what failed; the breaker: what is nobody's own fault pauses everything."""
        if isinstance(failure, Later):
            _log.warning("delivery_postponed", reason=failure.cause)
        elif failure.reached:
            _log.warning("line_paused", reason=failure.cause)
            self._schedule = self._schedule.line_failed(
                self._now_s(), random=self._random(), wish_s=failure.retry_after_s
            )
        else:
            self._lost(failure.cause)

    def _now_s(self) -> float:
        return self._clock().since_boot_s
