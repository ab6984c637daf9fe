"""Queues that earlier versions left on their disks, and one that a later version left."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from offline_queue.failures import NewerQueue
from offline_queue.queue_values import Follower, Sealed
from tests.offline_queue.samples import Citizens, open_outbox

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
"""Dumps with rows in them, one of each change of the tables that was ever committed."""


def laid_down(schema: Path, path: Path) -> None:
    database = sqlite3.connect(path)
    database.executescript(schema.read_text("utf-8"))
    database.close()


@pytest.mark.parametrize("schema", SCHEMAS, ids=[schema.stem for schema in SCHEMAS])
def test_nothing_of_an_earlier_versions_queue_is_lost(
    tmp_path: Path, terminal: Path, citizens: Citizens, schema: Path
) -> None:
    path = tmp_path / "queue.db"
    laid_down(schema, path)
    outbox = open_outbox(path, terminal)
    counts = outbox.counts()
    assert (counts.kept, counts.delivered, counts.quarantined) == (2, 1, 1)
    told = [(line.local_no[-4:], line.state, line.attempts, line.bytes) for line in outbox.lines()]
    assert told == [
        ("0001", "kept", 1, 29),
        ("0003", "quarantined", 3, 29),
        ("0004", "kept", 4, 29),
    ]
    sent = [outbox.delivery.lease("small") for _ in range(4)]
    assert [each.sealed.envelope for each in sent if each and isinstance(each.sealed, Sealed)] == [
        b"sealed bytes of application 1",
        b"sealed bytes of application 4",
    ]
    (rating,) = [each.sealed for each in sent if each and isinstance(each.sealed, Follower)]
    assert json.loads(rating.said)["level"] == 5
    assert outbox.paper.open() == ["00000000-0000-4000-8000-00000000000a"]
    assert outbox.pins.lock("0417").failures == 2
    assert citizens.apply(outbox).local_no == "0001-261121-0001"
    outbox.close()


def test_the_newest_dump_is_of_todays_tables(tmp_path: Path, terminal: Path) -> None:
    """Whoever changes the tables leaves a dump of what they were."""

    def tables(path: Path) -> set[str]:
        database = sqlite3.connect(path)
        rows = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        database.close()
        return {" ".join(sql.split()) for (sql,) in rows}

    laid_down(SCHEMAS[-1], tmp_path / "dumped.db")
    open_outbox(tmp_path / "fresh.db", terminal).close()
    assert tables(tmp_path / "dumped.db") == tables(tmp_path / "fresh.db")


def test_the_queue_of_a_newer_version_is_refused_and_left_as_it_is(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    citizens.apply(outbox)
    outbox.close()
    database = sqlite3.connect(path)
    database.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('offline_queue', 'from_the_future', '2030')"
    )
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(NewerQueue, match=r"queue\.db: written by a newer version .*from_the_future"):
        open_outbox(path, terminal)
    assert path.read_bytes() == before
