"""The write-ahead log before SQLite reads it: a power cut's rest is harmless, what a disk changed is said."""

from __future__ import annotations

import random
import shutil
import sqlite3
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from offline_queue import log_check
from tests.offline_queue.samples import a_record, commit, manifest, open_outbox, page, with_pages

SEED = 20261122
HEADER, FRAME = 32, 24 + 4096
SECTOR = 512
CHANGED = "the log is damaged in its midst"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> bytes:
    """A log of five applications, one with pages."""
    folder = tmp_path_factory.mktemp("log")
    outbox = open_outbox(folder / "queue.db", terminal)
    for number in range(5):
        name = f"00000000-0000-4000-8000-{number:012}"
        envelope, parts = with_pages(a_record(name), terminal, *([page(700)] if number == 2 else []))
        commit(outbox, name, envelope, parts={each: parts[each] for each in manifest(envelope)})
    content = (folder / "queue.db-wal").read_bytes()
    outbox.close()
    return content


def ends(log: bytes) -> list[int]:
    """Where each transaction ends."""
    return [
        at + FRAME
        for at in range(HEADER, len(log), FRAME)
        if struct.unpack(">I", log[at + 4 : at + 8])[0] and log[at + 8 : at + 16] == log[16:24]
    ]


def said(folder: Path, log: bytes) -> str | None:
    (folder / "log").write_bytes(log)
    return log_check.damage(folder / "log")


def with_sectors(log: bytes, sectors: list[int], instead: bytes) -> bytes:
    """Other bytes in these sectors, as far as there are others."""
    changed = bytearray(log)
    for sector in sectors:
        place = slice(sector * SECTOR, min((sector + 1) * SECTOR, len(log)))
        changed[place] = instead[place]
    return bytes(changed)


def test_a_whole_log_and_none_are_fine(tmp_path: Path, log: bytes) -> None:
    assert len(ends(log)) >= 5
    assert said(tmp_path, log) is None
    assert log_check.damage(tmp_path / "nowhere") is None


@pytest.mark.parametrize("filling", [0x00, 0xFF, 0xA5])
def test_a_change_in_any_transaction_but_the_last_is_said(tmp_path: Path, log: bytes, filling: int) -> None:
    *_, before, last = ends(log)
    assert last == len(log)
    for sector in range(1, before // SECTOR):
        changed = with_sectors(log, [sector], bytes([filling]) * len(log))
        assert said(tmp_path, changed) == (CHANGED if changed != log else None), sector


def test_a_log_whose_head_is_changed_is_said(tmp_path: Path, log: bytes) -> None:
    assert said(tmp_path, log[:16] + b"\0" + log[17:]) == "the log's beginning is damaged"


def test_whatever_a_power_cut_leaves_of_the_last_transaction_is_fine(tmp_path: Path, log: bytes) -> None:
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    *_, before, last = ends(log)
    behind = range(before // SECTOR + 1, last // SECTOR + 1)
    for _ in range(60):
        missing = chance.sample(behind, chance.randrange(1, len(behind)))
        assert said(tmp_path, with_sectors(log, missing, bytes(len(log)))) is None, missing


def test_so_it_is_where_the_file_holds_an_older_log(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    database = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {setting}")
    database.execute("CREATE TABLE some (number INTEGER PRIMARY KEY, text BLOB)")
    name = tmp_path / "some.db-wal"

    def add(rows: int) -> bytes:
        database.execute("BEGIN")
        for _ in range(rows):
            database.execute("INSERT INTO some (text) VALUES (?)", [chance.randbytes(chance.randrange(9000))])
        database.execute("UPDATE some SET text = randomblob(50) WHERE number % 7 = 0")
        database.execute("COMMIT")
        return name.read_bytes()

    for _ in range(12):
        add(25)
    database.execute("PRAGMA wal_checkpoint(PASSIVE)")  # the next begins at the front again
    add(9)
    shutil.copy(name, tmp_path / "before")
    before, after = (tmp_path / "before").read_bytes(), add(25)
    database.close()
    assert len(after) == len(before)
    assert said(tmp_path, after) is None
    begin, end = ends(after)[-2:]
    torn = range(begin // SECTOR + 1, end // SECTOR)
    for _ in range(60):
        missing = chance.sample(torn, chance.randrange(1, len(torn)))
        assert said(tmp_path, with_sectors(after, missing, before)) is None, missing


def test_each_transaction_of_the_queue_has_a_page_of_the_one_before(log: bytes) -> None:
    # So that two of them without the end of the first are not taken for one.
    starts = [HEADER, *ends(log)]
    held = [
        {struct.unpack(">I", log[at : at + 4])[0] for at in range(start, end - FRAME, FRAME)}
        for start, end in pairwise(starts)
    ]
    assert all(one & other for one, other in pairwise(held[-5:]))
