"""The queue line by line, for a technician: numbers, states and kinds of errors."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from offline_queue.clock import Moment
from offline_queue.queue_values import PartLine, QueueLine, QueueState
from offline_queue.storage import Row, Store

MOST_LINES = 1000

_FILING_NO = re.compile("[0-9]{8}-[0-9]{8}-[0-9]{6,}")

_COLUMNS = (
    "SELECT place, application_id, local_no, item, item_version, state, made_at, filing_no, attempts"
    " FROM applications"
)


def lines(
    store: Store, now: Moment, under_way: Collection[str], state: QueueState | None = None
) -> list[QueueLine]:
    """Give the applications of one state, or all that are still here, oldest first; at most `MOST_LINES`."""
    rows = store.rows(
        _COLUMNS + " WHERE state = coalesce(?, state) AND (? OR state != 'delivered') ORDER BY place LIMIT ?",
        [state, state is not None, MOST_LINES],
    )
    return [_line(store, row, now, under_way) for row in rows]


def line(store: Store, now: Moment, under_way: Collection[str], name: str) -> QueueLine | None:
    """Give the application of an id, of a local number, or of a filing number: its own or a member's."""
    row = store.row(_COLUMNS + " WHERE application_id = ? OR local_no = ?", [name, name])
    if row is None and _FILING_NO.fullmatch(name):
        row = store.row(
            _COLUMNS + " WHERE state = 'delivered' AND (filing_no = ? OR instr(receipt, ?) > 0)"
            " ORDER BY place DESC LIMIT 1",
            [name, f'"{name}"'],
        )
    return None if row is None else _line(store, row, now, under_way)


def _line(store: Store, row: Row, now: Moment, under_way: Collection[str]) -> QueueLine:
    deliveries = store.rows(
        "SELECT kind, step, state, bytes, attempts, last_error, due_boot, due_s FROM deliveries"
        " WHERE place = ? ORDER BY step, number",
        [row["place"]],
    )
    own = [each for each in deliveries if each["step"] < _FOLLOWERS]
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
        attempts=sum(each["attempts"] for each in own) if own else row["attempts"],
        next_try_in_s=_next_try_in_s(own, now) if row["state"] == "kept" else None,
        last_error=_last_error(own),
        bytes=sum(each["bytes"] for each in own) if own else None,
        filing_no=row["filing_no"],
        parts=tuple(
            PartLine(each["kind"], each["state"], each["bytes"], each["attempts"], each["last_error"])
            for each in deliveries
        ),
    )


_FOLLOWERS = 3
"""The step of what follows an application."""


def _next_try_in_s(own: list[Row], now: Moment) -> int:
    """Of what may go: the parts that are not over, or the application."""
    step = min((each["step"] for each in own if each["state"] != "over"), default=0)
    dues = [
        each["due_s"] if each["due_boot"] == now.boot else now.since_boot_s
        for each in own
        if each["step"] == step and each["state"] != "over"
    ]
    return max(0, round(min(dues, default=now.since_boot_s) - now.since_boot_s))


def _last_error(own: list[Row]) -> str | None:
    parts = len(own) - 1
    for number, each in enumerate(own, 1):
        if each["last_error"] is not None:
            where = f"part {number} of {parts}: " if each["kind"] == "part" else ""
            return f"{where}{each['last_error']}"
    return None
