"""The part "soak": a thousand citizens at one terminal that is never restarted, and what it holds after each.

Each of them begins a matter, lays down a card, and leaves; a fresh session takes the place of theirs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.citizen import Citizen
from bench.display import BenchError
from bench.hall import Hall, open_hall
from bench.journey import HEADING, MATTER, START_S, WELCOME
from bench.people import resident
from bench.sight import NotSeen
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.processes import family, parent, pss_mb
from benchmarks.registry import Say
from benchmarks.visit import pid_of, standby
from config.hall_time import hall_today
from kiosk.terminal.session_process import HOMES

VISITS = 1_000
CONSENT = "怎样核验是您本人？"
AT_MOST = 1.05
"""What the last tenth may hold, as a multiple of the first."""

_CALM_S = 0.5
_SAY_EVERY = 50


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


def take(folder: Path, say: Say, *, visits: int = VISITS) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`; an hour and more for all `visits`."""
    try:
        held = asyncio.run(soak(folder, say, visits))
    except (BenchError, NotSeen) as error:
        raise NotTaken(str(error)) from error
    return [chapter(held)]


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
        "Memory is PSS. The last tenth of the visits stands beside the first.",
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
        terminal_mb=pss_mb([terminal]),
        session_mb=pss_mb([visible]),
        files=len(list(Path(f"/proc/{terminal}/fd").iterdir())),
        threads=len(list(Path(f"/proc/{terminal}/task").iterdir())),
        processes=len(family(terminal)),
        left=sum(1 for _ in homes.rglob("*")),
    )
