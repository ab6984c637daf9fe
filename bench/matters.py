"""Citizens who each finish one matter: who they are, and how long each of them takes in one running hall."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bench.citizen import Citizen
from bench.display import BenchError
from bench.hall import Hall, open_hall
from bench.journey import boot
from bench.report import Progress
from bench.scene import Played, TroubleAlbum, play
from bench.scene_file import read_scene
from bench.script import SHIPPED, play_scene

SCENES = SHIPPED / "matters"
"""One scene a matter, by the matter's id."""


@dataclass(frozen=True)
class Visit:
    """One citizen's way through one matter, from the welcome page to the next one's."""

    matter: str
    steps: tuple[Played, ...]

    @property
    def seconds(self) -> float:
        """How long it took."""
        return sum(step.ms for step in self.steps) / 1000

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """The steps that failed, and why."""
        return [(step.name, step.trouble) for step in self.steps if not step.ok]


def matters() -> Sequence[str]:
    """The ids of all matters that somebody finishes."""
    return sorted(file.stem for file in SCENES.glob("*.yaml"))


@asynccontextmanager
async def waiting_hall(folder: Path) -> AsyncIterator[Hall]:
    """A hall with a fingerprint sensor whose terminal stands at its welcome screen. Raises `BenchError`."""
    async with open_hall(folder, extras=("fingerprint",)) as hall:
        citizen = Citizen(hall.sight, hall.finger)
        started = await play(boot(hall), citizen, TroubleAlbum(hall.display, folder), lambda *_: None)
        for step in started:
            if step.trouble:
                raise BenchError(step.trouble)
        yield hall


async def visit(hall: Hall, matter: str, folder: Path) -> Visit:
    """Let the matter's citizen come into the hall; what goes wrong is photographed into `folder`."""
    with (folder / f"{matter}.txt").open("w", encoding="utf-8") as table:
        played = await play_scene(
            read_scene(SCENES / f"{matter}.yaml"),
            hall,
            Citizen(hall.sight, hall.finger),
            TroubleAlbum(hall.display, folder),
            Progress(Console(file=table)),
        )
    return Visit(matter, tuple(played))
