"""What each step of the comparison is worth, on people who do not exist (`benchmarks.face_people`).

`python -m benchmarks.face_steps docs/face.md [PEOPLE]` writes the tables between the two marks of the page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.face_people import KINDS, Made
from benchmarks.recipe import Recipe
from config.calibration import lower_bound, upper_bound
from devices.eyes.finding import NotComparable, the_face
from devices.eyes.matching import Encoding, FaceModels, distance
from devices.eyes.verifying import View, encode_live, fused_distance, photo_chips

BEGIN, END = "<!-- steps: begin -->", "<!-- steps: end -->"
PEOPLE = 20
THRESHOLD = 0.45
STRANGERS_PASS = 0.01
"""Share of strangers at which the steps are compared: so few people show no smaller one."""


@dataclass(frozen=True)
class Step:
    """Distances with every step up to this one."""

    name: str
    genuine: np.ndarray
    impostor: np.ndarray
    missed: int
    """Sittings or photos in which no face was found."""


@dataclass(frozen=True)
class _Person:
    plain_photo: Encoding | None
    photo: list[Encoding]
    """Of its views, those of the photo as it is first."""
    plain_live: list[list[Encoding | None]]
    live: list[list[View]]
    live_single: list[list[Encoding]]


def steps(kind: str, people: int) -> list[Step]:
    """Take the distances of `people` of one kind, with more and more of the steps."""
    models, recipe = FaceModels(), Recipe()
    known = [_person(models, recipe, KINDS[kind](number)) for number in range(people)]
    return [
        _step("the plain recipe", known, lambda p: p.plain_photo, lambda s, p: _first(p.plain_live[s])),
        _step(
            "aligned on an enlarged face, searched harder",
            known,
            lambda p: p.photo[0] if p.photo else None,
            lambda s, p: _first(p.live_single[s]),
        ),
        _step(
            "mirrored views on both sides",
            known,
            lambda p: _mean(p.photo[:2]),
            lambda s, p: p.live[s][0].encoding if p.live[s] else None,
        ),
        _step(
            "small shifts of the photo",
            known,
            lambda p: _mean(p.photo[:4]),
            lambda s, p: p.live[s][0].encoding if p.live[s] else None,
        ),
        _step(
            "a photo with blocks softened, too",
            known,
            lambda p: _mean(p.photo),
            lambda s, p: p.live[s][0].encoding if p.live[s] else None,
        ),
        _fused("three frames, fused: as shipped", known),
    ]


def _person(models: FaceModels, recipe: Recipe, made: Made) -> _Person:
    try:
        chips = photo_chips(models, the_face(models, made.photo, photo=True))
    except NotComparable:
        chips = []
    live, single = [], []
    for sitting in made.sittings:
        found = []
        for frame in sitting:
            try:
                found.append(the_face(models, frame, photo=False))
            except NotComparable:
                continue
        live.append([encode_live(models, one) for one in found])
        single.append([models.encode_chip(models.chip(one.picture, one.face)) for one in found])
    return _Person(
        recipe.encoded(made.photo),
        [models.encode_chip(chip) for chip in chips],
        [[recipe.encoded(frame) for frame in sitting] for sitting in made.sittings],
        live,
        single,
    )


def _step(
    name: str,
    people: Sequence[_Person],
    photo: Callable[[_Person], Encoding | None],
    live: Callable[[int, _Person], Encoding | None],
) -> Step:
    def between(holder: _Person, sitting: int, person: _Person) -> float | None:
        one, other = photo(holder), live(sitting, person)
        return None if one is None or other is None else distance(one, other)

    return _all_pairs(name, people, between)


def _fused(name: str, people: Sequence[_Person]) -> Step:
    def between(holder: _Person, sitting: int, person: _Person) -> float | None:
        views = person.live[sitting]
        return fused_distance(np.mean(holder.photo, axis=0), views) if holder.photo and views else None

    return _all_pairs(name, people, between)


def _all_pairs(
    name: str, people: Sequence[_Person], between: Callable[[_Person, int, _Person], float | None]
) -> Step:
    genuine: list[float] = []
    impostor: list[float] = []
    missed = 0
    for holder in people:
        for person in people:
            for sitting in range(len(person.live)):
                found = between(holder, sitting, person)
                if found is not None:
                    (genuine if person is holder else impostor).append(found)
                elif person is holder:
                    missed += 1
    return Step(name, np.array(genuine), np.array(impostor), missed)


def table(taken: Sequence[Step]) -> str:
    """One kind's steps as Markdown."""
    heads = (
        "step",
        "same person: median, worst tenth",
        "strangers: median, nearest hundredth",
        f"recognised where {STRANGERS_PASS:.0%} of strangers pass",
        f"recognised at {THRESHOLD}",
        "no face",
    )
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for step in taken:
        at = float(np.quantile(step.impostor, STRANGERS_PASS))
        lines.append(
            f"| {step.name} | {np.median(step.genuine):.3f}, {np.quantile(step.genuine, 0.9):.3f} "
            f"| {np.median(step.impostor):.3f}, {at:.3f} | {_share(step, at)} | {_share(step, THRESHOLD)} "
            f"| {step.missed} |"
        )
    return "\n".join(lines)


def _share(step: Step, threshold: float) -> str:
    """Of all sittings, those without a face included, with its two-sided 95 % bounds."""
    passed, total = int((step.genuine <= threshold).sum()), len(step.genuine) + step.missed
    low, high = lower_bound(passed, total, 0.975), upper_bound(passed, total, 0.975)
    return f"{passed / total:.1%} ({low:.0%}–{high:.0%})"


def _first(encodings: Sequence[Encoding | None]) -> Encoding | None:
    return encodings[0] if encodings else None


def _mean(encodings: Sequence[Encoding]) -> Encoding | None:
    return np.mean(encodings, axis=0) if encodings else None


def main(page: Path, people: int) -> None:
    """Take the tables and write them into `page`."""
    cv2.setNumThreads(1)
    parts = []
    for kind in KINDS:
        taken = steps(kind, people)
        pairs = f"{people} people, {len(taken[0].genuine) + taken[0].missed} sittings, "
        parts.append(
            f"**{kind.capitalize()}**: {pairs}{len(taken[-1].impostor)} pairs of strangers.\n\n{table(taken)}"
        )
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE)  # noqa: PLR2004 - the second word
