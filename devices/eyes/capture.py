"""The camera's own process: it opens the camera, judges its frames, sends the preview, hands out frames.

It exists only while somebody who agreed is being checked, and it never loads the face models: an encoding
holds its interpreter for a tenth of a second, and the preview must not stand still for that. A driver that
hangs takes this process with it and nothing else.

`python -m devices.eyes.capture FD PREVIEW_FD SOURCE`. On `FD`, a stream socket to the face worker, come
single bytes `n` ("give me the next new frame"), and go, until it is closed:
```
state: "s" | u32 length | the reason why nothing is seen, or "none"; five times a second
frame: "f" | u32 length | f64 seconds (monotonic) | u16 height | u16 width | height × width × 3 bytes
```
On `PREVIEW_FD`, a seqpacket socket to the session, each packet is one mirrored JPEG; whoever does not take
them in time misses some. All numbers are big-endian.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from devices.eyes.pictures import Picture, decoded, within
from devices.eyes.sources import (
    OPEN_S,
    READ_S,
    CameraSource,
    gives_coded,
    open_capture,
    probe,
    source_of,
)
from devices.statuses import Reason

HEAD = struct.Struct(">cI")
FRAME_HEAD = struct.Struct(">dHH")
STATE, FRAME, NEXT = b"s", b"f", b"n"

LONGEST_PX = 640
"""Frames are made smaller to this: preview and comparison need no more."""

STATE_S = 0.2

SEEING_S = 0.4
"""A frame this old still counts as seeing: a camera gives at least five a second."""

PREVIEW_S = 1 / 45
"""Shortest time between two preview frames: all of 30 a second however uneven, every second one of 60."""

_STEADY = 3
"""Good frames in a row after opening before the camera counts as seeing: some begin with rubbish."""

_REOPEN_S = 0.4
_USELESS_S = 2.5
"""A camera that shows nothing new for so long is opened again: that cures some."""

_STUCK_SLACK_S = 0.4
_RELEASE_S = 1.0

_BLACK_MEAN = 10
"""Of 255. A dark room is brighter than this after a camera's own gain."""

_LEAST_PX, _MOST_OBLONG = 100, 3
"""What is smaller or longer is no camera's frame."""

_EXIT_STUCK = 3


@dataclass(frozen=True)
class _Seen:
    picture: Picture
    taken_s: float
    number: int


