"""An event loop in which waiting takes no time: when nobody has anything to do, the clock is put forward."""

from __future__ import annotations

import asyncio
import selectors

_TURN_S = 1e-6
"""Work takes time, too; and rounded away, a wait would never end."""


class Deadlock(Exception):
    """Everybody waits for somebody else, and for no moment."""


class _Selector(selectors.DefaultSelector):
    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now_s += _TURN_S
        events = super().select(0)
        if not events:
            if timeout is None:
                raise Deadlock
            self.now_s += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs as any other; `time()` is virtual. Nothing in it may use threads."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._virtual.now_s
