"""The recipe that everybody starts with: what `face_recognition` 1.3 does, without importing it.

`face_locations(picture)` (HOG, upsampled once) and `face_encodings(picture, locations)` (five points, one
jitter), by the same calls of dlib. The package itself would load the 68-point model
(docs/decisions/0004-two-face-models-only.md).
"""

from __future__ import annotations

import cv2
import dlib
import numpy as np

from devices.eyes.matching import Encoding, models_dir
from devices.eyes.pictures import Picture


class Recipe:
    """Detector and models as the recipe has them."""

    def __init__(self) -> None:
        models = models_dir()
        self._detector = dlib.get_frontal_face_detector()
        self._points = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))
        self._network = dlib.face_recognition_model_v1(
            str(models / "dlib_face_recognition_resnet_model_v1.dat")
        )

    def found(self, picture: Picture) -> int:
        """How many faces are found."""
        return len(list(self._detector(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), 1)))

    def encoded(self, picture: Picture) -> Encoding | None:
        """The first face's encoding; None where none is found."""
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        for box in self._detector(rgb, 1):
            return np.array(self._network.compute_face_descriptor(rgb, self._points(rgb, box)), np.float64)
        return None
