"""Finds a face and turns it into 128 numbers, with exactly two of dlib's models.

Only the five-point predictor and the recognition network are opened; the 68-point predictor's training data
forbid commercial use (docs/decisions/0004-two-face-models-only.md). The files are found beside the package
`face_recognition_models` without importing it, because `face_recognition` loads every model at import.

Sizes: detection sees faces from about 80 px wide; encoding takes about 0.1 s and holds the interpreter lock.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import cv2
import dlib
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.contracts import Guidance, PhotoNotDecodable

Picture = MatLike
"""Height × width × 3 bytes, blue-green-red as OpenCV has it."""

Encoding = npt.NDArray[np.float64]
"""128 numbers; the Euclidean distance of two encodings says how alike two faces are."""

NEAR_ENOUGH_PX = 100
"""Width of a face, in a frame 640 px wide, from which it is worth comparing."""

AS_LARGE_AS = 0.5
"""Share of the largest face's area from which a second face is a second person *before* the terminal."""

STILL_ENOUGH = 0.25
"""Share of its own width by which a face may move from one look to the next."""

_FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"
_RECOGNITION = "dlib_face_recognition_resnet_model_v1.dat"


@dataclass(frozen=True)
class Face:
    """Where a face is: left, top, width and height in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Square pixels."""
        return self.width * self.height


def models_dir() -> Path:
    """Where the model files lie. Raises `FileNotFoundError` when the package is not installed."""
    found = importlib.util.find_spec("face_recognition_models")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package face_recognition_models is not installed")
    return Path(found.origin).parent / "models"


class FaceModels:
    """The detector and the two models, loaded once (about 0.5 s)."""

    def __init__(self) -> None:
        models = models_dir()
        self._detector = dlib.get_frontal_face_detector()
        self._points = dlib.shape_predictor(str(models / _FIVE_POINTS))
        self._network = dlib.face_recognition_model_v1(str(models / _RECOGNITION))

    def faces(self, picture: Picture, upsample: int = 0) -> list[Face]:
        """Find faces, largest first; each `upsample` step halves the smallest size that is found."""
        found = self._detector(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), upsample)
        faces = [Face(box.left(), box.top(), box.width(), box.height()) for box in found]
        return sorted(faces, key=lambda face: face.area, reverse=True)

    def encode(self, picture: Picture, face: Face) -> Encoding:
        """Encode one face of the picture."""
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        box = dlib.rectangle(face.left, face.top, face.left + face.width - 1, face.top + face.height - 1)
        return np.array(self._network.compute_face_descriptor(rgb, self._points(rgb, box)), np.float64)

    def encode_photo(self, png: bytes) -> Encoding:
        """Encode the largest face of a chip photo; raises `PhotoNotDecodable` when there is none."""
        picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR) if png else None
        if picture is None:
            raise PhotoNotDecodable("the photo is no picture")
        faces = self.faces(picture) or self.faces(picture, upsample=1)
        if not faces:
            raise PhotoNotDecodable("no face in the photo")
        return self.encode(picture, faces[0])


def distance(one: Encoding, other: Encoding) -> float:
    """Say how far apart two faces are: 0 is the same picture, strangers are usually beyond 0.6."""
    return float(np.linalg.norm(one - other))


def judge(faces: list[Face], previous: Face | None) -> Face | Guidance:
    """Choose the face to compare, or say what would help. `faces` is largest first, in 640 px frames."""
    if not faces:
        return Guidance.NO_FACE
    largest = faces[0]
    if len(faces) > 1 and faces[1].area >= AS_LARGE_AS * largest.area:
        return Guidance.SEVERAL_FACES
    if largest.width < NEAR_ENOUGH_PX:
        return Guidance.COME_CLOSER
    if previous is not None:
        moved = abs(largest.left - previous.left) + abs(largest.top - previous.top)
        if moved > STILL_ENOUGH * largest.width:
            return Guidance.HOLD_STILL
    return largest
