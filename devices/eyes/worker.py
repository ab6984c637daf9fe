"""The face worker: a process that holds the models and, while somebody is being checked, sees to the camera.

It speaks `devices.eyes.wire` on one socket. End-of-file there ends it at once, whatever it is doing: the
session has gone, and nothing of its citizen may outlive it. It keeps no picture and writes no file. The
camera itself is in a process beneath it (`devices.eyes.capture`), for the time of one watch.
"""

from __future__ import annotations

import os
import queue
import resource
import signal
import socket
import threading

import cv2

from devices.contracts.eyes import FaceCompared, PhotoNotDecodable, TurnsWanted
from devices.eyes import wire
from devices.eyes.finding import Found, NotComparable
from devices.eyes.matching import FaceModels
from devices.eyes.photo_decoders import PHOTO_DECODERS, PhotoDecoder
from devices.eyes.sources import CameraSource, probe
from devices.eyes.verifying import (
    encode_found,
    encode_live,
    find_live,
    find_photo,
    fused_distance,
    photo_chips,
)
from devices.eyes.watching import Watch
from devices.eyes.wire import Kind
from devices.session_pipe import receive, send
from devices.statuses import Reason

_BAD_WIRE, _CAMERA_HELD = 2, 3
"""Exit statuses: a message that is none; a camera that could not be released."""


def main(
    fd: int, preview_fd: int, camera_source: CameraSource | None, threshold: float, photo_decoder: str
) -> None:
    """Serve the session at the other ends of the sockets `fd` and `preview_fd` until it goes.

    `photo_decoder` is a key of `PHOTO_DECODERS`. Never returns normally: the process ends with the pipe.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C reaches the whole group; the session decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    pipe, preview = socket.socket(fileno=fd), socket.socket(fileno=preview_fd)
    _Worker(pipe, preview, camera_source, threshold, PHOTO_DECODERS[photo_decoder]()).serve()


class _Worker:
    """The pipe's reading thread posts orders; the main thread carries them out."""

    def __init__(
        self,
        pipe: socket.socket,
        preview: socket.socket,
        source: CameraSource | None,
        threshold: float,
        decoder: PhotoDecoder,
    ) -> None:
        self._pipe = pipe
        self._preview = preview
        self._source = source
        self._threshold = threshold
        self._decoder = decoder
        self._sending = threading.Lock()
        self._orders: queue.SimpleQueue[tuple[Kind, bytes]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._challenge: TurnsWanted | None = None
        """What the next watch begins with."""
        # Before the models are loaded: a session that ends in that second ends this process too.
        threading.Thread(target=self._listen, name="pipe", daemon=True).start()
        self._models = FaceModels()

    def serve(self) -> None:
        """Carry out orders, for ever."""
        self._send(Kind.READY)
        while True:
            kind, body = self._orders.get()
            match kind:
                case Kind.ASK_HEALTH:
                    self._send(Kind.HEALTH, wire.health_body(probe(self._source)))
                case Kind.DECODE:
                    self._decode(body)
                case Kind.COMPARE:
                    self._compare(body)
                case Kind.CHALLENGE:
                    self._challenge = wire.read_challenge(body)
                case Kind.WATCH:
                    self._watch(body)
                case _:
                    os._exit(_BAD_WIRE)

    # ---- the pipe ----------------------------------------------------------------------------------------

    def _listen(self) -> None:
        try:
            while True:
                kind, length = wire.read_head(receive(self._pipe, wire.HEAD.size))
                body = receive(self._pipe, length)
                if kind is Kind.STOP:
                    self._stop.set()
                else:
                    if kind is Kind.CHALLENGE:
                        wire.read_challenge(body)  # what is none ends this process here
                    if kind is Kind.WATCH:
                        self._stop.clear()
                    self._orders.put((kind, body))
        except wire.BadWire:
            os._exit(_BAD_WIRE)

    def _send(self, kind: Kind, body: bytes = b"") -> None:
        message = wire.pack(kind, body)
        with self._sending:
            send(self._pipe, message)

    # ---- the photo ---------------------------------------------------------------------------------------

    def _decode(self, coded: bytes) -> None:
        try:
            self._send(Kind.PHOTO, self._decoder.decode(coded))
        except PhotoNotDecodable as refusal:
            self._send(Kind.NO_PHOTO, str(refusal).encode())

    def _face_of(self, photo_png: bytes) -> Found | None:
        """The face of the photo; None, and said, where there is none."""
        try:
            return find_photo(self._models, photo_png)
        except NotComparable as refusal:
            self._send(Kind.NO_PHOTO, f"no face to compare with: {refusal}".encode())
            return None

    def _compare(self, body: bytes) -> None:
        """Compare with a picture of another camera, which a module has judged."""
        try:
            photo_png, live_jpeg = wire.read_pictures(body)
        except wire.BadWire:
            os._exit(_BAD_WIRE)
        photo = self._face_of(photo_png)
        if photo is None:
            return
        try:
            live = find_live(self._models, live_jpeg)
        except NotComparable as refusal:
            self._send(Kind.NOT_COMPARED, refusal.reason.value.encode())
            return
        distance = fused_distance(encode_found(self._models, photo), [encode_live(self._models, live)])
        self._send(Kind.COMPARED, wire.compared_body(FaceCompared(distance, self._threshold)))

    # ---- the camera --------------------------------------------------------------------------------------

    def _watch(self, photo_png: bytes) -> None:
        challenge, self._challenge = self._challenge, None
        photo = self._face_of(photo_png)
        if photo is None:
            return
        if self._source is None:
            self._send(Kind.FAULT, wire.fault_body(Reason.NOT_CONFIGURED, "no camera"))
            return
        watch = Watch(self._models, self._threshold, self._send, self._stop, challenge)
        if not watch.run(self._source, self._preview, photo_chips(self._models, photo)):
            os._exit(_CAMERA_HELD)
        self._send(Kind.STOPPED)
