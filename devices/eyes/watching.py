"""One watch: the camera from its opening to its release, what is said meanwhile, and who is recognised."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from devices.contracts.eyes import Asked, FaceCompared, Guidance, TurnsWanted
from devices.eyes import wire
from devices.eyes.camera import Camera, Shot
from devices.eyes.challenging import Challenged
from devices.eyes.finding import Found
from devices.eyes.guiding import judge, judge_view
from devices.eyes.matching import Chip, Encoding, Face, FaceModels
from devices.eyes.quality import measured
from devices.eyes.sources import CameraSource
from devices.eyes.tracking import Tracker
from devices.eyes.verifying import BEST_FRAMES, View, encode_live, fused_distance
from devices.eyes.wire import Kind
from devices.statuses import Reason

Send = Callable[[Kind, bytes], None]

LOOK_S = 0.25
"""Between two looks for a face; while somebody is asked to turn every frame is looked at."""

COMPARE_S = 0.6
"""Between two comparisons, each of which takes two encodings."""

REPEAT_GUIDANCE_S = 0.5
ALIVE_S = 0.5


class Watch:
    """Looks, guides and compares until `stop`; with a `challenge` the person has to turn first."""

    def __init__(
        self,
        models: FaceModels,
        threshold: float,
        send: Send,
        stop: threading.Event,
        challenge: TurnsWanted | None,
    ) -> None:
        self._models, self._threshold, self._send = models, threshold, send
        self._stop = stop
        self._challenged = None if challenge is None else Challenged(models, challenge, self._ask)
        self._judged = False
        self._tracker = Tracker(models)
        self._views: list[View] = []
        self._previous: Face | None = None
        self._said: Guidance | None = None
        self._said_s = self._compared_s = self._looked_s = self._alive_s = 0.0

    def run(self, source: CameraSource, preview: socket.socket, photo_chips: Sequence[Chip]) -> bool:
        """Watch; False if the camera could not be released. The photo is encoded while the camera opens."""
        camera = Camera(source, preview, self._changed)
        try:
            photo, number = self._encoded(photo_chips), 0
            while not self._stop.is_set():
                self._beat()
                shot = camera.latest(after=number, wait_s=LOOK_S)
                if shot is None:
                    continue
                number = shot.number
                self._see(shot, photo)
                if self._challenged is None or not self._challenged.begun:
                    self._stop.wait(max(0.0, self._looked_s + LOOK_S - time.monotonic()))
        finally:
            released = camera.close()
        return released

    def _encoded(self, chips: Sequence[Chip]) -> Encoding:
        """The mean encoding; of fewer chips, and of no use, when it is stopped."""
        encodings = []
        for chip in chips:
            self._beat()
            encodings.append(self._models.encode_chip(chip))
            if self._stop.is_set():
                break
        mean: Encoding = np.mean(encodings, axis=0)
        return mean

    def _see(self, shot: Shot, photo: Encoding) -> None:
        if self._judged:
            return
        if self._challenged is not None and self._challenged.begun:
            self._follow(self._challenged, shot, photo)
            return
        faces = self._tracker.faces(shot.picture, shot.taken_s)
        self._looked_s = time.monotonic()
        judgement = judge(faces, self._previous)
        self._previous = faces[0] if faces else None
        if isinstance(judgement, Guidance):
            # Who is before the camera after this may be somebody else.
            self._views.clear()
            self._guide(judgement)
        elif self._challenged is not None:
            self._begin(self._challenged, shot, judgement)
        elif time.monotonic() - self._compared_s >= COMPARE_S:
            self._compare(shot, judgement, photo)

    def _begin(self, challenged: Challenged, shot: Shot, face: Face) -> None:
        """Ask for turns, once the face is good enough to be compared."""
        quality = measured(shot.picture, face, self._models.five_points(shot.picture, face))
        advice = judge_view(quality)
        if advice is not None:
            self._guide(advice)
        else:
            challenged.begin(shot.taken_s)

    def _follow(self, challenged: Challenged, shot: Shot, photo: Encoding) -> None:
        """Judge the turns; then compare the frames of the person who turned, and of nobody else."""
        verdict = challenged.see(shot, lambda: self._tracker.faces(shot.picture, shot.taken_s))
        if verdict is None:
            return
        self._judged = True
        self._send(Kind.JUDGED, wire.judged_body(verdict))
        if verdict.live:
            views = [encode_live(self._models, found) for found in challenged.best()]
            distance = fused_distance(photo, views)
            self._send(Kind.COMPARED, wire.compared_body(FaceCompared(distance, self._threshold)))

    def _ask(self, asked: Asked) -> None:
        self._send(Kind.ASKED, wire.asked_body(asked))

    def _compare(self, shot: Shot, face: Face, photo: Encoding) -> None:
        quality = measured(shot.picture, face, self._models.five_points(shot.picture, face))
        advice = judge_view(quality)
        if advice is not None:
            self._guide(advice)
            return
        self._views = [*self._views, encode_live(self._models, Found(shot.picture, face, quality))][
            -BEST_FRAMES:
        ]
        found = fused_distance(photo, self._views)
        self._send(Kind.COMPARED, wire.compared_body(FaceCompared(found, self._threshold)))
        self._said, self._compared_s = None, time.monotonic()

    def _guide(self, guidance: Guidance) -> None:
        now = time.monotonic()
        if guidance is not self._said or now - self._said_s >= REPEAT_GUIDANCE_S:
            self._send(Kind.GUIDANCE, wire.guidance_body(guidance))
            self._said, self._said_s = guidance, now

    def _changed(self, reason: Reason) -> None:
        self._send(Kind.CAMERA, wire.camera_body(reason))

    def _beat(self) -> None:
        now = time.monotonic()
        if now - self._alive_s >= ALIVE_S:
            self._alive_s = now
            self._send(Kind.ALIVE, b"")
