"""Follows the faces of a stream: searches whole frames now and then, and near the last place in between."""

from __future__ import annotations

import cv2

from devices.eyes.matching import Face, FaceModels
from devices.eyes.pictures import Picture, grey

SEARCH_S = 0.25
"""Between two searches of a whole frame (20 to 30 ms); a search near the last place takes about 4."""

_NEAR = 0.6
"""Share of its width by which a face may have moved and still be found near its last place."""

_SEEN_AT_PX = 100
"""Width to which a face is scaled for that search; the detector knows faces from 80 px."""


class Tracker:
    """Gives the faces of frame after frame; between two searches only the largest is followed."""

    def __init__(self, models: FaceModels) -> None:
        self._models = models
        self._faces: list[Face] = []
        self._searched_s = float("-inf")

    def faces(self, picture: Picture, taken_s: float) -> list[Face]:
        """The faces of a frame taken at `taken_s`, largest first."""
        if self._faces and taken_s - self._searched_s < SEARCH_S:
            followed = self._follow(picture, self._faces[0])
            if followed is not None:
                self._faces = [followed, *self._faces[1:]]
                return self._faces
        self._faces = self._models.faces(picture)
        self._searched_s = taken_s
        return self._faces

    def _follow(self, picture: Picture, last: Face) -> Face | None:
        margin = round(_NEAR * last.width)
        left, top = max(0, last.left - margin), max(0, last.top - margin)
        near = picture[top : last.top + last.height + margin, left : last.left + last.width + margin]
        if near.size == 0:
            return None
        share = min(1.0, _SEEN_AT_PX / last.width)
        small = cv2.resize(grey(near), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        found = self._models.faces_in_grey(small)
        if not found:
            return None
        face = found[0].scaled(1 / share)
        return Face(face.left + left, face.top + top, face.width, face.height, face.score)
