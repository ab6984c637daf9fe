"""The part "queue_memory": what a terminal holds through which many applications go, kept and sent."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.display import BenchError
from bench.hall import ROOT, Hall, open_hall
from bench.leash import Leash
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.processes import rss_mb
from benchmarks.queue_drain import thin_platform
from benchmarks.registry import Say
from kiosk.terminal.queue_file import QUEUE_FILE

MARKS = 5
"""How often it is looked, evenly."""

AT_MOST = 1.01
"""What it may hold in the end, as a multiple of what it held when it was warm."""

A_SESSION = 500
"""Applications that one session keeps before the next has its turn."""

_LOOK_EVERY_S = 0.25
_STALLED_S = 60.0
_DELIVERED = b'"application_delivered"'


@dataclass(frozen=True)
class Held:
    """After so many were delivered."""

    delivered: int
    terminal_mb: float
    queue_mb: float
    """The queue's file and its log."""
    after_s: float


def take(folder: Path, say: Say, count: int = 50_000) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    try:
        return [chapter(asyncio.run(hold(folder, say, count)))]
    except BenchError as error:
        raise NotTaken(str(error)) from error


def chapter(marks: Sequence[Held]) -> Chapter:
    """What a terminal holds by the number of applications that went through it."""
    first, warm, *later = marks
    last = later[-1]
    mb = Peer(f"after {warm.delivered}", Samples.of([warm.terminal_mb], "MB"))
    each_kb = 1000 * (last.queue_mb - warm.queue_mb) / (last.delivered - warm.delivered)
    return Chapter(
        f"{last.delivered} applications through one terminal",
        "A real terminal with settings as shipped (but for the limit of what may wait), never restarted. Its "
        "sessions are small programs at the wire: each keeps five hundred sealed envelopes over the pipe as "
        "every session does, at most twenty ahead of the deliveries, and leaves; the sync sends them to the "
        "thin platform. Memory is the terminal process's RSS. What stays on the disk is the number, the "
        "receipt and the statements of each application, and room in the file that an envelope had; the "
        f"envelope is gone. All of it took {last.after_s / 60:.0f} minutes.",
        [
            Figure(f"memory after {first.delivered}", Samples.of([first.terminal_mb], "MB")),
            *(
                Figure(
                    f"memory after {each.delivered}",
                    Samples.of([each.terminal_mb], "MB"),
                    peer=mb,
                    aim=Aim(AT_MOST, as_ratio=True) if each is last else None,
                    reason="What has grown was not taken apart.",
                )
                for each in later
            ),
            *(
                Figure(f"queue's files after {each.delivered}", Samples.of([each.queue_mb], "MB"))
                for each in marks
            ),
            Figure("what stays of an application", Samples.of([each_kb], "KB")),
        ],
    )


async def hold(folder: Path, say: Say, count: int) -> list[Held]:
    """Let `count` applications go through a terminal; what it held before the first and at each mark."""
    async with open_hall(folder) as hall:
        return await asyncio.to_thread(_hold, hall, say, count)


def _hold(hall: Hall, say: Say, count: int) -> list[Held]:
    with ExitStack() as stack:
        line = stack.enter_context(thin_platform(hall.platform_dir))
        layer = hall.folder / "queue.toml"
        url = json.dumps(f"https://127.0.0.1:{line.port}")
        layer.write_text(f"[platform]\nurl = {url}\nqueue_limit = {count + 1}\n", encoding="utf-8")
        files = [str(file) for file in (*hall.configuration, layer)]
        log = stack.enter_context((hall.folder / "terminal.log").open("ab"))
        a_session = str(min(A_SESSION, count))
        terminal = Leash(
            [sys.executable, "-m", "benchmarks.queue_terminal", a_session, *files],
            output=log,
            environment={**hall.display.environment(), "PYTHONPATH": str(ROOT)},
        )
        stack.callback(terminal.close)
        return _watched(terminal, hall.folder, say, count)


def _watched(terminal: Leash, folder: Path, say: Say, count: int) -> list[Held]:
    pid, events = terminal.started(), _Events(folder / "events.jsonl")
    held: list[Held] = []
    marks = [1 + round(count * part / MARKS) for part in range(MARKS)] + [count]
    began_s = changed_s = time.monotonic()
    while marks:
        time.sleep(_LOOK_EVERY_S)
        if events.look():
            changed_s = time.monotonic()
        if events.delivered >= marks[0]:
            del marks[0]
            queue_mb = _queue_mb(folder / "state")
            held.append(Held(events.delivered, rss_mb(pid), queue_mb, time.monotonic() - began_s))
            say(f"{events.delivered} of {count}: {held[-1].terminal_mb:.1f} MB in the terminal")
        if not terminal.alive or time.monotonic() - changed_s > _STALLED_S:
            raise BenchError(f"nothing follows the {events.delivered}th: see {folder}/terminal.log")
    return held


class _Events:
    """The terminal's log, read on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = 0
        self.delivered = 0

    def look(self) -> int:
        """How many more were delivered since the last look."""
        if not self._path.exists():
            return 0
        with self._path.open("rb") as file:
            file.seek(self._place)
            said = file.read()
        whole = said[: said.rfind(b"\n") + 1]
        self._place += len(whole)
        more = whole.count(_DELIVERED)
        self.delivered += more
        return more


def _queue_mb(state: Path) -> float:
    return sum(file.stat().st_size for file in state.glob(f"{QUEUE_FILE}*")) / 1e6
