"""The desk: what the terminal does for the visible session. It numbers, keeps, checks, counts, and remembers.

What the next session must be told the moment it is promoted (an application kept but never shown, paper in
doubt) is remembered here in memory too: a promotion never waits for the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

import structlog

from kiosk.messages import (
    AskSharedData,
    BadMessage,
    CallGuide,
    CallOver,
    ClockOffset,
    ClockTrust,
    Commit,
    CommitRefusal,
    CommitRefused,
    Committed,
    Delivered,
    FromSession,
    FromTerminal,
    GuideOpened,
    HealthReport,
    KeptNotice,
    Leaving,
    NothingFound,
    OutcomeShown,
    PinAccepted,
    PinAttempt,
    Prepare,
    Prepared,
    PrinterFlushed,
    PrintJob,
    Promote,
    Rating,
    SealedChunk,
)
from kiosk.terminal.asking import SharedDataDesk
from kiosk.terminal.calling import CallDesk
from kiosk.terminal.collecting import Collecting
from kiosk.terminal.entries import audit, keep, rate
from kiosk.terminal.guides import Guides
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.tallies import Tallies
from kiosk.terminal.visit import Visit
from offline_queue.failures import Refused, StorageFull
from offline_queue.outbox import KEPT_NOTICE, Outbox
from offline_queue.outbox_thread import OutboxThread

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Surroundings:
    """What the desk asks of the rest of the terminal."""

    today: Callable[[], date]
    clock_trust: Callable[[], ClockTrust]
    clock_offset: Callable[[], ClockOffset | None]
    committed: Callable[[], None]
    """Something new waits for the platform."""
    has_room: Callable[[], bool]
    """Whether the disk has the free space that the settings ask for; called on the queue's thread."""


@dataclass
class _LastKept:
    application_id: str
    local_no: str
    kept_s: float


