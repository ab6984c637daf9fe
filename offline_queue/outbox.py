"""The outbox: what was committed here is on disk, and leaves it only against the platform's receipt.

Synchronous, and used from the one thread that opened it (`offline_queue.outbox_thread`). Everything personal
in it is sealed to the platform. Any method may raise `StorageFailure`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from kiosk.messages import ClockTrust, OfflinePolicy
from offline_queue import queue_copies, queue_lines
from offline_queue.arriving import NO_PARTS, checked_parts, header_of, number_of, refuse_difference
from offline_queue.clock import Clock
from offline_queue.delivery import Delivery, lane_of
from offline_queue.failures import (
    HashMismatch,
    OtherEnvelope,
    QueueFull,
    WrongEnvelope,
)
from offline_queue.followers import Followers
from offline_queue.paper_jobs import PaperJobs
from offline_queue.queue_values import (
    ApplicationState,
    CommitResult,
    Counts,
    QueueLine,
    QueueState,
    Restored,
)
from offline_queue.restore import Rescued
from offline_queue.rows import application, change_one, keeping
from offline_queue.signing import TerminalKey
from offline_queue.statement_chain import Witness, state_kept
from offline_queue.storage import Row, Store
from offline_queue.wrong_pins import WrongPins

KEPT_NOTICE = timedelta(minutes=1)
"""How long a welcome screen may speak of an application whose own screen died."""


class Outbox:
    """Applications and their numbers; their delivery, followers, paper jobs and wrong PINs by these names."""

    def __init__(
        self, store: Store, key: TerminalKey, clock: Clock, queue_limit: int, witness: Witness | None = None
    ) -> None:
        self._store = store
        self._witness = witness
        self._key = key
        self._clock = clock
        self._queue_limit = queue_limit
        self.delivery = Delivery(store, clock, witness)
        self.followers = Followers(store, clock)
        self.paper = PaperJobs(store, clock)
        self.pins = WrongPins(store, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        key: TerminalKey,
        clock: Clock,
        queue_limit: int,
        witness: Witness | None = None,
    ) -> Outbox:
        """Open the queue at `path`, creating it if need be. Without `witness` no statements are made."""
        return cls(Store.open(path), key, clock, queue_limit, witness)

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    # ---- keeping -----------------------------------------------------------------------------------------

    def next_local_no(self, today: date) -> str:
        """Give the next 本机流水号 of `today`: `<last 4 of the terminal id>-YYMMDD-NNNN`.

        Taken only by `commit`: a number whose application was never committed is given again.
        """
        prefix = f"{self._key.terminal_id[-4:]}-{today:%y%m%d}"
        row = self._store.row("SELECT last_no FROM day_counters WHERE prefix = ?", [prefix])
        return f"{prefix}-{(row['last_no'] if row else 0) + 1:04}"

    def commit(
        self,
        *,
        application_id: str,
        envelope: bytes,
        envelope_sha256: str,
        item: str,
        item_version: str,
        local_no: str,
        offline_policy: OfflinePolicy,
        clock_trust: ClockTrust,
        parts: Mapping[str, bytes] = NO_PARTS,
    ) -> CommitResult:
        """Make the envelope and its parts durable. When this returns, and only then, a screen may say "kept".

        `parts` are those of the envelope's manifest, by the SHA-256 of their bytes, which is checked. Again
        with the same id and bytes: the first result. Raises `Refused` with nothing changed.
        """
        if hashlib.sha256(envelope).hexdigest() != envelope_sha256:
            raise HashMismatch("the envelope is not the one that was sealed")
        known = self._store.row("SELECT * FROM applications WHERE application_id = ?", [application_id])
        if known is not None:
            if known["envelope_sha256"] != envelope_sha256:
                raise OtherEnvelope("this id names other bytes")
            with self._store.transaction():
                statement = self._state_kept(known)
            return CommitResult(application_id, known["local_no"], again=True, statement=statement)
        about = {**self._of(application_id), "item": item, "item_version": item_version}
        listed = checked_parts(envelope, about, parts)
        self._refuse_full()
        prefix, number = number_of(local_no, self._key.terminal_id)
        now = self._clock()
        try:
            with self._store.transaction() as store:
                store.execute(
                    "INSERT INTO applications (application_id, local_no, item, item_version, offline_policy,"
                    " state, envelope, envelope_sha256, terminal_signature, clock_trust, made_at,"
                    " made_since_boot_s, made_boot) VALUES (?, ?, ?, ?, ?, 'kept', ?, ?, ?, ?, ?, ?, ?)",
                    [
                        application_id,
                        local_no,
                        item,
                        item_version,
                        offline_policy,
                        envelope,
                        envelope_sha256,
                        self._key.sign(envelope),
                        clock_trust,
                        now.wall.isoformat(),
                        now.since_boot_s,
                        now.boot,
                    ],
                )
                store.execute(
                    "INSERT INTO day_counters VALUES (?, ?)"
                    " ON CONFLICT (prefix) DO UPDATE SET last_no = max(last_no, excluded.last_no)",
                    [prefix, number],
                )
                row = application(store, application_id)
                _begin_deliveries(store, row["place"], envelope, [(name, parts[name]) for name in listed])
                statement = self._state_kept(row)
        except sqlite3.IntegrityError:
            raise WrongEnvelope(f"local_no {local_no} names another application") from None
        return CommitResult(application_id, local_no, again=False, statement=statement)

    def restore(self, rescued: Rescued) -> Restored:
        """Keep an application that was read from a slip, as it was sealed and under its own id.

        One that is here already, in whatever state and form, is left as it is. Raises `QueueFull`.
        """
        known = self._store.row(
            "SELECT * FROM applications WHERE application_id = ?", [rescued.application_id]
        )
        if known is not None:
            return Restored(rescued.application_id, rescued.local_no, known["state"], known["filing_no"])
        self._refuse_full()
        now = self._clock()
        with self._store.transaction() as store:
            store.execute(
                "INSERT INTO applications (application_id, local_no, item, item_version, offline_policy,"
                " state, envelope, envelope_sha256, terminal_signature, clock_trust, made_at,"
                " made_since_boot_s, made_boot, shown, origin_signature)"
                " VALUES (?, ?, ?, ?, 'keep_with_notice', 'kept', ?, ?, ?, 'system', ?, ?, ?, 1, ?)",
                [
                    rescued.application_id,
                    # The printed number, and what tells it from a number that this terminal gives itself.
                    f"{rescued.local_no}/{rescued.application_id[:8]}",
                    rescued.item,
                    rescued.item_version,
                    rescued.envelope,
                    hashlib.sha256(rescued.envelope).hexdigest(),
                    self._key.sign(rescued.envelope),
                    now.wall.isoformat(),
                    now.since_boot_s,
                    now.boot,
                    rescued.origin_signature,
                ],
            )
            place = application(store, rescued.application_id)["place"]
            _begin_deliveries(store, place, rescued.envelope)
        return Restored(rescued.application_id, rescued.local_no, None, None)

    def sign_compact(self, compact: bytes, *, whole_sha256: str, application_id: str) -> str:
        """Sign the compact envelope of an application whose whole one is being committed. Base64.

        The signature is printed with it, so that any terminal can bring it back. Raises `WrongEnvelope`.
        """
        said = {**self._of(application_id), "content": "compact", "stands_for": whole_sha256}
        refuse_difference(header_of(compact), said)
        return self._key.sign(compact)

    def mark_shown(self, application_id: str) -> str:
        """The citizen's own screen has said what became of it; gives when."""
        change_one(
            self._store, "UPDATE applications SET shown = 1 WHERE application_id = ?", [application_id]
        )
        return self._clock().wall.isoformat()

    def unshown_kept(self) -> str | None:
        """Give the number of the last application if it was kept within `KEPT_NOTICE` and never shown.

        The boot clock decides; after a reboot only the wall clock can.
        """
        row = self._store.row("SELECT * FROM applications ORDER BY place DESC LIMIT 1")
        if row is None or row["shown"]:
            return None
        now = self._clock()
        if row["made_boot"] == now.boot:
            age = timedelta(seconds=now.since_boot_s - row["made_since_boot_s"])
        else:
            age = abs(now.wall - datetime.fromisoformat(row["made_at"]))
        return str(row["local_no"]) if age <= KEPT_NOTICE else None

    # ---- looking -----------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """Count the queue."""
        rows = self._store.rows("SELECT state, count(*) AS n FROM applications GROUP BY state")
        by_state = {row["state"]: row["n"] for row in rows}
        # One row only: `made_at` lies behind the envelope, and the way there is long.
        oldest = self._store.row(
            "SELECT made_at FROM applications WHERE state = 'kept' ORDER BY place LIMIT 1"
        )
        return Counts(
            kept=by_state.get("kept", 0),
            delivered=by_state.get("delivered", 0),
            quarantined=by_state.get("quarantined", 0),
            oldest_kept_at=datetime.fromisoformat(oldest["made_at"]) if oldest else None,
        )

    def recent_states(self, limit: int = 20) -> list[ApplicationState]:
        """Give the newest applications, newest first."""
        rows = self._store.rows(
            "SELECT application_id, local_no, item, state, made_at, filing_no, shown,"
            " coalesce((SELECT sum(attempts) FROM deliveries WHERE place = applications.place AND step < 3),"
            " attempts) AS attempts, (SELECT last_error FROM deliveries WHERE place = applications.place"
            " AND step < 3 AND last_error IS NOT NULL ORDER BY step LIMIT 1) AS last_error"
            " FROM applications ORDER BY place DESC LIMIT ?",
            [limit],
        )
        return [
            ApplicationState(
                row["application_id"],
                row["local_no"],
                row["item"],
                row["state"],
                row["made_at"],
                row["attempts"],
                row["last_error"],
                row["filing_no"],
                bool(row["shown"]),
            )
            for row in rows
        ]

    def lines(self, state: QueueState | None = None) -> list[QueueLine]:
        """Give the applications of one state, or all that are still here, oldest first."""
        return queue_lines.lines(self._store, self._clock(), self.delivery.under_way(), state)

    def line(self, name: str) -> QueueLine | None:
        """Give the application of an id, of a local number, or of a filing number."""
        return queue_lines.line(self._store, self._clock(), self.delivery.under_way(), name)

    # ---- copies ------------------------------------------------------------------------------------------

    def back_up(self, file: Path) -> int:
        """Copy the whole queue to a new file; gives its bytes. Raises `CopyRefused`."""
        return queue_copies.back_up(self._store, file)

    def export(self, directory: Path) -> int:
        """Write what is not delivered into a new folder; gives how many there are. Raises `CopyRefused`."""
        return queue_copies.export(self._store, self._key, directory, self._clock().wall.isoformat())

    # ---- on the way --------------------------------------------------------------------------------------

    def _of(self, application_id: str) -> dict[str, str]:
        return {"id": application_id, "terminal": self._key.terminal_id}

    def _refuse_full(self) -> None:
        # Only what waits is counted: what was delivered stays listed, and grows over the years.
        row = self._store.row("SELECT count(*) AS waiting FROM applications WHERE state = 'kept'")
        if row is not None and row["waiting"] >= self._queue_limit:
            raise QueueFull(f"{self._queue_limit} applications wait for the platform")

    def _state_kept(self, row: Row) -> str | None:
        return None if self._witness is None else state_kept(self._store, self._witness, keeping(row))


def _begin_deliveries(
    store: Store, place: int, envelope: bytes, parts: Sequence[tuple[str, bytes]] = ()
) -> None:
    lane = lane_of(len(envelope) + sum(len(part) for _, part in parts))
    deliver = "INSERT INTO deliveries (place, kind, name, lane, bytes) VALUES (?, ?, ?, ?, ?)"
    for name, part in parts:
        store.execute("INSERT INTO parts VALUES (?, ?, ?)", [name, place, part])
        store.execute(deliver, [place, "part", name, lane, len(part)])
    store.execute(deliver, [place, "application", "", lane, len(envelope)])
