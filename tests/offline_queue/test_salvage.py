"""Damaged queues: never begun anew without a word, and nothing that can be read is lost."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from offline_queue import made_mark
from offline_queue.failures import CopyRefused, QueueDamaged, StorageFailure
from offline_queue.salvage import Salvaged, salvage
from offline_queue.storage import Store
from tests.offline_queue.samples import (
    Citizens,
    a_record,
    commit,
    delivery_of,
    open_outbox,
    sealed,
    terminal_key,
)
from tests.offline_queue.test_outbox import receipt_for

SEED = 20261122
MUTATIONS = 40
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, terminal: Path) -> Path:
    """A queue of thirty: some delivered, some set aside, with ratings and paper."""
    path = tmp_path_factory.mktemp("whole") / "queue.db"
    outbox = open_outbox(path, terminal)
    for number in range(30):
        application_id = f"00000000-0000-4000-8000-{number:012}"
        commit(outbox, application_id, sealed(a_record(application_id), terminal))
        if number % 5 == 0:
            outbox.followers.rate(application_id, 5)
            outbox.delivery.mark_delivered(application_id, receipt_for(outbox, application_id))
        elif number % 7 == 0:
            outbox.delivery.quarantine(delivery_of(outbox, application_id), "record_invalid")
    outbox.close()
    return path


def copied(whole: Path, folder: Path, change: Callable[[bytearray], None]) -> Path:
    folder.mkdir()
    content = bytearray(whole.read_bytes())
    change(content)
    path = folder / "queue.db"
    path.write_bytes(content)
    made_mark.write(path)
    return path


def envelopes(path: Path, terminal: Path) -> dict[str, bytes]:
    """What would be sent, by id; the files are opened as a terminal opens them."""
    outbox = open_outbox(path, terminal)
    waiting = [line.application_id for line in outbox.lines("kept")]
    sent = {each: outbox.delivery.sealed(each).envelope for each in waiting}
    outbox.close()
    return sent


def brought_back(done: Salvaged) -> int:
    return sum(done.applications.values())


def test_one_broken_page_costs_no_more_than_what_was_on_it(
    tmp_path: Path, whole: Path, terminal: Path
) -> None:
    """Each page of the file in turn, but the first ones, which say where everything is."""
    before = envelopes(whole, terminal)
    pages = len(whole.read_bytes()) // PAGE
    for page in range(pages // 2, pages, 4):

        def overwrite(content: bytearray, page: int = page) -> None:
            content[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE

        path = copied(whole, tmp_path / str(page), overwrite)
        done = salvage(path, terminal_key(terminal))
        assert brought_back(done) >= 27, page
        assert brought_back(done) + len(done.damaged) + len(done.lost) == 30, page
        after = envelopes(path, terminal)
        assert all(before[each] == envelope for each, envelope in after.items())


def test_a_mutated_file_is_opened_whole_or_refused_and_a_salvage_brings_back_only_what_was_sealed(
    tmp_path: Path, whole: Path, terminal: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311  a run to repeat
    before = envelopes(whole, terminal)
    refused = 0
    for number in range(MUTATIONS):

        def mutate(content: bytearray) -> None:
            if chance.random() < 0.2:
                del content[chance.randrange(len(content)) :]
            for _ in range(chance.choice((1, 3, 100))):
                if content:
                    content[chance.randrange(len(content))] = chance.randrange(256)

        path = copied(whole, tmp_path / str(number), mutate)
        damaged = path.read_bytes()
        try:
            Store.open(path).close()
        except StorageFailure:
            refused += 1
            done = salvage(path, terminal_key(terminal))
            assert Path(done.aside).read_bytes() == damaged
            after = envelopes(path, terminal)
            assert all(before[each] == envelope for each, envelope in after.items())
            assert len(after) == done.applications.get("kept", 0)
    assert refused > MUTATIONS // 10


def test_the_same_mutations_catch_a_salvage_that_believes_what_it_reads(
    tmp_path: Path, whole: Path, terminal: Path
) -> None:
    """The weakened variant: rows are copied as SQLite gives them, and no hash is looked at."""
    before = envelopes(whole, terminal)
    target = next(iter(before.values()))[-300:-200]

    def flip(content: bytearray) -> None:
        content[content.index(target)] ^= 1

    path = copied(whole, tmp_path / "flipped", flip)
    database = sqlite3.connect(path)
    believed = dict(database.execute("SELECT application_id, envelope FROM applications").fetchall())
    database.close()
    assert any(believed[each] != envelope for each, envelope in before.items())
    done = salvage(path, terminal_key(terminal))
    assert len(done.damaged) == 1
    assert set(envelopes(path, terminal)) == set(before) - set(done.damaged)


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_lost_queue_is_not_begun_anew_until_somebody_says_so(
    tmp_path: Path, terminal: Path, citizens: Citizens, left: str
) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    citizens.apply(outbox)
    outbox.close()
    path.unlink()
    if left != "nothing":
        path.touch()
    with pytest.raises(QueueDamaged, match=r"is gone; `python main\.py queue salvage`"):
        open_outbox(path, terminal)
    done = salvage(path, terminal_key(terminal))
    assert done.applications == {}
    open_outbox(path, terminal).close()


def test_where_no_queue_was_there_is_nothing_to_salvage(tmp_path: Path, terminal: Path) -> None:
    with pytest.raises(CopyRefused, match="no queue here"):
        salvage(tmp_path / "queue.db", terminal_key(terminal))
    assert list(tmp_path.iterdir()) == []


def test_a_salvage_that_was_cut_short_is_said_and_begun_again(
    tmp_path: Path, whole: Path, terminal: Path
) -> None:
    """Cut after the mark, after the move, and with the new file in place."""
    before = envelopes(whole, terminal)
    for cut in ("marked", "moved", "replaced"):
        path = copied(whole, tmp_path / cut, lambda _content: None)
        made_mark.write(path, "queue.db.damaged-1")
        if cut != "marked":
            path.rename(path.with_name("queue.db.damaged-1"))
        if cut == "replaced":
            path.write_bytes(b"half of a new file")
        with pytest.raises(QueueDamaged, match="was cut short"):
            open_outbox(path, terminal)
        assert brought_back(salvage(path, terminal_key(terminal))) == 30
        assert envelopes(path, terminal) == before


def test_what_was_only_in_the_log_comes_back_too_and_no_number_is_given_twice(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    path = tmp_path / "state" / "queue.db"
    outbox = open_outbox(path, terminal)
    last = [citizens.apply(outbox) for _ in range(3)][-1]
    copy = tmp_path / "queue.db"
    for suffix in ("", "-wal"):  # as a power cut leaves them
        copy.with_name(copy.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    outbox.close()
    made_mark.write(copy)
    assert salvage(copy, terminal_key(terminal)).applications == {"kept": 3}
    outbox = open_outbox(copy, terminal)
    assert outbox.line(last.local_no)
    assert citizens.apply(outbox).local_no == "0001-261121-0004"
    outbox.close()
