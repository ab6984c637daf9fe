"""Gets what the platform publishes, once a status says that something is new, and gives it to its taker.

Revocations first, for they cannot wait; the rest makes way for applications, which it shares the line with.
What is refused is noted with its reason and not fetched again until another number comes; what could not be
had is tried again after the next status, with growing random waits. What this terminal's settings keep it
from taking is not fetched at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, get_args

import structlog

from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import NotNow, NotTaken, Taker
from offline_queue.answers import LineDown
from offline_queue.downstream import Kind, Publication, PublicationList, Report
from offline_queue.fetching import AskPiece, NotAsListed, NotFetched, fetch, sweep
from offline_queue.schedule import full_jitter

RETRY_CAP_S: Final = 300.0
SPREAD_BYTES_PER_S: Final = 64 * 1024
"""A hall's terminals begin a large download at different moments: within a second for each so many bytes."""

SPREAD_CAP_S: Final = 300.0
BUSY_CHECK_S: Final = 0.5
BUSY_CAP_S: Final = 60.0
"""A piece waits so long for applications under way; then one goes between, so that nothing waits for ever."""

AskList = Callable[[], Awaitable[PublicationList | LineDown]]

_log = structlog.get_logger()


@dataclass(frozen=True)
class Line:
    """What the desk asks of the rest of the terminal."""

    ask_list: AskList
    ask_piece: AskPiece
    report: Callable[[Report], Awaitable[LineDown | None]]
    busy: Callable[[], Awaitable[bool]]
    """Whether applications are under way."""
    has_room: Callable[[int], bool]
    """Whether the disk takes so many bytes more."""
    random: Callable[[], float]
    """0…1."""


class DownstreamDesk:
    """Runs until cancelled; `named` is what a status says."""

    def __init__(self, book: Book, takers: Mapping[Kind, Taker], line: Line) -> None:
        self.book = book
        self._takers = takers
        self._line = line
        # Nothing was ever published: what a platform says that knows of no such thing, too.
        self._wanted = self._seen = 0
        self._named, self._changed = asyncio.Event(), asyncio.Event()
        self._reported = Report()
        self._hindered: Publication | None = None

    def again(self) -> None:
        """Something else has changed what is in force: the platform is told after the next status."""
        self._seen = -1

    def named(self, published: int) -> None:
        """Take note of how much was ever published."""
        if published != self._wanted:
            self._wanted = published
            self._changed.set()
        self._named.set()

    async def run(self) -> None:
        """Get what is new, for ever."""
        failures = 0
        while True:
            await self._named.wait()
            self._named.clear()
            if self._wanted == self._seen:
                continue
            self._changed.clear()
            if await self._round():
                failures = 0
            else:
                await self._rest(full_jitter(failures, cap_s=RETRY_CAP_S, random=self._line.random()))
                failures += 1

    async def _round(self) -> bool:
        """Get what is listed; False where something of it has to be tried again."""
        listed = await self._line.ask_list()
        if isinstance(listed, LineDown):
            _log.warning("downstream_missing", reason=listed.cause)
            return False
        self._wanted = listed.published
        try:
            self.book.make_folder()
            sweep(self.book.folder, listed.current)
        except OSError as error:
            _log.warning("downstream_missing", reason=error.strerror or "disk")
            return False
        current = sorted(listed.current, key=lambda each: get_args(Kind).index(each.kind))
        done = [await self._had(each) for each in current]
        done.append(await self._told())
        if all(done):
            self._seen = listed.published
        return all(done)

    async def _told(self) -> bool:
        """Tell the platform what became of it all, if that is news; False where it has to be tried again."""
        refused = {kind: self.book.page(kind).refused for kind in self._takers}
        report = Report(
            tuple((kind, taker.in_force) for kind, taker in self._takers.items() if taker.in_force),
            tuple((kind, what.number, what.reason) for kind, what in refused.items() if what is not None),
        )
        if report == self._reported:
            return True
        down = await self._line.report(report)
        if down is not None:
            _log.warning("downstream_not_reported", reason=down.cause)
            return False
        self._reported = report
        return True

    async def _had(self, wanted: Publication) -> bool:
        """See to one publication; False where it has to be tried again."""
        taker, refused = self._takers[wanted.kind], self.book.page(wanted.kind).refused
        if (hindrance := taker.hindrance) is not None:
            if self._hindered != wanted:
                _log.warning("downstream_refused", key=wanted.kind, version=wanted.number, reason=hindrance)
            self._hindered = wanted
            return True
        if wanted.number == taker.number or (refused is not None and wanted.number == refused.number):
            return True
        try:
            await self._take(taker, wanted)
        except (NotTaken, NotAsListed) as refusal:
            reason = str(refusal)
            _log.warning("downstream_refused", key=wanted.kind, version=wanted.number, reason=reason)
            await self._note(lambda: self.book.refuse(wanted.kind, wanted.number, reason))
        except (NotFetched, NotNow) as failure:
            _log.warning("downstream_postponed", key=wanted.kind, version=wanted.number, reason=str(failure))
            return False
        return True

    async def _take(self, taker: Taker, wanted: Publication) -> None:
        if wanted.number < taker.number:
            raise NotTaken(f"older than {taker.number}, which is here")
        if not self._line.has_room(wanted.bytes):
            raise NotNow("disk_full")
        await self._rest(min(SPREAD_CAP_S, self._line.random() * wanted.bytes / SPREAD_BYTES_PER_S))
        file = await fetch(self._line.ask_piece, wanted, self.book.folder, self._turn)
        try:
            await taker.take(file, wanted)
        except NotTaken:
            await self._note(file.unlink)
            raise
        _log.info("downstream_taken", key=wanted.kind, version=wanted.number)
        await self._note(lambda: self.book.take(wanted.kind, wanted.number))
        await self._note(file.unlink)

    async def _turn(self) -> bool:
        """Let applications go first, for a while; False when the list is no longer the newest."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BUSY_CAP_S):
                while await self._line.busy():  # noqa: ASYNC110 - what another thread leases has no event
                    await asyncio.sleep(BUSY_CHECK_S)
        return not self._changed.is_set()

    async def _rest(self, wait_s: float) -> None:
        """Wait, unless something newer is published."""
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._changed.wait()

    async def _note(self, write: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(write)
        except OSError as error:
            # Good for this run; after the next start it is found out again.
            _log.warning("not_noted", key="downstream", reason=error.strerror or "unknown")