class Desk:
    """Answers visible sessions, one after the other. Made with `Desk.open`; `clock` is monotonic seconds."""

    def __init__(
        self,
        queue: OutboxThread,
        guides: Guides,
        board: HealthBoard,
        surroundings: Surroundings,
        shared_data: SharedDataDesk,
        tallies: Tallies,
        calls: CallDesk,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue = queue
        self._guides = guides
        self._board = board
        self._surroundings = surroundings
        self._shared_data = shared_data
        self._tallies = tallies
        self._calls = calls
        self._clock = clock
        self._log = structlog.get_logger()
        self._visit: Visit | None = None
        self._unshown: _LastKept | None = None
        self._paper_in_doubt = False

    async def recall(self) -> None:
        """After a start: find out what an earlier terminal left unsaid and unprinted."""
        local_no = await self._queue.run(Outbox.unshown_kept)
        if local_no is not None:
            self._unshown = _LastKept("", local_no, self._clock())
        # An earlier start may have marked a job and died before a session flushed it: flush anyway.
        self._paper_in_doubt = True
        await self._end_paper()

    def open_visit(self, session: str, send: Callable[[FromTerminal], None]) -> Visit:
        """Turn to a session that is now the visible one."""
        self._visit = Visit(session, send)
        return self._visit

    def promotion(self) -> Promote:
        """What a session must know the moment it becomes the visible one."""
        notice = self._unshown
        if notice is not None and self._clock() - notice.kept_s > KEPT_NOTICE.total_seconds():
            notice = None
        return Promote(
            reach=self._board.reach,
            kept_notice=None if notice is None else KeptNotice(local_no=notice.local_no),
            flush_printer=self._paper_in_doubt,
            uses=self._tallies.uses(),
            keeping=self._board.keeping,
            envelope_key=self._board.envelope_key,
            revoked=self._board.revoked,
        )

    def step_shown(self, visit: Visit, *, welcome: bool) -> None:
        """The screen went on; a visit lasts from the first page after the welcome page."""
        if welcome:
            visit.began_s = None
        elif visit.began_s is None:
            visit.began_s = self._clock()

    async def close_visit(self, visit: Visit) -> None:
        """The session is gone; nobody will ever know what became of a paper it had begun."""
        visit.collecting = None
        self._shared_data.give_up(visit.questions)
        self._calls.give_up(visit.calls)
        if visit is self._visit:
            self._visit = None
        await self._end_paper()
        for application_id in visit.kept:
            await self._noted(partial(audit, application_id, visit, self._clock()), "audit")
            self._surroundings.committed()

    def delivered(self, receipt: Delivered) -> None:
        """Tell the session that made the application, if it is still there."""
        if self._visit is not None and receipt.application_id in self._visit.kept:
            self._visit.send(receipt)

    async def answer(self, visit: Visit, message: FromSession) -> None:
        """Do what a session asks. Raises `BadMessage` for what no right session says."""
        match message:
            case Prepare():
                await self._prepare(visit, message.application_id)
            case SealedChunk():
                visit.arriving(message.application_id).take(message)
            case Commit():
                await self._commit(visit, message)
            case OutcomeShown():
                visit.check_kept(message.application_id)
                await self._shown(visit, message.application_id)
            case PinAttempt():
                verdict = await self._guides.check(message)
                outcome = "accepted" if isinstance(verdict, PinAccepted) else verdict.reason
                self._log.info(
                    "pin_checked", session=visit.session, staff_no=message.staff_no, outcome=outcome
                )
                visit.send(verdict)
            case AskSharedData():
                self._shared_data.pass_on(visit.questions, message)
            case PrintJob():
                await self._paper(visit, message)
            case PrinterFlushed():
                self._paper_in_doubt = False
            case Rating():
                visit.check_kept(message.application_id)
                await self._noted(partial(rate, message), "rating")
                self._surroundings.committed()
            case GuideOpened(item=item):
                if visit.first_time(item):
                    self._tallies.used(item)
            case NothingFound(words=words):
                if visit.first_time(words):
                    self._tallies.found_nothing(words)
            case CallGuide():
                self._calls.call(visit.calls, message)
            case CallOver():
                self._calls.give_up(visit.calls)
            case HealthReport():
                self._board.devices_reported(message.devices)
            case Leaving(reason=reason):
                visit.ended = reason
            case _:
                raise BadMessage(f"{message.kind}: not for the desk")

    # ---- applications ------------------------------------------------------------------------------------

    async def _prepare(self, visit: Visit, application_id: str) -> None:
        today = self._surroundings.today()
        local_no = await self._queue.run(lambda outbox: outbox.next_local_no(today))
        clock_trust = self._surroundings.clock_trust()
        visit.collecting = Collecting(application_id, local_no, clock_trust)
        visit.send(
            Prepared(
                application_id=application_id,
                local_no=local_no,
                clock_trust=clock_trust,
                clock_offset=self._surroundings.clock_offset(),
                reach=self._board.reach,
            )
        )

    async def _commit(self, visit: Visit, commit: Commit) -> None:
        collecting = visit.arriving(commit.application_id)
        if commit.local_no != collecting.local_no:
            raise BadMessage("commit.local_no: not the prepared one")
        refusal: CommitRefusal
        if commit.offline_policy == "forbidden" and self._board.reach != "online":
            refusal = "item_offline"
        elif not collecting.has(commit.envelope_sha256):
            refusal = "incomplete"
        else:
            try:
                committed = await self._queue.run(
                    partial(keep, self._surroundings.has_room, commit, collecting)
                )
            except (Refused, StorageFull) as error:
                # `StorageFailed` is let through on purpose: after a failed sync nobody knows whether the
                # row is there. The terminal ends, and the session's screen claims neither.
                refusal = error.reason
            else:
                self._kept(visit, commit, committed)
                return
        visit.collecting = None
        self._log.warning(
            "commit_refused", application_id=commit.application_id, item=commit.item, reason=refusal
        )
        visit.send(CommitRefused(application_id=commit.application_id, reason=refusal))

    def _kept(self, visit: Visit, commit: Commit, committed: Committed) -> None:
        visit.collecting = None
        visit.kept.add(commit.application_id)
        self._unshown = _LastKept(commit.application_id, commit.local_no, self._clock())
        self._log.info(
            "application_kept",
            application_id=commit.application_id,
            item=commit.item,
            local_no=commit.local_no,
            reach=self._board.reach,
        )
        visit.send(committed)
        self._tallies.used(commit.item)
        self._surroundings.committed()

    async def _shown(self, visit: Visit, application_id: str) -> None:
        if self._unshown is not None and self._unshown.application_id == application_id:
            self._unshown = None
        shown_at = await self._noted(lambda outbox: outbox.mark_shown(application_id), "shown")
        if shown_at is not None:
            visit.shown_at.setdefault(application_id, shown_at)

    # ---- paper -------------------------------------------------------------------------------------------

    async def _paper(self, visit: Visit, job: PrintJob) -> None:
        visit.check_paper(job)
        if job.paper == "slip":
            visit.slip = "unknown" if job.state == "started" else job.state
        if visit is self._visit:
            # What did not come out may still lie in the printer's buffer, until somebody empties it.
            self._paper_in_doubt = job.state != "printed"
        self._log.info(
            "print_job",
            job_id=job.job_id,
            state=job.state,
            reason=job.reason,
            reprint_of=job.reprint_of,
            reprint_reason=job.reprint_reason,
        )
        reprint = None
        if job.reprint_of is not None and job.reprint_reason is not None:
            reprint = job.reprint_of, job.reprint_reason
        await self._noted(
            lambda outbox: outbox.paper.note(
                job.job_id,
                paper=job.paper,
                state=job.state,
                sha256=job.sha256,
                cause=job.reason,
                reprint=reprint,
            ),
            "print_job",
        )

    async def _end_paper(self) -> None:
        await self._noted(lambda outbox: outbox.paper.end_open("session_ended"), "print_jobs")

    async def _noted(self, call: Callable[[Outbox], _Result], what: str) -> _Result | None:
        """Write down what is good to have and not worth a citizen's time when the disk is full."""
        try:
            return await self._queue.run(call)
        except StorageFull:
            self._log.warning("not_noted", key=what, reason="disk_full")
            return None
