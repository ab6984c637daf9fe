"""When a paper that is being looked at is to be judged: after it has lain still, and once only. Pure.

Time is the caller's clock in seconds, so a slow camera and a fast one wait equally long.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.contracts.pages import PageHint
from devices.pages.outline import SURE, Found
from devices.pages.quadrilaterals import Picture

STILL_S = 0.8
"""How long a paper lies before it is judged: a hand that lets go has gone by then."""

_MOVED = 0.006
"""Of the frame's diagonal: a corner that goes further has moved; A4 trembles less on a table."""

_ALIKE = 0.93
"""Correlation of two looks at one paper, wherever it lies; two pages of one form are less alike."""

_THUMB = (120, 168)

_Thumb = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Moment:
    """What one frame means."""

    hint: PageHint
    still: float
    judge: bool


class Stillness:
    """Remembers what lay there."""

    def __init__(self) -> None:
        self._corners: npt.NDArray[np.float64] | None = None
        self._look: _Thumb | None = None
        self._since_s = 0.0
        self._judged = False
        self._taken: _Thumb | None = None

    def see(self, picture: Picture, found: Found | None, now_s: float) -> Moment:
        """Take one frame with its outline into account."""
        if found is None or (found.confidence < SURE and not found.cut_off):
            self._corners, self._judged = None, False
            return Moment(PageHint.LAY_PAPER, 0.0, judge=False)
        look = _look(picture, found)
        if self._moved(picture, found, look):
            self._corners, self._look = found.corners, look
            self._since_s, self._judged = now_s, False
        if self._taken is not None and _correlation(look, self._taken) > _ALIKE:
            return Moment(PageHint.TAKE_AWAY, 0.0, judge=False)
        still = 1.0 if self._judged else min(1.0, (now_s - self._since_s) / STILL_S)
        judge = still >= 1.0 and not self._judged
        self._judged = self._judged or judge
        return Moment(PageHint.HOLD_STILL, still, judge)

    def took(self, picture: Picture, found: Found) -> None:
        """This one has become a page: it is not taken again until it was changed."""
        self._taken = _look(picture, found)

    def _moved(self, picture: Picture, found: Found, look: _Thumb) -> bool:
        if self._corners is None or self._look is None:
            return True
        diagonal = float(np.hypot(*picture.shape[:2]))
        away = float(np.linalg.norm(found.corners - self._corners, axis=1).max())
        return away > _MOVED * diagonal or _correlation(look, self._look) < _ALIKE


def _look(picture: Picture, found: Found) -> _Thumb:
    """The paper, small, grey and flat."""
    width, height = _THUMB
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    scale = 2 * height / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    to_thumb = cv2.getPerspectiveTransform((found.corners * scale).astype(np.float32), target)
    grey = cv2.cvtColor(cv2.warpPerspective(small, to_thumb, _THUMB), cv2.COLOR_BGR2GRAY)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.float32)
    # The light of the hall does not count, nor does a cloud that passes.
    return np.asarray(soft - cv2.GaussianBlur(soft, (0, 0), 12), np.float32)


def _correlation(one: _Thumb, other: _Thumb) -> float:
    norm = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float((one * other).sum()) / norm if norm else 0.0
