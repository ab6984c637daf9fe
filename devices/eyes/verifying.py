"""From pictures to a verdict: the same pipeline for the camera, for files and for calibration.

Both sides become the mean of several views of the same face: views differ by what does not make a person
(a mirror, a small shift, the blocks of a photo's coding), so what they share is the person. The mean of good
frames of one sitting does the same for blinks and noise. What each step is worth is measured in docs/face.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from devices.eyes.finding import Found, NotComparable, NotComparableReason, the_face
from devices.eyes.matching import CHIP_PX, Chip, Encoding, FaceModels, distance
from devices.eyes.pictures import Picture, decoded
from devices.eyes.quality import MOST_BLOCKS, Quality, blocks

BEST_FRAMES = 3
"""How many of the best frames of one sitting are compared."""

ONE_PERSON = 0.6
"""Frames of one sitting that are further apart than this do not show one person."""

_SOFTENED = 0.8
"""Of the photo's own pixels: takes the blocks of its coding away."""

_WOBBLE = ((0.0, 1.0, 0.0, 0.0), (2.0, 1.03, 2.0, -2.0), (-2.0, 0.97, -2.0, 2.0))
"""Degrees, scale, x and y shift in chip pixels: as much as five points may be off."""


@dataclass(frozen=True)
class View:
    """One usable frame of a sitting."""

    encoding: Encoding
    quality: Quality


def find_photo(models: FaceModels, coded: bytes) -> Found:
    """Find the face of a photo file. Raises `NotComparable`."""
    return the_face(models, _picture(coded), photo=True)


def encode_found(models: FaceModels, found: Found) -> Encoding:
    """Encode the face of a chip's photo."""
    return models.encode_chips(photo_chips(models, found))


def photo_chips(models: FaceModels, found: Found) -> list[Chip]:
    """Four views of the face of a chip's photo, whose mean encoding stands for it.

    Eight where its coding shows blocks: four of them of the softened photo.
    """
    chips = [models.chip(found.picture, found.face)]
    if blocks(found.picture) > MOST_BLOCKS:
        softened = cv2.GaussianBlur(found.picture, (0, 0), _SOFTENED)
        chips.append(models.chip(softened, found.face))
    return [view for chip in chips for view in _views(chip)]


def encode_live(models: FaceModels, found: Found) -> View:
    """Encode the face of one frame: as it is, and mirrored."""
    chip = models.chip(found.picture, found.face)
    return View(models.encode_chips((chip, chip[:, ::-1])), found.quality)


def fused_distance(photo: Encoding, views: Sequence[View]) -> float:
    """How far the person of a sitting is from the photo: the mean of the best frames is compared.

    Frames that do not show one person are judged by the worst of them.
    """
    best = sorted(views, key=lambda view: view.quality.rank, reverse=True)[:BEST_FRAMES]
    encodings = [view.encoding for view in best]
    if any(distance(one, other) > ONE_PERSON for one in encodings for other in encodings):
        return max(distance(photo, encoding) for encoding in encodings)
    return distance(photo, np.mean(encodings, axis=0))


def find_live(models: FaceModels, coded: bytes) -> Found:
    """Find the face of a camera's picture file. Raises `NotComparable`."""
    return the_face(models, _picture(coded), photo=False)


def _picture(coded: bytes) -> Picture:
    picture = decoded(coded)
    if picture is None:
        raise NotComparable(NotComparableReason.UNREADABLE)
    return picture


def _views(chip: Chip) -> Iterator[Chip]:
    middle = ((CHIP_PX - 1) / 2, (CHIP_PX - 1) / 2)
    for number, (degrees, scale, x, y) in enumerate(_WOBBLE):
        turned = cv2.getRotationMatrix2D(middle, degrees, scale) + np.array([[0, 0, x], [0, 0, y]])
        moved = cv2.warpAffine(chip, turned, (CHIP_PX, CHIP_PX), borderMode=cv2.BORDER_REPLICATE)
        yield moved
        if number == 0:
            yield moved[:, ::-1]