class _Capture:
    """One thread reads the camera, one hears the worker; the main thread speaks."""

    def __init__(self, pipe: socket.socket, preview: socket.socket, source: CameraSource) -> None:
        self._pipe, self._preview, self._source = pipe, preview, source
        self._news = threading.Condition()
        self._seen: _Seen | None = None
        self._reason = Reason.FRAME_STALLED
        self._wanted = False
        self._stuck_at: float | None = None
        """When the driver's present call counts as hung."""
        self._sent_preview_s = 0.0

    def serve(self) -> None:
        """Look and tell until the worker closes its end."""
        for work in (self._listen, self._see):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()
        given, tell_at = 0, 0.0
        while True:
            with self._news:
                if self._next(given) is None:
                    self._news.wait(STATE_S)
                frame = self._next(given)
                if frame is not None:
                    self._wanted = False
            if frame is not None:
                given = frame.number
                self._send_frame(frame)
            now = time.monotonic()
            if now >= tell_at:
                tell_at = now + STATE_S
                self._send(STATE, self._state(now).value.encode())
            if self._stuck_at is not None and now > self._stuck_at:
                self._send(STATE, Reason.FRAME_STALLED.value.encode())
                os._exit(_EXIT_STUCK)

    # ---- the worker --------------------------------------------------------------------------------------

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while self._pipe.recv(64):
                with self._news:
                    self._wanted = True
                    self._news.notify_all()
        # At once, whatever the driver is doing: closing its file is the kernel's work.
        os._exit(0)

    def _next(self, given: int) -> _Seen | None:
        newer = self._seen is not None and self._seen.number > given
        return self._seen if self._wanted and newer else None

    def _state(self, now: float) -> Reason:
        seen = self._seen
        return Reason.NONE if seen is not None and now - seen.taken_s < SEEING_S else self._reason

    def _send_frame(self, seen: _Seen) -> None:
        height, width = seen.picture.shape[:2]
        self._send(FRAME, FRAME_HEAD.pack(seen.taken_s, height, width) + seen.picture.tobytes())

    def _send(self, kind: bytes, body: bytes) -> None:
        try:
            self._pipe.sendall(HEAD.pack(kind, len(body)) + body)
        except OSError:
            os._exit(0)

    # ---- the camera --------------------------------------------------------------------------------------

    def _see(self) -> None:
        while True:
            began = time.monotonic()
            with self._call(OPEN_S):
                capture = open_capture(self._source)
                opened = capture.isOpened()
            if opened:
                self._reason = self._read_from(capture)
            else:
                waited = time.monotonic() - began >= OPEN_S
                self._reason = Reason.FRAME_STALLED if waited else self._why_shut()
            with self._call(_RELEASE_S):
                capture.release()
            time.sleep(_REOPEN_S)

    def _why_shut(self) -> Reason:
        health = probe(self._source)
        # It is there, and what it gives is no picture.
        return Reason.GARBLED if health.usable else health.reason

    def _read_from(self, capture: cv2.VideoCapture) -> Reason:
        """Read until nothing useful comes any more; gives the reason."""
        coded = gives_coded(capture)
        shape: tuple[int, ...] = ()
        previous, steady, useful_s = None, 0, time.monotonic()
        while True:
            began = time.monotonic()
            frame: Picture | None
            with self._call(READ_S):
                there, frame = capture.read()
            now = time.monotonic()
            if not there:
                return Reason.FRAME_STALLED if now - began >= READ_S else Reason.PORT_LOST
            if coded and frame is not None:
                frame = decoded(frame.tobytes())
            useless = _useless(frame, previous, shape)
            previous, shape = (None, ()) if frame is None else (frame, frame.shape)
            if frame is None or useless is not Reason.NONE:
                steady, self._reason = 0, useless
                if now - useful_s > _USELESS_S:
                    return useless
                continue
            steady, useful_s = steady + 1, now
            if steady >= _STEADY:
                self._publish(within(frame, LONGEST_PX), now)

    def _publish(self, picture: Picture, taken_s: float) -> None:
        with self._news:
            number = 1 if self._seen is None else self._seen.number + 1
            self._seen = _Seen(picture, taken_s, number)
            self._news.notify_all()
        if taken_s - self._sent_preview_s >= PREVIEW_S:
            self._sent_preview_s = taken_s
            jpeg = cv2.imencode(".jpg", cv2.flip(picture, 1), [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
            # The session is busy, or has gone: it misses this one.
            with contextlib.suppress(OSError):
                self._preview.send(jpeg.tobytes(), socket.MSG_DONTWAIT)

    @contextlib.contextmanager
    def _call(self, limit_s: float) -> Iterator[None]:
        """A call into the driver, which counts as hung after `limit_s`."""
        self._stuck_at = time.monotonic() + limit_s + _STUCK_SLACK_S
        yield
        self._stuck_at = None


def _useless(frame: Picture | None, previous: Picture | None, shape: tuple[int, ...]) -> Reason:
    """What is wrong with a frame, which came after `previous`; `NONE` for a good one."""
    if frame is None or not _is_picture(frame) or (shape and frame.shape != shape):
        return Reason.GARBLED
    # A live sensor is never twice the same: equal frames are one frame.
    if previous is not None and np.array_equal(frame, previous):
        return Reason.FRAME_FROZEN
    return Reason.FRAME_BLACK if frame.mean() < _BLACK_MEAN else Reason.NONE


def _is_picture(frame: Picture) -> bool:
    if frame.dtype != np.uint8 or frame.shape[2:] != (3,):
        return False
    short, long = sorted(frame.shape[:2])
    return bool(short >= _LEAST_PX and long <= _MOST_OBLONG * short)


def main(fd: int, preview_fd: int, source: CameraSource) -> None:
    """Serve the worker until it goes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C reaches the whole group; the session decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # OpenCV and FFmpeg report a failing camera on standard error; the worker hears it as a state instead.
    os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    _Capture(socket.socket(fileno=fd), socket.socket(fileno=preview_fd), source).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), source_of(sys.argv[3]))
