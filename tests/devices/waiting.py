"""Waiting in tests: always for something, never longer than a slow machine needs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Protocol, TypeVar

Result = TypeVar("Result")

LONG_S = 20.0
"""What nothing here should ever take, in seconds."""


class Watchable(Protocol):
    """A simulator that tells what happens to it."""

    def wait_for(self, event: str, since: int = 0, within_s: float = 10.0) -> int:
        """Block until `event` is among the events from number `since` on."""
        ...


async def soon(awaitable: Awaitable[Result]) -> Result:
    """Give the result, or fail."""
    async with asyncio.timeout(LONG_S):
        return await awaitable


async def event(simulator: Watchable, name: str, since: int = 0) -> int:
    """Wait for a simulator's event; give the number after it."""
    return await asyncio.to_thread(simulator.wait_for, name, since)
