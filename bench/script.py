"""`demo --script FILE`: a written scene, played by the scripted citizen in a hall of its own."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

from rich.console import Console

from bench.citizen import Citizen
from bench.display import BenchError
from bench.hall import Hall, open_hall
from bench.hands import Hands
from bench.journey import boot
from bench.people import Person
from bench.report import Progress, progress, tell_end, write_summary
from bench.scene import Album, Photograph, Played, Step, play
from bench.scene_file import BadScene, SceneStep, WrittenScene, read_scene
from bench.stage import Stage
from central_platform import records
from config.hall_time import hall_today

SHIPPED = Path(__file__).with_name("scenes")
EXIT_BAD_SCENE = 2


def play_script(file: Path, output: Path) -> int:
    """Play the scene in `file` into `output`: pictures, slips, summary.json. 0 if every step went well.

    A file that is no scene is refused with one line before anything starts, and 2.
    """
    console = Console()
    try:
        scene = read_scene(file)
    except BadScene as mistake:
        Console(stderr=True, soft_wrap=True).print(str(mistake), markup=False, highlight=False)
        return EXIT_BAD_SCENE
    console.print(scene.title, markup=False)
    console.print(f"[dim]Everything is written to {output}[/dim]")
    shutil.rmtree(output / "screens", ignore_errors=True)
    try:
        with progress(console) as shown:
            played, ids, totals = asyncio.run(_played(scene, output.resolve(), shown))
    except BenchError as error:
        console.print(f"[red]The scene could not begin:[/red] {error}", highlight=False)
        return 1
    write_summary(output / "summary.json", played, totals, ids)
    status = tell_end(console, played, output)
    if not status:
        console.print(f"\nAll {len(played)} steps went well. Look at {output / 'screens'}.")
    return status


async def _played(
    scene: WrittenScene, output: Path, shown: Progress
) -> tuple[list[Played], list[str], dict[str, int]]:
    began = time.monotonic()
    async with open_hall(output, extras=scene.devices) as hall:
        citizen = Citizen(hall.sight, hall.finger)
        album = Album(hall.display, output / "screens")
        shown.begins("The terminal starts")
        played = await play(boot(hall), citizen, album, shown.step)
        if all(step.ok for step in played):
            played += await play_scene(scene, hall, citizen, album, shown)
        for number, slip in enumerate((slip for slip in hall.printer.slips if not slip.blank), start=1):
            slip.picture().save(output / f"slip-{number}.png")
        ids = await asyncio.to_thread(records.all_ids, hall.platform_dir)
    totals = {"steps": len(played), "failed": sum(not step.ok for step in played)}
    return played, ids, totals | {"ms": round((time.monotonic() - began) * 1000)}


async def play_scene(
    scene: WrittenScene, hall: Hall, citizen: Citizen, album: Album, shown: Progress
) -> list[Played]:
    """Play a scene in a hall whose terminal runs: its steps once for each of its people."""
    hands = Hands(hall, hall_today())
    had = len(await asyncio.to_thread(records.all_ids, hall.platform_dir))
    stage = Stage(hall, hands, citizen, scene.people[0], had=had, slips_before=0)
    played: list[Played] = []
    for role in scene.people:
        stage.role = role
        stage.slips_before = sum(not slip.blank for slip in hall.printer.slips)
        shown.begins(f"{scene.title}: {_who(stage.person)}")
        played += await play([_step(stage, step) for step in scene.steps], citizen, album, shown.step)
        if not all(step.ok for step in played):
            break
    return played


def _who(person: Person) -> str:
    return f"{person.name}（{person.birth.year}）"


def _step(stage: Stage, step: SceneStep) -> Step:
    async def act(citizen: Citizen, photograph: Photograph) -> None:
        del citizen  # the stage's own
        await step.act(stage, photograph)

    return Step(step.name, act)
