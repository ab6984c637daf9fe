"""A camera that streams a picture as MJPEG over loopback HTTP, with its faults as public fields.

`http://127.0.0.1:PORT/` answers multipart/x-mixed-replace (the form in which IP cameras send MJPEG), 640×480
at 30 frames a second. The face moves by a pixel or two and the frames carry light noise, as a camera's do.
"""

from __future__ import annotations

import functools
import select
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import cv2
import numpy as np
from cv2.typing import MatLike

WIDTH, HEIGHT = 640, 480
FRAME_S = 1 / 30
_LOOP = 30
"""Frames prepared for a picture; one second of them is sent round and round."""

_HEAD = (
    b"HTTP/1.0 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\n"
    b"Content-Type: multipart/x-mixed-replace;boundary=frame\r\n\r\n"
)


class CameraSimulator:
    """A camera on loopback, looking at `picture` (a JPEG or PNG file) or, with None, at an empty hall.

    `frozen` repeats one frame for ever, `black` sends black frames, `stalled` keeps the connection and sends
    nothing, `no_picture` sends words instead of pictures, `tiny` pictures of 64×48 px, `changing` pictures of
    two sizes in turn. `unplug` closes every connection and refuses new ones until `replug`.
    """

    def __init__(self, picture: Path | None = None) -> None:
        self.frozen = False
        self.black = False
        self.stalled = False
        self.no_picture = False
        self.tiny = False
        self.changing = False
        self.connections_made = 0
        """Those that asked for a picture; who only connects has seen nothing."""
        self._frames: tuple[bytes, ...] = ()
        self._live: set[socket.socket] = set()
        self._change = threading.Condition()
        self._closing = threading.Event()
        self.show(picture)
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self._port: int = self._listener.getsockname()[1]
        self._accept_on(self._listener)

    @property
    def url(self) -> str:
        """Where the stream is."""
        return f"http://127.0.0.1:{self._port}/"

    @property
    def watchers(self) -> int:
        """How many have the camera open now."""
        with self._change:
            return len(self._live)

    def wait_for_watchers(self, count: int, deadline_s: float) -> bool:
        """Wait until exactly `count` have the camera open; False if that takes longer than `deadline_s`."""
        with self._change:
            return self._change.wait_for(lambda: len(self._live) == count, deadline_s)

    def show(self, picture: Path | None) -> None:
        """Put another person, or nobody, before the camera."""
        self._frames = _frames_of(picture)

    def unplug(self) -> None:
        """Close every connection and refuse new ones."""
        if self._listener is not None:
            # Closing alone would leave the accepting thread, and with it the port, waiting.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._change:
            for connection in self._live:
                connection.shutdown(socket.SHUT_RDWR)

    def replug(self) -> None:
        """Take connections again, at the same address."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._accept_on(self._listener)

    def close(self) -> None:
        """End the camera."""
        self._closing.set()
        self.unplug()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept_on(self, listener: socket.socket) -> None:
        threading.Thread(target=self._accept, args=(listener,), name="camera-accept", daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # unplugged
            threading.Thread(
                target=self._serve, args=(connection,), name="camera-stream", daemon=True
            ).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            self._stream(connection)
        except OSError:
            pass  # the watcher has gone: that is how a stream ends
        finally:
            with self._change:
                self._live.discard(connection)
                self._change.notify_all()
            connection.close()

    def _stream(self, connection: socket.socket) -> None:
        if not connection.recv(4096):
            return
        with self._change:
            self._live.add(connection)
            self.connections_made += 1
            self._change.notify_all()
        connection.sendall(_HEAD)
        number, due = 0, time.monotonic()
        while not self._closing.is_set():
            due += FRAME_S
            readable, _, _ = select.select([connection], [], [], max(0.0, due - time.monotonic()))
            if readable and not connection.recv(4096):
                return
            if self.stalled:
                due = time.monotonic()
                continue
            frames = self._sent_now(number)
            jpeg = frames[number % len(frames)]
            connection.sendall(
                b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(jpeg), jpeg)
            )
            number += 0 if self.frozen else 1

    def _sent_now(self, number: int) -> Sequence[bytes]:
        if self.black:
            return _black_frames()
        if self.no_picture:
            return (b"<html>Login required</html>",)
        if self.tiny:
            return _smaller(self._frames, 64)
        return _smaller(self._frames, 352) if self.changing and number % 2 else self._frames


def _jpeg(picture: MatLike) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()


def _hall() -> MatLike:
    """Nobody: a light wall above a darker floor."""
    shade = np.linspace(205, 150, HEIGHT, dtype=np.uint8)[:, None, None]
    return np.broadcast_to(shade, (HEIGHT, WIDTH, 3)).copy()


def _before_camera(path: Path) -> MatLike:
    """The picture at full height in the middle of the frame, the rest continued from its edges."""
    read = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if read is None:
        raise ValueError(f"{path}: no picture")
    width = min(WIDTH, round(read.shape[1] * HEIGHT / read.shape[0]))
    person = cv2.resize(read, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    left = (WIDTH - width) // 2
    return cv2.copyMakeBorder(person, 0, 0, left, WIDTH - width - left, cv2.BORDER_REPLICATE)


@functools.cache
def _frames_of(path: Path | None) -> tuple[bytes, ...]:
    picture = _hall() if path is None else _before_camera(path)
    chance = np.random.default_rng(1)
    frames = []
    for number in range(_LOOP):
        turn = 2 * np.pi * number / _LOOP
        shift = np.array([[1, 0, 2 * np.cos(turn)], [0, 1, 1.5 * np.sin(turn)]], np.float32)
        moved = cv2.warpAffine(picture, shift, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        frames.append(_jpeg(_noisy(moved, chance)))
    return tuple(frames)


@functools.cache
def _smaller(frames: tuple[bytes, ...], width: int) -> Sequence[bytes]:
    """The same pictures in another size."""
    smaller = []
    for jpeg in frames:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        if picture is not None:
            smaller.append(_jpeg(cv2.resize(picture, (width, width * 3 // 4), interpolation=cv2.INTER_AREA)))
    return tuple(smaller)


@functools.cache
def _black_frames() -> Sequence[bytes]:
    """A covered lens: nothing but the sensor's own noise, never twice the same."""
    chance = np.random.default_rng(1)
    black = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    return [_jpeg(_noisy(black, chance)) for _ in range(_LOOP)]


def _noisy(picture: MatLike, chance: np.random.Generator) -> MatLike:
    noise = chance.integers(0, 7, (HEIGHT, WIDTH, 1), np.uint8)
    return cv2.add(picture, cv2.merge([noise, noise, noise]))
