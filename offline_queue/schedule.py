"""When to try again: full jitter, a breaker for the line, and the waits of ratings. Pure, on the boot clock.

The waits of applications are in their rows (`offline_queue.delivery`): they outlive the process, a rating's
need not. `random` is a number from 0 to 1; all times are seconds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

BASE_S = 1.0
"""The first wait is somewhere in 0…1 s, the next in 0…2 s, and so on up to the cap."""

_MOST_DOUBLINGS = 32


def full_jitter(failures: int, *, cap_s: float, random: float, wish_s: float | None = None) -> float:
    """`random · min(cap, base·2ⁿ)`, and at least the server's wish, itself capped.

    Source: "Exponential Backoff And Jitter", AWS Architecture Blog.
    """
    wait_s = random * min(cap_s, BASE_S * 2.0 ** min(failures, _MOST_DOUBLINGS))
    return wait_s if wish_s is None else max(wait_s, min(cap_s, wish_s))


@dataclass(frozen=True)
class _Wait:
    failures: int = 0
    due_s: float = -math.inf


@dataclass(frozen=True)
class Schedule:
    """The waits of the line and of each thing that failed."""

    cap_s: float
    line: _Wait = _Wait()
    things: Mapping[str, _Wait] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def broken(self) -> bool:
        """Somebody answers, but nothing has got through since the last failure of the line."""
        return self.line.failures > 0

    @property
    def line_due_s(self) -> float:
        """When anything may be sent."""
        return self.line.due_s

    def first_due(self, waiting: Sequence[str], now_s: float) -> str | None:
        """Give the first of `waiting` that may be tried now."""
        if now_s < self.line.due_s:
            return None
        return next((name for name in waiting if self._wait(name).due_s <= now_s), None)

    def due_s(self, waiting: Sequence[str]) -> float:
        """When the next of `waiting` may be tried; infinity when nothing waits."""
        return max(self.line.due_s, min((self._wait(name).due_s for name in waiting), default=math.inf))

    def settled(self, name: str) -> Schedule:
        """It is through, or set aside; either way the platform itself has spoken."""
        others = {other: wait for other, wait in self.things.items() if other != name}
        return replace(self, line=_Wait(), things=MappingProxyType(others))

    def postponed(self, name: str, now_s: float, *, random: float, wish_s: float | None = None) -> Schedule:
        """This thing failed; the others are free to go."""
        before = self._wait(name)
        wait_s = full_jitter(before.failures, cap_s=self.cap_s, random=random, wish_s=wish_s)
        after = _Wait(before.failures + 1, now_s + wait_s)
        return replace(self, things=MappingProxyType({**self.things, name: after}))

    def line_failed(self, now_s: float, *, random: float, wish_s: float | None = None) -> Schedule:
        """Somebody answered, but not as the platform should: everything waits."""
        wait_s = full_jitter(self.line.failures, cap_s=self.cap_s, random=random, wish_s=wish_s)
        return replace(self, line=_Wait(self.line.failures + 1, now_s + wait_s))

    def hurried(self, now_s: float) -> Schedule:
        """A person says that the cause is gone: the next try is now; what has failed is not forgotten."""
        return replace(self, line=replace(self.line, due_s=min(self.line.due_s, now_s)))

    def line_back(self, now_s: float, *, random: float) -> Schedule:
        """The network is back for every terminal at once: begin within the first second, not together."""
        return replace(self, line=_Wait(due_s=now_s + full_jitter(0, cap_s=self.cap_s, random=random)))

    def _wait(self, name: str) -> _Wait:
        return self.things.get(name, _Wait())
