"""What would help the camera see the person, said from one look to the next."""

from __future__ import annotations

from devices.contracts.eyes import Guidance
from devices.eyes.finding import is_several
from devices.eyes.matching import Face
from devices.eyes.quality import LEAST_LIGHT, MOST_BLUR, Quality

NEAR_ENOUGH_PX = 100
"""Width of a face, in a frame 640 px long, from which it is worth comparing."""

STILL_ENOUGH = 0.25
"""Share of its own width by which a face may move from one look to the next, a quarter of a second later."""


def judge(faces: list[Face], previous: Face | None) -> Face | Guidance:
    """Choose the face to compare, or say what would help. `faces` is largest first, in 640 px frames."""
    if not faces:
        return Guidance.NO_FACE
    largest = faces[0]
    if is_several(faces):
        return Guidance.SEVERAL_FACES
    if largest.width < NEAR_ENOUGH_PX:
        return Guidance.COME_CLOSER
    if previous is not None:
        moved = abs(largest.left - previous.left) + abs(largest.top - previous.top)
        if moved > STILL_ENOUGH * largest.width:
            return Guidance.HOLD_STILL
    return largest


def judge_view(quality: Quality) -> Guidance | None:
    """Say what would help a face that is there; None if it can be compared."""
    if quality.light < LEAST_LIGHT:
        return Guidance.MORE_LIGHT
    # Before a camera with a fixed focus it is movement that blurs.
    return Guidance.HOLD_STILL if quality.blur > MOST_BLUR else None
