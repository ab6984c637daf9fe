"""The terminal put together: boot checks, queue, sync, supervisor, control socket, and an orderly end."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import secrets
import shutil
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from config.bundle import read_key
from config.hall_time import hall_today
from config.lint.catalogue import errors_in
from config.plain import BadFile
from config.problems import problems
from config.settings import Settings
from kiosk.messages import Delivered, DeliveredMember, PlatformReach
from kiosk.terminal import control
from kiosk.terminal.asking import SharedDataDesk
from kiosk.terminal.boot import BootRefused, ServiceManager, only_terminal
from kiosk.terminal.calling import CallDesk
from kiosk.terminal.catalogue_desk import CatalogueDesk
from kiosk.terminal.catalogues import Catalogues, Version
from kiosk.terminal.desk import Desk, Surroundings
from kiosk.terminal.from_above import FromAbove, as_told
from kiosk.terminal.guides import Guides
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.keeping_limits import KeepingWatch, Limits
from kiosk.terminal.session_process import SessionProcess, clear_old_homes, spawn
from kiosk.terminal.supervisor import Supervisor
from kiosk.terminal.tallies import TALLIES_FILE, Tallies
from offline_queue.clock import system_clock
from offline_queue.downstream import Revocations
from offline_queue.envelope_key import KEY_FILE, EnvelopeKeyWatch
from offline_queue.failures import StorageFailed, StorageFailure, UnreadableFile, WeakSettings
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.progress import progress
from offline_queue.queue_questions import QUESTIONS
from offline_queue.queue_values import QueueLine
from offline_queue.renewal import Renewal
from offline_queue.restore_into import restore_into
from offline_queue.signing import PlatformWord, Receipt, TerminalKey
from offline_queue.statement_chain import Witness
from offline_queue.sync import Sync

QUEUE_FILE = "queue.sqlite"
"""The outbox, in `terminal.state_dir`."""

EXIT_STORAGE = 3
"""The disk can no longer be trusted: the next start checks the queue before it uses it."""

_MEGABYTE = 1_000_000


async def run_terminal(settings: Settings, session_argv: Sequence[str]) -> int:
    """Run until SIGTERM or SIGINT; give the exit status. Raises `BootRefused` before anything is changed.

    `session_argv` is the command that starts one session; `--catalogue FILE --fd N` is appended to it.
    """
    found = problems(settings)
    if found:
        raise BootRefused("\n".join(str(problem) for problem in found))
    _make_directories(settings)
    with only_terminal(settings.terminal.state_dir):
        # Inherited by every session: what a process knows must not end up in a file when it crashes.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        log = structlog.get_logger()
        old = await clear_old_homes(settings.terminal.runtime_dir)
        log.info("terminal_starting")
        if old:
            log.warning("old_sessions_removed", count=old)
        status = 0
        try:
            await _serve(settings, session_argv)
        except* StorageFailed:
            status = EXIT_STORAGE
        if status == EXIT_STORAGE:
            log.error("storage_failed", path=str(settings.terminal.state_dir / QUEUE_FILE))
        log.info("terminal_stopped", exit_status=status)
        return status


async def _serve(settings: Settings, session_argv: Sequence[str]) -> None:
    terminal = settings.terminal
    manager = ServiceManager(os.environ)
    async with AsyncExitStack() as stack:
        queue, client = await stack.enter_async_context(_line(settings))
        board = HealthBoard(lambda: datetime.now(UTC))
        sync = Sync(
            queue,
            client,
            clock=system_clock,
            random=random.random,
            nonce=partial(secrets.token_hex, 16),
            probe_interval_s=settings.platform.probe_interval_s,
            retry_cap_s=settings.platform.retry_cap_s,
            on_reach=lambda reach: _reach_changed(board, supervisor, renewal, reach),
            on_delivered=lambda *delivery: _arrived(desk, keeping, _delivered(*delivery)),
            on_envelope_kid=lambda kid: envelope_key.named(kid),  # noqa: PLW0108 - it does not exist yet
            on_published=lambda published: above.desk.named(published),  # noqa: PLW0108 - nor does it
        )
        renewal, envelope_key = (
            _renewal(settings, client, sync),
            _key_watch(
                settings, client, board, on_change=lambda text: _key_changed(board, supervisor, keeping, text)
            ),
        )
        has_room = partial(_has_room, terminal.state_dir, terminal.free_space_floor_mb)
        keeping = KeepingWatch(
            queue,
            board,
            _limits(settings),
            terminal.state_dir,
            has_room=has_room,
            has_key=lambda: bool(envelope_key.kids - above.revocations.envelope_keys),
            now=lambda: datetime.now(UTC),
            on_change=lambda changed: supervisor.tell_keeping(changed),  # noqa: PLW0108 - it does not exist yet
        )

        def committed() -> None:
            sync.poke()
            keeping.wake()

        guides = Guides(settings.guides, queue)
        shared_data, calls = (
            SharedDataDesk(terminal.id, client.ask_shared_data, lambda: board.reach),
            CallDesk(client.put_call, lambda: board.reach),
        )
        tallies = Tallies(terminal.state_dir / TALLIES_FILE, hall_today, secrets.token_bytes(32))
        desk = Desk(
            queue,
            guides,
            board,
            Surroundings(
                today=hall_today,
                clock_trust=sync.clock_trust,
                clock_offset=sync.clock_offset,
                committed=committed,
                has_room=has_room,
            ),
            shared_data,
            tallies,
            calls,
        )
        catalogue = _catalogue(
            settings,
            lambda: supervisor.renew(),  # noqa: PLW0108 - it does not exist yet
            lambda version: above.rolled_back(version),  # noqa: PLW0108 - nor does it
        )

        def start(name: str) -> SessionProcess:
            argv = [*session_argv, "--catalogue", str(catalogue.version.compiled)]
            return spawn(name, argv, terminal.runtime_dir, settings.log.file)

        supervisor = Supervisor(start, desk, board, started=catalogue.session_started)

        above = FromAbove(
            settings,
            client,
            queue,
            catalogue,
            on_revoked=partial(_revoked, board, supervisor, catalogue, keeping, envelope_key),
            renew=supervisor.renew,
        )
        await desk.recall()
        await keeping.judge()

        async def status(_question: Mapping[str, Any]) -> control.Answer:
            here = {
                "terminal": terminal.id,
                "catalogue": catalogue.version.name,
                "downstream": above.desk.book.shown(),
            }
            return here | _line_status(sync, renewal) | await _status(supervisor, board, sync, queue)

        async def restore(question: Mapping[str, Any]) -> control.Answer:
            codes = str(question.get("codes", "")).split("\n")
            answer = await queue.run(lambda outbox: restore_into(outbox, codes))
            sync.poke()
            return answer

        def of_queue(name: str) -> Callable[[Mapping[str, Any]], Awaitable[control.Answer]]:
            async def answer(question: Mapping[str, Any]) -> control.Answer:
                told = await queue.run(lambda outbox: QUESTIONS[name](outbox, question))
                if name == "queue-retry":
                    sync.hurry()
                return told

            return answer

        answers = {
            **{name: of_queue(name) for name in QUESTIONS},
            "status": status,
            "guide-unlock": guides.unlock,
            "queue-progress": _progress(queue, client),
            "queue-restore": restore,
            "catalogue-apply": catalogue.apply,
        }
        await stack.enter_async_context(control.serving(terminal.runtime_dir, answers))
        manager.ready()
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        work = [
            asyncio.ensure_future(stop.wait()),
            asyncio.ensure_future(supervisor.run(lambda: manager.alive(time.monotonic()))),
            asyncio.ensure_future(sync.run()),
            asyncio.ensure_future(keeping.run()),
            asyncio.ensure_future(envelope_key.run()),
            asyncio.ensure_future(renewal.run()),
            asyncio.ensure_future(shared_data.run()),
            asyncio.ensure_future(calls.run()),
            asyncio.ensure_future(above.desk.run()),
        ]
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            manager.stopping()
            for task in work:
                task.cancel()
            await asyncio.wait(work)
            tallies.write()
        for task in work:
            if not task.cancelled():
                task.result()


def _progress(
    queue: OutboxThread, client: PlatformClient
) -> Callable[[Mapping[str, Any]], Awaitable[control.Answer]]:
    async def look(name: str) -> QueueLine | None:
        return await queue.run(lambda outbox: outbox.line(name))

    return lambda question: progress(look, client.case, secrets.token_hex(16), question)


@asynccontextmanager
async def _line(settings: Settings) -> AsyncIterator[tuple[OutboxThread, PlatformClient]]:
    """The queue and the way to the platform; given back in the end. Raises `BootRefused`."""
    path = settings.terminal.state_dir / QUEUE_FILE
    try:
        key = TerminalKey.of(settings.terminal)
        client = PlatformClient(settings.platform, key, settings.terminal.state_dir)
        queue = await OutboxThread.open(lambda: open_outbox(settings, key))
    except UnreadableFile as error:
        raise BootRefused(str(error)) from None
    except WeakSettings as error:
        raise BootRefused(f"{path}: {error}") from None
    except StorageFailure as error:
        raise BootRefused(str(error)) from None
    try:
        yield queue, client
    finally:
        await client.close()
        await queue.close()


def _catalogue(
    settings: Settings, renew: Callable[[], None], on_rolled_back: Callable[[Version], None]
) -> CatalogueDesk:
    """Open the catalogue that sessions are given. Raises `BootRefused`."""
    terminal = settings.terminal
    try:
        key = None if settings.catalogue.key is None else read_key(settings.catalogue.key)
        return CatalogueDesk(
            Catalogues(terminal.state_dir, settings.items_dir),
            key,
            terminal.area_code,
            errors_in,
            renew,
            on_rolled_back,
        )
    except BadFile as bad:
        raise BootRefused(str(bad)) from None


def _revoked(
    board: HealthBoard,
    supervisor: Supervisor,
    catalogue: CatalogueDesk,
    keeping: KeepingWatch,
    envelope_key: EnvelopeKeyWatch,
    revocations: Revocations,
) -> None:
    board.revoked = as_told(revocations)
    supervisor.tell_revoked(board.revoked)
    catalogue.revoked(revocations)
    envelope_key.hurry()
    keeping.wake()


def _arrived(desk: Desk, keeping: KeepingWatch, receipt: Delivered) -> None:
    desk.delivered(receipt)
    keeping.wake()


def _reach_changed(
    board: HealthBoard, supervisor: Supervisor, renewal: Renewal, reach: PlatformReach
) -> None:
    board.reach = reach
    if reach == "online":
        renewal.line_back()
    supervisor.tell_reach(reach)


def _limits(settings: Settings) -> Limits:
    said = settings.platform
    return Limits(said.queue_limit, said.oldest_days, said.offline_days)


def _key_watch(
    settings: Settings, client: PlatformClient, board: HealthBoard, *, on_change: Callable[[str], None]
) -> EnvelopeKeyWatch:
    """Watch for the platform's newer keys; the one that an earlier terminal was told of is on the board."""
    watch = EnvelopeKeyWatch(
        settings.terminal.state_dir / KEY_FILE,
        PlatformWord.load(settings.platform.receipt_key),
        client.envelope_key,
        kid=settings.platform.envelope_kid,
        suite=settings.platform.envelope_suite,
        on_change=on_change,
    )
    board.envelope_key = watch.announcement
    return watch


