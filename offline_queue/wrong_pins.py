"""Wrong PINs in a row, counted durably: a kill does not give a guesser new tries."""

from __future__ import annotations

from offline_queue import pin_locks
from offline_queue.clock import Clock, Moment
from offline_queue.pin_locks import PinLock
from offline_queue.storage import Store


class WrongPins:
    """The count and the lock of each guide's number."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def lock(self, staff_no: str) -> PinLock:
        """Say whether a PIN of this number may be tried now. Ask before checking it."""
        row = self._store.row("SELECT * FROM pin_failures WHERE staff_no = ?", [staff_no])
        if row is None:
            return PinLock()
        now = self._clock()
        since = Moment(now.wall, row["locked_since_boot_s"], row["locked_boot"])
        return pin_locks.lock(row["failures"], since, now)

    def count(self, staff_no: str) -> PinLock:
        """Count one wrong PIN, durably, and give the lock that now holds."""
        now = self._clock()
        self._store.execute(
            "INSERT INTO pin_failures VALUES (?, 1, ?, ?) ON CONFLICT (staff_no) DO UPDATE"
            " SET failures = failures + 1, locked_since_boot_s = excluded.locked_since_boot_s,"
            " locked_boot = excluded.locked_boot",
            [staff_no, now.since_boot_s, now.boot],
        )
        return self.lock(staff_no)

    def clear(self, staff_no: str) -> None:
        """A right PIN, or a technician, ends the count."""
        self._store.execute("DELETE FROM pin_failures WHERE staff_no = ?", [staff_no])
