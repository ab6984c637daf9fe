"""Rows of a damaged database: every one that can be read, from wherever there is a way to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from offline_queue.storage import Row

MOST_PROBED = 2_000
"""Rows asked for one by one between two places that can be read."""

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""SQLite's own words may quote a damaged file and then be no text."""

_NO_ROW = 2**63


def rows_of(source: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Every row that can be read: from the front and, if that broke off, from the back and one by one."""
    every = f"SELECT rowid AS place_in_table, * FROM {table}"  # noqa: S608  our own names
    front = 0
    try:
        source.execute(f"{every} WHERE rowid = 0").fetchone()
    except _UNREADABLE:
        return  # not even the table can be found
    try:
        for row in source.execute(f"{every} WHERE rowid > 0 ORDER BY rowid"):
            if row["place_in_table"] <= front:
                raise sqlite3.DatabaseError("pages that lead in a circle")
            front = row["place_in_table"]
            yield dict(row)
    except _UNREADABLE:
        back = _NO_ROW
    else:
        return
    for read in while_readable(source, f"{every} WHERE rowid > {front} ORDER BY rowid DESC"):
        if read["place_in_table"] >= back:
            break
        back = read["place_in_table"]
        yield read
    for number in range(front + 1, min(back, front + MOST_PROBED)):
        yield from while_readable(source, f"{every} WHERE rowid = ?", [number])


def while_readable(source: sqlite3.Connection, sql: str, values: Sequence[int] = ()) -> Iterator[Row]:
    """Every row of a query, up to the first that cannot be read."""
    try:
        for row in source.execute(sql, values):
            yield dict(row)
    except _UNREADABLE:
        return
