"""The terminal from its start to its end: boot checks, queue, every part at work, an orderly stop."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog

from config.problems import problems
from config.settings import Settings
from kiosk.terminal import control
from kiosk.terminal.answers import answers
from kiosk.terminal.boot import BootRefused, ServiceManager, only_terminal
from kiosk.terminal.queue_file import QUEUE_FILE, open_outbox
from kiosk.terminal.session_process import clear_old_homes
from kiosk.terminal.wiring import Wiring
from offline_queue.failures import StorageFailed, StorageFailure, UnreadableFile, WeakSettings
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey

EXIT_STORAGE = 3
"""The disk can no longer be trusted: the next start checks the queue before it uses it."""


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
    manager = ServiceManager(os.environ)
    async with _line(settings) as (queue, client):
        wiring = Wiring(settings, session_argv, queue, client)
        await wiring.desk.recall()
        await wiring.keeping.judge()
        async with control.serving(settings.terminal.runtime_dir, answers(settings.terminal.id, wiring)):
            manager.ready()
            try:
                await _until_stopped(wiring, manager)
            finally:
                wiring.tallies.write()


async def _until_stopped(wiring: Wiring, manager: ServiceManager) -> None:
    """Let every part work until somebody says stop, or one of them ends."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work = [
        asyncio.ensure_future(stop.wait()),
        *(asyncio.ensure_future(each) for each in wiring.work(lambda: manager.alive(time.monotonic()))),
    ]
    try:
        await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    finally:
        manager.stopping()
        for task in work:
            task.cancel()
        await asyncio.wait(work)
    for task in work:
        if not task.cancelled():
            task.result()


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


def _make_directories(settings: Settings) -> None:
    for directory in (settings.terminal.state_dir, settings.terminal.runtime_dir):
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BootRefused(f"{directory}: {error.strerror}") from None
