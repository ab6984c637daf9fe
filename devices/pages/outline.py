"""Where the paper is in a frame: four corners with a confidence, by lines and contours, without a network.

Two sources propose quadrilaterals in a small copy of the frame: pairs of long straight lines (they see a
white sheet on a white table) and contours of several thresholds (they see a small card). One measure judges
all of them: how much of each side is an edge, whether the edges end at the corners, whether the shape is that
of the paper asked for. The winner's sides are then fitted in the frame itself, to a fraction of a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from devices.contracts.pages import Outline, Paper
from devices.pages.outline_candidates import from_contours, from_lines
from devices.pages.outline_fit import fit
from devices.pages.outline_judgement import STEP, judge, on_border, printed, steps
from devices.pages.outline_look import Look
from devices.pages.quadrilaterals import Corners, Picture

SURE = 0.8
"""Confidence from which an outline is taken for a page."""

LOOK_PX = 512
"""The frame's longer side in the copy that is searched."""


@dataclass(frozen=True)
class Found:
    """An outline in pixels of the frame."""

    corners: Corners
    confidence: float
    cut_off: bool
    """One of its sides is the frame's border, or a corner lies beyond it."""

    def outline(self, picture: Picture) -> Outline:
        """The same as shares of the frame."""
        height, width = picture.shape[:2]
        a, b, c, d = ((float(x) / width, float(y) / height) for x, y in self.corners)
        return Outline((a, b, c, d), self.confidence)

    def scaled(self, share: float) -> Found:
        """The same in a copy of the frame that is smaller by `share`."""
        return Found((self.corners + 0.5) * share - 0.5, self.confidence, self.cut_off)


def find(
    picture: Picture, paper: Paper, near: Found | None = None, reduced: Picture | None = None
) -> Found | None:
    """The most likely outline in a frame, or None where nothing looks like paper.

    `near` is the outline in the frame before: where the paper has not moved, nothing else is searched.
    `reduced` is a smaller copy, where there is one already: reducing five megapixels takes 10 ms.
    """
    scale = LOOK_PX / max(picture.shape[:2])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    small = cv2.resize(picture if reduced is None else reduced, size, interpolation=cv2.INTER_AREA)
    look = Look(small)
    if near is not None and near.confidence >= SURE and not near.cut_off:
        before = ((near.corners + 0.5) * scale - 0.5)[None]
        _, sure = judge(look, before, paper)
        if sure[0] >= _HELD * near.confidence:
            return Found(fit(picture, near.corners, 1.5 / scale), float(sure[0]), cut_off=False)
    candidates = np.concatenate([from_lines(look, paper), from_contours(look)])
    # A page that the border cuts is one only where it is brighter than the table beside it.
    border = on_border(look, candidates)
    most_cut = 1 if paper is Paper.ID_1 else 2
    cut = border.sum(1) > 0
    kept = ~cut | ((border.sum(1) <= most_cut) & (steps(look, candidates) > STEP))
    if paper is not Paper.ID_1:
        kept &= ~printed(look, candidates)
    candidates, cut = candidates[kept], cut[kept]
    if not len(candidates):
        return None
    scores, supports = judge(look, candidates, paper)
    best = int(np.argmax(scores))
    surely_cut = cut & (supports > _SURELY_CUT)
    if supports[best] < SURE and surely_cut.any():
        # Rather say "cut off" than nothing.
        best = int(np.argmax(np.where(surely_cut, scores, -np.inf)))
    corners, sure_ = candidates[best], float(supports[best])
    cut_off = bool(on_border(look, corners[None]).any() or not _within(corners, look))
    exact = (corners + 0.5) / scale - 0.5
    if not cut_off:
        exact = fit(picture, exact, 3.0 / scale)
    return Found(exact, sure_, cut_off)


_SURELY_CUT = 0.7
_HELD = 0.93
"""Share of its confidence that an outline keeps while the paper lies still."""


def _within(corners: Corners, look: Look) -> bool:
    return bool((corners >= 0).all() and (corners <= look.size - 1).all())
