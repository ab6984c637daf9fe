"""An application and its pages in the queue: kept by one word, sent in order, deleted by one receipt."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from central_platform import records
from offline_queue.arriving import ENVELOPE_LIMIT
from offline_queue.delivery import PARK_AFTER, SMALL_BYTES, Leased
from offline_queue.failures import CopyRefused, HashMismatch, WrongEnvelope
from offline_queue.outbox import Outbox
from offline_queue.queue_questions import QUESTIONS
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.salvage import salvage
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.samples import (
    Citizens,
    a_record,
    commit,
    new_id,
    open_outbox,
    page,
    sealed,
    terminal_key,
    with_pages,
)
from tests.offline_queue.syncing_terminal import syncing
from tests.offline_queue.test_outbox import receipt_for


def apply(outbox: Outbox, terminal: Path, *page_bytes: int) -> tuple[str, bytes, dict[str, bytes]]:
    """A citizen with papers."""
    name = new_id()
    envelope, parts = with_pages(a_record(name), terminal, *(page(each) for each in page_bytes))
    commit(outbox, name, envelope, parts=parts)
    return name, envelope, parts


def lease(outbox: Outbox) -> Leased:
    """What a sync would send next."""
    leased = outbox.delivery.lease("small") or outbox.delivery.lease("large")
    assert leased is not None
    return leased


def test_an_application_goes_after_its_last_part_and_what_follows_it_after_its_receipt(
    outbox: Outbox, terminal: Path
) -> None:
    name, envelope, parts = apply(outbox, terminal, 300, 400)
    outbox.followers.rate(name, 5)
    first, second = lease(outbox), lease(outbox)
    assert [each.sealed for each in (first, second)] == [
        SealedPart(part, sha256) for sha256, part in parts.items()
    ]
    assert outbox.delivery.lease("small") is None
    outbox.delivery.mark_over(second)
    assert outbox.delivery.lease("small") is None
    outbox.delivery.mark_over(first)
    application = lease(outbox)
    assert isinstance(application.sealed, Sealed)
    assert application.sealed.envelope == envelope
    assert outbox.delivery.lease("small") is None
    outbox.delivery.mark_delivered(name, receipt_for(outbox, name))
    assert isinstance(lease(outbox).sealed, Follower)


def test_what_is_over_stays_over_and_is_here_until_the_receipt(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    files = [tmp_path / "queue.db", tmp_path / "queue.db-wal"]

    def here(part: bytes) -> bool:
        return any(part[100:200] in file.read_bytes() for file in files)

    outbox = open_outbox(files[0], terminal)
    name, _, parts = apply(outbox, terminal, 300, 400)
    outbox.delivery.mark_over(lease(outbox))
    outbox.close()
    outbox = open_outbox(files[0], terminal)
    second = lease(outbox)
    assert isinstance(second.sealed, SealedPart)
    assert second.sealed.sha256 == list(parts)[1]
    outbox.delivery.mark_over(second)
    assert all(map(here, parts.values()))
    outbox.delivery.mark_delivered(name, receipt_for(outbox, name))
    assert not any(map(here, parts.values()))
    citizens.apply(outbox)
    outbox.close()


def test_a_large_application_goes_by_its_lane_with_all_its_parts(outbox: Outbox, terminal: Path) -> None:
    name, _, _ = apply(outbox, terminal, SMALL_BYTES, 20)
    assert outbox.delivery.lease("small") is None
    for _ in range(2):
        part = outbox.delivery.lease("large")
        assert part is not None
        outbox.delivery.mark_over(part)
    application = outbox.delivery.lease("large")
    assert application is not None
    assert isinstance(application.sealed, Sealed)
    assert application.application_id == name


def test_a_parts_trouble_is_told_at_its_application_and_released_with_it(
    outbox: Outbox, terminal: Path
) -> None:
    name, _, _ = apply(outbox, terminal, 300, 400)
    outbox.delivery.mark_over(lease(outbox))
    second = lease(outbox)
    outbox.delivery.postpone(second, "timeout", wait_s=30.0, explained=True)
    (line,) = outbox.lines()
    assert (line.state, line.last_error, line.attempts, line.next_try_in_s) == (
        "kept",
        "part 2 of 2: timeout",
        1,
        30,
    )
    outbox.delivery.quarantine(second, "too_large")
    (line,) = outbox.lines("quarantined")
    assert line.last_error == "part 2 of 2: too_large"
    assert [(part.kind, part.state) for part in line.parts] == [
        ("part", "over"),
        ("part", "kept"),
        ("application", "kept"),
    ]
    assert outbox.delivery.lease("small") is None
    assert QUESTIONS["queue-retry"](outbox, {"application": name}) == {"retried": [name]}
    assert lease(outbox).number == second.number


def test_a_part_that_the_disk_has_changed_sets_its_application_aside(tmp_path: Path, terminal: Path) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    _, _, parts = apply(outbox, terminal, 300, 400)
    outbox.close()
    content = bytearray(path.read_bytes())
    content[content.index(list(parts.values())[1][200:300])] ^= 1
    path.write_bytes(content)
    outbox = open_outbox(path, terminal)
    outbox.delivery.mark_over(lease(outbox))
    assert outbox.delivery.lease("small") is None
    (line,) = outbox.lines("quarantined")
    assert line.last_error == "part 2 of 2: damaged_here"
    outbox.close()


def test_parts_that_the_platform_lacks_go_again_but_not_for_ever(outbox: Outbox, terminal: Path) -> None:
    apply(outbox, terminal, 300, 400)
    for number in range(PARK_AFTER):
        for _ in range(2):
            part = lease(outbox)
            assert isinstance(part.sealed, SealedPart)
            outbox.delivery.mark_over(part)
        application = lease(outbox)
        outbox.delivery.parts_missing(application)
        parked = outbox.delivery.postpone(application, "parts_missing", wait_s=0.0, explained=False)
        assert parked == (number == PARK_AFTER - 1)
    (line,) = outbox.lines("quarantined")
    assert line.last_error == "parts_missing"


def test_parts_that_are_not_those_of_the_envelope_are_refused_with_nothing_changed(
    outbox: Outbox, terminal: Path
) -> None:
    name = new_id()
    record = a_record(name)
    envelope, parts = with_pages(record, terminal, page(300), page(400))
    (first, one), (second, two) = parts.items()
    _, others = with_pages(a_record(new_id()), terminal, page(300))
    stranger = next(iter(others.values()))
    foreign, _ = sealed(record, terminal, parts=[stranger]), None
    plain = sealed(record, terminal)
    wrong: list[tuple[bytes, dict[str, bytes], type[Exception]]] = [
        (envelope, {}, WrongEnvelope),
        (envelope, {first: one}, WrongEnvelope),
        (envelope, {**parts, **others}, WrongEnvelope),
        (envelope, {first: one, second: one}, HashMismatch),
        (envelope, {first: one, second: two + b" "}, HashMismatch),
        (plain, parts, WrongEnvelope),
        (foreign, others, WrongEnvelope),
        (
            sealed(record, terminal, parts=[plain]),
            {hashlib.sha256(plain).hexdigest(): plain},
            WrongEnvelope,
        ),
        (sealed(record, terminal, parts=[one, one]), {first: one}, WrongEnvelope),
        (b'{"' + b" " * ENVELOPE_LIMIT, {}, WrongEnvelope),
        (one, {}, WrongEnvelope),
    ]
    for envelope_, parts_, failure in wrong:
        with pytest.raises(failure):
            commit(outbox, name, envelope_, parts=parts_)
    assert outbox.lines() == []
    assert outbox._store.rows("SELECT * FROM parts") == []
    assert outbox.next_local_no(outbox._clock().wall.date()).endswith("-0001")
    commit(outbox, name, envelope, parts=parts)


def test_an_export_has_the_parts_of_every_application(tmp_path: Path, outbox: Outbox, terminal: Path) -> None:
    _, _, parts = apply(outbox, terminal, 300, 400)
    folder = tmp_path / "carried"
    outbox.export(folder)
    (line,) = json.loads((folder / "manifest.json").read_bytes())["applications"]
    assert {each["sha256"]: (folder / each["file"]).read_bytes() for each in line["parts"]} == parts
    assert [each["bytes"] for each in line["parts"]] == [len(part) for part in parts.values()]


def test_a_backup_delivers_its_applications_with_their_parts(
    tmp_path: Path, outbox: Outbox, terminal: Path
) -> None:
    _, _, parts = apply(outbox, terminal, 300, 400)
    outbox.back_up(tmp_path / "copy.sqlite")
    copy = open_outbox(tmp_path / "copy.sqlite", terminal)
    taken = [lease(copy).sealed for _ in range(2)]
    assert taken == [SealedPart(part, sha256) for sha256, part in parts.items()]
    copy.close()


@pytest.mark.parametrize("lost", [False, True], ids=["nothing", "a part"])
def test_a_salvage_brings_parts_back_and_sets_aside_what_has_lost_one(
    tmp_path: Path, terminal: Path, *, lost: bool
) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    whole = apply(outbox, terminal, 300)
    other = apply(outbox, terminal, 500, 600)
    outbox.followers.audit(other[0], shown_at=None, slip="none", ended="left", lasted_s=9)
    outbox.close()
    if lost:
        database = sqlite3.connect(path)
        database.execute("DELETE FROM parts WHERE sha256 = ?", [list(other[2])[1]])
        database.commit()
        database.close()
    done = salvage(path, terminal_key(terminal))
    assert done.applications == {"kept": 1 if lost else 2, **({"quarantined": 1} if lost else {})}
    assert done.incomplete == ([other[0]] if lost else [])
    outbox = open_outbox(path, terminal)
    part = lease(outbox)
    ((sha256, sealed_page),) = whole[2].items()
    assert part.sealed == SealedPart(sealed_page, sha256)
    line = outbox.line(other[0])
    assert line is not None
    kinds = ["part", "application", "audit"] if lost else ["part", "part", "application", "audit"]
    assert [each.kind for each in line.parts] == kinds
    assert line.last_error == ("parts_lost" if lost else None)
    outbox.close()
    with pytest.raises(CopyRefused):
        salvage(tmp_path / "nowhere.db", terminal_key(terminal))


async def test_pages_and_what_became_of_the_visit_arrive_with_their_application(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with syncing(tmp_path, platform.terminal, platform.port) as terminal:
        jpegs = [page(300), page(SMALL_BYTES)]
        name = new_id()
        envelope, parts = with_pages(a_record(name), platform.terminal, *jpegs)
        await terminal.queue.run(lambda outbox: commit(outbox, name, envelope, parts=parts))
        await terminal.queue.run(
            lambda outbox: outbox.followers.audit(
                name,
                shown_at="2026-11-21T20:00:00+08:00",
                slip="printed",
                ended="finished",
                lasted_s=61,
            )
        )
        terminal.sync.poke()
        await terminal.until(lambda: [entry[0] for entry in terminal.delivered] == [name])
        await terminal.until(lambda: records.audit(platform.directory, name) == ("printed", "finished"))
        assert [records.page(platform.directory, name, sha256) for sha256 in parts] == jpegs
        assert await terminal.queue.run(lambda outbox: outbox._store.rows("SELECT * FROM parts")) == []
