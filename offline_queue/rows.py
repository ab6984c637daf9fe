"""Rows of the applications' table, read the same way by whoever keeps and whoever delivers."""

from __future__ import annotations

from datetime import datetime

from offline_queue.failures import UnknownApplication
from offline_queue.statement_chain import Keeping
from offline_queue.storage import Row, Store


def application(store: Store, application_id: str) -> Row:
    """Give what is known of one application, without its envelope. Raises `UnknownApplication`."""
    row = store.row(
        "SELECT place, application_id, state, envelope_sha256, local_no, clock_trust, made_at,"
        " origin_signature FROM applications WHERE application_id = ?",
        [application_id],
    )
    if row is None:
        raise UnknownApplication(application_id)
    return row


def change_one(store: Store, sql: str, values: list[object]) -> None:
    """Change exactly one row; the last value names it. Raises `UnknownApplication`."""
    if store.execute(sql, values) != 1:
        raise UnknownApplication(str(values[-1]))


def keeping(row: Row) -> Keeping:
    """Give what a statement says of a row."""
    return Keeping(
        row["application_id"],
        row["envelope_sha256"],
        row["local_no"],
        row["clock_trust"],
        datetime.fromisoformat(row["made_at"]),
    )
