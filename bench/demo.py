"""The demo: two citizens apply, one with the network up, one with it cut and restored later."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from bench import people
from bench.citizen import Citizen
from bench.display import HEIGHT, WIDTH, BenchDisplay, BenchError
from bench.hall import open_hall
from bench.journey import Journey, boot
from bench.report import Progress, progress, tell_end, write_summary
from bench.scene import Album, Played, Step, play
from config.hall_time import hall_today


def run_demo(output: Path, *, landscape: bool = False) -> int:
    """Play the demo into `output`: pictures, slips, records, summary.json. 0 if every step went well.

    On an upright screen, or on a lying one.
    """
    console = Console()
    console.print("A citizen applies for a certificate: first with the network up, then with it cut.")
    console.print(f"[dim]Everything is written to {output}[/dim]")
    shutil.rmtree(output / "screens", ignore_errors=True)
    try:
        with progress(console) as shown:
            played, ids, totals = asyncio.run(_demo(output.resolve(), shown, landscape=landscape))
    except BenchError as error:
        console.print(f"[red]The demo could not begin:[/red] {error}", highlight=False)
        return 1
    write_summary(output / "summary.json", played, totals, ids)
    status = tell_end(console, played, output)
    if not status:
        console.print(
            f"\nAll {len(played)} steps went well. Look at {output / 'screens'} and {output / 'slip.png'}."
        )
    return status


async def _demo(
    output: Path, shown: Progress, *, landscape: bool
) -> tuple[list[Played], list[str], dict[str, int]]:
    began = time.monotonic()
    today = hall_today()
    screen = partial(BenchDisplay, HEIGHT, WIDTH) if landscape else BenchDisplay
    async with open_hall(output, screen) as hall:
        citizen = Citizen(hall.sight, hall.finger)
        album = Album(hall.display, output / "screens")
        first = Journey(hall, people.resident(today), output, number=1)
        second = Journey(hall, people.neighbour(today), output, number=2)
        scenes: Sequence[tuple[str, str, Sequence[Step]]] = (
            ("start_up", "The terminal starts", boot(hall)),
            ("online", "The network is up", first.online()),
            ("cut", "The network is cut, and restored later", second.cut_and_healed()),
        )
        played: list[Played] = []
        totals: dict[str, int] = {}
        for key, title, steps in scenes:
            shown.begins(title)
            scene = await play(steps, citizen, album, shown.step)
            played += scene
            totals[f"{key}_ms"] = sum(step.ms for step in scene)
            if not all(step.ok for step in scene):
                break
        totals |= {"steps": len(played), "failed": sum(not step.ok for step in played)}
        totals["ms"] = round((time.monotonic() - began) * 1000)
        return played, [each.application_id for each in (first, second) if each.application_id], totals
