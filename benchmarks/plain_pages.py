"""The recipe that is found everywhere for "scan a document with OpenCV": Canny, the largest contour of four.

Blur 5×5, Canny 75/200, the five largest contours, `approxPolyDP` at 2 % of the length, the first with four
points; then a perspective warp and an adaptive threshold. The peer of `devices.pages`, and its weakened form.
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.pages.quadrilaterals import Corners, clockwise

_LONG_PX = 500


def plain_corners(picture: MatLike) -> Corners | None:
    """Find the paper, or None."""
    scale = _LONG_PX / picture.shape[0]
    small = cv2.resize(picture, None, fx=scale, fy=scale)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    contours = cv2.findContours(cv2.Canny(grey, 75, 200), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:5]:
        shape = cv2.approxPolyDP(contour, 0.02 * cv2.arcLength(contour, closed=True), closed=True)
        if len(shape) == 4:  # noqa: PLR2004 - corners
            return clockwise(np.asarray(shape[:, 0], np.float64) / scale)
    return None


def plain_flat(picture: MatLike, corners: Corners, width: int, height: int) -> MatLike:
    """Warp it flat."""
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(picture, turn, (width, height))


def plain_clean(flat: MatLike) -> MatLike:
    """Make it black and white."""
    grey = cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY)
    white = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 11, 10)
    return cv2.cvtColor(white, cv2.COLOR_GRAY2BGR)
