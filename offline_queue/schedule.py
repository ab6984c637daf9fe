"""When to try again: full jitter, and a breaker for the line. Pure, on the boot clock.

The waits of what is sent are in its rows (`offline_queue.delivery`): they outlive the process. `random` is
a number from 0 to 1; all times are seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

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
class Schedule:
    """The waits of the line."""

    cap_s: float
    failures: int = 0
    due_s: float = -math.inf
    """When anything may be sent."""

    @property
    def broken(self) -> bool:
        """Somebody answers, but nothing has got through since the last failure of the line."""
        return self.failures > 0

    def settled(self) -> Schedule:
        """Something is through, or set aside; either way the platform itself has spoken."""
        return Schedule(self.cap_s)

    def line_failed(self, now_s: float, *, random: float, wish_s: float | None = None) -> Schedule:
        """Somebody answered, but not as the platform should: everything waits."""
        wait_s = full_jitter(self.failures, cap_s=self.cap_s, random=random, wish_s=wish_s)
        return Schedule(self.cap_s, self.failures + 1, now_s + wait_s)

    def hurried(self, now_s: float) -> Schedule:
        """A person says that the cause is gone: the next try is now; what has failed is not forgotten."""
        return replace(self, due_s=min(self.due_s, now_s))

    def line_back(self, now_s: float, *, random: float) -> Schedule:
        """The network is back for every terminal at once: begin within the first second, not together."""
        return Schedule(self.cap_s, due_s=now_s + full_jitter(0, cap_s=self.cap_s, random=random))
