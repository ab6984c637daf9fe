"""The camera as the face worker sees it: frames for the asking, and a word when it fails and when it is back.

Behind it is a process of its own (`devices.eyes.capture`), started when the camera is, ended when it is
closed. One that falls silent or ends is replaced for as long as the camera is wanted: a camera that is
plugged in again is seen again, without anybody's doing.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from devices.eyes.capture import FRAME, FRAME_HEAD, HEAD, LONGEST_PX, NEXT, STATE
from devices.eyes.pictures import Picture
from devices.eyes.sources import CameraSource
from devices.statuses import Reason

TROUBLE_S = 1.0
"""Nothing seen for so long is trouble; with what `capture` needs to notice it, less than two seconds."""

BEGINNING_S = 1.2
"""More, while a process starts and a camera opens."""

SILENCE_S = 1.2
"""A capture process that says nothing for so long hangs: it speaks five times a second."""

STARTING_S = 4.0
"""The same until its first word: Python and OpenCV have to be loaded, on a machine that may be busy."""

_RESTART_S = 0.3
_GONE_S = 0.5
_ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = FRAME_HEAD.size + LONGEST_PX * LONGEST_PX * 3


@dataclass(frozen=True)
class Shot:
    """One frame as the camera sees it (not mirrored), at most 640 px long."""

    picture: Picture
    taken_s: float
    """Seconds of the monotonic clock."""
    number: int
    """Counts the frames that were handed out, from 1."""


class Camera:
    """An opened camera, whose preview goes to `preview` by itself.

    `on_change` hears, on a thread of its own, the reason when nothing is seen any more, and `Reason.NONE`
    when something is seen again. It is not called for a camera that sees from the beginning.
    """

    def __init__(
        self, source: CameraSource, preview: socket.socket, on_change: Callable[[Reason], None]
    ) -> None:
        self._source, self._preview, self._on_change = source, preview, on_change
        self._news = threading.Condition()
        self._shot: Shot | None = None
        self._pipe: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._trouble = Reason.NONE
        self._reason = Reason.FRAME_STALLED
        self._seen_s = time.monotonic() + BEGINNING_S
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="camera", daemon=True)
        self._thread.start()

    def latest(self, after: int, wait_s: float) -> Shot | None:
        """Give a new frame if one comes within `wait_s`, whose number is above `after`; else None."""
        with self._news:
            pipe = self._pipe
        if pipe is not None:
            # That process may be being replaced.
            with contextlib.suppress(OSError):
                pipe.send(NEXT, socket.MSG_DONTWAIT)
        with self._news:
            self._news.wait_for(lambda: self._newer(after) is not None, wait_s)
            return self._newer(after)

    def close(self) -> bool:
        """Let the camera go; False if its process could not even be killed: a driver holds it."""
        self._closing.set()
        with self._news:
            pipe = self._pipe
        if pipe is not None:
            _hang_up(pipe)
        self._thread.join(2 * _GONE_S + SILENCE_S)
        return not self._thread.is_alive()

    def _newer(self, after: int) -> Shot | None:
        return self._shot if self._shot is not None and self._shot.number > after else None

    # ---- the process -------------------------------------------------------------------------------------

    def _keep(self) -> None:
        while not self._closing.is_set():
            ours, theirs = socket.socketpair()
            with ours:
                with theirs:
                    fds = (theirs.fileno(), self._preview.fileno())
                    process = subprocess.Popen(
                        [sys.executable, "-m", "devices.eyes.capture", *map(str, fds), str(self._source)],
                        cwd=_ROOT,
                        pass_fds=fds,
                        stdin=subprocess.DEVNULL,
                    )
                with self._news:
                    self._pipe = ours
                if not self._closing.is_set():
                    self._hear(ours)
                with self._news:
                    self._pipe = None
            if not _ended(process):
                return
            self._closing.wait(_RESTART_S)
            self._judge()

    def _hear(self, pipe: socket.socket) -> None:
        """Take in what a capture process says until it ends or falls silent."""
        silent_at = time.monotonic() + STARTING_S
        pipe.settimeout(0.2)
        inbox = _Inbox(pipe)
        try:
            while not self._closing.is_set():
                message = inbox.next()
                now = time.monotonic()
                if message is not None:
                    silent_at = now + SILENCE_S
                    self._take(*message, now)
                elif now > silent_at:
                    self._reason = Reason.FRAME_STALLED
                    return
                self._judge()
        except (OSError, ValueError):
            return

    def _take(self, kind: bytes, body: bytes, now: float) -> None:
        if kind == STATE:
            self._reason = Reason(body.decode())
            if self._reason is Reason.NONE:
                self._seen_s = now
        else:
            taken_s, height, width = FRAME_HEAD.unpack_from(body)
            picture = np.frombuffer(body, np.uint8, offset=FRAME_HEAD.size).reshape(height, width, 3)
            with self._news:
                number = 1 if self._shot is None else self._shot.number + 1
                self._shot = Shot(picture, taken_s, number)
                self._news.notify_all()

    def _judge(self) -> None:
        """Say so if the camera has failed, or is back."""
        unseen = time.monotonic() - self._seen_s > TROUBLE_S
        trouble = self._reason if self._reason is not Reason.NONE else Reason.FRAME_STALLED
        now = trouble if unseen else Reason.NONE
        # A failing camera may change its reason with every new try; the first is what happened.
        if (now is Reason.NONE) != (self._trouble is Reason.NONE):
            self._trouble = now
            if not self._closing.is_set():
                self._on_change(now)


class _Inbox:
    """Cuts a stream into messages; raises `ValueError` for one that is none, `OSError` at the end."""

    def __init__(self, pipe: socket.socket) -> None:
        self._pipe = pipe
        self._held = bytearray()

    def next(self) -> tuple[bytes, bytes] | None:
        """One message; None if none is whole when the pipe's time-out is over."""
        while True:
            if len(self._held) >= HEAD.size:
                kind, length = HEAD.unpack_from(self._held)
                if kind not in {STATE, FRAME} or length > _MOST_BYTES:
                    raise ValueError("no message of a capture process")
                end = HEAD.size + length
                if len(self._held) >= end:
                    body = bytes(self._held[HEAD.size : end])
                    del self._held[:end]
                    return kind, body
            try:
                part = self._pipe.recv(256 * 1024)
            except TimeoutError:
                return None
            if not part:
                raise ConnectionError("closed")
            self._held += part


def _hang_up(pipe: socket.socket) -> None:
    # Its process may have gone already.
    with contextlib.suppress(OSError):
        pipe.shutdown(socket.SHUT_RDWR)


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait for a process whose pipe is closed, helping if need be; False if the kernel cannot end it."""
    for end in (None, process.kill):
        if end is not None:
            end()
        try:
            process.wait(_GONE_S)
        except subprocess.TimeoutExpired:
            continue
        return True
    return False
