"""The part "soak": one terminal that is never restarted, and what it holds after each of many sessions.

A thousand sessions at the wire, each over as soon as it is visible; then fifty citizens before real
screens, each of whom begins a matter, lays down a card, and leaves.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.citizen import Citizen
from bench.display import BenchError
from bench.hall import ROOT, Hall, open_hall
from bench.journey import HEADING, MATTER, START_S, WELCOME
from bench.leash import Leash
from bench.people import resident
from bench.sight import NotSeen
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.processes import family, own_mb, parent
from benchmarks.registry import Say
from benchmarks.visit import pid_of, standby
from config.hall_time import hall_today
from kiosk.terminal.session_process import HOMES

SESSIONS, VISITS = 1_000, 50
CONSENT = "怎样核验是您本人？"
AT_MOST = 1.05
"""What the last tenth may hold, as a multiple of the first."""

_CALM_S = 0.5
_SAY_EVERY = 25
_LOOK_EVERY_S = 1.0
_STALLED_S = 30.0


@dataclass(frozen=True)
class Holding:
    """What is held while the next citizen's welcome page stands and a warm session lies beneath."""

    terminal_mb: float
    session_mb: float
    """Of the visible one, without its face worker."""
    files: int
    threads: int
    """Both of the terminal process."""
    processes: int
    """The terminal's and all beneath it."""
    left: int
    """Files and folders where the sessions' throw-away homes are."""


def take(folder: Path, say: Say, *, sessions: int = SESSIONS, visits: int = VISITS) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    try:
        brief = asyncio.run(at_the_wire(folder, say, sessions))
        held = asyncio.run(soak(folder, say, visits))
    except (BenchError, NotSeen) as error:
        raise NotTaken(str(error)) from error
    return [brief_chapter(brief, sessions), chapter(held)]


def brief_chapter(held_mb: Sequence[tuple[int, float]], sessions: int) -> Chapter:
    """The terminal's memory by the number of sessions that were over; the last tenth beside the first."""
    first = [mb for over, mb in held_mb if over <= sessions / 10]
    last = [mb for over, mb in held_mb if over > sessions * 9 / 10]
    return Chapter(
        f"{sessions} sessions later",
        "One terminal, never restarted, whose sessions are small programs at the wire: each reports its "
        "devices, says that a guide was opened, and leaves as soon as it is visible. Memory is what the "
        "terminal itself wrote (private dirty), every second; the last tenth stands beside the first.",
        [
            Figure(
                "the terminal's memory",
                Samples.of(last, "MB"),
                peer=Peer("the first tenth", Samples.of(first, "MB")),
                aim=Aim(AT_MOST, as_ratio=True),
            )
        ],
    )


def chapter(held: Sequence[Holding]) -> Chapter:
    """The last tenth of the visits beside the first; raises `ValueError` for none."""
    tenth = max(1, len(held) // 10)
    first, last = held[:tenth], held[-tenth:]

    def line(name: str, unit: str, what: str) -> Figure:
        early, late = (Samples.of([getattr(each, what) for each in part], unit) for part in (first, last))
        return Figure(name, late, "software", Peer("the first tenth", early), Aim(AT_MOST, as_ratio=True))

    return Chapter(
        f"{len(held)} citizens later",
        "One terminal, never restarted. Each citizen begins a matter, lays down an identity card, and "
        "leaves; what is held is read when the next welcome page stands and a warm session lies beneath. "
        "Memory is what a process itself wrote (private dirty). The last tenth stands beside the first.",
        [
            line("the terminal's memory", "MB", "terminal_mb"),
            line("the visible session's memory", "MB", "session_mb"),
            line("the terminal's open files", "files", "files"),
            line("the terminal's threads", "threads", "threads"),
            line("all processes", "processes", "processes"),
            line("files in the sessions' homes", "files", "left"),
        ],
    )


def grown(held: Sequence[Holding]) -> list[str]:
    """What the last tenth holds more of than the first, beyond what was aimed at."""
    return [figure.name for figure in chapter(held).figures if figure.met is False]


async def at_the_wire(folder: Path, say: Say, sessions: int) -> list[tuple[int, float]]:
    """Let so many brief sessions follow each other: how many were over, and the terminal's MB, by second."""
    async with open_hall(folder / "wire") as hall:
        with (hall.folder / "terminal.log").open("ab") as log:
            terminal = Leash(
                [sys.executable, "-m", "benchmarks.soak_terminal", *map(str, hall.configuration)],
                output=log,
                environment={**hall.display.environment(), "PYTHONPATH": str(ROOT)},
            )
        try:
            return await asyncio.to_thread(_watched, terminal, hall.folder / "events.jsonl", say, sessions)
        finally:
            terminal.close()


def _watched(terminal: Leash, events: Path, say: Say, sessions: int) -> list[tuple[int, float]]:
    pid, held, over, changed_s = terminal.started(), list[tuple[int, float]](), 0, time.monotonic()
    while over < sessions:
        time.sleep(_LOOK_EVERY_S)
        before = over
        over = events.read_text("utf-8").count('"session_left"') if events.exists() else 0
        held.append((over, own_mb(pid)))
        if over != before:
            changed_s = time.monotonic()
        if over // 100 != before // 100:
            say(f"{over} of {sessions} sessions: {held[-1][1]:.1f} MB in the terminal")
        if not terminal.alive or time.monotonic() - changed_s > _STALLED_S:
            raise BenchError(f"no session follows the {over}th: see {events.parent}/terminal.log")
    return held


async def soak(folder: Path, say: Say, visits: int) -> list[Holding]:
    """Let `visits` citizens come and go; what was held after each. Raises `BenchError`, `NotSeen`."""
    held: list[Holding] = []
    async with open_hall(folder / "hall") as hall:
        hall.start_terminal()
        await hall.sight.wait_for(HEADING, WELCOME, START_S, enabled=False)
        while len(held) < visits:
            held.append(await come_and_go(hall))
            if len(held) % _SAY_EVERY == 0:
                say(f"{len(held)} of {visits}: {held[-1].terminal_mb:.1f} MB in the terminal")
    return held


async def come_and_go(hall: Hall) -> Holding:
    """Let one citizen come to a hall whose welcome page stands, and go; what is held after that."""
    citizen = Citizen(hall.sight, hall.finger)
    await standby(hall)
    await citizen.reads()
    await citizen.touches(MATTER)
    await citizen.reads()
    await citizen.touches("开始办理")
    hall.lays_down_card(resident(hall_today()))
    await citizen.sees(HEADING, CONSENT)
    await citizen.reads()
    await citizen.touches("离开")
    hall.takes_card()
    await citizen.sees(HEADING, WELCOME)
    await standby(hall)
    return await _holding(hall)


async def _holding(hall: Hall) -> Holding:
    await asyncio.sleep(_CALM_S)
    visible = await pid_of(hall, "visible")
    return await asyncio.to_thread(_held, parent(visible), visible, hall.runtime_dir / HOMES)


def _held(terminal: int, visible: int, homes: Path) -> Holding:
    return Holding(
        terminal_mb=own_mb(terminal),
        session_mb=own_mb(visible),
        files=len(list(Path(f"/proc/{terminal}/fd").iterdir())),
        threads=len(list(Path(f"/proc/{terminal}/task").iterdir())),
        processes=len(family(terminal)),
        left=sum(1 for _ in homes.rglob("*")),
    )
