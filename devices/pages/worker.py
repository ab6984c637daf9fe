"""The page worker: a process that lives as long as one paper step, and has the document camera meanwhile.

`python -m devices.pages.worker SOURCE WIDTH HEIGHT TURN LIMIT --fd FD`; a SOURCE of "-" is no camera.

It speaks `devices.pages.wire` on one socket. End-of-file there ends it at once, whatever the camera's driver
is doing; what it saw goes with it. It writes no file.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import cv2

from devices.contracts.pages import Outline, Page, PageHint, PagePreview, PageRefused, Paper
from devices.eyes.sources import source_of
from devices.eyes.wire import HEAD, BadWire
from devices.pages import wire
from devices.pages.frames import Frames, View
from devices.pages.judging import page_of
from devices.pages.outline import Found, find
from devices.pages.quadrilaterals import Picture
from devices.pages.stillness import Moment, Stillness
from devices.pages.wire import Kind
from devices.session_pipe import receive, send
from devices.statuses import DeviceFault, Reason

PREVIEW_PX = 640
"""The preview's longer side."""

_WAIT_S = 0.1
_BAD_WIRE = 2

LOOK_S = 0.08
"""From one search for the outline to the next. A search may take as long; the preview goes on meanwhile."""


@dataclass(frozen=True)
class _Looked:
    """A frame, and the outline that was found in it."""

    picture: Picture
    small: Picture
    taken_s: float
    found: Found | None

    @property
    def found_in_small(self) -> Found | None:
        """The same in the smaller copy."""
        return self.found and self.found.scaled(max(self.small.shape[:2]) / max(self.picture.shape[:2]))

    @property
    def outline(self) -> Outline | None:
        """What the screen draws; nothing around a paper that goes beyond the picture."""
        return None if self.found is None or self.found.cut_off else self.found.outline(self.picture)


_Judged = tuple[_Looked, Page | PageRefused]


def main(fd: int, view: View | None, limit_bytes: int) -> None:
    """Serve the session at the other end of socket `fd` until it goes; never returns normally."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C reaches the whole group; the session decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # OpenCV and FFmpeg report a failing camera on standard error; the session hears it on the wire instead.
    os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    _Worker(socket.socket(fileno=fd), limit_bytes).serve(view)


class _Worker:
    """The pipe's thread hears orders, one searches, one judges; the main thread sees and speaks."""

    def __init__(self, pipe: socket.socket, limit_bytes: int) -> None:
        self._pipe = pipe
        self._limit_bytes = limit_bytes
        self._take = threading.Event()
        self._paper = self._first_order()
        threading.Thread(target=self._listen, name="pipe", daemon=True).start()
        self._searcher = ThreadPoolExecutor(1, "searcher")
        self._judge = ThreadPoolExecutor(1, "judge")

    def serve(self, view: View | None) -> None:
        """Look, tell and judge until the session or the camera goes."""
        if view is None:
            self._send(wire.fault(Reason.NOT_CONFIGURED, "no document camera"))
            os._exit(0)
        try:
            self._look(Frames(view))
        except DeviceFault as fault:
            self._send(wire.fault(fault.reason, fault.detail))
        # The driver may still hold its thread: this ends it, and closes the camera.
        os._exit(0)

    def _look(self, frames: Frames) -> None:
        number, stillness, looked, wanted = 0, Stillness(), None, False
        moment, outline = Moment(PageHint.LAY_PAPER, 0.0, judge=False), None
        searching: Future[_Looked] | None = None
        judging: Future[_Judged] | None = None
        while True:
            seen = frames.next(number, _WAIT_S)
            if judging is not None and judging.done():
                self._tell(judging.result(), stillness)
                judging = None
            if searching is not None and searching.done():
                looked, searching = searching.result(), None
                moment = stillness.see(looked.small, looked.found_in_small, looked.taken_s)
                outline = looked.outline
                wanted = moment.judge or (wanted and moment.still >= 1.0)
                if judging is None and (wanted or self._take.is_set()):
                    wanted = False
                    self._take.clear()
                    judging = self._judge.submit(self._judged, looked)
            if seen is None:
                continue
            number, picture = seen
            now, small = time.monotonic(), _reduced(picture)
            if searching is None and (looked is None or now - looked.taken_s >= LOOK_S):
                before = None if looked is None else looked.found
                searching = self._searcher.submit(self._searched, picture, small, now, before)
            self._send(wire.preview(PagePreview(_jpeg(small), outline, moment.still, moment.hint)))

    def _searched(self, picture: Picture, small: Picture, taken_s: float, before: Found | None) -> _Looked:
        return _Looked(picture, small, taken_s, find(picture, self._paper, before, small))

    def _judged(self, looked: _Looked) -> _Judged:
        return looked, page_of(looked.picture, self._paper, self._limit_bytes, looked.found)

    def _tell(self, judged: _Judged, stillness: Stillness) -> None:
        looked, result = judged
        if isinstance(result, PageRefused):
            self._send(wire.refused(result))
            return
        self._send(wire.page(result))
        if looked.found is not None:
            stillness.took(looked.picture, looked.found)

    # ---- the pipe ----------------------------------------------------------------------------------------

    def _first_order(self) -> Paper:
        kind, body = self._receive()
        if kind is not Kind.WATCH:
            os._exit(_BAD_WIRE)
        return Paper(json.loads(body))

    def _listen(self) -> None:
        while True:
            kind, _ = self._receive()
            if kind is not Kind.TAKE:
                os._exit(_BAD_WIRE)
            self._take.set()

    def _receive(self) -> tuple[Kind, bytes]:
        try:
            kind, length = wire.read_head(receive(self._pipe, HEAD.size))
        except BadWire:
            os._exit(_BAD_WIRE)
        return kind, receive(self._pipe, length)

    def _send(self, message: bytes) -> None:
        send(self._pipe, message)


def _reduced(picture: Picture) -> Picture:
    """A copy of `PREVIEW_PX`. Halving is five times as quick as any other reduction: so first that."""
    while max(picture.shape[:2]) >= 2 * PREVIEW_PX:
        picture = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    share = PREVIEW_PX / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def _jpeg(small: Picture) -> bytes:
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


if __name__ == "__main__":
    source, width, height, turn, limit, _, pipe = sys.argv[1:]
    mounted = None if source == "-" else View(source_of(source), int(width), int(height), int(turn))
    main(int(pipe), mounted, int(limit))
