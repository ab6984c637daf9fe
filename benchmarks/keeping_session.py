"""A session at the wire that sends application after application, and times each beside the bare disk.

Started by a real terminal as `keeping_session.py RESULTS COUNT SETTINGS… --catalogue FILE --fd N`. It runs
the product's own errand behind "sign and send", without a screen and without devices. RESULTS, written at the
end, is a JSON file in the directory of the queue, with milliseconds for

- `send`: the errand, from the touch to `Kept`; of that, `record`: the record, its PDF and the sealing
- `keep`: the first part of the envelope handed over, to `Committed`
- `queue_commit`: the queue's own commit of such an envelope, in this process, on a file of its own
- `bare_commit`: one INSERT of the same bytes, WAL and synchronous=FULL
- `bare_fsync`: the same bytes appended to a file, fsync

They take turns, so that all meet the same disk.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import json
import os
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

# A session's environment carries no PYTHONPATH.
sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.signed import signed_session
from config.hall_time import hall_now, hall_today
from config.layers import load
from config.settings import Settings
from devices.eyes.client import FaceWorkerEyes
from kiosk.messages import (
    Committed,
    FromSession,
    FromTerminal,
    Heartbeat,
    Prepared,
    Promote,
    Ready,
    SealedChunk,
)
from kiosk.session.errands.context import Context, Equipment
from kiosk.session.errands.sending import send_application
from kiosk.session.events import Event, Kept
from kiosk.session.link import TerminalLink
from kiosk.session.sealing import load_platform_key, load_platform_word
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.signing import TerminalKey

BEAT_S = 0.1
WARM_UP = 3
"""Applications before the first timed one."""


class TimedLink(TerminalLink):
    """The session's end of the pipe; remembers when each kind of message last went through, or began to."""

    def __init__(self, fd: int) -> None:
        super().__init__(fd)
        self.at_s: dict[type, float] = {}
        self.promoted = asyncio.Event()
        self._chunks: list[str] = []

    def send(self, message: FromSession) -> None:
        """Send; the first chunk of an envelope is the one that counts."""
        if isinstance(message, SealedChunk):
            if message.index == 0:
                self.at_s[SealedChunk], self._chunks = time.monotonic(), []
            self._chunks.append(message.data)
        super().send(message)

    def envelope(self) -> bytes:
        """The last envelope that went through."""
        return b"".join(map(base64.b64decode, self._chunks))

    async def receive(self) -> FromTerminal | None:
        """Receive."""
        message = await super().receive()
        self.at_s[type(message)] = time.monotonic()
        if isinstance(message, Promote):
            self.promoted.set()
        return message


class Sender:
    """Sends applications, one after the other, over one pipe."""

    def __init__(self, settings: Settings, link: TimedLink) -> None:
        self._link = link
        self._kept = False
        self._session, self._signed = signed_session(str(uuid.uuid4()), settings.terminal.id, hall_today())
        equipment = Equipment(
            reader=None,
            printer=None,
            eyes=FaceWorkerEyes(()),
            link=link,
            platform_key=load_platform_key(settings.platform.envelope_key),
            platform_word=load_platform_word(settings.platform.receipt_key),
            settings=settings,
            clock=hall_now,
        )
        self._context = Context(
            equipment, lambda: self._session, self._post, lambda _seen: None, lambda: None
        )

    async def listen(self) -> None:
        """Hand on what the terminal answers."""
        while (message := await self._link.receive()) is not None:
            if isinstance(message, Prepared | Committed):
                self._context.answers.put_nowait(message)

    async def send(self) -> dict[str, float]:
        """Send one application; milliseconds."""
        stage = replace(self._signed, application_id=str(uuid.uuid4()))
        self._session, self._kept = replace(self._session, stage=stage), False
        began_s = time.monotonic()
        await send_application(self._context)
        ended_s = time.monotonic()
        if not self._kept:
            raise RuntimeError("the terminal did not keep it")
        prepared_s, handed_s, committed_s = (
            self._link.at_s[kind] for kind in (Prepared, SealedChunk, Committed)
        )
        return {
            "send": 1000 * (ended_s - began_s),
            "record": 1000 * (handed_s - prepared_s),
            "keep": 1000 * (committed_s - handed_s),
        }

    def _post(self, event: Event) -> None:
        self._kept = isinstance(event, Kept)


async def measure(settings: Settings, results: Path, count: int, fd: int) -> None:
    """Send `count` applications, each followed by the bare disk, and write `results`."""
    link = TimedLink(fd)
    sender = Sender(settings, link)
    running = [asyncio.create_task(sender.listen()), asyncio.create_task(_beat(link))]
    link.send(Ready())
    await link.promoted.wait()
    taken: dict[str, list[float]] = {}
    database = _bare_database(results.with_suffix(".sqlite"))
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    queue = Outbox.open(results.with_suffix(".queue"), key=key, clock=system_clock, queue_limit=10_000)
    file = os.open(results.with_suffix(".bytes"), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for number in range(WARM_UP + count):
        spans = await sender.send()
        content = link.envelope()
        spans["queue_commit"] = _timed(partial(_commit, queue, content))
        spans["bare_commit"] = _timed(partial(_insert, database, number, content))
        spans["bare_fsync"] = _timed(partial(_append, file, content))
        if number >= WARM_UP:
            for name, span in spans.items():
                taken.setdefault(name, []).append(span)
    written = results.with_suffix(".new")
    written.write_text(json.dumps(taken), encoding="utf-8")
    written.replace(results)
    await asyncio.wait(running)


async def _beat(link: TimedLink) -> None:
    while True:
        link.send(Heartbeat())
        await asyncio.sleep(BEAT_S)


def _bare_database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE envelopes (number INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    return database


def _commit(queue: Outbox, envelope: bytes) -> None:
    said = json.loads(envelope)
    queue.commit(
        application_id=said["id"],
        envelope=envelope,
        envelope_sha256=hashlib.sha256(envelope).hexdigest(),
        item=said["item"],
        item_version=said["item_version"],
        local_no=queue.next_local_no(hall_today()),
        offline_policy="keep_with_notice",
        clock_trust="system",
    )


def _insert(database: sqlite3.Connection, number: int, content: bytes) -> None:
    database.execute("INSERT INTO envelopes VALUES (?, ?)", [number, content])


def _append(file: int, content: bytes) -> None:
    os.write(file, content)
    os.fsync(file)


def _timed(call: Callable[[], None]) -> float:
    began_s = time.monotonic()
    call()
    return 1000 * (time.monotonic() - began_s)


def main() -> None:
    """Measure as the command line says; the terminal ends this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("results", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("settings", type=Path, nargs="+")
    parser.add_argument("--catalogue")
    parser.add_argument("--fd", type=int, required=True)
    asked = parser.parse_args()
    asyncio.run(measure(load(asked.settings).settings, asked.results, asked.count, asked.fd))


if __name__ == "__main__":
    main()
