"""What waits for the platform: which may be tried now, and how it leaves the disk, only against a receipt.

Two lanes, so that a large application blocks nobody: each is served by itself, in the order of keeping. What
fails waits by itself; its count and its next try are in its row. What is under way is leased, in memory: with
the process every lease ends, so nothing can stay "sending".
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
from offline_queue.queue_values import Pending, QueueState, Sealed
from offline_queue.rows import application, change_one, keeping
from offline_queue.signing import Receipt
from offline_queue.statement_chain import Witness, state_received
from offline_queue.storage import Store

Lane = Literal["small", "large"]
LANES: tuple[Lane, ...] = get_args(Lane)

SMALL_BYTES = 256 * 1024
"""Envelopes up to this go by the small lane: a form, signatures and a page or two."""

LEASE_S = 900.0
"""Longer than any request takes (`platform_client.deadline_s`); after it the lease has been forgotten."""

PARK_AFTER = 10
"""Unexplained client errors in a row after which an application is set aside."""


_DAMAGED = "damaged_here"
"""The disk has changed what was sealed: the platform could only refuse it."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Leased:
    """One application under way, for one try. `attempts` is how often it has failed."""

    application_id: str
    attempts: int
    sealed: Sealed


class Delivery:
    """The way of kept applications to the platform."""

    def __init__(self, store: Store, clock: Clock, witness: Witness | None) -> None:
        self._store = store
        self._clock = clock
        self._witness = witness
        self._leases: dict[str, float] = {}

    def pending(self, limit: int) -> list[Pending]:
        """Give what waits for the platform, oldest first."""
        return [
            Pending(row["application_id"], row["attempts"])
            for row in self._store.rows(
                "SELECT application_id, tries.attempts FROM tries JOIN applications USING (place)"
                " WHERE state = 'kept' ORDER BY place LIMIT ?",
                [limit],
            )
        ]

    def under_way(self) -> frozenset[str]:
        """Give the applications that are being sent."""
        now_s = self._clock().since_boot_s
        return frozenset(name for name, until_s in self._leases.items() if now_s < until_s)

    def lease(self, lane: Lane) -> Leased | None:
        """Give the first of a lane that may be tried now, None when nothing is due.

        Nobody else gets it until it is delivered, postponed or set aside, or the lease has run out.
        """
        now = self._clock()
        away = self.under_way()
        rows = self._store.rows(
            "SELECT application_id, tries.attempts FROM tries JOIN applications USING (place)"
            " WHERE state = 'kept' AND (bytes > ?) = ? AND (due_boot IS NULL OR due_boot != ? OR due_s <= ?)"
            # By the index of this column: ordered by the other's, all that waits would be sorted each time.
            " ORDER BY applications.place LIMIT ?",
            [SMALL_BYTES, lane == "large", now.boot, now.since_boot_s, len(away) + 1],
        )
        for row in rows:
            if (application_id := row["application_id"]) in away:
                continue
            sealed = self.sealed(application_id)
            if hashlib.sha256(sealed.envelope).hexdigest() != sealed.envelope_sha256:
                self.quarantine(application_id, _DAMAGED)
                _log.error("application_parked", application_id=application_id, reason=_DAMAGED)
                continue
            self._leases[application_id] = now.since_boot_s + LEASE_S
            return Leased(application_id, row["attempts"], sealed)
        return None

    def due_s(self, lane: Lane) -> float:
        """When the next of a lane may be tried, on the boot clock; infinity when nothing waits."""
        now = self._clock()
        rows = self._store.rows(
            "SELECT application_id, due_boot, due_s FROM tries JOIN applications USING (place)"
            " WHERE state = 'kept' AND (bytes > ?) = ?",
            [SMALL_BYTES, lane == "large"],
        )
        away = self.under_way()
        return min(
            (
                row["due_s"] if row["due_boot"] == now.boot else now.since_boot_s
                for row in rows
                if row["application_id"] not in away
            ),
            default=math.inf,
        )

    def sealed(self, application_id: str) -> Sealed:
        """Give the bytes to send. Raises `UnknownApplication` unless it is waiting."""
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
        """Delete the envelope against the platform's receipt, from the file and from the log.

        Gives the statement that it was received, None where none is made. Again with the same application:
        nothing happens. Raises `ReceiptMismatch`, `UnknownApplication`.
        """
        self._leases.pop(application_id, None)
        statement = None
        with self._store.transaction() as store:
            row = application(store, application_id)
            if (receipt.application_id, receipt.envelope_sha256) != (application_id, row["envelope_sha256"]):
                raise ReceiptMismatch(f"{application_id}: the receipt is for other bytes")
            store.execute(
                "UPDATE applications SET state = 'delivered', envelope = NULL, last_error = NULL,"
                " attempts = (SELECT attempts FROM tries WHERE tries.place = applications.place),"
                " filing_no = ?, received_at = ?, receipt = ? WHERE application_id = ?"
                " AND state != 'delivered'",
                [receipt.filing_no, receipt.received_at, receipt.text, application_id],
            )
            store.execute("DELETE FROM tries WHERE place = ?", [row["place"]])
            # The slip of a restored one is another terminal's.
            if self._witness is not None and row["origin_signature"] is None:
                statement = state_received(store, self._witness, keeping(row), receipt)
        with suppress(StorageFull):  # the deletion is durable; the next delivery empties the log
            self._store.empty_log()
        return statement

    def postpone(self, application_id: str, cause: str, *, wait_s: float, explained: bool) -> bool:
        """Count one failed try, and say when the next is due.

        After `PARK_AFTER` unexplained ones in a row it is set aside instead; gives whether it was.
        """
        self._leases.pop(application_id, None)
        now = self._clock()
        with self._store.transaction() as store:
            place = application(store, application_id)["place"]
            store.execute(
                "UPDATE tries SET attempts = attempts + 1, unexplained = unexplained + ?, last_error = ?,"
                " due_boot = ?, due_s = ? WHERE place = ?",
                [not explained, cause, now.boot, now.since_boot_s + wait_s, place],
            )
            parked = store.execute(
                "UPDATE applications SET state = 'quarantined' WHERE state = 'kept' AND place ="
                " (SELECT place FROM tries WHERE place = ? AND unexplained >= ?)",
                [place, PARK_AFTER],
            )
        return parked > 0

    def quarantine(self, application_id: str, reason: str) -> None:
        """Set aside for a technician: not sent any more, never deleted."""
        self._leases.pop(application_id, None)
        with self._store.transaction() as store:
            change_one(
                store,
                "UPDATE applications SET state = 'quarantined' WHERE state = 'kept' AND application_id = ?",
                [application_id],
            )
            place = application(store, application_id)["place"]
            store.execute(
                "UPDATE tries SET attempts = attempts + 1, last_error = ? WHERE place = ?", [reason, place]
            )

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
                "UPDATE tries SET attempts = 0, unexplained = 0, due_boot = NULL, due_s = NULL"
                " WHERE place = ?",
                [row["place"]],
            )
        return before
