"""The one SQLite connection: opened so that "committed" survives a power cut, or not opened at all.

`locking_mode=EXCLUSIVE` comes before WAL, so no second connection can exist (SQLite 3.7.0 to 3.51.2 could
corrupt a WAL that two connections reset at once) and no shared-memory file is made. Every setting is read
back, because SQLite answers an unsupported PRAGMA with silence.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from offline_queue import content_check, log_check, made_mark
from offline_queue.durable_file import sync_directory
from offline_queue.failures import (
    NewerQueue,
    QueueDamaged,
    QueueInUse,
    StorageFailed,
    StorageFull,
    WeakSettings,
)
from offline_queue.migrations import migrations

SETTINGS = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("secure_delete", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("foreign_keys", "ON", "1"),
)
"""Name, value to set, value that must be read back; in the order they are set."""

_PRIMARY_CODE = 0xFF
"""SQLite's extended error codes carry the primary one in the lowest byte."""

Row = dict[str, Any]


class Store:
    """The connection, with SQLite's errors as types. Lives and dies on one thread."""

    def __init__(self, path: Path, database: Database) -> None:
        self._path = path
        self._database = database
        self._failure: str | None = None

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open or create the database, check it and bring its tables up to date.

        Raises `QueueInUse`, `WeakSettings`, `StorageFull`, `NewerQueue`, `QueueDamaged`, `StorageFailed`.
        """
        made_mark.refuse_lost(path)
        _refuse_damaged_log(path)
        _create_privately(path)
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        store = cls(path, Database(connection, recursive_triggers=False, execute_plugins=False))
        try:
            with store._typed_errors():
                for name, value, _ in SETTINGS:
                    connection.execute(f"PRAGMA {name}={value}")
                refuse_weak_settings(connection)
                _refuse_damage(path, connection)
                _refuse_newer(path, store._database)
                migrations.apply(store._database)
                _refuse_nonsense(path, connection)
            # No rest of a broken transaction stays behind, to be taken for one of those that follow.
            with suppress(StorageFull):
                store.empty_log()
            sync_directory(path.parent)
            if made_mark.read(path) is None:
                made_mark.write(path)
        except (sqlite3.OperationalError, UnicodeDecodeError) as error:
            # Tables that are not what they were, or text that is none: SQLite's words may quote the file.
            connection.close()
            raise QueueDamaged(path, f"damaged: {type(error).__name__}") from None
        except BaseException:
            connection.close()
            raise
        return store

    @contextmanager
    def transaction(self) -> Iterator[Store]:
        """All or nothing; durable when the block has ended. `StorageFull` leaves nothing changed."""
        with self._typed_errors(), self._database.atomic():
            yield self

    def execute(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement and give the number of rows it changed."""
        with self._typed_errors():
            return self._database.execute(sql, tuple(values)).rowcount

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Give every row of a query, by the columns' names in small letters.

        SQLite takes a column for the same whatever its case: one flipped bit in the schema is no other name.
        """
        with self._typed_errors():
            found = self._database.execute(sql, tuple(values))
            names = [name.lower() for name, *_ in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """Give the first row of a query, if there is one."""
        return next(iter(self.rows(sql, values)), None)

    def empty_log(self) -> None:
        """Copy the write-ahead log into the file and cut it to nothing: deleted bytes stay in neither."""
        (busy, _, _) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0].values()
        if busy:
            self._failure = f"{self._path}: the log could not be emptied"
            raise StorageFailed(self._failure)

    def copy_to(self, target: Path) -> None:
        """Copy the whole database into the new file `target` (SQLite's online backup, on this connection).

        Raises `sqlite3.Error`: a bad stick is no failure of the queue.
        """
        with self._typed_errors():
            self.row("SELECT count(*) FROM applications")
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            self._database.conn.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()

    def close(self) -> None:
        """Give the file back."""
        self._database.conn.close()

    @contextmanager
    def _typed_errors(self) -> Iterator[None]:
        if self._failure is not None:
            raise StorageFailed(self._failure)
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
            if code == sqlite3.SQLITE_FULL:
                raise StorageFull(f"{self._path}: {name}") from None
            if code == sqlite3.SQLITE_BUSY:
                raise QueueInUse(f"{self._path}: another process has it open") from None
            if code == sqlite3.SQLITE_ERROR:
                raise
            self._failure = f"{self._path}: {name}"
            if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise QueueDamaged(self._path, name) from None
            raise StorageFailed(self._failure) from None


def refuse_weak_settings(connection: sqlite3.Connection) -> None:
    """Read every setting back; raises `WeakSettings` for the first that is not as promised."""
    for name, wanted, answer in SETTINGS:
        row = connection.execute(f"PRAGMA {name}").fetchone()
        found = str(row[0]).lower() if row else "0"
        if found != answer:
            raise WeakSettings(name, wanted, found)


def _refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise QueueDamaged(path, f"damaged: {verdict}")


def _refuse_nonsense(path: Path, connection: sqlite3.Connection) -> None:
    wrong = content_check.damage(connection)
    if wrong is not None:
        raise QueueDamaged(path, f"damaged: {wrong}")


def _refuse_damaged_log(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    try:
        wrong = log_check.damage(log)
    except OSError as error:
        raise StorageFailed(f"{log}: {error.strerror}") from None
    if wrong is not None:
        raise QueueDamaged(path, wrong)


def _refuse_newer(path: Path, database: Database) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    unknown = [each.name for each in migrations.applied(database) if each.name not in known]
    if unknown:
        raise NewerQueue(
            f"{path}: written by a newer version of this program (it has “{unknown[0]}”), which it needs"
        )


def _create_privately(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StorageFailed(f"{path}: {error.strerror}") from None
