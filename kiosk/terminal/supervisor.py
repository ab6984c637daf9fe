"""The supervisor: one session in front of the citizen, a warm one beneath it, a fresh one whenever one ends.

It never waits for a corpse: a session that left, died or fell silent is replaced first, then killed, and
reaped by a task of its own. Time is the monotonic clock, in seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NoReturn

import structlog

from kiosk.messages import (
    BadMessage,
    EnvelopeKeyChanged,
    FromSession,
    FromTerminal,
    Heartbeat,
    Keeping,
    KeepingChanged,
    Leaving,
    PlatformReach,
    ReachChanged,
    Ready,
    Revoked,
    RevokedChanged,
    StepShown,
    decode_from_session,
    encode,
)
from kiosk.packets import PeerStalled
from kiosk.terminal.desk import Desk
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.session_process import SessionProcess
from kiosk.terminal.visit import Visit

TICK_S = 0.1
HANG_S = 3.0
"""Silence of a session that was ready once; it sends a heartbeat every 0.1 s."""

START_S = 30.0
"""How long a session may take to its first frame."""

_SETTLE_S = 0.3
_CRASH_LOOP = 3
_BACKOFF_S = 0.5
_BACKOFF_CAP_S = 30.0
_INBOX = 1024

WELCOME = "welcome"
"""The step on which nobody is served."""

Start = Literal["up", "failed"]
SeatEnd = Literal["session_left", "session_died", "session_hung"]


class Standing(Enum):
    """Where a session is in its life."""

    STARTING = "starting"
    STANDBY = "standby"
    VISIBLE = "visible"
    ENDED = "ended"


@dataclass(eq=False)
class Seat:
    """One session as the supervisor sees it."""

    process: SessionProcess
    started_s: float
    sign_of_life_s: float
    standing: Standing = Standing.STARTING
    promoted_s: float = 0.0
    step: str = ""
    visit: Visit | None = None
    inbox: asyncio.Queue[FromSession | None] = field(default_factory=asyncio.Queue)


class Supervisor:
    """Keeps the visible session and the standby. `spawn` starts one session by name; may raise `OSError`.

    `started` hears of every session that came up, and of every one that did not.
    """

    def __init__(
        self,
        spawn: Callable[[str], SessionProcess],
        desk: Desk,
        board: HealthBoard,
        clock: Callable[[], float] = time.monotonic,
        started: Callable[[Start], None] = lambda _start: None,
    ) -> None:
        self.visible: Seat | None = None
        self.standby: Seat | None = None
        self._spawn = spawn
        self._desk = desk
        self._board = board
        self._clock = clock
        self._started = started
        self._outdated: Seat | None = None
        self._log = structlog.get_logger()
        self._tasks: asyncio.TaskGroup
        self._numbers = 0
        self._failed_starts = 0
        self._start_after_s = 0.0
        self._uncovered_s = self._last_tick_s = clock()
        self._ended: set[asyncio.Task[None]] = set()

    async def run(self, on_tick: Callable[[], None]) -> NoReturn:
        """Supervise until cancelled, then kill both sessions and see their homes removed.

        `on_tick` is called every `TICK_S` while the supervisor is alive and well.
        """
        self._uncovered_s = self._last_tick_s = self._clock()
        try:
            async with asyncio.TaskGroup() as self._tasks:
                self._refill()
                while True:
                    await asyncio.sleep(TICK_S)
                    self._tick()
                    on_tick()
        finally:
            clearing = [self._cleared(seat) for seat in (self.visible, self.standby) if seat is not None]
            if clearing or self._ended:
                await asyncio.wait([*clearing, *self._ended], timeout=HANG_S)

    def tell_reach(self, reach: PlatformReach) -> None:
        """Tell the visible session whether the platform answers; the standby hears it when promoted."""
        if self.visible is not None:
            self._send(self.visible, ReachChanged(reach=reach))

    def tell_keeping(self, keeping: Keeping) -> None:
        """Tell the visible session whether new applications can be kept."""
        if self.visible is not None:
            self._send(self.visible, KeepingChanged(keeping=keeping))

    def tell_envelope_key(self, announcement: str) -> None:
        """Tell the visible session what to seal to from now on."""
        if self.visible is not None:
            self._send(self.visible, EnvelopeKeyChanged(envelope_key=announcement))

    def tell_revoked(self, revoked: Revoked) -> None:
        """Tell the visible session what the platform has taken back, in the middle of it, too."""
        if self.visible is not None:
            self._send(self.visible, RevokedChanged(revoked=revoked))

    def renew(self) -> None:
        """Replace the sessions that serve nobody: the standby now, a resting visible one by a warm one."""
        self._outdated = self.visible
        if self.standby is not None:
            self._end(self.standby, "session_left", "outdated")

    def _relieve(self) -> None:
        """End the outdated session, where it stands on the welcome page and a warm one is there."""
        seat = self._outdated
        warm = self.standby is not None and self.standby.standing is Standing.STANDBY
        if seat is not None and seat is self.visible and warm and seat.step == WELCOME:
            self._end(seat, "session_left", "outdated")

    # ---- starting and promoting --------------------------------------------------------------------------

    def _refill(self) -> None:
        if self.standby is not None or self._clock() < self._start_after_s:
            return
        self._numbers += 1
        name = f"s{self._numbers}"
        try:
            process = self._spawn(name)
        except OSError as error:
            self._log.error("session_start_failed", session=name, reason=error.strerror)
            self._start_failed()
            return
        now = self._clock()
        seat = Seat(process, started_s=now, sign_of_life_s=now)
        self.standby = seat
        self._tasks.create_task(self._listen(seat), name=f"listener of {name}")

    def _start_failed(self) -> None:
        self._failed_starts += 1
        self._started("failed")
        if self._failed_starts == _CRASH_LOOP:
            self._log.error("session_crash_loop", count=self._failed_starts)
        if self._failed_starts > 1:
            wait_s = min(_BACKOFF_CAP_S, _BACKOFF_S * 2 ** (self._failed_starts - 2))
            self._start_after_s = self._clock() + wait_s

    def _became_ready(self, seat: Seat) -> None:
        if seat.standing is not Standing.STARTING:
            return
        seat.standing = Standing.STANDBY
        if self._failed_starts >= _CRASH_LOOP:
            self._log.info("session_crash_loop_over", count=self._failed_starts)
        self._failed_starts = 0
        self._start_after_s = 0.0
        self._log.info("session_ready", session=seat.process.name, ms=_ms(self._clock() - seat.started_s))
        self._started("up")
        if self.visible is None:
            self._promote(seat, "cold")
            self._refill()
        self._relieve()

    def _promote(self, seat: Seat, how: Literal["warm", "cold"]) -> None:
        """Make a ready standby the visible session. `cold` says that the citizen had to wait for it."""
        self.visible, self.standby = seat, None
        seat.standing = Standing.VISIBLE
        seat.visit = self._desk.open_visit(seat.process.name, lambda message: self._send(seat, message))
        self._send(seat, self._desk.promotion())
        seat.promoted_s = self._clock()
        self._log.info(
            "session_promoted",
            session=seat.process.name,
            ms=_ms(seat.promoted_s - self._uncovered_s),
            reason=how,
        )
        self._tasks.create_task(self._serve(seat, seat.visit), name=f"desk for {seat.process.name}")

    # ---- listening ---------------------------------------------------------------------------------------

    async def _listen(self, seat: Seat) -> None:
        """Read one session's packets to the end of its pipe, then replace it."""
        event: SeatEnd = "session_died"
        reason, detail = "pipe_ended", ""
        try:
            while (packet := await seat.process.end.receive()) is not None:
                message = decode_from_session(packet)
                self._heard(seat, message)
                if isinstance(message, Leaving):
                    event, reason = "session_left", message.reason
                    break
        except BadMessage as error:
            reason, detail = "bad_message", str(error)
        seat.inbox.put_nowait(None)
        if seat.visit is not None and seat.standing is Standing.VISIBLE:
            # What it said before it ended counts: a commit on its way to the disk, an outcome shown.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SETTLE_S):
                    await seat.inbox.join()
        self._end(seat, event, reason, detail)

    def _heard(self, seat: Seat, message: FromSession) -> None:
        seat.sign_of_life_s = self._clock()
        match message:
            case Ready():
                self._became_ready(seat)
            case Heartbeat():
                pass
            case StepShown(step=step):
                seat.step = step
                if seat.visit is not None:
                    self._desk.step_shown(seat.visit, welcome=step == WELCOME)
                self._relieve()
            case _ if seat.standing is Standing.VISIBLE:
                if seat.inbox.qsize() >= _INBOX:
                    raise BadMessage(f"{message.kind}: more than {_INBOX} messages at once")
                seat.inbox.put_nowait(message)
            case _:
                raise BadMessage(f"{message.kind}: not from a standby")

    async def _serve(self, seat: Seat, visit: Visit) -> None:
        """Answer a visible session in the order of its messages; a slow disk holds up nobody's heartbeat."""
        while (message := await seat.inbox.get()) is not None:
            try:
                await self._desk.answer(visit, message)
            except BadMessage as error:
                self._end(seat, "session_died", "bad_message", str(error))
                break
            finally:
                seat.inbox.task_done()
        else:
            seat.inbox.task_done()
        await self._desk.close_visit(visit)

    def _send(self, seat: Seat, message: FromTerminal) -> None:
        try:
            seat.process.end.send(encode(message))
        except PeerStalled:
            self._end(seat, "session_hung", "pipe_full")

    # ---- ending ------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._clock()
        stalled = now - self._last_tick_s > HANG_S / 3
        self._last_tick_s = now
        for seat in (self.visible, self.standby):
            if seat is None:
                continue
            if stalled:
                # It was this process that did not run; the heartbeats are still waiting in the pipes.
                seat.sign_of_life_s = now
            limit_s = START_S if seat.standing is Standing.STARTING else HANG_S
            if now - seat.sign_of_life_s > limit_s:
                self._end(seat, "session_hung", "silent")
        self._refill()

    def _end(self, seat: Seat, event: SeatEnd, reason: str, detail: str = "") -> None:
        """Replace a session, then kill it. Any later reason for the same end is dropped."""
        if seat.standing is Standing.ENDED:
            return
        standing, seat.standing = seat.standing, Standing.ENDED
        now = self._clock()
        if seat is self.visible:
            self.visible, self._uncovered_s = None, now
            if self.standby is not None and self.standby.standing is Standing.STANDBY:
                self._promote(self.standby, "warm")
        else:
            self.standby = None
        seat.process.kill()
        self._log.info(
            event,
            session=seat.process.name,
            state=standing.value,
            reason=f"{reason}: {detail}" if detail else reason,
            step=seat.step,
        )
        self._board.session_ended(seat.process.name, event, reason, seat.step)
        clearing = self._cleared(seat)
        self._ended.add(clearing)
        clearing.add_done_callback(self._ended.discard)
        if standing is Standing.STARTING and event != "session_left":
            self._start_failed()
        self._refill()

    def _cleared(self, seat: Seat) -> asyncio.Task[None]:
        seat.process.kill()
        return asyncio.get_running_loop().create_task(seat.process.cleared())


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
