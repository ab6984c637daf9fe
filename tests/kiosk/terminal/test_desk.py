"""What the terminal does for the citizen in front of it: number, keep, refuse, and never claim too early."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from datetime import datetime
from uuid import uuid4

import pytest

from kiosk.messages import (
    Delivered,
    DeviceHealth,
    HealthReport,
    Leaving,
    OutcomeShown,
    PinAttempt,
    Prepare,
    PrinterFlushed,
    PrintJob,
    PrintState,
    Rating,
    ReprintReason,
    StepShown,
)
from offline_queue.outbox import Outbox
from tests.kiosk.terminal.applications import Application, send
from tests.kiosk.terminal.conftest import QUEUE_LIMIT, Terminal
from tests.kiosk.terminal.stage import Stage, until


async def test_what_is_committed_is_in_the_queue_before_the_session_hears_of_it(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    application = Application(content_bytes=300_000)
    assert len(application.chunks()) > 10
    local_no = await send(stage, "s1", application)
    committed = await stage.got("s1", "committed")
    assert (committed["application_id"], committed["local_no"]) == (application.id, local_no)
    sealed = await terminal.queue.run(lambda outbox: outbox.delivery.sealed(application.id))
    assert sealed.envelope == application.envelope
    assert terminal.pokes == 1


@pytest.mark.usefixtures("terminal")
async def test_an_application_whose_screen_died_is_named_on_the_next_welcome_screen(stage: Stage) -> None:
    await stage.got("s1", "promote")
    local_no = await send(stage, "s1", Application())
    await stage.got("s1", "committed")
    os.kill(stage.notes("s1")[0]["pid"], signal.SIGKILL)
    assert (await stage.got("s2", "promote"))["kept_notice"] == {"local_no": local_no}


@pytest.mark.parametrize(("disk_s", "named"), [(0.1, True), (1.5, False)])
async def test_a_commit_with_the_last_breath_is_named_unless_the_disk_takes_too_long(
    terminal: Terminal, stage: Stage, *, disk_s: float, named: bool
) -> None:
    await stage.got("s1", "promote")
    await stage.note("s2", "started")
    application = Application()
    stage.say("s1", Prepare(application_id=application.id))
    prepared = await stage.got("s1", "prepared")
    assert prepared["clock_offset"] == {"offset_ms": -2500, "uncertainty_ms": 40, "age_s": 7}
    local_no = prepared["local_no"]
    for chunk in application.chunks():
        stage.say("s1", chunk)
    slow_disk = asyncio.ensure_future(terminal.queue.run(lambda _: threading.Event().wait(disk_s)))
    died_s = time.monotonic()
    stage.order("s1", raw=application.commit(local_no).model_dump_json(), then_die=True)
    promoted = await stage.got("s2", "promote")
    assert promoted["kept_notice"] == ({"local_no": local_no} if named else None)
    assert promoted["at_s"] - died_s < 1.0
    await slow_disk
    await until(lambda: terminal.pokes > 0, "it was kept in any case")


async def test_an_application_whose_outcome_was_shown_is_nobody_elses_business(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    application = Application()
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    stage.order("s1", raw=OutcomeShown(application_id=application.id).model_dump_json(), then_die=True)
    assert (await stage.got("s2", "promote"))["kept_notice"] is None
    [state] = await terminal.queue.run(Outbox.recent_states)
    assert state.shown


async def test_a_matter_that_may_not_be_kept_is_refused_without_the_platform(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    terminal.board.reach = "unknown"
    application = Application(policy="forbidden")
    await send(stage, "s1", application)
    assert (await stage.got("s1", "commit_refused"))["reason"] == "item_offline"
    assert (await terminal.queue.run(Outbox.counts)).kept == 0


@pytest.mark.usefixtures("terminal")
async def test_a_full_queue_is_said_before_anything_is_claimed(stage: Stage) -> None:
    await stage.got("s1", "promote")
    for number in range(QUEUE_LIMIT):
        await send(stage, "s1", Application(), nth=number + 1)
        await stage.got("s1", "committed", number + 1)
    await send(stage, "s1", Application(), nth=QUEUE_LIMIT + 1)
    assert (await stage.got("s1", "commit_refused"))["reason"] == "queue_full"


async def test_a_disk_without_room_keeps_nothing_and_says_so(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    terminal.has_room = False
    await send(stage, "s1", Application())
    assert (await stage.got("s1", "commit_refused"))["reason"] == "disk_full"
    assert (await terminal.queue.run(Outbox.counts)).kept == 0


@pytest.mark.parametrize(("tampered", "reason"), [("missing", "incomplete"), ("changed", "hash_mismatch")])
async def test_an_envelope_that_is_not_whole_is_not_kept(
    terminal: Terminal, stage: Stage, tampered: str, reason: str
) -> None:
    await stage.got("s1", "promote")
    application = Application(content_bytes=100_000)
    stage.say("s1", Prepare(application_id=application.id))
    local_no = (await stage.got("s1", "prepared"))["local_no"]
    chunks = application.chunks()
    if tampered == "missing":
        chunks.pop()
    else:
        chunks[-1] = chunks[-1].model_copy(update={"data": "AAAA"})
    for chunk in chunks:
        stage.say("s1", chunk)
    stage.say("s1", application.commit(local_no))
    assert (await stage.got("s1", "commit_refused"))["reason"] == reason
    assert (await terminal.queue.run(Outbox.counts)).kept == 0


async def test_an_application_and_its_pages_are_kept_by_one_word(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    application = Application(page_bytes=(100_000, 20))
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    (line,) = await terminal.queue.run(lambda outbox: outbox.lines())
    sizes = [len(each) for each in (*application.pages, application.envelope)]
    assert [(part.kind, part.bytes) for part in line.parts] == list(
        zip(("part", "part", "application"), sizes, strict=True)
    )


@pytest.mark.parametrize(
    ("tampered", "reason"),
    [("missing", "incomplete"), ("too many", "incomplete"), ("changed", "hash_mismatch")],
)
async def test_an_application_whose_pages_are_not_those_it_lists_is_not_kept(
    terminal: Terminal, stage: Stage, tampered: str, reason: str
) -> None:
    await stage.got("s1", "promote")
    application = Application(page_bytes=(100_000, 20))
    stage.say("s1", Prepare(application_id=application.id))
    local_no = (await stage.got("s1", "prepared"))["local_no"]
    chunks = application.chunks()
    if tampered == "missing":
        del chunks[-2]  # the second page, of one chunk
    elif tampered == "too many":
        chunks.insert(-1, chunks[-2].model_copy(update={"sha256": "0" * 64}))
    else:
        chunks[-2] = chunks[-2].model_copy(update={"data": "AAAA"})
    for chunk in chunks:
        stage.say("s1", chunk)
    stage.say("s1", application.commit(local_no))
    assert (await stage.got("s1", "commit_refused"))["reason"] == reason
    assert (await terminal.queue.run(Outbox.counts)).kept == 0


async def audit_of(terminal: Terminal, application_id: str) -> dict[str, object] | None:
    """What the terminal keeps of a visit."""

    def said(outbox: Outbox) -> dict[str, object] | None:
        row = outbox._store.row(
            "SELECT said FROM deliveries JOIN applications USING (place)"
            " WHERE kind = 'audit' AND application_id = ?",
            [application_id],
        )
        return None if row is None else dict(json.loads(row["said"]))

    return await terminal.queue.run(said)


async def ended(terminal: Terminal, application_id: str) -> dict[str, object]:
    async with asyncio.timeout(15):
        while (audit := await audit_of(terminal, application_id)) is None:  # noqa: ASYNC110  another thread's file
            await asyncio.sleep(0.01)
    return audit


async def test_what_became_of_a_visit_is_kept_when_it_is_over(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    stage.say("s1", StepShown(step="question:purpose"))
    application = Application()
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    stage.say("s1", OutcomeShown(application_id=application.id))
    job = PrintJob(job_id="0" * 36, state="started", sha256="0" * 64)
    stage.say("s1", job)
    stage.say("s1", job.model_copy(update={"state": "printed"}))
    assert await audit_of(terminal, application.id) is None
    stage.say("s1", Leaving(reason="finished"))
    audit = await ended(terminal, application.id)
    assert datetime.fromisoformat(str(audit.pop("shown_at"))).tzinfo is not None
    assert isinstance(audit.pop("lasted_s"), int)
    assert audit == {"slip": "printed", "ended": "finished"}


async def test_a_visit_that_broke_off_says_so_and_claims_no_paper(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    application = Application()
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    job = PrintJob(job_id="0" * 36, state="started", sha256="0" * 64)
    stage.order("s1", raw=job.model_dump_json(), then_die=True)
    audit = await ended(terminal, application.id)
    assert audit == {"shown_at": None, "slip": "unknown", "ended": "broke_off", "lasted_s": 0}


async def test_chunks_out_of_order_and_somebody_elses_chunks_end_the_session(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    application = Application(content_bytes=100_000)
    stage.say("s1", Prepare(application_id=application.id))
    await stage.got("s1", "prepared")
    stage.say("s1", application.chunks()[1])
    await stage.got("s2", "promote")
    stage.say("s2", Application().chunks()[0])
    await stage.got("s3", "promote")
    reasons = [end["reason"] for end in terminal.board.shown()["session_ends"]]
    assert reasons == ["bad_message", "bad_message"]


async def test_a_receipt_reaches_only_the_session_that_made_the_application(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    application = Application()
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    earlier, mine = (
        Delivered(
            application_id=each, filing_no="33010600-20261121-000001", received_at="2026-11-21T08:00:00Z"
        )
        for each in (str(uuid4()), application.id)
    )
    terminal.desk.delivered(earlier)
    terminal.desk.delivered(mine)
    assert (await stage.got("s1", "delivered"))["application_id"] == application.id


async def test_paper_that_was_begun_by_a_dead_session_is_flushed_by_the_next(
    terminal: Terminal, stage: Stage
) -> None:
    def job(state: PrintState, number: int) -> PrintJob:
        return PrintJob(job_id=str(uuid4())[:-1] + str(number), state=state, sha256="0" * 64)

    assert (await stage.got("s1", "promote"))["flush_printer"]  # nobody knows what was before the start
    started = job("started", 1)
    stage.say("s1", started)
    stage.order("s1", raw=started.model_copy(update={"state": "printed"}).model_dump_json(), then_die=True)
    assert not (await stage.got("s2", "promote"))["flush_printer"]
    begun = job("started", 2)
    stage.order("s2", raw=begun.model_dump_json(), then_die=True)
    assert (await stage.got("s3", "promote"))["flush_printer"]
    assert await terminal.queue.run(lambda outbox: outbox.paper.open()) == []
    stage.order("s3", raw=StepShown(step="welcome").model_dump_json(), then_die=True)
    assert (await stage.got("s4", "promote"))["flush_printer"]  # the third died before it could
    stage.order("s4", raw=PrinterFlushed().model_dump_json(), then_die=True)
    assert not (await stage.got("s5", "promote"))["flush_printer"]


@pytest.mark.usefixtures("terminal")
async def test_wrong_pins_are_counted_and_locked_and_a_number_nobody_has_is_not_told_apart(
    stage: Stage,
) -> None:
    await stage.got("s1", "promote")
    answers = {}
    for number in ("2041", "9999"):
        for _ in range(6):
            stage.say("s1", PinAttempt(staff_no=number, pin="000000"))
        nth = 12 if number == "9999" else 6
        await stage.got("s1", "pin_refused", nth)
        refused = [note for note in stage.notes("s1") if note.get("kind") == "pin_refused"]
        answers[number] = [(note["reason"], note["retry_after_s"]) for note in refused[-6:]]
    assert answers["2041"] == [("wrong", 0)] * 4 + [("wrong", 15), ("locked", 15)]
    assert answers["9999"] == answers["2041"]
    stage.say("s1", PinAttempt(staff_no="2041", pin="739154"))
    assert (await stage.got("s1", "pin_refused", 13))["reason"] == "locked"


async def test_the_right_pin_is_accepted_and_clears_the_count(terminal: Terminal, stage: Stage) -> None:
    await stage.got("s1", "promote")
    for _ in range(3):
        stage.say("s1", PinAttempt(staff_no="2041", pin="000000"))
    stage.say("s1", PinAttempt(staff_no="2041", pin="739154"))
    assert (await stage.got("s1", "pin_accepted"))["staff_no"] == "2041"
    assert (await terminal.queue.run(lambda outbox: outbox.pins.lock("2041"))).failures == 0


async def test_the_board_knows_the_devices_only_while_their_session_lives(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    stage.say("s1", HealthReport(devices={"printer": DeviceHealth(state="online")}))
    await until(lambda: terminal.board.shown()["devices"], "the report")
    os.kill(stage.notes("s1")[0]["pid"], signal.SIGKILL)
    await stage.got("s2", "promote")
    assert terminal.board.shown()["devices"] == {}


async def test_a_rating_is_kept_for_the_application_of_this_session_only(
    terminal: Terminal, stage: Stage
) -> None:
    await stage.got("s1", "promote")
    application = Application()
    await send(stage, "s1", application)
    await stage.got("s1", "committed")
    stage.say("s1", Rating(application_id=application.id, level=5))
    await until(lambda: terminal.pokes == 2, "the rating waits for the platform")
    stage.say("s1", Rating(application_id=str(uuid4()), level=1))
    await stage.got("s2", "promote")


async def test_a_session_reprints_its_own_slip_and_only_once(terminal: Terminal, stage: Stage) -> None:
    first, again, more = (str(uuid4()) for _ in range(3))

    def printed(job_id: str, of: str | None = None) -> PrintJob:
        reason: ReprintReason | None = None if of is None else "torn"
        return PrintJob(job_id=job_id, state="printed", sha256="0" * 64, reprint_of=of, reprint_reason=reason)

    await stage.got("s1", "promote")
    stage.say("s1", printed(first))
    stage.say("s1", printed(again, first))
    stage.say("s1", printed(more, first))
    await stage.got("s2", "promote")  # a third slip is no right session's
    stage.say("s2", printed(str(uuid4()), first))
    await stage.got("s3", "promote")  # nor is another's
    reasons = [end["reason"] for end in terminal.board.shown()["session_ends"]]
    assert reasons == ["bad_message", "bad_message"]
