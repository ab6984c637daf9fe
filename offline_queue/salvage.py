"""Salvage: what can still be read of a damaged queue goes into a new one; the damaged file is kept aside.

Only with a person's word, and only where no terminal runs. Envelopes and parts are taken only if their hashes
still fit, and envelopes are signed anew. It may be cut short anywhere and run again: the mark beside the
queue (`offline_queue.made_mark`) names the file that is being salvaged.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import get_args

from offline_queue import contract_files, made_mark
from offline_queue.contract_files import NotOfTheContract, canonical
from offline_queue.damaged_rows import rows_of, while_readable
from offline_queue.delivery import lane_of
from offline_queue.durable_file import sync_directory
from offline_queue.failures import CopyRefused
from offline_queue.following import FollowerKind, can_follow
from offline_queue.signing import TerminalKey
from offline_queue.statement import read_body
from offline_queue.storage import Row, Store

_LONG_NUMBER = 10
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Salvaged:
    """What came of it, nothing personal. The chain of statements begins anew: its last one is not certain."""

    aside: str
    """The damaged file, as it was found."""
    applications: dict[str, int] = field(default_factory=dict)
    """How many came back, by state."""
    damaged: list[str] = field(default_factory=list)
    """Ids of applications that can be read, but not as they were sealed."""
    incomplete: list[str] = field(default_factory=list)
    """Ids of applications that came back without all of their parts: set aside."""
    lost: list[str] = field(default_factory=list)
    """Ids of applications that are known to have been there, and cannot be read."""


def salvage(path: Path, key: TerminalKey) -> Salvaged:
    """Make a new queue at `path` of what can be read. Raises `CopyRefused`, `StorageFailure`."""
    if made_mark.read(path) is None and not path.exists():
        raise CopyRefused(f"{path}: there is no queue here, and none is known to have been")
    aside = _set_aside(path)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="salvage-") as folder:
        result = Salvaged(str(aside))
        new = Path(folder) / "new" / path.name
        store = Store.open(new)
        try:
            with store.transaction():
                _Salvage(store, key, result).run(_copied(aside, Path(folder)))
            store.empty_log()
        finally:
            store.close()
        new.replace(path)
        sync_directory(path.parent)
    made_mark.write(path)
    return result


def _set_aside(path: Path) -> Path:
    """Move the damaged file and its log out of the way, both or, after a cut, the rest."""
    named = made_mark.read(path)
    if named:
        aside = path.with_name(named)
    else:
        numbers = (path.with_name(f"{path.name}.damaged-{number}") for number in range(1, 1000))
        aside = next(each for each in numbers if not each.exists())
        made_mark.write(path, aside.name)
    for suffix in ("-wal", ""):  # the log first: alone it would be taken for the log of the new file
        there, gone = path.with_name(path.name + suffix), aside.with_name(aside.name + suffix)
        if there.exists() and not gone.exists():
            there.rename(gone)
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
    sync_directory(path.parent)
    return aside


def _copied(aside: Path, folder: Path) -> Path:
    """A copy to read from: reading may write, and the damaged file stays as it was found."""
    copy = folder / "damaged.sqlite"
    for suffix in ("", "-wal"):
        source = aside.with_name(aside.name + suffix)
        if source.exists():
            shutil.copyfile(source, folder / f"{copy.name}{suffix}")
    return copy


class _Salvage:
    """One pass over the damaged file."""

    def __init__(self, store: Store, key: TerminalKey, result: Salvaged) -> None:
        self._store = store
        self._key = key
        self._result = result
        self._read: set[str] = set()
        self._manifests: dict[int, dict[str, int]] = {}
        """By place: the parts of what waits, and their bytes."""
        self._parts: set[str] = set()
        self._columns = {
            table: {row["name"] for row in store.rows("SELECT name FROM pragma_table_info(?)", [table])}
            for table in _TABLES
        }

    def run(self, damaged: Path) -> None:
        """Table by table, each row by itself, whatever the others are like."""
        source = sqlite3.connect(damaged, isolation_level=None)
        source.row_factory = sqlite3.Row
        source.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            for row in rows_of(source, "applications"):
                self._application(row)
            for row in rows_of(source, "parts"):
                self._part(row.get("sealed"))
            self._deliver()
            for row in rows_of(source, "ratings"):  # of a queue that was not opened since these had a table
                self._rating(row)
            for row in rows_of(source, "deliveries"):
                self._follower(row)
            for table in ("print_jobs", "pin_failures"):
                for row in rows_of(source, table):
                    self._insert(table, row)
            for row in while_readable(source, "SELECT prefix, last_no FROM day_counters ORDER BY prefix"):
                self._counted(f"{row['prefix']}-{row['last_no']}")
            for row in rows_of(source, "statements"):
                body = row.get("body")
                if isinstance(body, bytes):
                    with suppress(ValueError):
                        self._counted(read_body(body).local_no)
            # The index of ids lies on other pages than the applications: it still knows who is missing.
            known = while_readable(source, "SELECT application_id FROM applications ORDER BY application_id")
            ids = {str(row["application_id"]) for row in known}
        finally:
            source.close()
        counts = self._store.rows("SELECT state, count(*) AS n FROM applications GROUP BY state")
        self._result.applications = {row["state"]: row["n"] for row in counts}
        self._result.lost += sorted(each for each in ids - self._read if _UUID.fullmatch(each))

    def _application(self, row: Row) -> None:
        application_id, envelope = str(row.get("application_id")), row.get("envelope")
        if not _UUID.fullmatch(application_id):
            return
        self._read.add(application_id)
        waits = row.get("state") != "delivered"
        if (waits and not _is_what_was_sealed(row)) or not _is_moment(row.get("made_at")):
            self._result.damaged.append(application_id)
            return
        if isinstance(envelope, bytes):
            row = {**row, "terminal_signature": self._key.sign(envelope)}
        if not self._insert("applications", row):
            self._result.damaged.append(application_id)
            return
        if isinstance(envelope, bytes):
            self._manifests[int(str(row["place"]))] = _manifest(envelope)
        if row.get("origin_signature") is None:
            self._counted(str(row["local_no"]))

    def _part(self, sealed: object) -> None:
        """A part belongs to whoever lists it by its hash, whatever its row says."""
        if not isinstance(sealed, bytes):
            return
        name = hashlib.sha256(sealed).hexdigest()
        for place, manifest in self._manifests.items():
            if name in manifest and self._insert("parts", {"sha256": name, "place": place, "sealed": sealed}):
                self._parts.add(name)

    def _deliver(self) -> None:
        """What waits goes again; what has lost a part is set aside."""
        for place, manifest in self._manifests.items():
            there = [name for name in manifest if name in self._parts]
            (row,) = self._store.rows(
                "SELECT application_id, length(envelope) AS bytes FROM applications WHERE place = ?",
                [place],
            )
            lane = lane_of(row["bytes"] + sum(manifest.values()))
            for name in there:
                part = {"place": place, "kind": "part", "name": name, "lane": lane, "bytes": manifest[name]}
                self._insert("deliveries", part)
            whole = {"place": place, "kind": "application", "lane": lane, "bytes": row["bytes"]}
            if len(there) == len(manifest):
                self._insert("deliveries", whole)
                continue
            self._insert("deliveries", {**whole, "last_error": "parts_lost"})
            self._store.execute("UPDATE applications SET state = 'quarantined' WHERE place = ?", [place])
            self._result.incomplete.append(row["application_id"])

    def _rating(self, row: Row) -> None:
        application = self._store.row(
            "SELECT place FROM applications WHERE application_id = ?", [row.get("application_id")]
        )
        if application is not None:
            said = canonical({"level": row.get("level"), "rated_at": row.get("rated_at")}).decode()
            state = "over" if row.get("state") == "delivered" else row.get("state")
            self._follower({**application, "kind": "rating", "said": said, "state": state})

    def _follower(self, row: Row) -> None:
        said = str(row.get("said"))
        application = self._store.row(
            "SELECT application_id FROM applications WHERE place = ?", [row.get("place")]
        )
        if application is None or row.get("kind") not in get_args(FollowerKind):
            return
        if can_follow(row["kind"], application["application_id"], said):
            kept = {name: row.get(name) for name in ("place", "kind", "said", "state")}
            self._insert("deliveries", {**kept, "lane": "small", "bytes": len(said)})

    def _insert(self, table: str, row: Row) -> bool:
        names = [name for name in row if name in self._columns[table]]
        marks = ", ".join("?" * len(names))
        try:
            inserted = self._store.execute(
                f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  our own names
                [row[name] for name in names],
            )
        except sqlite3.IntegrityError:
            return False
        return inserted > 0

    def _counted(self, local_no: str) -> None:
        """No local number is given a second time."""
        prefix, _, number = local_no.rpartition("-")
        if number.isascii() and number.isdigit() and len(number) < _LONG_NUMBER:
            self._store.execute(
                "INSERT INTO day_counters VALUES (?, ?)"
                " ON CONFLICT (prefix) DO UPDATE SET last_no = max(last_no, excluded.last_no)",
                [prefix, int(number)],
            )


def _is_what_was_sealed(row: Row) -> bool:
    envelope = row.get("envelope")
    return isinstance(envelope, bytes) and hashlib.sha256(envelope).hexdigest() == row.get("envelope_sha256")


def _manifest(envelope: bytes) -> dict[str, int]:
    try:
        header = contract_files.read("envelope", envelope)
    except NotOfTheContract:
        return {}
    return {each["sha256"]: each["bytes"] for each in header.get("parts", ())}


def _is_moment(text: object) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False


_TABLES = ("applications", "parts", "deliveries", "print_jobs", "pin_failures")
