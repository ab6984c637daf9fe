"""Eyes that never leave the screen: every look is kept, and wakes whoever waits for something to show."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from bench.citizen import BUTTON
from bench.sight import Node, Sight

LOOK_PAUSE_S = 0.02
"""Between two looks; a look itself takes 10 to 30 ms."""


@dataclass(frozen=True)
class Look:
    """The screen at one moment."""

    at_s: float
    nodes: Sequence[Node]

    @property
    def pid(self) -> int | None:
        """The process whose window lies on top; None when none does."""
        return self.nodes[0].pid if self.nodes else None

    @property
    def headings(self) -> list[str]:
        """The names of its headings."""
        return [node.name for node in self.nodes if node.role == "heading"]

    @property
    def words(self) -> list[str]:
        """Everything that has a name."""
        return [node.name for node in self.nodes if node.name]

    def button(self, name: str) -> Node | None:
        """A button that can be touched now."""
        for node in self.nodes:
            if node.role == BUTTON and node.name == name and node.enabled and node.within_reach:
                return node
        return None


class Witness:
    """Looks all the time while its context lasts, and tells `on_look` of each one that shows a window."""

    def __init__(self, sight: Sight, on_look: Callable[[Look], None]) -> None:
        self._sight = sight
        self._on_look = on_look
        self._last = Look(time.monotonic(), ())
        self._failure: Exception | None = None
        self._looked = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch(), name="witness")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def next(self) -> Look:
        """The first look that begins from now on; raises what a look failed with."""
        asked_s = time.monotonic()
        async with self._looked:
            await self._looked.wait_for(lambda: self._last.at_s >= asked_s or self._failure is not None)
        if self._failure is not None:
            raise self._failure
        return self._last

    async def _watch(self) -> None:
        while self._failure is None:
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - whoever waits for a look raises it
                self._failure = error
            async with self._looked:
                self._looked.notify_all()
            await asyncio.sleep(LOOK_PAUSE_S)

    async def _look(self) -> None:
        began_s = time.monotonic()
        look = Look(began_s, await self._sight.look())
        if look.nodes:
            self._on_look(look)
        self._last = look
