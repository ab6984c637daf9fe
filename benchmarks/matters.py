"""The part "matters": how long scripted citizens take who finish a matter, one after the other in a hall."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.citizen import READ_S
from bench.display import BenchError
from bench.matters import SCENES, Visit, matters, visit, waiting_hall
from bench.scene_file import read_scene
from benchmarks.figures import Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.registry import Say
from config.items import SHIPPED, load_items

ROUNDS = 3

_READS = ("touches", "types", "signs")
"""Verbs before which a citizen reads."""


def take(folder: Path, say: Say, *, rounds: int = ROUNDS, only: Sequence[str] = ()) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`; `only` are some of the matters."""
    try:
        visits = asyncio.run(_visits(folder, say, rounds, only or matters()))
    except BenchError as error:
        raise NotTaken(str(error)) from None
    names = {item.id: item.name.en for item in load_items(SHIPPED)}
    return [
        Chapter(
            "Finishing a matter",
            "A scripted citizen with a finger on the sensor, from one welcome page to the next: matter, "
            "card, finger, every question, lookups, signature, slip, rating, and the next session warm "
            f"beneath. One hall, one after the other, {rounds} times each; the platform is a process of its "
            f"own on the same machine. Beside it, computed: reading alone, {READ_S:g} s before each touch, "
            "number and signature. A face check would take longer than a finger: it waits for turns of the "
            "head.",
            [
                Figure(
                    f"{names[matter]}",
                    Samples.of([each.seconds * 1000 for each in of_matter], "ms"),
                    "software",
                    Peer("reading alone", Samples.of([reading_s(matter) * 1000], "ms")),
                )
                for matter, of_matter in visits.items()
            ],
        )
    ]


def reading_s(matter: str) -> float:
    """How long the citizen of a matter reads, in seconds."""
    steps = read_scene(SCENES / f"{matter}.yaml").steps
    return READ_S * sum(step.name.partition("-")[2].startswith(_READS) for step in steps)


async def _visits(folder: Path, say: Say, rounds: int, names: Sequence[str]) -> Mapping[str, Sequence[Visit]]:
    found: dict[str, list[Visit]] = {name: [] for name in names}
    async with waiting_hall(folder / "hall") as hall:
        for number in range(1, rounds + 1):
            for name in names:
                say(f"{name}, {number} of {rounds}")
                one = await visit(hall, name, folder)
                for step, trouble in one.troubles:
                    raise NotTaken(f"{name}: {step}: {trouble}")
                found[name].append(one)
    return found
