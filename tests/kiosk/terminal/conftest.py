"""Sessions at the wire, and a terminal's parts around a real queue, for every test of the terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.settings import GuideSettings
from kiosk.messages import ClockOffset
from kiosk.terminal.asking import AskPlatform, SharedDataDesk
from kiosk.terminal.calling import CallDesk, PutCall
from kiosk.terminal.desk import Desk, Surroundings
from kiosk.terminal.guides import Guides, pin_scrypt
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.session_process import spawn
from kiosk.terminal.supervisor import Supervisor
from kiosk.terminal.tallies import Tallies
from offline_queue.answers import Answered, CallTaken, NotAnswered
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.signing import TerminalKey
from tests.kiosk.terminal.stage import Stage
from tests.offline_queue.samples import TERMINAL

QUEUE_LIMIT = 3
GUIDE = GuideSettings(staff_no="2041", pin_scrypt=pin_scrypt("739154", bytes(16)))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    directory = tmp_path / "stage"
    directory.mkdir()
    return Stage(directory)


@pytest.fixture
async def queue(tmp_path: Path) -> AsyncIterator[OutboxThread]:
    key = TerminalKey(TERMINAL, Ed25519PrivateKey.generate())
    queue = await OutboxThread.open(
        lambda: Outbox.open(tmp_path / "queue.sqlite", key=key, clock=system_clock, queue_limit=QUEUE_LIMIT)
    )
    yield queue
    await queue.close()


async def _nobody(_question_id: str, _sealed: bytes) -> Answered | NotAnswered:
    return NotAnswered("offline", "no platform")


async def _nobody_calls(_call_id: str, *, wanted: bool) -> CallTaken | NotAnswered:
    del wanted
    return NotAnswered("offline", "no platform")


class Terminal:
    """The supervisor and the desk of one terminal, running, with sessions at the wire."""

    def __init__(self, stage: Stage, runtime_dir: Path, queue: OutboxThread) -> None:
        self.board = HealthBoard(lambda: datetime.now(UTC))
        self.board.reach = "online"
        self.pokes = 0
        self.ticks = 0
        self.queue = queue
        self.has_room = True
        self.ask: AskPlatform = _nobody
        surroundings = Surroundings(
            today=lambda: date(2026, 11, 21),
            clock_trust=lambda: "platform",
            clock_offset=lambda: ClockOffset(offset_ms=-2500, uncertainty_ms=40, age_s=7),
            committed=self._poke,
            has_room=lambda: self.has_room,
        )
        self.shared_data = SharedDataDesk(TERMINAL, self._asked, lambda: self.board.reach)
        self.folder = runtime_dir
        self.tallies = Tallies(runtime_dir / "tallies.json", surroundings.today, bytes(32))
        guides = Guides([GUIDE], queue)
        self.put_call: PutCall = _nobody_calls
        self.calls = CallDesk(self._called, lambda: self.board.reach, again_s=0.05)
        self.desk = Desk(queue, guides, self.board, surroundings, self.shared_data, self.tallies, self.calls)
        self.skipped_s = 0.0
        self.supervisor = Supervisor(
            lambda name: spawn(name, stage.argv(), runtime_dir, runtime_dir / "log"),
            self.desk,
            self.board,
            clock=lambda: time.monotonic() + self.skipped_s,
        )

    def _poke(self) -> None:
        self.pokes += 1

    async def _asked(self, question_id: str, sealed: bytes) -> Answered | NotAnswered:
        return await self.ask(question_id, sealed)

    async def _called(self, call_id: str, *, wanted: bool) -> CallTaken | NotAnswered:
        return await self.put_call(call_id, wanted=wanted)

    def tick(self) -> None:
        self.ticks += 1


@pytest.fixture
async def terminal(stage: Stage, tmp_path: Path, queue: OutboxThread) -> AsyncIterator[Terminal]:
    terminal = Terminal(stage, tmp_path, queue)
    await terminal.desk.recall()
    running = [
        asyncio.ensure_future(terminal.supervisor.run(terminal.tick)),
        asyncio.ensure_future(terminal.shared_data.run()),
        asyncio.ensure_future(terminal.calls.run()),
    ]
    yield terminal
    for each in running:
        each.cancel()
    await asyncio.wait(running)
    for each in running:
        if not each.cancelled():
            await each  # it failed by itself: say so
