"""Ways to keep envelopes on a disk until they have arrived: this outbox, and the plainest there are."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from config.hall_time import hall_today
from offline_queue.clock import system_clock
from offline_queue.durable_file import sync_directory
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Sealed
from offline_queue.signing import PlatformWord, Receipt, TerminalKey
from offline_queue.statement_chain import Witness

TERMINAL_ID = "DEMO-0001"


@dataclass(frozen=True)
class Item:
    """One application that is to be kept."""

    name: str
    matter: str
    matter_version: str
    envelope: bytes
    sha256: str

    @classmethod
    def of(cls, envelope: bytes) -> Item:
        """Read what its header says."""
        header = json.loads(envelope)
        digest = hashlib.sha256(envelope).hexdigest()
        return cls(header["id"], header["item"], header["item_version"], envelope, digest)


def name_of(envelope: bytes) -> str:
    """Whose envelope it is."""
    name: str = json.loads(envelope)["id"]
    return name


class Queue(Protocol):
    """An open one."""

    def put(self, item: Item) -> None:
        """Keep; when it returns, somebody is told that it is kept."""

    def take(self) -> bytes | None:
        """Give the first envelope that has not arrived; None when there is none."""

    def done(self) -> None:
        """The one that was taken last has arrived."""

    def close(self) -> None:
        """Give its files back."""


@dataclass(frozen=True)
class Way:
    """One way. `open` begins in an empty directory, or goes on with what was left there."""

    name: str
    open: Callable[[Path], Queue]


def ours(terminal: Path) -> Way:
    """This project's outbox, as the terminal of this directory opens it, with signed statements."""
    key = TerminalKey.load(TERMINAL_ID, terminal / "signing.key")
    witness = Witness.load(terminal / "certificate.txt", key, PlatformWord.load(terminal / "receipt.pem"))

    def opened(directory: Path) -> Queue:
        path = directory / "queue.sqlite"
        return _Ours(Outbox.open(path, key=key, clock=system_clock, queue_limit=1_000_000, witness=witness))

    return Way("this outbox", opened)


BARE = Way("bare write + fdatasync", lambda directory: Appended(directory, synced=True))
UNSYNCED = Way("bare write, never synced", lambda directory: Appended(directory, synced=False))
SQLITE = Way("bare SQLite, WAL, FULL", lambda directory: _Sqlite(directory, "FULL"))
SQLITE_NORMAL = Way("bare SQLite, WAL, NORMAL", lambda directory: _Sqlite(directory, "NORMAL"))
PLAIN = (BARE, UNSYNCED, SQLITE, SQLITE_NORMAL)


class _Ours:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._taken: tuple[str, str] | None = None

    def put(self, item: Item) -> None:
        keep(self._outbox, item)

    def take(self) -> bytes | None:
        leased = self._outbox.delivery.lease("small")
        if leased is None or not isinstance(leased.sealed, Sealed):
            return None
        self._taken = leased.application_id, leased.sealed.envelope_sha256
        return leased.sealed.envelope

    def done(self) -> None:
        if self._taken is not None:
            name, digest = self._taken
            receipt = Receipt(
                name, digest, "33019900-20261121-000001", "2026-11-21T20:00:05+08:00", '{"as it": "came"}'
            )
            self._outbox.delivery.mark_delivered(name, receipt)

    def close(self) -> None:
        self._outbox.close()


def keep(outbox: Outbox, item: Item) -> None:
    """Commit it, as the terminal does for a session."""
    outbox.commit(
        application_id=item.name,
        envelope=item.envelope,
        envelope_sha256=item.sha256,
        item=item.matter,
        item_version=item.matter_version,
        local_no=outbox.next_local_no(hall_today()),
        offline_policy="keep_with_notice",
        clock_trust="system",
    )


_HEAD = struct.Struct("<II")
_PLACE = struct.Struct("<Q")


class Appended:
    """A file that grows, length and checksum before each envelope; and one that says up to where they went.

    With `room_bytes` the file is written once with zeros beforehand, so that it need not grow.
    """

    def __init__(self, directory: Path, *, synced: bool, room_bytes: int = 0) -> None:
        self._synced = synced
        self._file, self._gone = (
            os.open(directory / name, os.O_RDWR | os.O_CREAT, 0o600) for name in ("envelopes", "gone")
        )
        if room_bytes and not os.fstat(self._file).st_size:
            os.write(self._file, bytes(room_bytes))
            os.fsync(self._file)
        if synced:
            sync_directory(directory)
        kept = os.pread(self._gone, _PLACE.size, 0)
        self._next = self._taken = _PLACE.unpack(kept)[0] if len(kept) == _PLACE.size else 0
        self._end = self._next
        while (envelope := self._read(self._end)) is not None:
            self._end += _HEAD.size + len(envelope)

    def put(self, item: Item) -> None:
        """Write it behind the others."""
        head = _HEAD.pack(len(item.envelope), zlib.crc32(item.envelope))
        self._end += os.pwrite(self._file, head + item.envelope, self._end)
        if self._synced:
            os.fdatasync(self._file)

    def take(self) -> bytes | None:
        """Read the next."""
        envelope = self._read(self._next)
        self._taken = self._next + (0 if envelope is None else _HEAD.size + len(envelope))
        return envelope

    def done(self) -> None:
        """Write where the next begins: eight bytes, in one sector."""
        self._next = self._taken
        os.pwrite(self._gone, _PLACE.pack(self._next), 0)
        if self._synced:
            os.fdatasync(self._gone)

    def close(self) -> None:
        """Close both files."""
        os.close(self._file)
        os.close(self._gone)

    def _read(self, place: int) -> bytes | None:
        head = os.pread(self._file, _HEAD.size, place)
        if len(head) < _HEAD.size:
            return None
        length, checksum = _HEAD.unpack(head)
        envelope = os.pread(self._file, length, place + _HEAD.size)
        whole = length and len(envelope) == length and zlib.crc32(envelope) == checksum
        return envelope if whole else None


class _Sqlite:
    def __init__(self, directory: Path, synchronous: Literal["FULL", "NORMAL"]) -> None:
        self._database = sqlite3.connect(directory / "bare.sqlite", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute(f"PRAGMA synchronous={synchronous}")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS envelopes (place INTEGER PRIMARY KEY, envelope BLOB NOT NULL)"
        )
        self._taken = 0

    def put(self, item: Item) -> None:
        self._database.execute("INSERT INTO envelopes (envelope) VALUES (?)", [item.envelope])

    def take(self) -> bytes | None:
        row = self._database.execute(
            "SELECT place, envelope FROM envelopes ORDER BY place LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        self._taken, envelope = row
        return bytes(envelope)

    def done(self) -> None:
        self._database.execute("DELETE FROM envelopes WHERE place = ?", [self._taken])

    def close(self) -> None:
        self._database.close()


def emptied(queue: Queue) -> set[str]:
    """Take everything out; whose it was."""
    names = set()
    while (envelope := queue.take()) is not None:
        names.add(name_of(envelope))
        queue.done()
    return names
