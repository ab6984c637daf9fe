"""Terminal, session and platform as processes without a screen, killed at random moments, often.

The terminal is the product's desk, queue and sync behind a pipe; the session is as small as can be, but
speaks the pipe's own messages and seals what it sends; the platform is the reference one, over TLS. All are
forked from this process, which has imported everything, so that a new one is there within milliseconds.

As a program: a folder, how many rounds, a seed, and perhaps a weakness; it prints the figures as JSON.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import random
import secrets
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from central_platform import records, server
from kiosk.messages import (
    SEALED_CHUNK,
    Commit,
    Committed,
    Delivered,
    FromTerminal,
    OutcomeShown,
    Prepare,
    Prepared,
    SealedChunk,
    decode_from_session,
    decode_from_terminal,
    encode,
)
from kiosk.packets import PacketEnd
from kiosk.terminal.asking import SharedDataDesk
from kiosk.terminal.calling import CallDesk
from kiosk.terminal.desk import Desk, Surroundings
from kiosk.terminal.guides import Guides
from kiosk.terminal.health import HealthBoard
from kiosk.terminal.tallies import Tallies
from kiosk.terminal.visit import Visit
from offline_queue.clock import system_clock
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import Receipt
from offline_queue.sync import Sync
from tests.faults.figures import Figures
from tests.offline_queue.platform_process import made, settings
from tests.offline_queue.samples import ITEM, a_record, new_id, open_outbox, page, terminal_key, with_pages

_Message = TypeVar("_Message")

QUEUE = "queue.sqlite"
TODAY = date(2026, 11, 21)
ROUNDS_A_DAY = 250
"""Rounds until everything must have arrived; then a new terminal and a new platform begin."""

PATIENCE_S = 30.0
"""How long a terminal that nobody kills may take to send all that it has."""

LIVES_S = (0.0, 0.003, 0.01, 0.02, 0.05, 0.1)
HEARD_S = 1.0
"""How long a round waits at most for a word of a citizen, before somebody is killed."""

AT_WORK = 0.8
"""The others are killed wherever they are in their beginning."""

WRITE_BEHIND_S = 0.15


@dataclass(frozen=True)
class Place:
    """Where everything is."""

    platform: Path
    state: Path
    port: int
    witness: int
    """The end of the pipe into which a session says what its citizen was told."""

    @property
    def given(self) -> Path:
        """What the platform gave the terminal."""
        return self.platform / "terminal"

    @property
    def door(self) -> Path:
        """Where sessions come to the terminal."""
        return self.state / "door"


# ---- the platform ----------------------------------------------------------------------------------------


def platform(place: Place) -> None:
    """Serve until killed."""
    server.serve(place.platform, port=place.port)


# ---- the terminal ----------------------------------------------------------------------------------------


def terminal(place: Place, weakness: str) -> None:
    """Serve sessions until killed."""
    asyncio.run(_terminal(place, weakness))


async def _terminal(place: Place, weakness: str) -> None:
    queue = await OutboxThread.open(
        lambda: open_outbox(place.state / QUEUE, place.given, queue_limit=1_000_000)
    )
    client = PlatformClient(settings(place.given, place.port), terminal_key(place.given))
    board = HealthBoard(lambda: datetime.now(UTC))
    sync = Sync(
        queue,
        client,
        clock=system_clock,
        random=random.random,
        nonce=partial(secrets.token_hex, 16),
        probe_interval_s=0.02,
        retry_cap_s=0.02,
        on_reach=lambda reach: setattr(board, "reach", reach),
        on_delivered=lambda name, receipt, _: desk.delivered(_delivered(name, receipt)),
    )
    surroundings = Surroundings(
        today=lambda: TODAY,
        clock_trust=sync.clock_trust,
        clock_offset=sync.clock_offset,
        committed=sync.poke,
        has_room=lambda: True,
    )
    desk = Desk(
        queue,
        Guides([], queue),
        board,
        surroundings,
        SharedDataDesk("", client.ask_shared_data, lambda: board.reach),
        Tallies(place.state / "tallies.json", lambda: TODAY, b"key"),
        CallDesk(client.put_call, lambda: board.reach),
    )
    await desk.recall()
    place.door.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door.setblocking(False)  # noqa: FBT003 - the standard library's own signature
    door.bind(str(place.door))
    door.listen(8)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sync.run())
        while True:
            end, _ = await asyncio.get_running_loop().sock_accept(door)
            tasks.create_task(_visit(desk, PacketEnd(end), weakness))


async def _visit(desk: Desk, end: PacketEnd, weakness: str) -> None:
    visit = desk.open_visit("s", lambda message: end.send(encode(message)))
    while (packet := await end.receive()) is not None:
        message = decode_from_session(packet)
        if weakness == "write_behind" and isinstance(message, Commit):
            await _answer_first(desk, visit, message)
        else:
            await desk.answer(visit, message)
    await desk.close_visit(visit)
    end.close()


async def _answer_first(desk: Desk, visit: Visit, commit: Commit) -> None:
    """The weakened variant: the citizen hears that it is kept, and then it is written."""
    visit.send(Committed(application_id=commit.application_id, local_no=commit.local_no))
    await asyncio.sleep(WRITE_BEHIND_S)
    quiet, visit.send = visit.send, lambda _message: None
    await desk.answer(visit, commit)
    visit.send = quiet


def _delivered(application_id: str, receipt: Receipt) -> Delivered:
    return Delivered(
        application_id=application_id, filing_no=receipt.filing_no, received_at=receipt.received_at
    )


# ---- the session -----------------------------------------------------------------------------------------


def session(place: Place) -> None:
    """Citizen after citizen applies, and is told, until the terminal is gone."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    while True:
        with suppress(ConnectionError, FileNotFoundError):
            door.connect(str(place.door))
            break
        time.sleep(0.002)
    while True:
        _apply(place, door)


