"""Calling a guide: the platform is told, once, and asked what becomes of it until a guide was there.

A screen says "a guide has been told" only after the platform has said so. Whoever leaves takes their call
back. Calls that come too often are play, or a fault: they are not passed on.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

import structlog

from kiosk.messages import CallAnswered, CallGuide, FromTerminal, PlatformReach
from offline_queue.answers import CallTaken, NotAnswered

DEADLINE_S = 6.0
"""Somebody waits for the first answer: after it they are told to ask the staff themselves."""

AGAIN_S = 3.0
"""Between two looks at what became of a call."""

MOST_CALLS = 6
CALLS_WITHIN_S = 600.0
"""So many calls in so long come from one terminal at most, whoever makes them."""

_WITHDRAWALS = 3
"""How often it is tried to tell that nobody waits any more."""


class PutCall(Protocol):
    """Tells the platform of a call; `wanted` is False when nobody waits any more."""

    def __call__(self, call_id: str, /, *, wanted: bool) -> Awaitable[CallTaken | NotAnswered]:
        """Give what the platform says of it."""
        ...


@dataclass(eq=False)
class VisitCalls:
    """The calls of one visible session: one at a time."""

    session: str
    send: Callable[[FromTerminal], None]
    open_id: str | None = None
    waiting: asyncio.Task[None] | None = field(default=None)


class CallDesk:
    """Passes calls on by `put`, unless `reach` says that nobody is there. `clock`: monotonic seconds."""

    def __init__(
        self,
        put: PutCall,
        reach: Callable[[], PlatformReach],
        *,
        clock: Callable[[], float] = time.monotonic,
        again_s: float = AGAIN_S,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._put = put
        self._reach = reach
        self._clock = clock
        self._again_s = again_s
        self._deadline_s = deadline_s
        self._made_s: deque[float] = deque(maxlen=MOST_CALLS)
        self._tasks: asyncio.TaskGroup
        self._carries = False
        self._log = structlog.get_logger()

    async def run(self) -> None:
        """Carry the calls, for ever: an unforeseen failure of one ends the terminal, loudly."""
        async with asyncio.TaskGroup() as self._tasks:
            self._carries = True
            try:
                await asyncio.Event().wait()
            finally:
                self._carries = False

    def call(self, calls: VisitCalls, message: CallGuide) -> None:
        """Take a session's call; an earlier one of the same session is given up."""
        self.give_up(calls)
        if self._too_often():
            self._say(calls, message.call_id, "not_told", "too_often")
        elif self._reach() == "offline":
            self._say(calls, message.call_id, "not_told", "offline")
        else:
            self._made_s.append(self._clock())
            calls.waiting = self._tasks.create_task(self._carried(calls, message.call_id))

    def give_up(self, calls: VisitCalls) -> None:
        """Nobody waits any more: tell the platform, if it may know of the call."""
        if calls.waiting is not None:
            calls.waiting.cancel()
            calls.waiting = None
        if calls.open_id is not None and self._carries:
            self._tasks.create_task(self._withdrawn(calls.open_id))
            calls.open_id = None

    def _too_often(self) -> bool:
        made = self._made_s
        return len(made) == MOST_CALLS and self._clock() - made[0] < CALLS_WITHIN_S

    async def _carried(self, calls: VisitCalls, call_id: str) -> None:
        calls.open_id = call_id
        answer = await self._asked(call_id)
        if isinstance(answer, NotAnswered):
            # It may have arrived all the same: a guide who comes unannounced does no harm.
            self._say(calls, call_id, "not_told", answer.cause)
            return
        said: Literal["told", "coming"] = "told"
        self._say(calls, call_id, said, "none")
        while not isinstance(answer, CallTaken) or answer.state in {"waiting", "coming"}:
            if isinstance(answer, CallTaken) and answer.state == "coming" and said == "told":
                said = "coming"
                self._say(calls, call_id, said, "none")
            await asyncio.sleep(self._again_s)
            answer = await self._asked(call_id)
        calls.open_id = None
        self._say(calls, call_id, "done", answer.state)

    async def _asked(self, call_id: str) -> CallTaken | NotAnswered:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._put(call_id, wanted=True)
        except TimeoutError:
            return NotAnswered("late", "timeout")

    async def _withdrawn(self, call_id: str) -> None:
        for _ in range(_WITHDRAWALS):
            try:
                async with asyncio.timeout(self._deadline_s):
                    if isinstance(await self._put(call_id, wanted=False), CallTaken):
                        return
            except TimeoutError:
                pass
            await asyncio.sleep(self._again_s)
        self._log.warning("guide_call_left", reason="not_withdrawn")

    def _say(
        self,
        calls: VisitCalls,
        call_id: str,
        state: Literal["told", "coming", "done", "not_told"],
        cause: str,
    ) -> None:
        self._log.info("guide_call", session=calls.session, outcome=state, reason=cause)
        calls.send(CallAnswered(call_id=call_id, state=state))
