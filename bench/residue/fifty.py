"""Fifty people in a row: what lives on must not grow by them.

After each person, when the next welcome screen stands and a fresh standby is warm, all that outlives a person
is counted: memory, descriptors and threads of the terminal and the X server, processes, and the files in the
terminal's directories.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.citizen import Citizen
from bench.display import HEIGHT, WIDTH, BenchError
from bench.hall import Hall, open_hall
from bench.journey import HEADING, START_S, WELCOME
from bench.leash import descendants
from bench.report import versions
from bench.residue import places
from bench.residue.marks import marked
from bench.residue.places import X_SERVER
from bench.residue.visit import PRODUCT, Visitor, standby_is_warm, start, status
from bench.scene import StepFailed
from bench.sight import NotSeen
from config.hall_time import hall_today

WARM_UP_SHARE = 5
"""The first fifth of the people are the warm-up: caches fill, libraries are loaded once."""

SETTLES_S = 20.0

WHOLE_FAMILY = (
    "terminal", "session, visible", "face worker, visible", "session, standby", "face worker, standby",
    X_SERVER,
)  # fmt: skip
"""What a hall consists of between two people."""

AT_EACH_END = 5
"""The highest of so many people's counts makes the first and the last figure: one alone is weather."""

ROOM_KB = {"terminal": 1024, X_SERVER: WIDTH * HEIGHT * 4 // 1024}
"""Within how much memory is flat: a hundredth of the terminal's; one window's picture in the X server."""

APPLIES_EVERY, APPLIES_FIRST = 10, 3
"""Every tenth person applies to the end, and the first two; the others lay down the card, read, and leave."""

SHARED = "PSS, kB"
"""Counts a shared page by how many share it, which changes with the sessions: shown, not judged."""


@dataclass(frozen=True)
class Count:
    """One figure of one thing that lives on, after one person."""

    thing: str
    figure: str
    value: int


@dataclass(frozen=True)
class Trend:
    """One figure over all people: the highest of the first after the warm-up, and of the last."""

    thing: str
    figure: str
    first: int
    last: int

    @property
    def flat(self) -> bool:
        """Whether it has not grown; what has shrunk is as good."""
        room = ROOM_KB[self.thing] if self.figure.endswith("kB") else 0
        return self.figure == SHARED or self.last <= self.first + room


def run_fifty(output: Path, people: int = 50, seed: int | None = None) -> int:
    """Serve `people` one after the other in `output`: a table, fifty.json beside it. 1 if anything grew."""
    console = Console()
    seed = secrets.randbits(32) if seed is None else seed
    console.print(f"{people} people in a row: what grows by them? Seed {seed}.")
    try:
        counts = asyncio.run(counted(output.resolve(), people, seed, console.print))
    except (BenchError, NotSeen, StepFailed) as error:
        console.print(f"[red]The run could not be done:[/red] {error}", highlight=False)
        return 1
    trends = trends_of(counts)
    grown = [trend for trend in trends if not trend.flat]
    said = {
        "ok": not grown,
        "seed": seed,
        "people": people,
        "trends": [asdict(trend) | {"flat": trend.flat} for trend in trends],
        "versions": versions(),
    }
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    (output / "fifty.json").write_text(text, encoding="utf-8")
    console.print(table(trends, people))
    return 1 if grown else 0


async def counted(
    output: Path, people: int, seed: int, say: Callable[[str], None] = lambda _line: None
) -> list[list[Count]]:
    """Serve `people`, and count after each. Raises `BenchError`, `NotSeen`, `StepFailed`."""
    rng, today = random.Random(seed), hall_today()  # noqa: S311 - to be repeated, not to be secret
    counts = []
    async with open_hall(output) as hall:
        citizen = Citizen(hall.sight, hall.finger)
        # Of its own, so that what other programs leave in /tmp is not counted.
        temporary = hall.runtime_dir / "tmp"
        temporary.mkdir()
        start(hall, PRODUCT, {"TMPDIR": str(temporary)})
        await citizen.sees(HEADING, WELCOME, START_S)
        await standby_is_warm(hall)
        faces = output / "faces"
        faces.mkdir(exist_ok=True)
        applications = 0
        for number in range(1, people + 1):
            applies = number % APPLIES_EVERY == 0 or number < APPLIES_FIRST
            applications += applies
            visitor = Visitor(hall, citizen, marked(rng, today, faces), applications, output)
            if applies:
                await visitor.signs(rng)
                await visitor.sends_and_leaves()
            else:
                await visitor.lays_down_card()
                await visitor.walks_off()
            counts.append(_count(hall, await _settled(hall)))
            if number % APPLIES_EVERY == 0:
                say(f"  {number} people served")
    return counts


def trends_of(counts: Sequence[Sequence[Count]]) -> list[Trend]:
    """First and last of each figure, the warm-up left away."""
    warm = counts[len(counts) // WARM_UP_SHARE :]
    ends = min(AT_EACH_END, max(1, len(warm) // 2))
    return [
        Trend(
            count.thing,
            count.figure,
            max(each[place].value for each in warm[:ends]),
            max(each[place].value for each in warm[-ends:]),
        )
        for place, count in enumerate(warm[0])
    ]


def table(trends: Sequence[Trend], people: int) -> Table:
    """Everything that lives on, first and last."""
    drawn = Table(title=f"{people} people in a row", title_justify="left", header_style="bold")
    drawn.add_column("what lives on")
    drawn.add_column("figure")
    drawn.add_column("first, warm", justify="right")
    drawn.add_column("last", justify="right")
    drawn.add_column("")
    for trend in trends:
        mark = "[green]flat[/green]" if trend.flat else "[red]grown[/red]"
        mark = "not judged" if trend.figure == SHARED else mark
        drawn.add_row(trend.thing, trend.figure, f"{trend.first}", f"{trend.last}", mark)
    return drawn


async def _settled(hall: Hall) -> int:
    """Wait until the last person's processes are gone and all is delivered; the terminal's process id."""
    await standby_is_warm(hall)
    deadline = time.monotonic() + SETTLES_S
    files = -1
    while time.monotonic() < deadline:
        # A fresh session writes its caches for a moment after it is ready.
        files, before = _files(hall), files
        said = await status(hall)
        family = [each.role for each in places.processes(said) if each.role != places.BUS]
        whole = sorted(family) == sorted(WHOLE_FAMILY)
        if whole and said["queue"]["kept"] == 0 and files == before:
            return int(said["pid"])
        await asyncio.sleep(0.3)
    raise StepFailed(f"the hall did not settle within {SETTLES_S:g} s: {family}")


def _count(hall: Hall, terminal: int) -> list[Count]:
    (x_server,) = (pid for pid in descendants(os.getpid()) if places.is_x_server(pid))
    counts = []
    for thing, pid in (("terminal", terminal), (X_SERVER, x_server)):
        home = Path(f"/proc/{pid}")
        memory = _fields(home / "smaps_rollup")
        counts += [
            Count(thing, "RSS, kB", memory["Rss"]),
            Count(thing, SHARED, memory["Pss"]),
            Count(thing, "descriptors", len(list((home / "fd").iterdir()))),
            Count(thing, "threads", len(list((home / "task").iterdir()))),
        ]
    return [
        *counts,
        Count("terminal's family", "processes", len(descendants(terminal))),
        Count("state, runtime, temporary", "files", _files(hall)),
    ]


def _files(hall: Hall) -> int:
    folders = (hall.folder / "state", hall.runtime_dir)
    return sum(len(names) for folder in folders for _, _, names in os.walk(folder))


def _fields(file: Path) -> dict[str, int]:
    """Numbers in kB of a file like smaps_rollup (proc_pid_smaps(5))."""
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines()[1:])
    return {name.rstrip(":"): int(value) for name, value, *_ in lines}
