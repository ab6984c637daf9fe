"""Finds the threshold of a hall: distances of labelled pictures, and what they prove.

The folder has one folder for each person, whatever its name:
```
DIR/0001/chip.png                  the picture of the chip's photo, 102×126 px (png, jpg, jpeg, webp, bmp)
DIR/0001/live-1.jpg                one attempt at the camera
DIR/0001/live-2-a.jpg, live-2-b.jpg   another attempt, of several frames: fused as the terminal fuses them
```
Everybody's photo is compared with everybody's attempts. The pairs are not independent of each other: n people
give n × (n - 1) pairs of strangers, and their bounds are a little too narrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.calibration import PIPELINE, UNPROVEN_MOST, lower_bound, upper_bound
from devices.eyes.finding import NotComparable
from devices.eyes.matching import Encoding, FaceModels
from devices.eyes.verifying import (
    View,
    encode_found,
    encode_live,
    find_live,
    find_photo,
    fused_distance,
)

HIGHEST = 0.6
"""No calibration gives more: it is what the network was published with."""

_PICTURE = re.compile(r"(chip|live-([0-9A-Za-z]+)(?:-[0-9A-Za-z]+)?)\.(?:png|jpe?g|webp|bmp)", re.IGNORECASE)


class BadFolder(ValueError):
    """The folder is not as it must be; its text names the file or folder and the reason."""


@dataclass(frozen=True)
class Labelled:
    """One person's files."""

    name: str
    chip: Path
    attempts: tuple[tuple[Path, ...], ...]


@dataclass(frozen=True)
class Distances:
    """All pairs' distances, and the files that could not be compared, each with its reason."""

    genuine: tuple[float, ...]
    impostor: tuple[float, ...]
    people: int
    left_out: tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class Calibration:
    """A threshold and what it rests on; the bounds are at 95 % confidence."""

    threshold: float
    far: float
    impostor_pairs: int
    false_accepts: int
    far_bound: float
    genuine_pairs: int
    tar: float
    tar_bound: float
    pipeline: str = PIPELINE

    @property
    def proven(self) -> bool:
        """Whether there are enough strangers to prove the share that was asked for."""
        return self.far_bound <= self.far


def read_folder(folder: Path) -> list[Labelled]:
    """Read the layout; raises `BadFolder` for what does not follow it."""
    try:
        places = sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError as error:
        raise BadFolder(f"{folder}: {error.strerror}") from None
    people = [_person(place) for place in places]
    least = 2
    if len(people) < least:
        raise BadFolder(f"{folder}: needs folders of at least {least} people, each with chip.* and live-*.*")
    return people


def distances(
    models: FaceModels, people: Sequence[Labelled], progress: Callable[[str], None] = lambda _: None
) -> Distances:
    """Compare everybody's photo with everybody's attempts. `progress` hears each person's name."""
    left_out: list[tuple[Path, str]] = []
    photos: dict[str, Encoding] = {}
    sittings: dict[str, list[list[View]]] = {}
    for person in people:
        progress(person.name)
        try:
            photos[person.name] = encode_found(models, find_photo(models, _bytes(person.chip)))
        except NotComparable as refusal:
            left_out.append((person.chip, refusal.reason.value))
        sittings[person.name] = _sittings(models, person, left_out)
    genuine: list[float] = []
    impostor: list[float] = []
    for holder, photo in photos.items():
        for other, attempts in sittings.items():
            (genuine if other == holder else impostor).extend(
                fused_distance(photo, views) for views in attempts
            )
    return Distances(tuple(genuine), tuple(impostor), len(people), tuple(left_out))


def calibrated(found: Distances, far: float) -> Calibration:
    """Choose the highest threshold at which at most `far` of the strangers would be accepted.

    Where there are strangers enough it is the highest that is *proven* at 95 % confidence; with fewer the
    measured share decides, and the threshold stays at or below 0.5. Raises `BadFolder` without pairs.
    """
    genuine, impostor = sorted(found.genuine), sorted(found.impostor)
    if not genuine or not impostor:
        raise BadFolder("no pictures that can be compared: " + _list(found.left_out))
    accepted = -1
    while accepted + 1 < len(impostor) and upper_bound(accepted + 1, len(impostor)) <= far:
        accepted += 1
    proven = accepted >= 0
    if not proven:
        accepted = int(far * len(impostor))
    # Just below the first stranger who must not pass, to three places.
    below = int(impostor[accepted] * 1000 - 1) / 1000 if accepted < len(impostor) else HIGHEST
    threshold = min(below, HIGHEST if proven else UNPROVEN_MOST)
    if threshold <= 0:
        raise BadFolder("strangers' distances are next to nothing: is one person in two folders?")
    false_accepts = sum(each <= threshold for each in impostor)
    recognised = sum(each <= threshold for each in genuine)
    return Calibration(
        threshold=threshold,
        far=far,
        impostor_pairs=len(impostor),
        false_accepts=false_accepts,
        far_bound=upper_bound(false_accepts, len(impostor)),
        genuine_pairs=len(genuine),
        tar=recognised / len(genuine),
        tar_bound=lower_bound(recognised, len(genuine)),
    )


def _person(place: Path) -> Labelled:
    chips: list[Path] = []
    attempts: dict[str, list[Path]] = {}
    for file in sorted(place.iterdir()):
        named = _PICTURE.fullmatch(file.name)
        if named is None:
            if file.name.startswith("."):
                continue
            raise BadFolder(
                f"{file}: is neither chip.* nor live-ATTEMPT.* nor live-ATTEMPT-FRAME.*, a picture"
            )
        if named[2] is None:
            chips.append(file)
        else:
            attempts.setdefault(named[2].lower(), []).append(file)
    if len(chips) != 1:
        raise BadFolder(f"{place}: needs one chip.* (it has {len(chips)})")
    if not attempts:
        raise BadFolder(f"{place}: has no live-*.*")
    return Labelled(place.name, chips[0], tuple(map(tuple, attempts.values())))


def _sittings(models: FaceModels, person: Labelled, left_out: list[tuple[Path, str]]) -> list[list[View]]:
    sittings = []
    for attempt in person.attempts:
        views = []
        for file in attempt:
            try:
                views.append(encode_live(models, find_live(models, _bytes(file))))
            except NotComparable as refusal:
                left_out.append((file, refusal.reason.value))
        if views:
            sittings.append(views)
    return sittings


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadFolder(f"{file}: {error.strerror}") from None


def _list(left_out: Sequence[tuple[Path, str]]) -> str:
    return ", ".join(f"{file}: {reason}" for file, reason in left_out)