def _apply(place: Place, door: socket.socket) -> None:
    name = new_id()
    door.send(encode(Prepare(application_id=name)))
    prepared = _hear(door, Prepared)
    # Every other citizen has laid down a paper.
    pages = [page(6_000)] if int(name[1], 16) % 2 else []
    envelope, parts = with_pages(a_record(name, prepared.local_no), place.given, *pages)
    for whole in (*parts.values(), envelope):
        _pass_on(door, name, whole)
    _say(place, f"tries {name}")
    commit = Commit(
        application_id=name,
        item=ITEM,
        item_version="1",
        local_no=prepared.local_no,
        envelope_sha256=hashlib.sha256(envelope).hexdigest(),
        offline_policy="keep_with_notice",
    )
    door.send(encode(commit))
    kept = _hear(door, Committed)
    _say(place, f"kept {name} {kept.local_no}")
    door.send(encode(OutcomeShown(application_id=name)))
    if int(name[0], 16) % 2:  # every other citizen waits for the platform's number
        received = _hear(door, Delivered)
        _say(place, f"received {received.application_id} {received.filing_no}")


def _pass_on(door: socket.socket, name: str, whole: bytes) -> None:
    pieces = [whole[at : at + SEALED_CHUNK] for at in range(0, len(whole), SEALED_CHUNK)]
    for index, piece in enumerate(pieces):
        chunk = SealedChunk(
            application_id=name,
            sha256=hashlib.sha256(whole).hexdigest(),
            index=index,
            count=len(pieces),
            data=base64.b64encode(piece).decode(),
        )
        door.send(encode(chunk))


def _hear(door: socket.socket, kind: type[_Message]) -> _Message:
    while True:
        packet = door.recv(1 << 17)
        if not packet:
            sys.exit(0)
        message: FromTerminal = decode_from_terminal(packet)
        if isinstance(message, kind):
            return message


def _say(place: Place, line: str) -> None:
    os.write(place.witness, f"{line}\n".encode())


# ---- whoever kills them ----------------------------------------------------------------------------------


@dataclass
class Story:
    """What citizens were told in one day."""

    tried: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    received: dict[str, str] = field(default_factory=dict)

    def hear(self, lines: list[str]) -> None:
        """Note them."""
        for line in lines:
            match line.split():
                case ["tries", name]:
                    self.tried.add(name)
                case ["kept", name, local_no]:
                    self.kept[name] = local_no
                case ["received", name, filing_no]:
                    self.received[name] = filing_no