def _key_changed(
    board: HealthBoard, supervisor: Supervisor, keeping: KeepingWatch, announcement: str
) -> None:
    board.envelope_key = announcement
    supervisor.tell_envelope_key(announcement)
    keeping.wake()


def open_outbox(settings: Settings, key: TerminalKey) -> Outbox:
    """Open the queue that the settings name. Raises `UnreadableFile`, `StorageFailure`."""
    certificate = settings.terminal.certificate
    witness = None
    if certificate is not None:
        witness = Witness.load(certificate, key, PlatformWord.load(settings.platform.receipt_key))
    return Outbox.open(
        settings.terminal.state_dir / QUEUE_FILE,
        key=key,
        clock=system_clock,
        queue_limit=settings.platform.queue_limit,
        witness=witness,
    )


def _delivered(application_id: str, receipt: Receipt, statement: str | None) -> Delivered:
    return Delivered(
        application_id=application_id,
        filing_no=receipt.filing_no,
        received_at=receipt.received_at,
        statement=statement,
        members=tuple(
            DeliveredMember(item=each.item, filing_no=each.filing_no, state=each.state)
            for each in receipt.members
        ),
    )


def _renewal(settings: Settings, client: PlatformClient, sync: Sync) -> Renewal:
    terminal = settings.terminal
    return Renewal(
        client,
        terminal.id,
        terminal.state_dir,
        now=sync.platform_now,
        random=random.random,
        nonce=partial(secrets.token_hex, 16),
        online=lambda: sync.reach == "online",
    )


