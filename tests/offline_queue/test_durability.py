"""What "kept" survives: a full disk, a failing disk, and SQLite being told to promise less."""

from __future__ import annotations

import resource
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from offline_queue.failures import (
    QueueDamaged,
    QueueInUse,
    StorageFailed,
    StorageFull,
    WeakSettings,
)
from offline_queue.storage import SETTINGS, Store, refuse_weak_settings
from tests.offline_queue.platform_process import ROOT
from tests.offline_queue.samples import Citizens, a_record, open_outbox, sealed


@pytest.fixture(scope="module")
def envelopes(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> Path:
    directory = tmp_path_factory.mktemp("envelopes")
    for number in range(400):
        application_id = f"00000000-0000-4000-8000-{number:012}"
        (directory / application_id).write_bytes(sealed(a_record(application_id), terminal))
    return directory


def test_a_full_disk_is_said_and_loses_nothing_that_was_kept(
    tmp_path: Path, terminal: Path, envelopes: Path
) -> None:
    """On a tmpfs of 1 MiB, mounted in a namespace of its own."""
    mount = tmp_path / "small"
    mount.mkdir()
    script = (
        f"mount -t tmpfs -o size=1m none {mount} && {sys.executable} -m tests.offline_queue.applying_process"
        f" {mount}/queue.db {terminal} {envelopes}"
    )
    unshare = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody make a mount namespace")
    done = subprocess.run([*unshare, script], cwd=ROOT, capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert said[-2] == "refused StorageFull"
    kept = [line for line in said if line.startswith("kept ")]
    assert len(kept) > 10
    assert said[-1] == f"whole {len(kept)}"


def test_a_disk_that_fails_a_write_ends_the_queue_until_it_is_opened_again(
    tmp_path: Path, terminal: Path, envelopes: Path
) -> None:
    """A file size limit makes write() fail with EFBIG, which SQLite reports as an I/O error."""
    database = tmp_path / "queue.db"
    open_outbox(database, terminal).close()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.offline_queue.applying_process", database, terminal, envelopes],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),  # noqa: PLW1509 — the child is single-threaded here
    )
    output, errors = process.communicate(timeout=60)
    said = output.splitlines()
    kept = {line.split()[1] for line in said if line.startswith("kept ")}
    assert said[-1] == "refused StorageFailed"
    assert "StorageFailed" in errors  # and asking again is refused too
    outbox = open_outbox(database, terminal)
    assert kept <= {state.application_id for state in outbox.recent_states(1000)}
    outbox.close()


@pytest.mark.parametrize(
    ("setting", "weaker"),
    [
        ("synchronous", "PRAGMA synchronous=NORMAL"),
        ("journal_mode", "PRAGMA journal_mode=DELETE"),
        ("locking_mode", "PRAGMA locking_mode=NORMAL"),
        ("secure_delete", "PRAGMA secure_delete=FAST"),
        ("foreign_keys", "PRAGMA foreign_keys=OFF"),
        ("mmap_size", "PRAGMA mmap_size=1048576"),
    ],
)
def test_a_weaker_setting_is_refused(tmp_path: Path, setting: str, weaker: str) -> None:
    connection = sqlite3.connect(tmp_path / "queue.db", isolation_level=None)
    for name, value, _ in SETTINGS:
        connection.execute(f"PRAGMA {name}={value}")
    refuse_weak_settings(connection)
    connection.execute(weaker)
    with pytest.raises(WeakSettings, match=setting):
        refuse_weak_settings(connection)
    connection.close()


def test_every_setting_has_a_weaker_one_that_is_refused() -> None:
    assert {name for name, _, _ in SETTINGS} == {
        "synchronous", "journal_mode", "locking_mode", "secure_delete", "foreign_keys", "mmap_size"
    }  # fmt: skip


def test_a_second_connection_is_refused(tmp_path: Path, terminal: Path) -> None:
    outbox = open_outbox(tmp_path / "queue.db", terminal)
    with pytest.raises(QueueInUse, match=r"queue\.db"):
        open_outbox(tmp_path / "queue.db", terminal)
    outbox.close()
    assert not (tmp_path / "queue.db-shm").exists()


def test_a_damaged_file_is_said_by_name(tmp_path: Path, terminal: Path, citizens: Citizens) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    for _ in range(5):
        citizens.apply(outbox)
    outbox.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(StorageFailed, match=r"queue\.db"):
        open_outbox(path, terminal)


def test_a_file_of_something_else_is_said_by_name(tmp_path: Path, terminal: Path) -> None:
    path = tmp_path / "queue.db"
    path.write_text("this is no database, whatever its name says" * 100)
    with pytest.raises(StorageFailed, match=r"queue\.db: SQLITE_NOTADB"):
        open_outbox(path, terminal)


def test_a_state_directory_that_cannot_be_is_said_by_name(tmp_path: Path, terminal: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(StorageFailed, match="state"):
        open_outbox(tmp_path / "state" / "queue.db", terminal)


def test_nobody_else_may_read_the_queue(tmp_path: Path, terminal: Path) -> None:
    open_outbox(tmp_path / "state" / "queue.db", terminal).close()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "state" / "queue.db").stat().st_mode) == 0o600


def test_a_full_disk_in_mid_transaction_leaves_no_trace(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "queue.db")
    pages = store.rows("PRAGMA page_count")[0]["page_count"]
    store.rows(f"PRAGMA max_page_count={pages + 2}")
    insert = "INSERT INTO print_jobs VALUES (?, 'slip', 'started', '', ?, '', NULL, NULL)"

    def write_too_much() -> None:
        with store.transaction():
            store.execute(insert, ["first", ""])
            store.execute(insert, ["second", "x" * 100_000])

    with pytest.raises(StorageFull):
        write_too_much()
    assert store.rows("SELECT * FROM print_jobs") == []
    store.execute(insert, ["third", ""])
    store.close()


def renamed(queue: Path, terminal: Path, citizens: Citizens, column: bytes, other: bytes) -> None:
    """Make a queue in which somebody has applied, and change what a column is called."""
    outbox = open_outbox(queue, terminal)
    citizens.apply(outbox)
    outbox.close()
    content = queue.read_bytes()
    assert column in content
    queue.write_bytes(content.replace(column, other))


def test_a_flipped_bit_in_a_columns_name_is_no_other_column(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    renamed(tmp_path / "queue.db", terminal, citizens, b"made_at TEXT", b"Made_at TEXT")
    outbox = open_outbox(tmp_path / "queue.db", terminal)
    assert len(outbox.recent_states()) == outbox.counts().kept == 1
    outbox.close()


def test_a_column_that_has_lost_its_name_is_said_when_the_queue_is_opened(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    renamed(tmp_path / "queue.db", terminal, citizens, b"item_version TEXT", b"itfm_version TEXT")
    with pytest.raises(QueueDamaged, match=r"applications\.item_version: is missing"):
        open_outbox(tmp_path / "queue.db", terminal)
