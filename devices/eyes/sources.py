"""Where a camera is: a V4L2 device or a stream's URL; asking whether it is there, and opening it.

Asking takes no picture: nobody has agreed to one yet.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

import cv2

from devices.statuses import DeviceState, Health, NotReady, Ready, Reason, health_after

CameraSource = int | str
"""A V4L2 device number (0 is /dev/video0) or a stream's URL."""

OPEN_S = 2.0
READ_S = 1.4
"""How long a stream may take to open, and to deliver its next frame."""

CONNECT_S = 1.5

_WIDTH_PX, _HEIGHT_PX = 640, 480

_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}

_QUERYCAP = 0x80685600
_CAPABILITY = struct.Struct("16s32s32sIII12x")
_CAN_CAPTURE = 0x1 | 0x1000
"""VIDIOC_QUERYCAP, struct v4l2_capability, V4L2_CAP_VIDEO_CAPTURE and …_MPLANE (Linux media UAPI)."""


def source_of(text: str) -> CameraSource:
    """Read a source from a command line."""
    return int(text) if text.isdecimal() else text


def open_capture(source: CameraSource) -> cv2.VideoCapture:
    """Open a device or a stream; whether that went well says `isOpened`."""
    if isinstance(source, int):
        return cv2.VideoCapture(
            source,
            cv2.CAP_V4L2,
            [cv2.CAP_PROP_FRAME_WIDTH, _WIDTH_PX, cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT_PX],
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


def gives_coded(capture: cv2.VideoCapture) -> bool:
    """Whether a stream's pictures will come as they were sent, JPEG, from now on.

    Decoded by OpenCV, a picture of another size would be stretched to the first one's, and what is no picture
    would be passed over in silence.
    """
    motion_jpeg = int(capture.get(cv2.CAP_PROP_FOURCC)) == cv2.VideoWriter.fourcc(*"MJPG")
    streamed = capture.getBackendName() == "FFMPEG"
    return motion_jpeg and streamed and capture.set(cv2.CAP_PROP_FORMAT, -1)


def probe(source: CameraSource | None) -> Health:
    """Say whether the camera is there, without one picture being taken.

    A stream's address is connected to, and nothing is asked for. A device is asked for its capabilities
    only: starting it would switch on its light in the face of a person who has not agreed to anything.
    """
    if source is None:
        return NotReady(DeviceState.NO_DEVICE, Reason.NOT_CONFIGURED)
    if isinstance(source, int):
        return _probe_device(Path(f"/dev/video{source}"))
    return _probe_address(source)


def _probe_address(url: str) -> Health:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return NotReady(DeviceState.USER_ERROR, Reason.PORT_MISSING)
    if not parts.hostname or port is None:
        # A file or a pipe, say: somebody's own arrangement.
        there = Path(url).exists()
        return Ready() if there else NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    try:
        socket.create_connection((parts.hostname, port), CONNECT_S).close()
    except TimeoutError:
        return health_after(Reason.SILENT)
    except OSError:
        return NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    return Ready()


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
