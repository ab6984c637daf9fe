"""A document camera: the streaming camera of `devices.simulators.camera`, looking at a table."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.simulators.camera import CameraSimulator

_LOOP = 5
"""Frames prepared of each picture; they differ by the sensor's noise."""


class DocumentCameraSimulator(CameraSimulator):
    """Streams photographs as MJPEG in their own size, with the faults of the camera that it is built on."""

    def lay(self, photo: MatLike) -> None:
        """Show the table as in `photo`, with noise that is never twice the same."""
        self._frames = tuple(_frames(photo))

    def play(self, photos: Sequence[MatLike]) -> None:
        """Show these photographs, round and round: something moves."""
        self._frames = tuple(frame for photo in photos for frame in _frames(photo)[:1])


def _frames(photo: MatLike) -> list[bytes]:
    chance = np.random.default_rng(1)
    frames = []
    for _ in range(_LOOP):
        noise = chance.integers(0, 4, (*photo.shape[:2], 1), np.uint8)
        noisy = cv2.add(photo, cv2.merge([noise, noise, noise]))
        frames.append(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes())
    return frames
