"""The one face of a still picture, or the reason why there is none to compare.

A live stream may be guided ("come closer"); a file cannot, so a picture is searched harder here: for small
faces, for blurred ones, and for a chip photo's, whose coding leaves little.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from devices.eyes.matching import Face, FaceModels
from devices.eyes.pictures import Grey, Picture, grey, within
from devices.eyes.quality import (
    LEAST_LIVE_PX,
    LEAST_PHOTO_PX,
    MOST_BLUR,
    Quality,
    blur,
    face_region,
    measured,
)

LOOKED_AT_PX = 960
"""A larger picture is made smaller first: no face that counts is lost, and time is saved."""

AS_LARGE_AS = 0.3
"""Share of the largest face's area from which a second face is a second person *before* the terminal."""

SURE = 0.1
"""Score below which a second face is taken for a pattern of the background."""


class NotComparableReason(Enum):
    """Why a picture cannot be compared, in the words of `face verify --json`."""

    UNREADABLE = "unreadable"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    TOO_SMALL = "too-small"
    TOO_BLURRED = "too-blurred"


class NotComparable(Exception):
    """A picture that cannot be compared."""

    def __init__(self, reason: NotComparableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Found:
    """A picture, the face in it and how good it is."""

    picture: Picture
    face: Face
    quality: Quality


def the_face(models: FaceModels, picture: Picture, *, photo: bool) -> Found:
    """Find the one face; `photo` for a chip's, which may be small. Raises `NotComparable`."""
    seen = within(picture, LOOKED_AT_PX)
    faces = _search(models, seen, photo=photo)
    if not faces:
        blurred = _blurred_face(models, seen)
        raise NotComparable(NotComparableReason.TOO_BLURRED if blurred else NotComparableReason.NO_FACE)
    largest = faces[0]
    if is_several(faces):
        raise NotComparable(NotComparableReason.SEVERAL_FACES)
    share = picture.shape[1] / seen.shape[1]
    face = largest.scaled(share)
    if face.width < (LEAST_PHOTO_PX if photo else LEAST_LIVE_PX):
        raise NotComparable(NotComparableReason.TOO_SMALL)
    quality = measured(picture, face, models.five_points(picture, face))
    if quality.blur > MOST_BLUR:
        raise NotComparable(NotComparableReason.TOO_BLURRED)
    return Found(picture, face, quality)


def is_several(faces: list[Face]) -> bool:
    """Whether a second person stands before the terminal; somebody far behind does not count."""
    largest, *others = faces
    return any(face.area >= AS_LARGE_AS * largest.area and face.score >= SURE for face in others)


def _search(models: FaceModels, picture: Picture, *, photo: bool) -> list[Face]:
    """Look harder and harder; largest first."""
    plain = grey(picture)
    small = max(plain.shape) <= 2 * LEAST_LIVE_PX + LEAST_LIVE_PX
    for upsample in (1, 2) if photo or small else (1,):
        if faces := models.faces_in_grey(plain, upsample):
            return faces
    # The blocks of a strong coding hide edges; softened they are gone.
    soft = cv2.GaussianBlur(plain, (0, 0), 0.8)
    if faces := models.faces_in_grey(soft, 1):
        return faces
    # A face in the shade, or against a window.
    if faces := models.faces_in_grey(cv2.createCLAHE(3.0, (4, 4)).apply(plain), 1):
        return faces
    # Faces that tilt: turned upright, their place is told in the picture as it was.
    for degrees in (20.0, -20.0):
        if faces := _tilted(models, plain, degrees):
            return faces
    # Too small to be compared, but then that is the reason.
    return models.faces_in_grey(plain, 2)


def _tilted(models: FaceModels, picture: Grey, degrees: float) -> list[Face]:
    height, width = picture.shape[:2]
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    upright = cv2.warpAffine(picture, turned, (width, height), borderMode=cv2.BORDER_REPLICATE)
    back = cv2.invertAffineTransform(turned)
    faces = []
    for face in models.faces_in_grey(upright, 1):
        middle = np.array([face.left + face.width / 2, face.top + face.height / 2, 1.0])
        x, y = back @ middle
        faces.append(
            Face(round(x - face.width / 2), round(y - face.height / 2), face.width, face.height, face.score)
        )
    return faces


_BLUR_WIDTH_PX = 320
_UNSURE, _VERY_UNSURE = -0.5, -0.8
"""How much less certain a blurred face may be; more so where the whole picture is blurred."""


def _blurred_face(models: FaceModels, picture: Picture) -> bool:
    """Whether there is a face that only its blur hides."""
    plain = grey(picture)
    share = _BLUR_WIDTH_PX / plain.shape[1]
    small = cv2.resize(plain, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    strong = cv2.createCLAHE(4.0, (4, 4)).apply(small)
    soft = cv2.GaussianBlur(strong, (0, 0), 4).astype(np.float32)
    sharpened = np.clip(strong + 3 * (strong - soft), 0, 255).astype(np.uint8)
    everywhere = blur(plain) > MOST_BLUR
    found = models.faces_in_grey(sharpened, 0, _VERY_UNSURE if everywhere else _UNSURE)
    return any(blur(face_region(picture, face.scaled(1 / share))) > MOST_BLUR - 0.05 for face in found)
