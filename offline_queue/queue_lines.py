"""The queue line by line, for a technician: numbers, states and kinds of errors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from offline_queue.clock import Moment
from offline_queue.queue_values import QueueLine, QueueState
from offline_queue.storage import Row, Store

MOST_LINES = 1000

_COLUMNS = (
    "SELECT application_id, local_no, item, item_version, state, made_at, filing_no, bytes, due_boot, due_s,"
    " coalesce(tries.attempts, applications.attempts) AS attempts, tries.last_error"
    " FROM applications LEFT JOIN tries USING (place)"
)


def lines(
    store: Store, now: Moment, under_way: Collection[str], state: QueueState | None = None
) -> list[QueueLine]:
    """Give the applications of one state, or all that are still here, oldest first; at most `MOST_LINES`."""
    rows = store.rows(
        _COLUMNS + " WHERE state = coalesce(?, state) AND (? OR state != 'delivered') ORDER BY place LIMIT ?",
        [state, state is not None, MOST_LINES],
    )
    return [_line(row, now, under_way) for row in rows]


def line(store: Store, now: Moment, under_way: Collection[str], name: str) -> QueueLine | None:
    """Give the application of an id or of a local number."""
    row = store.row(_COLUMNS + " WHERE application_id = ? OR local_no = ?", [name, name])
    return None if row is None else _line(row, now, under_way)


def _line(row: Row, now: Moment, under_way: Collection[str]) -> QueueLine:
    next_try_in_s = None
    if row["state"] == "kept":
        due_s = row["due_s"] if row["due_boot"] == now.boot else now.since_boot_s
        next_try_in_s = max(0, round(due_s - now.since_boot_s))
    age = now.wall - datetime.fromisoformat(row["made_at"])
    return QueueLine(
        application_id=row["application_id"],
        local_no=row["local_no"],
        item=row["item"],
        item_version=row["item_version"],
        state=row["state"],
        sending=row["application_id"] in under_way,
        kept_at=row["made_at"],
        age_s=round(age.total_seconds()),
        attempts=row["attempts"],
        next_try_in_s=next_try_in_s,
        last_error=row["last_error"],
        bytes=row["bytes"],
        filing_no=row["filing_no"],
    )