class Day:
    """A new platform and a new terminal, their processes, and those who apply."""

    def __init__(self, folder: Path, weakness: str) -> None:
        self._reading, writing = os.pipe()
        os.set_blocking(self._reading, False)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (folder / "state").mkdir()
        made(folder / "platform")
        self.place = Place(folder / "platform", folder / "state", port, writing)
        self.story = Story()
        self._half_line = ""
        self._born: dict[str, Callable[[], None]] = {
            "platform": partial(platform, self.place),
            "terminal": partial(terminal, self.place, weakness),
            "session": partial(session, self.place),
        }
        self._alive: dict[str, int] = {}

    def everybody(self, *but: str) -> None:
        """See that each runs who should."""
        for name, pid in list(self._alive.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del self._alive[name]
        for name, work in self._born.items():
            if name not in self._alive and name not in but:
                self._alive[name] = _forked(work)

    def kill(self, *names: str) -> None:
        """SIGKILL, all at once."""
        pids = [self._alive.pop(name) for name in names if name in self._alive]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        for pid in pids:
            os.waitpid(pid, 0)

    def listen(self) -> None:
        """Take in what sessions have said."""
        with suppress(BlockingIOError):
            while data := os.read(self._reading, 1 << 16):
                *lines, self._half_line = (self._half_line + data.decode()).split("\n")
                self.story.hear(lines)

    def hear_something(self) -> None:
        """Wait until a citizen has been told something, or has tried."""
        if select.select([self._reading], [], [], HEARD_S)[0]:
            self.listen()

    def end(self) -> set[str]:
        """Let everything arrive, and give what is wrong."""
        self.kill("session", "terminal", "platform")
        self.listen()
        wrong = set()
        life_s = 0.3
        while self._waiting():
            if life_s > PATIENCE_S:
                wrong.add("stuck")
                break
            self.everybody("session")
            time.sleep(life_s)
            life_s *= 1.5
            self.kill("terminal")
        self.kill("platform")
        os.close(self._reading)
        os.close(self.place.witness)
        filed = records.filing_numbers(self.place.platform)
        story = self.story
        if set(story.kept) - set(filed):
            wrong.add("lost")
        numbers = list(story.kept.values())
        if set(filed) - story.tried or len(set(numbers)) != len(numbers):
            wrong.add("doubled")
        if any(filed.get(name) != filing_no for name, filing_no in story.received.items()):
            wrong.add("told falsely")
        return wrong

    def _waiting(self) -> bool:
        outbox = open_outbox(self.place.state / QUEUE, self.place.given)
        counts = outbox.counts()
        outbox.close()
        return counts.kept > 0


def run(folder: Path, rounds: int, seed: int, weakness: str = "") -> Figures:
    """Kill so many times, and judge each day."""
    chance = random.Random(seed)  # noqa: S311 — a run to repeat, as far as processes repeat
    figures = Figures("killed at any moment", seed)
    while figures.cases < rounds:
        here = folder / f"day-{figures.cases}"
        here.mkdir()
        day = Day(here, weakness)
        for _ in range(min(ROUNDS_A_DAY, rounds - figures.cases)):
            day.everybody()
            if chance.random() < AT_WORK:
                day.hear_something()
            time.sleep(chance.choice(LIVES_S))
            victims = [name for name in ("terminal", "session", "platform") if chance.random() < 0.45]
            day.kill(*(victims or ["terminal"]))
            day.listen()
            figures.cases += 1
            figures.seen.update(f"{name} killed" for name in victims or ["terminal"])
        for wrong in day.end():
            figures.wrong[wrong] += 1
        figures.seen["told kept"] += len(day.story.kept)
        figures.seen["told received"] += len(day.story.received)
        shutil.rmtree(here)
    return figures


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        work()
    finally:
        os._exit(0)  # whatever happened, the child must not go on as a second of these


if __name__ == "__main__":
    told = run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
    sys.stdout.write(json.dumps(vars(told)))
