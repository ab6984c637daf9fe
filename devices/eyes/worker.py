"""The face worker: a process that holds the models and, while somebody is being checked, the camera.

It speaks `devices.eyes.wire` on one socket. End-of-file there ends it at once, whatever it is doing: the
session has gone, and nothing of its citizen may outlive it. It keeps no picture and writes no file.
"""

from __future__ import annotations

import os
import queue
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable

import cv2

from devices.contracts import FaceCompared, Guidance, PhotoNotDecodable
from devices.eyes import wire
from devices.eyes.camera import Camera, CameraSource, Shot, probe
from devices.eyes.matching import Encoding, Face, FaceModels, distance, judge
from devices.eyes.photo_decoders import PHOTO_DECODERS, PhotoDecoder
from devices.eyes.wire import Kind
from devices.statuses import DeviceFault, Reason

PREVIEW_S = 1 / 30
"""Shortest time between two preview frames; a camera that is faster is thinned out."""

LOOK_S = 0.25
"""Between two looks for a face."""

COMPARE_S = 0.6
"""Between two comparisons: each one holds the interpreter, and with it the preview, for 0.1 s."""

REPEAT_GUIDANCE_S = 0.5

RELEASE_S = 0.5
"""How long the camera's driver may take to let go; after that the process ends, and takes it along."""

_BAD_WIRE, _CAMERA_HELD = 2, 3
"""Exit statuses: a message that is none; a camera that could not be released."""


def main(fd: int, camera_source: CameraSource | None, threshold: float, photo_decoder: str) -> None:
    """Serve the session at the other end of socket `fd` until it goes.

    `photo_decoder` is a key of `PHOTO_DECODERS`. Never returns normally: the process ends with the pipe.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C reaches the whole group; the session decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # OpenCV and FFmpeg report a failing camera on standard error; the session hears it on the wire instead.
    os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    _Worker(socket.socket(fileno=fd), camera_source, threshold, PHOTO_DECODERS[photo_decoder]()).serve()


class _Worker:
    """The pipe's reading thread posts orders; the main thread carries them out."""

    def __init__(
        self, pipe: socket.socket, source: CameraSource | None, threshold: float, decoder: PhotoDecoder
    ) -> None:
        self._pipe = pipe
        self._source = source
        self._threshold = threshold
        self._decoder = decoder
        self._sending = threading.Lock()
        self._orders: queue.SimpleQueue[tuple[Kind, bytes]] = queue.SimpleQueue()
        self._stop = threading.Event()
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
                case Kind.WATCH:
                    self._watch(body)
                case _:
                    os._exit(_BAD_WIRE)

    # ---- the pipe ----------------------------------------------------------------------------------------

    def _listen(self) -> None:
        try:
            while True:
                kind, length = wire.read_head(self._receive(wire.HEAD.size))
                body = self._receive(length)
                if kind is Kind.STOP:
                    self._stop.set()
                else:
                    if kind is Kind.WATCH:
                        self._stop.clear()
                    self._orders.put((kind, body))
        except wire.BadWire:
            os._exit(_BAD_WIRE)

    def _receive(self, length: int) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            try:
                part = self._pipe.recv(length - len(parts))
            except ConnectionError:
                part = b""
            if not part:
                os._exit(0)
            parts += part
        return bytes(parts)

    def _send(self, kind: Kind, body: bytes = b"") -> None:
        message = wire.pack(kind, body)
        with self._sending:
            try:
                self._pipe.sendall(message)
            except ConnectionError:
                os._exit(0)

    # ---- the photo ---------------------------------------------------------------------------------------

    def _decode(self, coded: bytes) -> None:
        try:
            self._send(Kind.PHOTO, self._decoder.decode(coded))
        except PhotoNotDecodable as refusal:
            self._send(Kind.NO_PHOTO, str(refusal).encode())

    # ---- the camera --------------------------------------------------------------------------------------

    def _watch(self, photo_png: bytes) -> None:
        try:
            photo = self._models.encode_photo(photo_png)
        except PhotoNotDecodable as refusal:
            self._send(Kind.NO_PHOTO, str(refusal).encode())
            return
        if self._source is None:
            self._send(Kind.FAULT, wire.fault_body(Reason.NOT_CONFIGURED, "no camera"))
            return
        camera = Camera(self._source, self._preview())
        try:
            self._look(camera, photo)
        except DeviceFault as fault:
            self._send(Kind.FAULT, wire.fault_body(fault.reason, fault.detail))
        if not camera.close(RELEASE_S):
            os._exit(_CAMERA_HELD)
        if self._stop.is_set():
            self._send(Kind.STOPPED)

    def _look(self, camera: Camera, photo: Encoding) -> None:
        """Look, guide and compare until told to stop."""
        number, previous, compared_at = 0, None, 0.0
        said, said_at = None, 0.0
        while not self._stop.wait(LOOK_S if number else 0.0):
            shot = camera.latest(after=number, wait_s=LOOK_S)
            if shot is None:
                continue
            number = shot.number
            faces = self._models.faces(shot.picture)
            judgement = judge(faces, previous)
            previous = faces[0] if faces else None
            now = time.monotonic()
            if isinstance(judgement, Guidance):
                if judgement is not said or now - said_at >= REPEAT_GUIDANCE_S:
                    self._send(Kind.GUIDANCE, wire.guidance_body(judgement))
                    said, said_at = judgement, now
            elif now - compared_at >= COMPARE_S:
                self._compare(shot, judgement, photo)
                said, compared_at = None, now

    def _compare(self, shot: Shot, face: Face, photo: Encoding) -> None:
        found = distance(self._models.encode(shot.picture, face), photo)
        self._send(Kind.COMPARED, wire.compared_body(FaceCompared(found, self._threshold)))

    def _preview(self) -> Callable[[Shot], None]:
        """What the camera's thread does with each frame: send it as a mirror shows it, not too often."""
        sent_at = 0.0

        def send(shot: Shot) -> None:
            nonlocal sent_at
            now = time.monotonic()
            if now - sent_at < PREVIEW_S or self._stop.is_set():
                return
            sent_at = now
            jpeg = cv2.imencode(".jpg", cv2.flip(shot.picture, 1), [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
            self._send(Kind.FRAME, jpeg.tobytes())

        return send
