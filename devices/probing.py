"""One asker for many who want to know: each device is asked by one task, and its answer is everybody's.

A device that is well is asked every few seconds. One that is not is asked after growing pauses, so that a
broken cable costs nothing, and by itself again: it needs no restart when it comes back. Whoever wants to know
now (a page before it sends a person to the reader) asks out of turn, and shares an answer that is on its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from devices.statuses import AnyHealth, Unknown

PROBE_S = 3.0
"""Seconds between two questions to a device that is well."""

FIRST_PAUSE_S = 1.0
"""After the first answer that a device cannot be used; doubled with each further one."""

LONGEST_PAUSE_S = 8.0
"""A cable put back is noticed within so many seconds, or at once by whoever asks out of turn."""

_DOUBLINGS = 16
"""More than any longest pause needs."""

Question = Callable[[], Awaitable[AnyHealth]]


@dataclass(frozen=True)
class Pauses:
    """Seconds between two questions: to a device that is well, and to one that is not."""

    well_s: float = PROBE_S
    first_s: float = FIRST_PAUSE_S
    longest_s: float = LONGEST_PAUSE_S


class _Device:
    """One device: its question, the last answer, and how often in a row that was no good one."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.health: AnyHealth | None = None
        self.failures = 0
        self.next_at = 0.0
        self.asking: asyncio.Task[AnyHealth] | None = None


class Probing:
    """Asks the devices named in `questions`; every answer is told by `told`.

    `jitter` gives the part of each pause after a failure that is really waited, 0 to 1: devices behind one
    dead hub, and terminals behind one dead switch, are not asked in step. A question must not raise.
    """

    def __init__(
        self,
        questions: Mapping[str, Question],
        *,
        jitter: Callable[[], float],
        told: Callable[[], None],
        pauses: Pauses,
    ) -> None:
        self._devices = {name: _Device(question) for name, question in questions.items()}
        self._jitter = jitter
        self._told = told
        self._pauses = pauses

    @property
    def healths(self) -> Mapping[str, AnyHealth]:
        """The last answer of each device; unknown before the first."""
        return {name: device.health or Unknown() for name, device in self._devices.items()}

    @property
    def complete(self) -> bool:
        """Whether every device has answered at least once."""
        return all(device.health is not None for device in self._devices.values())

    async def run(self) -> None:
        """Ask for ever, each device in its turn. Cancelling this leaves no question half asked."""
        async with asyncio.TaskGroup() as turns:
            for device in self._devices.values():
                turns.create_task(self._in_turn(device))

    async def ask(self, name: str) -> AnyHealth:
        """Ask this device now, or share the answer that is on its way."""
        return await self._ask(self._devices[name])

    async def ask_all(self) -> Mapping[str, AnyHealth]:
        """Ask every device now."""
        await asyncio.gather(*map(self._ask, self._devices.values()))
        return self.healths

    async def until_usable(self, name: str) -> None:
        """Return once this device says that it can be used, asking again with the pauses of its turn."""
        device = self._devices[name]
        while not (await self._ask(device)).usable:
            await self._pause(device)

    async def _in_turn(self, device: _Device) -> None:
        while True:
            await self._pause(device)
            await self._ask(device)

    async def _pause(self, device: _Device) -> None:
        """Wait until it is this device's turn; whoever asked meanwhile has put it off."""
        clock = asyncio.get_running_loop().time
        while True:
            left_s = device.next_at - clock()
            if left_s <= 0:
                return
            await asyncio.sleep(left_s)

    async def _ask(self, device: _Device) -> AnyHealth:
        # In a task of its own: a question is asked to its end even when whoever wanted to know has gone, for
        # half an answer on a line would be somebody else's.
        if device.asking is None or device.asking.done():
            device.asking = asyncio.create_task(self._answer(device))
        return await asyncio.shield(device.asking)

    async def _answer(self, device: _Device) -> AnyHealth:
        device.health = health = await device.question()
        device.failures = 0 if health.usable else device.failures + 1
        device.next_at = asyncio.get_running_loop().time() + self._pause_s(device.failures)
        self._told()
        return health

    def _pause_s(self, failures: int) -> float:
        pauses = self._pauses
        if not failures:
            return pauses.well_s
        doubled: int = 2 ** min(failures - 1, _DOUBLINGS)
        return self._jitter() * min(pauses.longest_s, pauses.first_s * doubled)
