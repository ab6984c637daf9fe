"""What waits for the platform: which may be tried now, and how it leaves the disk, only against a receipt.

Everything that is sent is a delivery: a part, its application, what follows it; of one application, what has
a smaller step goes first. Two lanes, so that a large application blocks nobody: each is served by itself, in
the order of keeping. What fails waits by itself; its count and its next try are in its row. What is under way
is leased, in memory: with the process every lease ends, so nothing can stay "sending".
"""

from __future__ import annotations

import hashlib
import math
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

import structlog

from offline_queue.clock import Clock
from offline_queue.failures import ReceiptMismatch, StorageFull, UnknownApplication
from offline_queue.queue_values import Follower, QueueState, Sealed, SealedPart
from offline_queue.rows import application, keeping
from offline_queue.signing import Receipt
from offline_queue.statement_chain import Witness, state_received
from offline_queue.storage import Row, Store

Lane = Literal["small", "large"]
LANES: tuple[Lane, ...] = get_args(Lane)

SMALL_BYTES = 256 * 1024
"""Applications with their parts up to this go by the small lane: a form, signatures and a page or two."""

LEASE_S = 900.0
"""Longer than any try takes at the least speed (`platform_line.deadline_s`)."""

PARK_AFTER = 10
"""Unexplained client errors in a row after which something is set aside."""

_DAMAGED = "damaged_here"
"""The disk has changed what was sealed: the platform could only refuse it."""

_READY = (
    # In the order of the index of what waits, never the other way round: nothing is sorted.
    " FROM deliveries AS this INDEXED BY deliveries_waiting CROSS JOIN applications USING (place)"
    " WHERE this.state = 'kept' AND applications.state != 'quarantined' AND lane = ? AND NOT EXISTS"
    " (SELECT 1 FROM deliveries AS other WHERE other.place = this.place AND other.step < this.step"
    " AND other.state != 'over')"
)

_log = structlog.get_logger()


def lane_of(size_bytes: int) -> Lane:
    """The lane of an application that has so many bytes with its parts: it goes by one, whole."""
    return "small" if size_bytes <= SMALL_BYTES else "large"


@dataclass(frozen=True)
class Leased:
    """One delivery under way, for one try. `attempts` is how often it has failed."""

    number: int
    application_id: str
    attempts: int
    sealed: Sealed | SealedPart | Follower


