"""How much a quadrilateral looks like the paper asked for: its sides, its ends, its shape."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from devices.contracts.pages import Paper
from devices.pages.outline_look import Look
from devices.pages.quadrilaterals import RATIOS, Corners, Floats, areas_of, ratio_of

LEAST_AREA = 0.012
"""Of the frame. A card beneath a camera that is mounted for A4 covers some three hundredths."""

_SAMPLES = 48
"""Places looked at along a side."""

BORDER_SUPPORT = 0.75
"""What the frame's own border counts for as a side: a page that is cut off is recognised as one."""


def plausible(corners: Corners, look: Look, paper: Paper) -> npt.NDArray[np.bool_]:
    """Convex, large enough, within the frame, with opposite sides and corners that perspective allows."""
    x, y = corners[..., 0].T, corners[..., 1].T
    dx, dy = x[_NEXT] - x, y[_NEXT] - y
    lengths = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-6)
    sines = (dx[_BEFORE] * dy - dy[_BEFORE] * dx) / (lengths[_BEFORE] * lengths)
    pairs, others = lengths[:2], lengths[2:]
    means = pairs + others
    ratio = np.maximum(means[0], means[1]) / np.minimum(means[0], means[1])
    area = (x * y[_NEXT] - x[_NEXT] * y).sum(0) / 2
    wanted = RATIOS.get(paper)
    least, most = (1.0, _LONGEST) if wanted is None else (wanted / _STRETCH, wanted * _STRETCH)
    return np.asarray(
        near_frame(corners, look).T.all(0)
        & (ratio >= least)
        & (ratio <= most)
        & (sines > _SINE).all(0)
        & (pairs > others / _TAPER).all(0)
        & (pairs < others * _TAPER).all(0)
        & (area > LEAST_AREA * look.size.prod())
    )


_NEXT, _BEFORE = np.array([1, 2, 3, 0]), np.array([3, 0, 1, 2])
_LONGEST = 3.2
"""Longer by shorter side of any paper."""
_STRETCH = 1.5
"""By how much a paper's ratio may be off, as a factor: a cut-off page is to be found, too."""
_SINE = 0.8
"""Corners of 53° to 127°."""
_TAPER = 1.55
"""Opposite sides of one length, seen 30° off the vertical."""


def near_frame(points: Corners, look: Look) -> npt.NDArray[np.bool_]:
    """Which points lie in the frame, or a little beside it."""
    room = 0.03 * look.size
    x, y = points[..., 0], points[..., 1]
    (left, top), (right, bottom) = -room, look.size + room
    return np.asarray((x > left) & (y > top) & (x < right) & (y < bottom))


def judge(look: Look, corners: Corners, paper: Paper) -> tuple[Corners, Corners]:
    """Score each candidate, and say how much its sides are edges: that is the confidence."""
    along = np.linspace(0.03, 0.97, _SAMPLES)
    beyond = np.concatenate([np.linspace(-0.14, -0.05, 8), np.linspace(1.05, 1.14, 8)])
    at_border = on_border(look, corners)
    steep = _edges_at(look, corners, along)
    # A plank's edge is an edge, but beside a paper's other sides it is a faint one.
    others = np.median(np.median(steep, axis=2), axis=1)
    enough = np.maximum(look.enough, 0.35 * others)[:, None, None]
    edge = np.where(at_border[..., None], BORDER_SUPPORT, np.minimum(steep / enough, 1))
    parts = edge.mean(2)
    # Edges that do not end at the corners are a longer sheet's, or a table's within a form.
    past = np.where(at_border[..., None], 0, np.minimum(_edges_at(look, corners, beyond) / enough, 1))
    ends = np.sort(past.reshape(len(corners), 8, -1).mean(2), axis=1)
    runs_on = ends[:, -2:].mean(1)
    inner, outer = (_light_at(look, corners, along, off) for off in (4.0, -4.0))
    step = (inner - outer).mean(2)
    brighter = np.clip(step / np.maximum(np.median(step, axis=1, keepdims=True), 4.0), -1, 1)
    brighter = np.where(at_border, 0.3, brighter)
    area = np.sqrt(areas_of(corners) / look.size.prod())
    # A form's printed frame is a rectangle, too; a card is small beneath a camera that is mounted for A4.
    weight = 0.1 if paper is Paper.ID_1 else 0.9
    wanted = RATIOS.get(paper)
    off = np.zeros(len(corners)) if wanted is None else np.abs(np.log(ratio_of(corners) / wanted))
    shape = np.minimum(2.5 * np.maximum(off - 0.06, 0), 0.5)
    sure = 0.5 * parts.mean(1) + 0.5 * parts.min(1)
    score = 2 * sure + weight * area + 0.15 * brighter.mean(1) + 0.4 * brighter.min(1) - 0.7 * runs_on - shape
    return score, sure - 0.5 * np.maximum(runs_on - 0.5, 0)


