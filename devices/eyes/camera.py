"""The camera through OpenCV, read on a thread of its own; a camera that only pretends to see is noticed.

A camera may fail without saying so: its stream stalls, the last frame comes again and again, or every
frame is black. `Camera.latest` gives frames only while they are new, and raises `DeviceFault` otherwise.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from devices.eyes.matching import Picture
from devices.statuses import DeviceFault, DeviceState, Health, NotReady, Ready, Reason

CameraSource = int | str
"""A V4L2 device number (0 is /dev/video0) or a stream's URL."""

OPEN_S = 2.0
READ_S = 2.0
"""How long a stream may take to open, and to deliver its next frame."""

STALE_S = 2.0
"""How long the same frame, a black one, or none at all, is taken for an accident."""

WIDTH_PX = 640
"""Frames wider than this are made smaller: preview and detection need no more."""

_BLACK_MEAN = 10
"""Of 255. A dark room is brighter than this after a camera's own gain."""

_QUERYCAP = 0x80685600
_CAPABILITY = struct.Struct("16s32s32sIII12x")
_CAN_CAPTURE = 0x1 | 0x1000
"""VIDIOC_QUERYCAP, struct v4l2_capability, V4L2_CAP_VIDEO_CAPTURE and …_MPLANE (Linux media UAPI)."""


@dataclass(frozen=True)
class Shot:
    """One frame, at most 640 px wide, as the camera sees it (not mirrored), and its number."""

    picture: Picture
    number: int


class Camera:
    """An opened camera. `on_shot` is called on the reading thread with each new frame."""

    def __init__(self, source: CameraSource, on_shot: Callable[[Shot], None]) -> None:
        self._source = source
        self._on_shot = on_shot
        self._news = threading.Condition()
        self._shot: Shot | None = None
        self._fault: DeviceFault | None = None
        self._new_at = time.monotonic() + OPEN_S
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)
        self._thread.start()

    def latest(self, after: int, wait_s: float) -> Shot | None:
        """Give the newest frame if its number is above `after`, waiting for it up to `wait_s`; else None.

        Raises `DeviceFault`: `PORT_MISSING` when the camera does not open, `PORT_LOST` when it went away,
        `FRAME_STALLED` when it delivers nothing, or nothing new, for two seconds.
        """
        with self._news:
            self._news.wait_for(
                lambda: self._fault is not None or (self._shot is not None and self._shot.number > after),
                wait_s,
            )
            if self._fault is not None:
                raise self._fault
            if time.monotonic() - self._new_at > STALE_S:
                raise DeviceFault(Reason.FRAME_STALLED, "no new frame")
            return self._shot if self._shot is not None and self._shot.number > after else None

    def close(self, wait_s: float) -> bool:
        """Release the camera; False if its driver has not come back within `wait_s`."""
        self._closing.set()
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _read(self) -> None:
        asked_at = time.monotonic()
        capture = open_capture(self._source)
        try:
            if not capture.isOpened():
                waited = time.monotonic() - asked_at >= OPEN_S
                self._fail(Reason.FRAME_STALLED if waited else Reason.PORT_MISSING, "does not open")
                return
            self._read_from(capture)
        finally:
            capture.release()

    def _read_from(self, capture: cv2.VideoCapture) -> None:
        number, previous = 0, None
        while not self._closing.is_set():
            asked_at = time.monotonic()
            there, frame = capture.read()
            if not there:
                waited = time.monotonic() - asked_at >= READ_S
                self._fail(Reason.FRAME_STALLED if waited else Reason.PORT_LOST, "no frame")
                return
            # A live sensor is never twice the same: equal frames are one frame.
            if frame.mean() < _BLACK_MEAN or (previous is not None and np.array_equal(frame, previous)):
                continue
            number, previous = number + 1, frame
            shot = Shot(_at_most_wide(frame), number)
            with self._news:
                self._shot, self._new_at = shot, time.monotonic()
                self._news.notify_all()
            self._on_shot(shot)

    def _fail(self, reason: Reason, detail: str) -> None:
        with self._news:
            self._fault = DeviceFault(reason, detail)
            self._news.notify_all()


def open_capture(source: CameraSource) -> cv2.VideoCapture:
    """Open a device or a stream; whether that went well says `isOpened`."""
    if isinstance(source, int):
        return cv2.VideoCapture(
            source,
            cv2.CAP_V4L2,
            [cv2.CAP_PROP_FRAME_WIDTH, WIDTH_PX, cv2.CAP_PROP_FRAME_HEIGHT, WIDTH_PX * 3 // 4],
        )
    return cv2.VideoCapture(
        source,
        cv2.CAP_FFMPEG,
        [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            round(OPEN_S * 1000),
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            round(READ_S * 1000),
        ],
    )


def probe(source: CameraSource | None) -> Health:
    """Say whether the camera is there, without pointing it at anybody for longer than needed.

    A stream is opened for one frame. A device is asked for its capabilities only: opening it would switch on
    its light in the face of a person who has not agreed to anything.
    """
    if source is None:
        return NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    if isinstance(source, int):
        return _probe_device(Path(f"/dev/video{source}"))
    capture = open_capture(source)
    try:
        if not capture.isOpened():
            return NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
        there, _ = capture.read()
    finally:
        capture.release()
    return Ready() if there else NotReady(DeviceState.HARDWARE_ERROR, Reason.FRAME_STALLED)


def _probe_device(path: Path) -> Health:
    try:
        device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except FileNotFoundError:
        return NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    except PermissionError:
        return NotReady(DeviceState.OFFLINE, Reason.PORT_DENIED)
    except OSError:
        return NotReady(DeviceState.OFFLINE, Reason.PORT_LOST)
    try:
        said = fcntl.ioctl(device, _QUERYCAP, bytes(_CAPABILITY.size))
    except OSError:
        return NotReady(DeviceState.HARDWARE_ERROR, Reason.SILENT)
    finally:
        os.close(device)
    can = _CAPABILITY.unpack(said)[-1]
    return Ready() if can & _CAN_CAPTURE else NotReady(DeviceState.USER_ERROR, Reason.GARBLED)


def _at_most_wide(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    if width <= WIDTH_PX:
        return picture
    size = (WIDTH_PX, round(height * WIDTH_PX / width))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
