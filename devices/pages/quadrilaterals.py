"""Pictures, and four corners in one: their order, their sides, what they enclose."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.contracts.pages import Paper

Picture = MatLike
"""Height × width × 3 bytes, blue-green-red as OpenCV has it."""

Corners = npt.NDArray[np.float64]
"""4 × 2 pixels, clockwise from top left; a pixel's centre is at whole numbers."""

Floats = npt.NDArray[np.float32]

RATIOS = {Paper.A4: 297 / 210, Paper.ID_1: 85.6 / 53.98}
"""Longer side by shorter side, of the papers that have a format."""


def clockwise(corners: Corners) -> Corners:
    """Four corners in the order of the contract: clockwise from top left."""
    middle = corners.mean(0)
    turned = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    return np.roll(turned, -int(np.argmin(turned.sum(1))), 0)


def ratio_of(corners: Corners) -> Corners:
    """Longer side by shorter side, of N × 4 × 2 corners."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, 1), axis=2)
    across, along = sides[:, ::2].mean(1), sides[:, 1::2].mean(1)
    return np.asarray(np.maximum(across, along) / np.maximum(np.minimum(across, along), 1e-6))


def areas_of(corners: Corners) -> Corners:
    """Square pixels, of N × 4 × 2 corners."""
    x, y = corners[..., 0], corners[..., 1]
    return np.asarray((x * np.roll(y, -1, 1) - np.roll(x, -1, 1) * y).sum(1) / 2)
