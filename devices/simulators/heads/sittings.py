"""People and attackers before the terminal, each drawn from a seed: what liveness is measured on.

A *species* is one way to present a face, as in ISO/IEC 30107-3. Within a species everything else is drawn:
identity, light, wall, camera, frame rate (10 to 30 a second), distance, height of the camera, speed, jitter.
`sit` lets the presentation answer a judge: it sees what is asked, and moves when a person would.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

import numpy as np

from devices.eyes.liveness import Judged, Liveness, Progress, Sight
from devices.eyes.liveness_challenge import Ask, Challenge, Limits, Side, TurnTo
from devices.eyes.liveness_finder import PointFinder
from devices.eyes.matching import FaceModels
from devices.eyes.pictures import Points
from devices.simulators.heads.attacks import Sheet, sheet, sheet_pose
from devices.simulators.heads.geometry import Head
from devices.simulators.heads.motion import Manner, Person
from devices.simulators.heads.rendering import Pose, Scene, View, five_points, render

GENUINE = ("genuine", "genuine, 12 to 15 degrees")
REPLAY = "replay of another challenge"
ATTACKS = (
    "print turned",
    "print held askew, turned",
    "print leaning, turned",
    "print turned about a slanting axis",
    "print moved, rolled, brought near",
    "print near the camera, turned fast",
    "print bent upright, turned",
    "print bent level, turned",
    "screen with a still, turned",
    REPLAY,
)
BEYOND = ("print bent upright and leaning, turned", "mask with holes for the eyes, worn")
"""What five points are known not to tell from a head for certain; measured, and said."""

_IDENTITIES = 40
_VIEWS = (*[View()] * 4, *[View(320, 240)] * 3, View(1280, 720))
_LONGEST_S = 40.0


@dataclass(frozen=True)
class Sitting:
    """One presentation of one species."""

    species: str
    head: Head
    person: Person
    view: View
    scene: Scene
    fps: int
    chance: np.random.Generator


def sitting(species: str, seed: int) -> Sitting:
    """Draw presentation number `seed` of a species."""
    chance = np.random.default_rng([23, seed])
    view = _VIEWS[int(chance.integers(0, len(_VIEWS)))]
    scene = Scene(
        light_deg=float(chance.uniform(-60, 60)),
        contrast=float(chance.uniform(0.1, 0.6)),
        dim=float(chance.uniform(0.55, 1.1)),
        warm=float(chance.uniform(0.92, 1.08)),
        wall=int(chance.integers(0, 12)),
        blur_px=float(chance.uniform(0.3, 1.2)) * view.width_px / 640,
        noise=float(chance.uniform(1, 5)),
    )
    rest = Pose(
        yaw_deg=float(chance.normal(0, 3)),
        pitch_deg=float(chance.uniform(-8, 10)),
        roll_deg=float(chance.normal(0, 3)),
        x_mm=float(chance.uniform(-30, 30)),
        y_mm=float(chance.uniform(-30, 30)),
        distance_mm=float(chance.uniform(420, 650)),
    )
    fps = int(chance.integers(10, 31))
    head, manner, rest = _presented(species, _head(seed % _IDENTITIES), rest, chance)
    return Sitting(species, head, Person(manner, rest, chance), view, scene, fps, chance)


@functools.lru_cache(maxsize=4)
def _head(identity: int) -> Head:
    """Making one takes longer than a short sitting."""
    return Head.of(identity)


def _presented(
    species: str, head: Head, rest: Pose, chance: np.random.Generator
) -> tuple[Head, Manner, Pose]:
    """Give what is presented, how it is moved and where it is held."""
    manner = Manner.of(chance, 20, 50)
    round_mm = float(chance.uniform(70, 200))
    askew_deg = float(chance.choice((-1, 1)) * chance.uniform(10, 25))
    if species in GENUINE or species == REPLAY:
        slow = species == GENUINE[1]
        manner = Manner.of(chance, 12, 15) if slow else Manner.of(chance)
        return head, replace(manner, turn_s=manner.turn_s + 0.5 * slow), rest
    match species:
        case "print turned":
            return sheet(head, Sheet()), manner, rest
        case "print held askew, turned":
            return sheet(head, Sheet()), manner, replace(rest, pitch_deg=askew_deg)
        case "print leaning, turned":
            return sheet(head, Sheet(leaning_deg=askew_deg)), manner, rest
        case "print turned about a slanting axis":
            return sheet(head, Sheet()), replace(manner, nod=askew_deg / 40), rest
        case "print moved, rolled, brought near":
            wild = replace(manner, yaw=0.0, tilt=askew_deg / 25, lean_mm=askew_deg / 10, sway_mm=12.0)
            return sheet(head, Sheet()), wild, rest
        case "print near the camera, turned fast":
            near = replace(rest, distance_mm=float(chance.uniform(260, 350)))
            return sheet(head, Sheet()), replace(manner, turn_s=0.35), near
        case "print bent upright, turned":
            return sheet(head, Sheet(round_upright_mm=round_mm)), manner, rest
        case "print bent level, turned":
            return sheet(head, Sheet(round_level_mm=round_mm)), manner, rest
        case "screen with a still, turned":
            return sheet(head, Sheet(shown_on="screen")), manner, rest
        case "print bent upright and leaning, turned":
            return sheet(head, Sheet(round_upright_mm=round_mm, leaning_deg=askew_deg)), manner, rest
        case "mask with holes for the eyes, worn":
            worn = Sheet(round_upright_mm=float(chance.uniform(80, 120)), shown_on="mask")
            return sheet(head, worn), Manner.of(chance), rest
        case _:
            raise ValueError(f"{species}: no such species")


def sit(
    sitting: Sitting, challenge: Challenge, models: FaceModels | None, limits: Limits | None = None
) -> Judged:
    """Let the presentation answer a challenge until it is judged.

    With `models` pictures are rendered and searched; with None the judge gets the points themselves, with
    half a pixel of noise on a face of a hundred: far faster, and without the predictor's errors.
    """
    judge = Liveness(challenge, 0.0, limits)
    finder = PointFinder(models) if models is not None else None
    recorded = sitting.species == REPLAY
    heard: Progress | None = None
    if recorded:
        _ask_at_once(sitting.person, _another(challenge, sitting.chance))
    for number in range(round(_LONGEST_S * sitting.fps)):
        t_s = number / sitting.fps
        if not recorded and judge.progress != heard:
            heard = judge.progress
            sitting.person.ask(heard.side.sign if isinstance(heard, TurnTo) else 0, t_s)
        pose = sitting.person.pose(t_s)
        pose = sheet_pose(pose) if sitting.head.thin else pose
        if isinstance(judge.see(t_s, _sight(sitting, pose, t_s, finder)), Judged):
            break
    return judge.end()


def _sight(sitting: Sitting, pose: Pose, t_s: float, finder: PointFinder | None) -> Points | Sight:
    if finder is not None:
        picture = render(sitting.head, pose, sitting.view, sitting.scene, sitting.chance)
        return finder.look(t_s, picture)
    points = five_points(sitting.head, pose, sitting.view).astype(np.float64)
    span = float(np.linalg.norm(points[0] - points[2]))
    return points + sitting.chance.normal(0, 0.005 * span, points.shape)


def _another(challenge: Challenge, chance: np.random.Generator) -> list[int]:
    """Draw the sides of another challenge of the same length, +1 for left."""
    asked = [ask.side.sign for ask in challenge]
    while (sides := [int(side) for side in chance.choice((-1, 1), len(asked))]) == asked:
        pass
    return sides


def _ask_at_once(person: Person, sides: list[int]) -> None:
    """What somebody was asked when it was recorded."""
    for number, side in enumerate(sides):
        person.ask(side, 1.0 + 4.0 * number)
        person.ask(0, 3.0 + 4.0 * number)


def drawn_challenge(seed: int, turns: int = 3) -> Challenge:
    """A challenge as `random_challenge` makes them, the same for the same seed."""
    chance = np.random.default_rng([24, seed])
    sides = list(Side)
    return tuple(
        Ask(sides[int(chance.integers(0, 2))], float(chance.uniform(0.2, 0.9))) for _ in range(turns)
    )
