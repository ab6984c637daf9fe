"""The simulated camera before which a person may stand who can turn the head: a rendered one."""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from devices.eyes.liveness_challenge import Side
from devices.simulators.camera import HEIGHT, WIDTH, CameraSimulator
from devices.simulators.heads.geometry import Head
from devices.simulators.heads.motion import Manner, Person
from devices.simulators.heads.rendering import Pose, Scene, View, render

STEP_DEG = 1.5
"""Heads are drawn in steps of so many degrees, each once."""

_NOISES = 2
"""Different frames of each step: a camera never sends one twice."""

_REST = Pose(distance_mm=400.0)
_SWAY_MM = 1.5


class TurningCamera(CameraSimulator):
    """As `CameraSimulator`; `step_up` puts a person there, `look` has them turn as people do."""

    def __init__(self) -> None:
        self._face: str | None = None
        self._last: tuple[bytes, ...] = ()
        """What a frozen camera goes on sending."""
        super().__init__()

    def show(self, picture: Path | None) -> None:
        """See `CameraSimulator.show`: a flat picture does not turn."""
        self._face = None
        super().show(picture)

    def step_up(self, face: str) -> None:
        """Put the person of a picture of `devices/simulators/faces` before the camera."""
        manner = Manner(reaction_s=0.25, turn_s=0.45, sway_deg=0.3, sway_mm=0.0)
        self._person = Person(manner, _REST, np.random.default_rng(1))
        self._face = face

    def look(self, side: Side | None) -> None:
        """Have that person look to their own `side`, or with None ahead."""
        if self._face is not None:
            self._person.ask(0 if side is None else side.sign, time.monotonic())

    def _sent_now(self, number: int) -> Sequence[bytes]:
        plain = not (self.black or self.no_picture or self.tiny or self.changing)
        if self._face is None or not plain:
            return super()._sent_now(number)
        if not self.frozen or not self._last:
            step = round(self._person.pose(time.monotonic()).yaw_deg / STEP_DEG)
            self._last = (_frame(self._face, step, number % _NOISES),)
        return self._last


@functools.cache
def _head(face: str) -> Head:
    return Head.with_face(face)


@functools.cache
def _frame(face: str, step: int, noise: int) -> bytes:
    pose = Pose(
        yaw_deg=step * STEP_DEG,
        x_mm=0.2 * step + _SWAY_MM * noise,
        distance_mm=_REST.distance_mm,
    )
    chance = np.random.default_rng(noise)
    picture = render(_head(face), pose, View(WIDTH, HEIGHT), Scene(wall=3, blur_px=0.3, contrast=0.1), chance)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