def _line_status(sync: Sync, renewal: Renewal) -> dict[str, Any]:
    """Why the platform cannot be reached, and how the certificate stands."""
    health = renewal.health()
    return {"platform_lost": sync.cause, "certificate": asdict(health) | {"ends": health.ends.isoformat()}}


async def _status(
    supervisor: Supervisor, board: HealthBoard, sync: Sync, queue: OutboxThread
) -> dict[str, Any]:
    counts = await queue.run(Outbox.counts)
    oldest = counts.oldest_kept_at
    applications = await queue.run(Outbox.recent_states)
    clock_offset = sync.clock_offset()
    return {
        "pid": os.getpid(),
        "clock_trust": sync.clock_trust(),
        "clock_offset": None if clock_offset is None else clock_offset.model_dump(),
        "sessions": [
            {
                "session": seat.process.name,
                "pid": seat.process.pid,
                "state": seat.standing.value,
                "step": seat.step,
            }
            for seat in (supervisor.visible, supervisor.standby)
            if seat is not None
        ],
        **board.shown(),
        "queue": asdict(counts) | {"oldest_kept_at": None if oldest is None else oldest.isoformat()},
        "applications": [asdict(application) for application in applications],
    }


def _make_directories(settings: Settings) -> None:
    for directory in (settings.terminal.state_dir, settings.terminal.runtime_dir):
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BootRefused(f"{directory}: {error.strerror}") from None


def _has_room(directory: Path, floor_mb: int) -> bool:
    return shutil.disk_usage(directory).free >= floor_mb * _MEGABYTE
