"""What waits for the platform, and how it leaves the disk: only against the platform's receipt."""

from __future__ import annotations

from contextlib import suppress

from offline_queue.failures import ReceiptMismatch, StorageFull, UnknownApplication
from offline_queue.queue_values import Pending, Sealed
from offline_queue.rows import application, change_one, keeping
from offline_queue.signing import Receipt
from offline_queue.statement_chain import Witness, state_received
from offline_queue.storage import Store


class Delivery:
    """The way of kept applications to the platform."""

    def __init__(self, store: Store, witness: Witness | None) -> None:
        self._store = store
        self._witness = witness

    def pending(self, limit: int) -> list[Pending]:
        """Give what waits for the platform, oldest first."""
        return [
            Pending(row["application_id"], row["attempts"])
            for row in self._store.rows(
                "SELECT application_id, attempts FROM applications"
                " WHERE state = 'kept' ORDER BY place LIMIT ?",
                [limit],
            )
        ]

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
        statement = None
        with self._store.transaction() as store:
            row = application(store, application_id)
            if (receipt.application_id, receipt.envelope_sha256) != (application_id, row["envelope_sha256"]):
                raise ReceiptMismatch(f"{application_id}: the receipt is for other bytes")
            store.execute(
                "UPDATE applications SET state = 'delivered', envelope = NULL, last_error = NULL,"
                " filing_no = ?, received_at = ?, receipt = ? WHERE application_id = ?"
                " AND state != 'delivered'",
                [receipt.filing_no, receipt.received_at, receipt.text, application_id],
            )
            # The slip of a restored one is another terminal's.
            if self._witness is not None and row["origin_signature"] is None:
                statement = state_received(store, self._witness, keeping(row), receipt)
        with suppress(StorageFull):  # the deletion is durable; the next delivery empties the log
            self._store.empty_log()
        return statement

    def note_failure(self, application_id: str, cause: str) -> None:
        """Count one failed try."""
        change_one(
            self._store,
            "UPDATE applications SET attempts = attempts + 1, last_error = ? WHERE application_id = ?",
            [cause, application_id],
        )

    def quarantine(self, application_id: str, reason: str) -> None:
        """Set aside for a technician: not sent any more, never deleted."""
        change_one(
            self._store,
            "UPDATE applications SET state = 'quarantined', attempts = attempts + 1, last_error = ?"
            " WHERE application_id = ? AND state = 'kept'",
            [reason, application_id],
        )