def steps(look: Look, corners: Corners) -> Corners:
    """By how much the page is brighter than the table at the side where it is least, in L*; borders aside."""
    along = np.linspace(0.03, 0.97, _SAMPLES)
    step = (_light_at(look, corners, along, 4.0) - _light_at(look, corners, along, -4.0)).mean(2)
    return np.asarray(np.where(on_border(look, corners), np.inf, step).min(1))


STEP = 4.0
"""In L*: less is an empty table's own pattern."""


def printed(look: Look, corners: Corners) -> npt.NDArray[np.bool_]:
    """Whether the sides, all four, are dark lines with the same paper within and without: a form's frame."""
    along = np.linspace(0.03, 0.97, _SAMPLES)
    inner, outer = (_light_at(look, corners, along, off).mean(2) for off in (4.0, -4.0))
    lines = [look.light[_pixels(look, _places(corners, along, off))] for off in (-1.0, 0.0, 1.0)]
    line = np.minimum.reduce(lines).mean(2)
    return np.asarray(
        (np.minimum(inner, outer) - line > _LINE).all(1) & (np.abs(inner - outer) < _SAME).all(1)
    )


_LINE, _SAME = 5.0, 3.0
"""In L*."""


def _places(corners: Corners, along: Corners, off: float) -> Corners:
    """Points along the sides, `off` pixels inside: N × 4 × len(along) × 2."""
    sides = np.roll(corners, -1, 1) - corners
    unit = sides / np.maximum(np.linalg.norm(sides, axis=2, keepdims=True), 1e-6)
    inward = np.stack([-unit[..., 1], unit[..., 0]], 2)
    return np.asarray(
        corners[:, :, None] + along[:, None] * sides[:, :, None] + off * inward[:, :, None],
    )


def _pixels(look: Look, places: Corners) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    whole = np.clip(np.rint(places), 0, look.size - 1).astype(int)
    return whole[..., 1], whole[..., 0]


def _edges_at(look: Look, corners: Corners, along: Corners) -> Floats:
    """The gradient across each side, in L* a pixel: N × 4 × len(along)."""
    sides = np.roll(corners, -1, 1) - corners
    unit = (sides / np.maximum(np.linalg.norm(sides, axis=2, keepdims=True), 1e-6))[:, :, None]
    best = np.zeros(0)
    for off in (-2.0, -1.0, 0.0, 1.0, 2.0):
        at = _pixels(look, _places(corners, along, off))
        here = np.abs(look.along[at] * unit[..., 0] - look.across[at] * unit[..., 1])
        best = np.maximum(best, here) if best.size else here
    return best.astype(np.float32)


def _light_at(look: Look, corners: Corners, along: Corners, off: float) -> Floats:
    return np.asarray(look.plain[..., 0][_pixels(look, _places(corners, along, off))])


def on_border(look: Look, corners: Corners) -> npt.NDArray[np.bool_]:
    """Which sides are the frame's own border: N × 4."""
    near = 0.012 * look.size.max()
    low = np.asarray(corners < near)
    high = np.asarray(corners > look.size - 1 - near)
    return np.asarray(((low & np.roll(low, -1, 1)) | (high & np.roll(high, -1, 1))).any(2))
