"""Where a paper's sides are, to a fraction of a pixel."""

from __future__ import annotations

import cv2
import numpy as np

from devices.pages.quadrilaterals import Corners, Floats, Picture


def fit(picture: Picture, corners: Corners, reach: float) -> Corners:
    """The corners to a fraction of a pixel: each side fitted to its edge within `reach` pixels."""
    along = np.linspace(0.03, 0.97, 60)
    sides = np.roll(corners, -1, 0) - corners
    lengths = np.linalg.norm(sides, axis=1, keepdims=True)
    unit = sides / lengths
    inward = np.stack([-unit[:, 1], unit[:, 0]], 1)
    steps = np.arange(-reach, reach + 0.5, 0.5)
    lines = []
    for side in range(4):
        base = corners[side] + along[:, None] * sides[side]
        at = (base[:, None] + steps[:, None] * inward[side]).astype(np.float32)
        seen = cv2.remap(picture, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        light = cv2.GaussianBlur(seen.astype(np.float32).sum(2), (0, 0), 2.0, None, 0.8)
        lines.append(_fitted(light, steps, along * lengths[side], base, inward[side], unit[side]))
    exact = [_crossing(lines[side - 1], lines[side]) for side in range(4)]
    moved = np.linalg.norm(np.array(exact) - corners, axis=1).max()
    return np.array(exact) if moved < 2 * reach else corners


_Line = tuple[Corners, Corners]
"""A point and a direction."""


def _fitted(
    light: Floats, steps: Corners, along: Corners, base: Corners, inward: Corners, unit: Corners
) -> _Line:
    """The line of the strongest rise towards the inside, outliers (fingers, print) left out."""
    rise = np.gradient(light, axis=1)
    # Paper is brighter than what it lies on, or than the thin shadow beside it; a card need not be.
    if np.median((-rise).max(1)) > 2 * np.median(rise.max(1)):
        rise = -rise
    best = np.argmax(rise, axis=1)
    weight = np.maximum(rise[np.arange(len(best)), best], 0)
    inner = np.clip(best, 1, len(steps) - 2)
    low, mid, high = (rise[np.arange(len(best)), inner + k] for k in (-1, 0, 1))
    curve = low - 2 * mid + high
    part = np.where(np.abs(curve) > 1e-6, 0.5 * (low - high) / np.where(curve == 0, 1, curve), 0)  # noqa: PLR2004 - flat
    off = steps[inner] + np.clip(part, -1, 1) * (steps[1] - steps[0])
    use = weight > 0.25 * np.median(weight)
    slope, start = 0.0, float(np.median(off[use])) if use.any() else 0.0
    for _ in range(8):
        away = np.abs(off - (start + slope * along))
        near = use & (away <= max(1.0, 2.0 * float(np.median(away[use])) if use.any() else 1.0))
        if near.sum() < 8:  # noqa: PLR2004 - too few for a line
            break
        slope, start = (float(value) for value in np.polyfit(along[near], off[near], 1))
    origin = base[0] - unit * along[0]
    return origin + start * inward, unit + slope * inward


def _crossing(one: _Line, other: _Line) -> Corners:
    (p, u), (q, v) = one, other
    turn = u[0] * v[1] - u[1] * v[0]
    if abs(turn) < 1e-6:  # noqa: PLR2004 - as good as parallel
        return q
    t = ((q[0] - p[0]) * v[1] - (q[1] - p[1]) * v[0]) / turn
    return np.asarray(p + t * u)
