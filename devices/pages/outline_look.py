"""The small copy of a frame in which paper is sought, and its gradients."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.pages.quadrilaterals import Picture


class Look:
    """The small copy and its gradients."""

    def __init__(self, small: Picture) -> None:
        lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
        # Print disappears, paper and table stay.
        self.plain = cv2.GaussianBlur(
            cv2.morphologyEx(lab, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), (0, 0), 0.8
        )
        soft = np.asarray(cv2.GaussianBlur(lab, (0, 0), 0.8))
        self.light = np.asarray(soft[..., 0])
        across = cv2.Sobel(soft, cv2.CV_32F, 1, 0) / 8
        along = cv2.Sobel(soft, cv2.CV_32F, 0, 1) / 8
        strength = np.hypot(across, along)
        strongest = np.argmax(strength, axis=2)[..., None]
        self.across = np.take_along_axis(across, strongest, 2)[..., 0]
        self.along = np.take_along_axis(along, strongest, 2)[..., 0]
        strength = np.take_along_axis(strength, strongest, 2)[..., 0]
        self.size = np.array([small.shape[1], small.shape[0]])
        self.enough = max(0.45, 2.2 * float(np.median(strength)))
        """Gradient, in L* a pixel, that counts fully as an edge."""

    def ridges(self) -> tuple[tuple[MatLike, MatLike], tuple[MatLike, MatLike]]:
        """Upright and level edges, of everything and of what is left without print."""
        plain_across = cv2.Sobel(self.plain[..., 0], cv2.CV_32F, 1, 0) / 8
        plain_along = cv2.Sobel(self.plain[..., 0], cv2.CV_32F, 0, 1) / 8
        return (
            _thin(self.across, self.along, self.enough),
            _thin(plain_across, plain_along, 0.6 * self.enough),
        )


def _thin(across: MatLike, along: MatLike, enough: float) -> tuple[MatLike, MatLike]:
    """Ridges of the gradient, of upright and of level edges."""
    upright, level = np.abs(across), np.abs(along)
    ridge_x = upright >= cv2.dilate(upright, np.ones((1, 3), np.uint8))
    ridge_y = level >= cv2.dilate(level, np.ones((3, 1), np.uint8))
    return (
        (ridge_x & (upright > 0.6 * enough) & (upright >= level)).astype(np.uint8),
        (ridge_y & (level > 0.6 * enough) & (level > upright)).astype(np.uint8),
    )
