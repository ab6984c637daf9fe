"""Finds the five points in the frames of a stream: fast where the face was, and everywhere twice a second."""

from __future__ import annotations

import cv2
import numpy as np

from devices.eyes.finding import is_several
from devices.eyes.liveness import Sight
from devices.eyes.matching import Face, FaceModels
from devices.eyes.pictures import Grey, Picture, Points, grey

LOOKED_AT_PX = 640
"""Every frame is searched at this width: a face is found from an eighth of it, at first from a sixteenth."""

EVERYWHERE_S = 0.5
"""How often the whole frame is searched, for a second person and for a face that went elsewhere."""

REMEMBERED_S = 1.0
"""For how long a face that is not found is looked for where it was."""

_AROUND = 0.6
"""Share of its width that is searched around the last place of a face."""

_STILL_THERE = -0.4
"""How much less certain a face may be where one has just been: turned away, it looks less like one."""

_BOXES = ((0.0, 0.0, 1.0), (-0.04, -0.03, 0.96), (0.04, -0.03, 1.05), (-0.04, 0.03, 1.05), (0.04, 0.03, 0.96))
"""x and y shift and scale: the detector's boxes are coarse, and the mean over several is much quieter."""


class PointFinder:
    """One stream's finder; times are seconds that do not go backwards."""

    def __init__(self, models: FaceModels) -> None:
        self._models = models
        self._last: Face | None = None
        self._seen_s = float("-inf")
        self._several = False
        self._everywhere_s = float("-inf")

    def look(self, t_s: float, picture: Picture) -> Points | Sight:
        """Give the five points of the one face of an unmirrored frame, in its pixels, or what is there."""
        share = LOOKED_AT_PX / picture.shape[1]
        smooth = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
        seen = grey(cv2.resize(picture, None, fx=share, fy=share, interpolation=smooth))
        if t_s - self._seen_s > REMEMBERED_S:
            self._last = None
        everywhere = t_s - self._everywhere_s >= EVERYWHERE_S
        face = None if everywhere or self._last is None else self._near(seen, self._last)
        if face is None:
            faces = self._models.faces_in_grey(seen)
            self._everywhere_s = t_s
            self._several = bool(faces) and is_several(faces)
            face = faces[0] if faces else self._harder(seen)
        if face is not None:
            self._last, self._seen_s = face, t_s
        if self._several:
            return Sight.SEVERAL
        if face is None:
            return Sight.NOBODY
        face = face.scaled(1 / share)
        points = [self._models.five_points(picture, box) for box in _boxes(face)]
        return np.asarray(np.mean(points, axis=0), np.float64)

    def _harder(self, seen: Grey) -> Face | None:
        """Nobody at first sight: somebody less certain where a face has just been, or somebody far away."""
        if self._last is not None:
            return self._near(seen, self._last)
        return next(iter(self._models.faces_in_grey(seen, upsample=1)), None)

    def _near(self, seen: Grey, last: Face) -> Face | None:
        margin = round(_AROUND * last.width)
        left, top = max(0, last.left - margin), max(0, last.top - margin)
        part = seen[top : last.top + last.height + margin, left : last.left + last.width + margin]
        found = self._models.faces_in_grey(np.ascontiguousarray(part), adjust=_STILL_THERE)
        if not found:
            return None
        best = max(found, key=lambda face: face.score)
        return Face(best.left + left, best.top + top, best.width, best.height, best.score)


def _boxes(face: Face) -> list[Face]:
    boxes = []
    for x, y, scale in _BOXES:
        width, height = round(face.width * scale), round(face.height * scale)
        left = face.left + x * face.width - (width - face.width) / 2
        top = face.top + y * face.height - (height - face.height) / 2
        boxes.append(Face(round(left), round(top), width, height, face.score))
    return boxes
