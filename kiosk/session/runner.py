"""Keeps one session going: takes events, advances the machine, starts and cancels the work of each stage."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from datetime import datetime

import structlog

from config.hall_time import HALL_ZONE
from devices.statuses import DeviceFault
from kiosk import messages as msg
from kiosk.packets import PeerStalled
from kiosk.session import errands
from kiosk.session import events as ev
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.finders import finder_of, unfound
from kiosk.session.finding import in_words
from kiosk.session.hall import Hall
from kiosk.session.idling import Presence, next_deadline, noted, paced
from kiosk.session.machine import advance
from kiosk.session.platform_key import NotAnnounced, announced
from kiosk.session.sights import Sight
from kiosk.session.stages import FindPage, GuidePage, Outcome, RatingPage, Session, Stage, Standby
from kiosk.session.work import Work, work_of

log = structlog.get_logger()


class Runner:
    """One session on the services thread. All methods belong to the thread of its loop."""

    def __init__(
        self,
        hall: Hall,
        equipment: Equipment,
        *,
        on_session: Callable[[Session], None],
        on_preview: Callable[[Sight | None], None],
    ) -> None:
        self.session = Session(Standby(), hall)
        self._link = equipment.link
        self._settings = equipment.settings
        self._clock = equipment.clock
        self._on_session = on_session
        self._over = asyncio.Event()
        self._context = Context(equipment, lambda: self.session, self.post, on_preview, self._over.set)
        self._work: Work | None = None
        self._task: asyncio.Task[None] | None = None
        self._presence = Presence(seen_s=self._now_s())
        self._noted = asyncio.Event()
        self._call_id = ""
        self._indexing: asyncio.Task[None] | None = None
        self._failure: BaseException | None = None

    async def run(self) -> None:
        """Serve until this process is to end. What nobody foresaw ends it too, loudly."""
        self._on_session(self.session)
        running = [self._watched(doing) for doing in (self._listen(), self._idle(), self._warm_up())]
        try:
            await self._over.wait()
        finally:
            for task in (*running, self._task, self._indexing):
                if task is not None:
                    task.cancel()
        if self._failure is not None:
            raise self._failure

    def post(self, event: ev.Event) -> None:
        """Let `event` happen. Only what changes the session is told on."""
        before = self.session
        if isinstance(event, ev.Rated) and isinstance(before.stage, RatingPage):
            self._send(msg.Rating(application_id=before.stage.application_id, level=event.level))
        self.session = advance(before, event)
        self._presence = noted(self._presence, self.session, self._now_s(), event)
        self._noted.set()
        if self.session == before:
            return
        if type(self.session.stage) is not type(before.stage):
            log.info("stage_entered", state=type(self.session.stage).__name__)
        self._count(before.stage)
        if self._indexing is None and in_words(self.session.stage):
            self._indexing = self._watched(self._index())
        if self.session.offer is not None and before.offer is None:
            log.info("help_offered", reason=self.session.offer.value, step=self.session.struggle.place)
        if self.session.call == "asking" and before.call != "asking":
            self._call_id = str(uuid.uuid4())
            self._send(msg.CallGuide(call_id=self._call_id))
        if isinstance(event, ev.CallNoted) and before.call in {"told", "coming"}:
            self._send(msg.CallOver())
        self._on_session(self.session)
        self._context.changed.set()
        self._begin_work()

    def _count(self, before: Stage) -> None:
        """Tell what is counted without persons: a guide that was opened, words that found nothing.

        Words count when their writer gives them up: leaves the page, or looks along the shelves instead.
        """
        now, hall = self.session.stage, self.session.hall
        if isinstance(now, GuidePage) and not isinstance(before, GuidePage):
            self._send(msg.GuideOpened(item=now.matter.id))
        if isinstance(before, FindPage) and not in_words(now) and (words := unfound(before.query, hall)):
            self._send(msg.NothingFound(words=words))

    def beat(self) -> None:
        """Both threads are alive: the GUI thread asked for this, and this one does it."""
        self._send(msg.Heartbeat())

    def rendered(self) -> None:
        """The first frame is on the screen's back: this session can be promoted."""
        self._send(msg.Ready())

    def shown(self, step: str) -> None:
        """The screen shows `step` now."""
        self._send(msg.StepShown(step=step))
        if step == "outcome" and isinstance(self.session.stage, Outcome):
            self._send(msg.OutcomeShown(application_id=self.session.stage.application_id))

    def _send(self, message: msg.FromSession) -> None:
        try:
            self._link.send(message)
        except PeerStalled:
            # A terminal that does not read is as good as gone; the end of the pipe will say so.
            log.warning("terminal_stalled")

    def _begin_work(self) -> None:
        work = work_of(self.session, self._settings.patience)
        if work == self._work:
            return
        if self._task is not None:
            self._task.cancel()
        self._work = work
        self._task = None if work is None else self._watched(errands.do(work, self._context))

    def _watched(self, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start something whose unforeseen failure ends the session."""
        task = asyncio.create_task(doing)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._failure = task.exception()
            self._over.set()

    async def _warm_up(self) -> None:
        """Load the face models while nobody waits for them."""
        try:
            await self._context.equipment.eyes.start()
        except DeviceFault as fault:
            log.warning("device_failed", device="face_worker", reason=fault.reason.value)

    async def _index(self) -> None:
        """Index the words of every matter: only for who looks for one, for it weighs 50 MB."""
        self.post(ev.FinderReady(await asyncio.to_thread(finder_of, self.session.hall)))

    async def _listen(self) -> None:
        while True:
            message = await self._link.receive()
            if message is None:
                log.error("terminal_gone")
                self.post(ev.TerminalGone())
                return
            self._hear(message)

    def _hear(self, message: msg.FromTerminal) -> None:
        match message:
            case msg.Promote() as promoted:
                self._context.flush_printer = promoted.flush_printer
                self._learn(promoted.envelope_key)
                self._context.revoked_keys = frozenset(promoted.revoked.envelope_keys)
                kept = None if promoted.kept_notice is None else promoted.kept_notice.local_no
                today = self._clock().date()
                withdrawn = _matters(promoted.revoked)
                self.post(
                    ev.Promoted(promoted.reach, kept, today, promoted.uses, promoted.keeping, withdrawn)
                )
            case msg.ReachChanged(reach=reach):
                self.post(ev.ReachChanged(reach))
            case msg.KeepingChanged(keeping=keeping):
                self.post(ev.KeepingChanged(keeping))
            case msg.EnvelopeKeyChanged(envelope_key=text):
                self._learn(text)
            case msg.RevokedChanged(revoked=revoked):
                self._context.revoked_keys = frozenset(revoked.envelope_keys)
                self.post(ev.MattersWithdrawn(_matters(revoked)))
            case msg.Prepared() | msg.Committed() | msg.CommitRefused():
                self._context.answers.put_nowait(message)
            case msg.SharedDataTold() | msg.SharedDataMissing():
                self._context.told.put_nowait(message)
            case msg.Delivered() as told:
                numbers = {each.item: each.filing_no for each in told.members}
                self.post(ev.Received(told.filing_no, _local(told.received_at), told.statement, numbers))
            case msg.CallAnswered(call_id=self._call_id, state=state):
                self.post(ev.CallAnswered(state))
            case msg.CallAnswered():
                pass  # of an earlier call
            case msg.PinAccepted(staff_no=staff_no):
                self.post(ev.PinAccepted(staff_no))
            case msg.PinRefused(reason=reason, retry_after_s=retry_after_s):
                self.post(ev.PinRefused(reason, retry_after_s))

    def _learn(self, announcement: str | None) -> None:
        """Seal to the platform's newer key, if it is the platform's; else to the one that was good so far."""
        if announcement is None:
            return
        word, suite = self._context.equipment.platform_word, self._settings.platform.envelope_suite
        try:
            self._context.announced_key = announced(announcement, word=word, suite=suite)
        except NotAnnounced as error:
            log.warning("envelope_key_refused", reason=str(error))

    async def _idle(self) -> None:
        """Let happen what nobody's touch has prevented: see `kiosk.session.idling`."""
        while True:
            self._noted.clear()
            patience = paced(self._settings.patience, self.session.ease)
            deadline = next_deadline(self._presence, self.session, patience)
            wait_s = None if deadline is None else max(0.0, deadline.at_s - self._now_s())
            try:
                async with asyncio.timeout(wait_s):
                    await self._noted.wait()
            except TimeoutError:
                if deadline is not None:
                    self.post(deadline.event)

    def _now_s(self) -> float:
        return asyncio.get_running_loop().time()


def _matters(revoked: msg.Revoked) -> frozenset[tuple[str, str]]:
    return frozenset((each.item, each.version) for each in revoked.matters)


def _local(moment: str) -> datetime:
    """A moment of the platform's as the hall's clock shows it."""
    return datetime.fromisoformat(moment).astimezone(HALL_ZONE)
