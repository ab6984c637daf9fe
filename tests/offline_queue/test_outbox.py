"""What is kept, under which number, and when it may go."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.messages import PrintState
from offline_queue.failures import (
    HashMismatch,
    OtherEnvelope,
    QueueFull,
    ReceiptMismatch,
    UnknownApplication,
    WrongEnvelope,
)
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Follower
from offline_queue.signing import Receipt
from tests.offline_queue.samples import (
    ITEM,
    NOON,
    TERMINAL,
    Citizens,
    HandClock,
    a_record,
    commit,
    delivery_of,
    new_id,
    open_outbox,
    sealed,
    terminal_key,
)


def receipt_for(outbox: Outbox, application_id: str) -> Receipt:
    digest = outbox.delivery.sealed(application_id).envelope_sha256
    return Receipt(application_id, digest, "33010600-20261121-000001", "2026-11-21T20:00:05+08:00", "{}")


def test_a_kept_application_is_there_after_a_restart(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    path = tmp_path / "queue.db"
    first = open_outbox(path, terminal)
    kept = citizens.apply(first)
    first.close()
    second = open_outbox(path, terminal)
    assert [line.application_id for line in second.lines("kept")] == [kept.application_id]
    second.close()


def test_the_number_names_terminal_day_and_order(outbox: Outbox, citizens: Citizens) -> None:
    assert [citizens.apply(outbox).local_no for _ in range(2)] == ["0001-261121-0001", "0001-261121-0002"]
    assert outbox.next_local_no(date(2026, 11, 22)) == "0001-261122-0001"


def test_a_number_that_was_prepared_but_not_committed_is_given_again(
    outbox: Outbox, citizens: Citizens
) -> None:
    today = NOON.date()
    assert outbox.next_local_no(today) == outbox.next_local_no(today)
    citizens.apply(outbox)
    assert outbox.next_local_no(today).endswith("-0002")


def test_a_clock_set_back_a_day_does_not_give_a_number_twice(outbox: Outbox, citizens: Citizens) -> None:
    citizens.apply(outbox)
    outbox.next_local_no(NOON.date() - timedelta(days=1))
    assert outbox.next_local_no(NOON.date()).endswith("-0002")


def test_a_number_of_another_terminal_or_another_application_is_refused(
    outbox: Outbox, citizens: Citizens
) -> None:
    taken = citizens.apply(outbox).local_no
    for local_no in (taken, "9999-261121-0002", "rubbish"):
        with pytest.raises(WrongEnvelope, match="local_no"):
            commit(outbox, *citizens.envelope(), local_no)
    assert outbox.counts().kept == 1


def test_committing_twice_keeps_once_under_the_first_number(outbox: Outbox, citizens: Citizens) -> None:
    application_id, envelope = citizens.envelope()
    first = commit(outbox, application_id, envelope)
    second = commit(outbox, application_id, envelope)
    assert (first.again, second.again) == (False, True)
    assert first.local_no == second.local_no
    assert outbox.counts().kept == 1


def test_other_bytes_under_a_known_id_are_refused(outbox: Outbox, citizens: Citizens) -> None:
    application_id, envelope = citizens.envelope()
    commit(outbox, application_id, envelope)
    with pytest.raises(OtherEnvelope):
        citizens.apply(outbox, application_id)
    assert outbox.delivery.sealed(application_id).envelope == envelope


def test_bytes_that_changed_in_the_pipe_are_refused(outbox: Outbox, citizens: Citizens) -> None:
    application_id, envelope = citizens.envelope()
    with pytest.raises(HashMismatch):
        outbox.commit(
            application_id=application_id,
            envelope=envelope[:-1],
            envelope_sha256="0" * 64,
            item=ITEM,
            item_version="1",
            local_no="0001-261121-0001",
            offline_policy="keep_with_notice",
            clock_trust="system",
        )
    assert outbox.counts().kept == 0


@pytest.mark.parametrize(
    "header", [{"item": "another_item"}, {"item_version": "2"}, {"terminal": "HALL-0002"}]
)
def test_an_envelope_that_names_something_else_is_refused(
    outbox: Outbox, terminal: Path, header: dict[str, str]
) -> None:
    application_id = new_id()
    envelope = sealed(a_record(application_id), terminal, header=header)
    with pytest.raises(WrongEnvelope, match=next(iter(header))):
        commit(outbox, application_id, envelope)


def test_what_is_no_envelope_is_refused(outbox: Outbox) -> None:
    with pytest.raises(WrongEnvelope, match="not JSON"):
        commit(outbox, new_id(), b"\x00rubbish")


def test_a_full_queue_refuses_new_ones_but_still_knows_the_old(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    outbox = open_outbox(tmp_path / "queue.db", terminal, queue_limit=1)
    application_id, envelope = citizens.envelope()
    commit(outbox, application_id, envelope)
    with pytest.raises(QueueFull):
        citizens.apply(outbox)
    assert commit(outbox, application_id, envelope).again
    outbox.close()


def test_delivery_deletes_the_envelope_from_file_and_log(
    tmp_path: Path, outbox: Outbox, citizens: Citizens
) -> None:
    kept = citizens.apply(outbox)
    secret = outbox.delivery.sealed(kept.application_id).envelope[200:260]
    files = [tmp_path / "state" / name for name in ("queue.db", "queue.db-wal")]
    assert any(secret in file.read_bytes() for file in files)
    outbox.delivery.mark_delivered(kept.application_id, receipt_for(outbox, kept.application_id))
    assert not any(secret in file.read_bytes() for file in files)
    assert outbox.counts().delivered == 1
    assert outbox.recent_states()[0].filing_no == "33010600-20261121-000001"


def test_nothing_is_deleted_for_a_receipt_over_other_bytes(outbox: Outbox, citizens: Citizens) -> None:
    mine, other = citizens.apply(outbox).application_id, citizens.apply(outbox).application_id
    wrong = replace(receipt_for(outbox, mine), envelope_sha256=receipt_for(outbox, other).envelope_sha256)
    for receipt in (wrong, receipt_for(outbox, other)):
        with pytest.raises(ReceiptMismatch):
            outbox.delivery.mark_delivered(mine, receipt)
    assert outbox.delivery.sealed(mine).envelope


def test_the_database_itself_forbids_deleting_an_envelope_without_a_receipt(
    tmp_path: Path, outbox: Outbox, citizens: Citizens
) -> None:
    """The weakened variant: a purge before the receipt."""
    citizens.apply(outbox)
    outbox.close()
    database = sqlite3.connect(tmp_path / "state" / "queue.db")
    for purge in (
        "UPDATE applications SET envelope = NULL",
        "UPDATE applications SET envelope = NULL, state = 'delivered'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(purge)
    database.close()


def test_a_second_receipt_for_the_same_application_changes_nothing(
    outbox: Outbox, citizens: Citizens
) -> None:
    kept = citizens.apply(outbox)
    receipt = receipt_for(outbox, kept.application_id)
    outbox.delivery.mark_delivered(kept.application_id, receipt)
    outbox.delivery.mark_delivered(
        kept.application_id, replace(receipt, filing_no="33010600-20261121-000009")
    )
    assert outbox.recent_states()[0].filing_no == "33010600-20261121-000001"


def test_a_quarantined_application_keeps_its_envelope_and_leaves_the_line(
    outbox: Outbox, citizens: Citizens
) -> None:
    kept = citizens.apply(outbox)
    receipt = receipt_for(outbox, kept.application_id)
    outbox.delivery.quarantine(delivery_of(outbox, kept.application_id), "record_invalid")
    assert outbox.lines("kept") == []
    assert outbox.counts().quarantined == 1
    assert outbox.recent_states()[0].last_error == "record_invalid"
    outbox.delivery.mark_delivered(
        kept.application_id, receipt
    )  # a receipt that comes late is still a receipt
    assert outbox.counts().delivered == 1


def test_the_line_is_in_the_order_of_keeping_whatever_the_clock_says(
    outbox: Outbox, citizens: Citizens, clock: HandClock
) -> None:
    ids = []
    for days in (0, -7000, 7000):
        clock.now = replace(clock.now, wall=NOON + timedelta(days=days))
        ids.append(citizens.apply(outbox).application_id)
    assert [line.application_id for line in outbox.lines("kept")] == ids


def test_an_application_whose_screen_died_is_spoken_of_for_a_minute(
    outbox: Outbox, citizens: Citizens, clock: HandClock
) -> None:
    kept = citizens.apply(outbox)
    clock.now = replace(clock.now, since_boot_s=1059.0, wall=NOON + timedelta(days=7000))
    assert outbox.unshown_kept() == kept.local_no
    clock.now = replace(clock.now, since_boot_s=1061.0, wall=NOON)
    assert outbox.unshown_kept() is None


def test_an_application_that_was_shown_is_not_spoken_of(outbox: Outbox, citizens: Citizens) -> None:
    outbox.mark_shown(citizens.apply(outbox).application_id)
    assert outbox.unshown_kept() is None


def test_after_a_reboot_the_wall_clock_decides_what_is_spoken_of(
    outbox: Outbox, citizens: Citizens, clock: HandClock
) -> None:
    kept = citizens.apply(outbox)
    clock.now = replace(clock.now, boot="boot-2", since_boot_s=20.0, wall=NOON + timedelta(seconds=40))
    assert outbox.unshown_kept() == kept.local_no
    clock.now = replace(clock.now, wall=NOON + timedelta(hours=1))
    assert outbox.unshown_kept() is None


def test_what_follows_an_application_waits_for_it_and_the_first_of_each_kind_stands(
    outbox: Outbox, citizens: Citizens
) -> None:
    name = citizens.apply(outbox).application_id
    for level in (4, 1):
        outbox.followers.rate(name, level)
    outbox.followers.audit(name, shown_at=None, slip="none", ended="finished", lasted_s=61)
    outbox.followers.audit(name, shown_at=None, slip="printed", ended="left", lasted_s=62)
    application = outbox.delivery.lease("small")
    assert application is not None
    assert outbox.delivery.lease("small") is None
    outbox.delivery.mark_delivered(name, receipt_for(outbox, name))
    following = [outbox.delivery.lease("small") for _ in range(3)]
    said = [json.loads(each.sealed.said) for each in following if each and isinstance(each.sealed, Follower)]
    assert [said[0]["level"], said[1]] == [
        4,
        {"shown_at": None, "slip": "none", "ended": "finished", "lasted_s": 61},
    ]
    for each in following[:2]:
        assert each is not None
        outbox.delivery.mark_over(each)
    outbox.followers.rate(name, 5)
    assert outbox.delivery.lease("small") is None


def test_what_follows_an_application_and_is_refused_is_seen_and_released(
    outbox: Outbox, citizens: Citizens
) -> None:
    name = citizens.apply(outbox).application_id
    outbox.followers.rate(name, 4)
    outbox.delivery.mark_delivered(name, receipt_for(outbox, name))
    rating = outbox.delivery.lease("small")
    assert rating is not None
    outbox.delivery.quarantine(rating, "bad_rating")
    (line,) = outbox.lines("delivered")
    assert [(part.kind, part.state, part.last_error) for part in line.parts] == [
        ("rating", "quarantined", "bad_rating")
    ]
    assert outbox.delivery.lease("small") is None
    assert outbox.delivery.try_now(name) == "delivered"
    assert outbox.delivery.lease("small") is not None


def test_what_was_never_kept_cannot_be_rated_shown_or_delivered(outbox: Outbox) -> None:
    nobody = new_id()
    with pytest.raises(UnknownApplication):
        outbox.followers.rate(nobody, 5)
    with pytest.raises(UnknownApplication):
        outbox.mark_shown(nobody)
    with pytest.raises(UnknownApplication):
        outbox.delivery.mark_delivered(nobody, Receipt(nobody, "0" * 64, "", "", ""))


def test_a_paper_job_whose_session_died_is_open_until_it_becomes_unknown(outbox: Outbox) -> None:
    def note(job_id: str, state: PrintState) -> None:
        outbox.paper.note(job_id, paper="slip", state=state, sha256="0" * 64, cause="")

    ended, lost = new_id(), new_id()
    note(ended, "started")
    note(ended, "printed")
    note(ended, "started")
    note(lost, "started")
    assert outbox.paper.open() == [lost]
    assert outbox.paper.end_open("session_died") == 1
    assert outbox.paper.open() == []


def test_a_slip_is_reprinted_once_and_the_reason_is_kept(outbox: Outbox) -> None:
    first, second, third = new_id(), new_id(), new_id()

    def note(job_id: str, reprint: tuple[str, str] | None) -> None:
        outbox.paper.note(job_id, paper="slip", state="started", sha256="0" * 64, cause="", reprint=reprint)

    note(first, None)
    note(second, (first, "torn"))
    note(second, (first, "torn"))  # the same job, told again
    with pytest.raises(sqlite3.IntegrityError):
        note(third, (first, "unreadable"))
    assert outbox.paper.open() == [first, second]


def test_counts_tell_the_oldest_that_waits(outbox: Outbox, citizens: Citizens) -> None:
    assert outbox.counts().oldest_kept_at is None
    citizens.apply(outbox)
    assert outbox.counts().oldest_kept_at == NOON


def test_the_signature_is_made_once_and_is_the_terminals(
    outbox: Outbox, citizens: Citizens, terminal: Path
) -> None:
    kept = citizens.apply(outbox)
    out = outbox.delivery.sealed(kept.application_id)
    assert out.terminal_signature == terminal_key(terminal).sign(out.envelope)
    assert terminal_key(terminal).terminal_id == TERMINAL
