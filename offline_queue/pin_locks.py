"""How long wrong PINs lock a guide's number: pure arithmetic.

Four wrong ones are free. The fifth locks for 15 s, each further one for twice as long; the fifteenth locks
until somebody clears it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from offline_queue.clock import Moment

FREE_FAILURES = 4
FIRST_LOCK_S = 15.0
FAILURES_UNTIL_CLEARED = 15
UNTIL_CLEARED_S = 24 * 3600
"""What a number that must be cleared reports as its wait."""


@dataclass(frozen=True)
class PinLock:
    """The state of one guide's number. `retry_after_s` is 0 when a PIN may be tried."""

    failures: int = 0
    retry_after_s: int = 0
    until_cleared: bool = False


def lock(failures: int, locked_at: Moment, now: Moment) -> PinLock:
    """Work out what is left of the lock that the last of `failures` started at `locked_at`.

    After a reboot nobody knows how long the machine was off, so the lock counts from the boot.
    """
    if failures >= FAILURES_UNTIL_CLEARED:
        return PinLock(failures, UNTIL_CLEARED_S, until_cleared=True)
    if failures <= FREE_FAILURES:
        return PinLock(failures)
    length_s = FIRST_LOCK_S * 2.0 ** (failures - FREE_FAILURES - 1)
    same_boot = locked_at.boot == now.boot
    elapsed_s = now.since_boot_s - locked_at.since_boot_s if same_boot else now.since_boot_s
    return PinLock(failures, max(0, math.ceil(length_s - elapsed_s)))