class Delivery:
    """The way of everything that is kept to the platform."""

    def __init__(self, store: Store, clock: Clock, witness: Witness | None) -> None:
        self._store = store
        self._clock = clock
        self._witness = witness
        self._leases: dict[int, tuple[str, float]] = {}

    def under_way(self) -> frozenset[str]:
        """Give the applications of which something is being sent."""
        now_s = self._clock().since_boot_s
        return frozenset(name for name, until_s in self._leases.values() if now_s < until_s)

    def lease(self, lane: Lane) -> Leased | None:
        """Give the first of a lane that may be tried now, None when nothing is due.

        Nobody else gets it until it is over, postponed or set aside, or the lease has run out.
        """
        now = self._clock()
        away = self._leased()
        rows = self._store.rows(
            f"SELECT number, kind, name, said, application_id, this.attempts{_READY}"
            " AND (due_boot IS NULL OR due_boot != ? OR due_s <= ?) ORDER BY this.place, number LIMIT ?",
            [lane, now.boot, now.since_boot_s, len(away) + 1],
        )
        for row in rows:
            if row["number"] in away:
                continue
            sealed = self._intact(row)
            if sealed is None:
                self._set_aside(row["number"], _DAMAGED)
                _log.error("application_parked", application_id=row["application_id"], reason=_DAMAGED)
                continue
            self._leases[row["number"]] = row["application_id"], now.since_boot_s + LEASE_S
            return Leased(row["number"], row["application_id"], row["attempts"], sealed)
        return None

    def due_s(self, lane: Lane) -> float:
        """When the next of a lane may be tried, on the boot clock; infinity when nothing waits."""
        now = self._clock()
        away = self._leased()
        rows = self._store.rows(f"SELECT number, due_boot, due_s{_READY}", [lane])
        return min(
            (
                row["due_s"] if row["due_boot"] == now.boot else now.since_boot_s
                for row in rows
                if row["number"] not in away
            ),
            default=math.inf,
        )

    def sealed(self, application_id: str) -> Sealed:
        """Give an application's envelope to send. Raises `UnknownApplication` unless it is waiting."""
        row = self._store.row(
            "SELECT envelope, envelope_sha256, terminal_signature, origin_signature FROM applications"
            " WHERE application_id = ? AND state = 'kept'",
            [application_id],
        )
        if row is None:
            raise UnknownApplication(application_id)
        return Sealed(
            row["envelope"], row["envelope_sha256"], row["terminal_signature"], row["origin_signature"]
        )

    def mark_delivered(self, application_id: str, receipt: Receipt) -> str | None:
        """Delete envelope and parts against the platform's receipt, from the file and from the log.

        Gives the statement that it was received, None where none is made. Again with the same application:
        nothing happens. Raises `ReceiptMismatch`, `UnknownApplication`.
        """
        self._leases = {number: lease for number, lease in self._leases.items() if lease[0] != application_id}
        statement = None
        with self._store.transaction() as store:
            row = application(store, application_id)
            if (receipt.application_id, receipt.envelope_sha256) != (application_id, row["envelope_sha256"]):
                raise ReceiptMismatch(f"{application_id}: the receipt is for other bytes")
            store.execute(
                "UPDATE applications SET state = 'delivered', envelope = NULL, last_error = NULL, attempts ="
                " (SELECT sum(attempts) FROM deliveries WHERE place = applications.place AND step < 3),"
                " filing_no = ?, received_at = ?, receipt = ? WHERE application_id = ?"
                " AND state != 'delivered'",
                [receipt.filing_no, receipt.received_at, receipt.text, application_id],
            )
            store.execute("DELETE FROM parts WHERE place = ?", [row["place"]])
            store.execute("DELETE FROM deliveries WHERE place = ? AND step < 3", [row["place"]])
            # The slip of a restored one is another terminal's.
            if self._witness is not None and row["origin_signature"] is None:
                statement = state_received(store, self._witness, keeping(row), receipt)
        with suppress(StorageFull):  # the deletion is durable; the next delivery empties the log
            self._store.empty_log()
        return statement

    def mark_over(self, leased: Leased) -> None:
        """The platform has a part, or what follows an application. A part stays until the receipt."""
        self._leases.pop(leased.number, None)
        self._store.execute(
            "UPDATE deliveries SET state = 'over', last_error = NULL WHERE number = ?", [leased.number]
        )

    def parts_missing(self, leased: Leased) -> None:
        """The platform lacks parts of an application: they go again."""
        self._store.execute(
            "UPDATE deliveries SET state = 'kept', due_boot = NULL, due_s = NULL WHERE kind = 'part'"
            " AND place = (SELECT place FROM deliveries WHERE number = ?)",
            [leased.number],
        )

    def postpone(self, leased: Leased, cause: str, *, wait_s: float, explained: bool) -> bool:
        """Count one failed try, and say when the next is due.

        After `PARK_AFTER` unexplained ones in a row it is set aside instead; gives whether it was.
        """
        self._leases.pop(leased.number, None)
        now = self._clock()
        with self._store.transaction() as store:
            store.execute(
                "UPDATE deliveries SET attempts = attempts + 1, unexplained = unexplained + ?,"
                " last_error = ?, due_boot = ?, due_s = ? WHERE number = ?",
                [not explained, cause, now.boot, now.since_boot_s + wait_s, leased.number],
            )
            row = store.row("SELECT unexplained FROM deliveries WHERE number = ?", [leased.number])
            parked = row is not None and row["unexplained"] >= PARK_AFTER
            if parked:
                _quarantine(store, leased.number)
        return parked

    def quarantine(self, leased: Leased, reason: str) -> None:
        """Set aside for a technician, a part with its application: not sent any more, never deleted."""
        self._set_aside(leased.number, reason)

    def try_now(self, application_id: str) -> QueueState:
        """Let a person's word count: what waits is due now, what was set aside waits again, both afresh.

        Gives what it was before; what is delivered stays so. Raises `UnknownApplication`.
        """
        with self._store.transaction() as store:
            row = application(store, application_id)
            before: QueueState = row["state"]
            if before == "quarantined":
                store.execute("UPDATE applications SET state = 'kept' WHERE place = ?", [row["place"]])
            store.execute(
                "UPDATE deliveries SET attempts = 0, unexplained = 0, due_boot = NULL, due_s = NULL,"
                " state = iif(state = 'over', 'over', 'kept') WHERE place = ?",
                [row["place"]],
            )
        return before

    def _leased(self) -> frozenset[int]:
        now_s = self._clock().since_boot_s
        return frozenset(number for number, (_, until_s) in self._leases.items() if now_s < until_s)

    def _intact(self, row: Row) -> Sealed | SealedPart | Follower | None:
        """What is to be sent; None if it is not what was kept."""
        if row["kind"] == "application":
            sealed = self.sealed(row["application_id"])
            return sealed if _is_named(sealed.envelope, sealed.envelope_sha256) else None
        if row["kind"] == "part":
            part = self._store.row("SELECT sealed FROM parts WHERE sha256 = ?", [row["name"]])
            intact = part is not None and _is_named(part["sealed"], row["name"])
            return SealedPart(part["sealed"], row["name"]) if part is not None and intact else None
        return Follower(row["kind"], row["said"])

    def _set_aside(self, number: int, reason: str) -> None:
        self._leases.pop(number, None)
        with self._store.transaction() as store:
            store.execute(
                "UPDATE deliveries SET attempts = attempts + 1, last_error = ? WHERE number = ?",
                [reason, number],
            )
            _quarantine(store, number)


def _quarantine(store: Store, number: int) -> None:
    """What follows an application is set aside alone, everything else with its application."""
    store.execute(
        "UPDATE deliveries SET state = 'quarantined' WHERE state = 'kept' AND step = 3 AND number = ?",
        [number],
    )
    store.execute(
        "UPDATE applications SET state = 'quarantined' WHERE state = 'kept' AND place ="
        " (SELECT place FROM deliveries WHERE number = ? AND step < 3)",
        [number],
    )


def _is_named(content: bytes, sha256: str) -> bool:
    return hashlib.sha256(content).hexdigest() == sha256
