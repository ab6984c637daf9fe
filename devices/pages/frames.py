"""The document camera's newest frame, read on a thread of its own; a camera that only pretends is noticed."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import cv2
import numpy as np

from devices.eyes.sources import OPEN_S, READ_S, CameraSource, open_capture
from devices.pages.quadrilaterals import Picture
from devices.statuses import DeviceFault, Reason

STALE_S = 1.5
"""How long nothing new, or nothing but black, is taken for an accident; said within two seconds."""

_BLACK_MEAN = 6
"""Of 255: an empty dark table is brighter than a covered lens."""

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True)
class View:
    """How the camera is mounted, and how fine it looks."""

    source: CameraSource
    width_px: int
    height_px: int
    turn_deg: int
    """Clockwise, until what lies before the person is upright."""


class Frames:
    """An opened document camera. It is closed by the end of its process, whatever its driver does."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._news = threading.Condition()
        self._frame: Picture | None = None
        self._number = 0
        self._fault: DeviceFault | None = None
        self._trouble = Reason.FRAME_STALLED
        self._useful_s = time.monotonic() + OPEN_S
        threading.Thread(target=self._read, name="document-camera", daemon=True).start()

    def next(self, after: int, wait_s: float) -> tuple[int, Picture] | None:
        """Give the newest frame and its number if that is above `after`; None if none comes in `wait_s`.

        Raises `DeviceFault` when the camera does not open, went away, or shows nothing new for `STALE_S`.
        """
        with self._news:
            self._news.wait_for(lambda: self._fault is not None or self._number > after, wait_s)
            if self._fault is not None:
                raise self._fault
            if time.monotonic() - self._useful_s > STALE_S:
                raise DeviceFault(self._trouble, "no new frame")
            return (self._number, self._frame) if self._frame is not None and self._number > after else None

    def _read(self) -> None:
        asked_s = time.monotonic()
        capture = open_capture(self._view.source)
        if not capture.isOpened():
            waited = time.monotonic() - asked_s >= OPEN_S
            self._fail(Reason.FRAME_STALLED if waited else Reason.PORT_MISSING, "does not open")
            return
        if isinstance(self._view.source, int):
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._view.width_px)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._view.height_px)
        previous: Picture | None = None
        while True:
            asked_s = time.monotonic()
            there, frame = capture.read()
            if not there:
                waited = time.monotonic() - asked_s >= READ_S
                self._fail(Reason.FRAME_STALLED if waited else Reason.PORT_LOST, "no frame")
                return
            # A live sensor is never twice the same: equal frames are one frame.
            if previous is not None and np.array_equal(frame[::7, ::7], previous[::7, ::7]):
                self._trouble = Reason.FRAME_FROZEN
                continue
            previous = frame
            if frame[::7, ::7].mean() < _BLACK_MEAN:
                self._trouble = Reason.FRAME_BLACK
                continue
            turn = _TURNS.get(self._view.turn_deg)
            turned = frame if turn is None else cv2.rotate(frame, turn)
            with self._news:
                self._frame, self._number = turned, self._number + 1
                self._useful_s, self._trouble = time.monotonic(), Reason.FRAME_STALLED
                self._news.notify_all()

    def _fail(self, reason: Reason, detail: str) -> None:
        with self._news:
            self._fault = DeviceFault(reason, detail)
            self._news.notify_all()
