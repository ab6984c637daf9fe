"""A scene: named steps played one after the other, each timed and photographed; the first failure ends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.citizen import Citizen
from bench.display import BenchDisplay
from bench.sight import NotSeen

FAILED = "-failed"
"""How the name of a picture ends that shows what was there instead."""


class StepFailed(Exception):
    """Something other than a missing control is not as it should be; one line that says what."""


@dataclass(frozen=True)
class Played:
    """How one step went. `trouble` says what was looked for and what was there instead."""

    name: str
    ok: bool
    ms: int
    picture: Path | None
    trouble: str = ""
    on_screen: tuple[str, ...] = ()


@dataclass
class Album:
    """The numbered pictures of a whole demo: `NN-<step>.png`."""

    display: BenchDisplay
    folder: Path
    taken: list[Path] = field(default_factory=list)

    async def photograph(self, name: str) -> None:
        """Photograph the screen as it is now, under the next number."""
        path = self.folder / f"{len(self.taken) + 1:02d}-{name}.png"
        picture = await asyncio.to_thread(self.display.picture)
        self.taken.append(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        # Compressing takes longer than looking; it may take its time while the citizen goes on.
        await asyncio.to_thread(picture.save, path, compress_level=3)


@dataclass
class TroubleAlbum(Album):
    """An album of failures: for those who want to know how long people take, and see what went wrong."""

    async def photograph(self, name: str) -> None:
        """Photograph what failed."""
        if name.endswith(FAILED):
            await super().photograph(name)


Photograph = Callable[[], Awaitable[None]]


async def no_picture() -> None:
    """A `Photograph` for those who look at words only."""


@dataclass(frozen=True)
class Step:
    """One step; `act` raises `NotSeen` or `StepFailed` when it cannot be done."""

    name: str
    act: Callable[[Citizen, Photograph], Awaitable[None]]
    """Given the citizen, and a camera to call once the screen of this step is there."""


async def play(
    steps: Sequence[Step], citizen: Citizen, album: Album, on_step: Callable[[str, Played | None], None]
) -> list[Played]:
    """Play `steps`; `on_step` hears of each one's beginning (None) and end."""
    played: list[Played] = []
    for step in steps:
        on_step(step.name, None)
        began, pictures = time.monotonic(), len(album.taken)

        async def photograph(name: str = step.name) -> None:
            await album.photograph(name)

        trouble = ""
        on_screen: tuple[str, ...] = ()
        try:
            await step.act(citizen, photograph)
        except (NotSeen, StepFailed) as problem:
            trouble = str(problem)
            on_screen = tuple(await citizen.what_is_there())
            await album.photograph(f"{step.name}{FAILED}")
        ms = round((time.monotonic() - began) * 1000)
        picture = album.taken[-1] if len(album.taken) > pictures else None
        played.append(Played(step.name, not trouble, ms, picture, trouble, on_screen))
        on_step(step.name, played[-1])
        if trouble:
            break
    return played
