"""What a queue's tables hold, looked at once when it is opened: SQLite's own check sees pages, not meanings.

A changed letter in a text is no damage to SQLite; to the terminal it would be a failure in the middle of a
citizen's commit. Envelopes and parts are held against their hashes when they are sent.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from offline_queue.following import can_follow
from offline_queue.migrations import migrations
from offline_queue.statement import read_body

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENTS = frozenset({"made_at"})


def damage(connection: sqlite3.Connection) -> str | None:
    """Give what cannot be what was written. Raises `sqlite3.OperationalError` for text that is none."""
    if (missing := _missing_column(connection)) is not None:
        return f"{missing}: is missing"
    for table, column, value in _values(connection):
        if column == "application_id" and not _UUID.fullmatch(value):
            return f"{table}.{column}: is none"
        if column in _MOMENTS and not _is_moment(value):
            return f"{table}.{column}: is no moment"
    return _damaged_delivery(connection) or _damaged_statement(connection)


def _missing_column(connection: sqlite3.Connection) -> str | None:
    """A table or column that the migrations made and that has no longer its name."""
    here = _columns(connection)
    return next((name for name in sorted(_made()) if name not in here), None)


@cache
def _made() -> frozenset[str]:
    database = Database(memory=True)
    try:
        migrations.apply(database)
        return _columns(database.conn)
    finally:
        database.close()


def _columns(connection: sqlite3.Connection) -> frozenset[str]:
    """Every `table.column`, in small letters, as SQLite compares them."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return frozenset(
        f"{table}.{column}".lower()
        for (table,) in tables
        for (column,) in connection.execute("SELECT name FROM pragma_table_xinfo(?)", [table])
    )


def _values(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Every text of every table, but null."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        described = connection.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
        texts = [name for name, kind in described if kind == "TEXT"]
        if texts:
            for row in connection.execute(f"SELECT {', '.join(texts)} FROM {table}"):  # noqa: S608  our own names
                yield from ((table, name, value) for name, value in zip(texts, row, strict=True) if value)


def _damaged_delivery(connection: sqlite3.Connection) -> str | None:
    """Every application that waits has a delivery, and what follows one can be sent."""
    forgotten = connection.execute(
        "SELECT 1 FROM applications WHERE state != 'delivered'"
        " AND place NOT IN (SELECT place FROM deliveries WHERE kind = 'application')"
    ).fetchone()
    if forgotten is not None:
        return "deliveries: an application has none"
    rows = connection.execute(
        "SELECT application_id, kind, said FROM deliveries JOIN applications USING (place)"
        " WHERE said IS NOT NULL AND deliveries.state != 'over'"
    )
    for application_id, kind, said in rows:
        if not can_follow(kind, application_id, said):
            return "deliveries.said: is none"
    return None


def _damaged_statement(connection: sqlite3.Connection) -> str | None:
    """The statements that may be asked for: the last one, and those of applications that are still here."""
    rows = connection.execute(
        "SELECT body FROM statements WHERE number = (SELECT max(number) FROM statements)"
        " OR application_id IN (SELECT application_id FROM applications WHERE state != 'delivered')"
    )
    for (body,) in rows:
        try:
            read_body(body)
        except ValueError:
            return "statements.body: is none"
    return None


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
