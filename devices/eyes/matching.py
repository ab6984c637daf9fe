"""Finds a face and turns it into 128 numbers, with exactly two of dlib's models.

Only the five-point predictor and the recognition network are opened; the 68-point predictor's training data
forbid commercial use (docs/decisions/0004-two-face-models-only.md). The files are found beside the package
`face_recognition_models` without importing it, because `face_recognition` loads every model at import.

Detection sees faces from about 80 px wide and lets other threads run; one encoding takes about 0.1 s and
holds the interpreter lock. How encodings become a verdict is `devices.eyes.verifying`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import dlib
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.eyes.pictures import Grey, Picture, Points, grey

Encoding = npt.NDArray[np.float64]
"""128 numbers; the Euclidean distance of two encodings says how alike two faces are."""

Chip = MatLike
"""A face turned upright and cut out: 150 × 150 × 3 bytes, red-green-blue, what the network takes."""

CHIP_PX = 150

_LANDMARK_PX = 300
"""Width to which a face is scaled before its points are looked for: the predictor gives whole pixels, and
half a pixel of a face 60 px wide would turn the eyes by a degree."""

_MARGIN = 0.5
"""Share of its width that is looked at around a face; a chip reaches a quarter beyond it."""

_FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"
_RECOGNITION = "dlib_face_recognition_resnet_model_v1.dat"


@dataclass(frozen=True)
class Face:
    """Where a face is: left, top, width and height in pixels."""

    left: int
    top: int
    width: int
    height: int
    score: float = 0.0
    """How sure the detector is; false alarms are seldom above 0.3, frontal faces seldom below 0.5."""

    @property
    def area(self) -> int:
        """Square pixels."""
        return self.width * self.height

    def scaled(self, share: float) -> Face:
        """The same face in a picture `share` times as large."""
        return Face(
            round(self.left * share),
            round(self.top * share),
            max(1, round(self.width * share)),
            max(1, round(self.height * share)),
            self.score,
        )


def models_dir() -> Path:
    """Where the model files lie. Raises `FileNotFoundError` when the package is not installed."""
    found = importlib.util.find_spec("face_recognition_models")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package face_recognition_models is not installed")
    return Path(found.origin).parent / "models"


class FaceModels:
    """The detector and the two models, loaded once (about 0.3 s)."""

    def __init__(self) -> None:
        models = models_dir()
        self._detector = dlib.get_frontal_face_detector()
        self._points = dlib.shape_predictor(str(models / _FIVE_POINTS))
        self._network = dlib.face_recognition_model_v1(str(models / _RECOGNITION))

    def faces(self, picture: Picture, upsample: int = 0) -> list[Face]:
        """Find faces, largest first; each `upsample` step halves the smallest size that is found."""
        return self.faces_in_grey(grey(picture), upsample)

    def faces_in_grey(self, picture: Grey, upsample: int = 0, adjust: float = 0.0) -> list[Face]:
        """Find faces, largest first; a negative `adjust` finds less certain ones, too."""
        boxes, scores, _ = self._detector.run(picture, upsample, adjust)
        faces = [
            Face(box.left(), box.top(), box.width(), box.height(), score)
            for box, score in zip(boxes, scores, strict=True)
        ]
        return sorted(faces, key=lambda face: face.area, reverse=True)

    def five_points(self, picture: Picture, face: Face) -> Points:
        """The outer and inner corner of the eye on the right, of the eye on the left, and beneath the nose.

        Right and left are the picture's; pixels of `picture`, with fractions.
        """
        near = _Near(picture, face)
        found = self._points(near.rgb, near.box)
        points = [(found.part(number).x, found.part(number).y) for number in range(found.num_parts)]
        return near.outside(np.array(points, np.float64))

    def chip(self, picture: Picture, face: Face) -> Chip:
        """Cut the face out, upright, eyes and nose where the network expects them."""
        near = _Near(picture, face)
        return np.asarray(dlib.get_face_chip(near.rgb, self._points(near.rgb, near.box), CHIP_PX, 0.25))

    def encode_chip(self, chip: Chip) -> Encoding:
        """Encode one chip."""
        return np.array(self._network.compute_face_descriptor(np.ascontiguousarray(chip)), np.float64)

    def encode_chips(self, chips: Iterable[Chip]) -> Encoding:
        """The mean encoding of several views of one face. Other threads run between two views."""
        encodings = np.array([self.encode_chip(chip) for chip in chips])
        mean: Encoding = encodings.mean(axis=0)
        return mean


class _Near:
    """A face and its surroundings, scaled so that the face is `_LANDMARK_PX` wide."""

    def __init__(self, picture: Picture, face: Face) -> None:
        margin = round(_MARGIN * face.width)
        left, top = face.left - margin, face.top - margin
        right, bottom = face.left + face.width + margin, face.top + face.height + margin
        height, width = picture.shape[:2]
        inside = picture[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
        cut = cv2.copyMakeBorder(
            inside,
            max(0, -top),
            max(0, bottom - height),
            max(0, -left),
            max(0, right - width),
            cv2.BORDER_REPLICATE,
        )
        self._share = _LANDMARK_PX / face.width
        self._corner = np.array([left, top], np.float64)
        size = (round(cut.shape[1] * self._share), round(cut.shape[0] * self._share))
        smooth = cv2.INTER_AREA if self._share < 1 else cv2.INTER_CUBIC
        self.rgb = cv2.cvtColor(cv2.resize(cut, size, interpolation=smooth), cv2.COLOR_BGR2RGB)
        begin = round(margin * self._share)
        self.box = dlib.rectangle(
            begin,
            begin,
            begin + round(face.width * self._share) - 1,
            begin + round(face.height * self._share) - 1,
        )

    def outside(self, points: Points) -> Points:
        """The same places in the picture the face was found in."""
        return points / self._share + self._corner


def distance(one: Encoding, other: Encoding) -> float:
    """Say how far apart two faces are: 0 is the same picture, strangers are usually beyond 0.6."""
    return float(np.linalg.norm(one - other))
