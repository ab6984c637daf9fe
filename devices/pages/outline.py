"""Where the paper is in a frame: four corners with a confidence, by lines and contours, without a network.

Two sources propose quadrilaterals in a small copy of the frame: pairs of long straight lines (they see a
white sheet on a white table) and contours of several thresholds (they see a small card). One measure judges
all of them: how much of each side is an edge, whether the edges end at the corners, whether the shape is that
of the paper asked for. The winner's sides are then fitted in the frame itself, to a fraction of a pixel.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.contracts.pages import Outline, Paper

Picture = MatLike
"""Height × width × 3 bytes, blue-green-red as OpenCV has it."""

Corners = npt.NDArray[np.float64]
"""4 × 2 pixels, clockwise from top left; a pixel's centre is at whole numbers."""

Floats = npt.NDArray[np.float32]

SURE = 0.8
"""Confidence from which an outline is taken for a page."""

LOOK_PX = 512
"""The frame's longer side in the copy that is searched."""

RATIOS = {Paper.A4: 297 / 210, Paper.ID_1: 85.6 / 53.98}
"""Longer side by shorter side, of the papers that have a format."""

_LEAST_AREA = 0.012
"""Of the frame. A card beneath a camera that is mounted for A4 covers some three hundredths."""

_LINES = 10
"""Lines kept of each direction."""

_SAMPLES = 48
"""Places looked at along a side."""

_BORDER_SUPPORT = 0.75
"""What the frame's own border counts for as a side: a page that is cut off is recognised as one."""


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
    look = _Look(small)
    if near is not None and near.confidence >= SURE and not near.cut_off:
        before = ((near.corners + 0.5) * scale - 0.5)[None]
        _, sure = _judge(look, before, paper)
        if sure[0] >= _HELD * near.confidence:
            return Found(fit(picture, near.corners, 1.5 / scale), float(sure[0]), cut_off=False)
    candidates = np.concatenate([_from_lines(look, paper), _from_contours(look)])
    # A page that the border cuts is one only where it is brighter than the table beside it.
    border = _on_border(look, candidates)
    most_cut = 1 if paper is Paper.ID_1 else 2
    cut = border.sum(1) > 0
    kept = ~cut | ((border.sum(1) <= most_cut) & (_steps(look, candidates) > _STEP))
    if paper is not Paper.ID_1:
        kept &= ~_printed(look, candidates)
    candidates, cut = candidates[kept], cut[kept]
    if not len(candidates):
        return None
    scores, supports = _judge(look, candidates, paper)
    best = int(np.argmax(scores))
    surely_cut = cut & (supports > _SURELY_CUT)
    if supports[best] < SURE and surely_cut.any():
        # Rather say "cut off" than nothing.
        best = int(np.argmax(np.where(surely_cut, scores, -np.inf)))
    corners, sure_ = candidates[best], float(supports[best])
    cut_off = bool(_on_border(look, corners[None]).any() or not _within(corners, look))
    exact = (corners + 0.5) / scale - 0.5
    if not cut_off:
        exact = fit(picture, exact, 3.0 / scale)
    return Found(exact, sure_, cut_off)


_SURELY_CUT = 0.7
_HELD = 0.93
"""Share of its confidence that an outline keeps while the paper lies still."""


def _within(corners: Corners, look: _Look) -> bool:
    return bool((corners >= 0).all() and (corners <= look.size - 1).all())


class _Look:
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


# ---- candidates ------------------------------------------------------------------------------------------


def _from_lines(look: _Look, paper: Paper) -> Corners:
    """Quadrilaterals of two upright and two level lines, the likeliest ones."""
    width, height = look.size
    ridges = look.ridges()
    upright = _lines([maps[0] for maps in ridges], 0.0)
    level = _lines([maps[1] for maps in ridges], np.pi / 2)
    # Lines as a x + b y = c, the frame's border among them.
    borders_x = np.array([[1, 0, 0], [1, 0, width - 1.0]])
    borders_y = np.array([[0, 1, 0], [0, 1, height - 1.0]])
    upright, level = np.concatenate([upright, borders_x]), np.concatenate([level, borders_y])
    sides = np.array(list(itertools.combinations(range(len(upright)), 2)))
    ends = np.array(list(itertools.combinations(range(len(level)), 2)))
    x_of = (upright[:, 2] - upright[:, 1] * height / 2) / upright[:, 0]
    y_of = (level[:, 2] - level[:, 0] * width / 2) / level[:, 1]
    sides = np.where((x_of[sides[:, 0]] < x_of[sides[:, 1]])[:, None], sides, sides[:, ::-1])
    ends = np.where((y_of[ends[:, 0]] < y_of[ends[:, 1]])[:, None], ends, ends[:, ::-1])
    meet = _meetings(upright, level)
    # Cheap questions first: most combinations have a corner outside the frame.
    inside = _inside(meet, look)
    both = inside[sides[:, 0]] & inside[sides[:, 1]]
    s, e = np.nonzero(both[:, ends[:, 0]] & both[:, ends[:, 1]])
    left, right, top, bottom = sides[s, 0], sides[s, 1], ends[e, 0], ends[e, 1]
    corners = np.stack([meet[left, top], meet[right, top], meet[right, bottom], meet[left, bottom]], 1)
    good = _plausible(corners, look, paper)
    corners, left, right, top, bottom = (each[good] for each in (corners, left, right, top, bottom))
    if not len(corners):
        return corners
    walls = _Runs(look.across, upright, look.enough, borders=2)
    floors = _Runs(look.along.T, level[:, [1, 0, 2]], look.enough, borders=2)
    parts = np.stack(
        [
            walls.share(left, corners[:, 0, 1], corners[:, 3, 1]),
            walls.share(right, corners[:, 1, 1], corners[:, 2, 1]),
            floors.share(top, corners[:, 0, 0], corners[:, 1, 0]),
            floors.share(bottom, corners[:, 3, 0], corners[:, 2, 0]),
        ],
        1,
    )
    rough = parts.mean(1) + parts.min(1) + 0.4 * np.sqrt(_areas(corners) / (width * height))
    return corners[np.argsort(-rough)[:80]]


class _Runs:
    """How much of each line is an edge between any two rows, by sums along the line."""

    def __init__(self, gradient: MatLike, lines: Corners, enough: float, borders: int) -> None:
        rows = np.arange(gradient.shape[0])
        wide = cv2.dilate(np.minimum(np.abs(gradient) / enough, 1), np.ones((1, 5), np.uint8))
        columns = np.rint((lines[:, 2:] - lines[:, 1:2] * rows) / lines[:, :1]).astype(int)
        inside = (columns >= 0) & (columns < gradient.shape[1])
        found = np.where(inside, wide[rows, np.clip(columns, 0, gradient.shape[1] - 1)], 0)
        found[-borders:] = _BORDER_SUPPORT
        self._sums = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(found, 1)], 1)

    def share(self, line: npt.NDArray[np.intp], begin: Corners, end: Corners) -> Corners:
        """Edge by length."""
        last = self._sums.shape[1] - 1
        first, past = np.clip(begin, 0, last).astype(int), np.clip(end, 0, last).astype(int)
        return np.asarray((self._sums[line, past] - self._sums[line, first]) / np.maximum(past - first, 1))


def _lines(maps: list[MatLike], about: float) -> Corners:
    """The strongest lines within 35° of a direction: N × 3, a x + b y = c."""
    kept: list[tuple[float, float]] = []
    reach = np.deg2rad(35)
    for edges in maps:
        mine = 0
        # Upright lines lie about 0, where OpenCV's angles end: they are sought in the turned picture.
        turned = edges if about else np.ascontiguousarray(edges.T)
        found = cv2.HoughLines(
            turned, 1, np.pi / 360, 24, min_theta=np.pi / 2 - reach, max_theta=np.pi / 2 + reach
        )
        for rho, theta in [] if found is None else found[:400, 0]:
            line = (float(rho), float(theta))
            if all(abs(line[0] - r) > 5 or abs(line[1] - t) > np.deg2rad(3) for r, t in kept):  # noqa: PLR2004 - pixels, degrees
                kept.append(line)
                mine += 1
                if mine == _LINES:
                    break
    rho_, theta_ = np.array(kept).reshape(-1, 2).T
    a, b = np.cos(theta_), np.sin(theta_)
    return np.stack([a, b, rho_], 1) if about else np.stack([b, a, rho_], 1)


def _meetings(upright: Corners, level: Corners) -> Corners:
    """Where each upright line meets each level one: U × L × 2."""
    a, b, c = (upright[:, None, k] for k in range(3))
    d, e, f = (level[None, :, k] for k in range(3))
    turn = a * e - b * d
    turn = np.where(np.abs(turn) < 1e-6, 1e-6, turn)  # noqa: PLR2004 - as good as parallel
    return np.stack([(c * e - b * f) / turn, (a * f - c * d) / turn], 2)


def _from_contours(look: _Look) -> Corners:
    """Quadrilaterals around connected regions, of several thresholds."""
    light = np.clip(look.plain[..., 0] * 2.55, 0, 255).astype(np.uint8)
    around = np.concatenate([look.plain[0], look.plain[-1], look.plain[:, 0], look.plain[:, -1]])
    away = np.linalg.norm(look.plain - np.median(around, 0), axis=2)
    unlike = np.clip(away * 4, 0, 255).astype(np.uint8)
    maps = [cv2.threshold(each, 0, 255, cv2.THRESH_OTSU)[1] for each in (light, unlike)]
    maps += [cv2.threshold(unlike, level, 255, cv2.THRESH_BINARY)[1] for level in (24, 60)]
    maps += [cv2.dilate(cv2.Canny(light, low, 2.5 * low), np.ones((3, 3), np.uint8)) for low in (8, 20, 50)]
    quads = []
    for each in maps:
        for contour in cv2.findContours(each, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
            if len(contour) < 4 or cv2.contourArea(contour) < _LEAST_AREA * each.size:  # noqa: PLR2004 - corners
                continue
            hull = cv2.convexHull(contour)
            shape = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
            corners = shape[:, 0] if len(shape) == 4 else cv2.boxPoints(cv2.minAreaRect(hull))  # noqa: PLR2004 - corners
            quads.append(clockwise(np.asarray(corners, np.float64)))
    found = np.array(quads).reshape(-1, 4, 2)
    return found[_plausible(found, look, Paper.OTHER)]


def clockwise(corners: Corners) -> Corners:
    """Four corners in the order of the contract: clockwise from top left."""
    middle = corners.mean(0)
    turned = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    return np.roll(turned, -int(np.argmin(turned.sum(1))), 0)


# ---- judgement -------------------------------------------------------------------------------------------


def ratio_of(corners: Corners) -> Corners:
    """Longer side by shorter side, of N × 4 × 2 corners."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, 1), axis=2)
    across, along = sides[:, ::2].mean(1), sides[:, 1::2].mean(1)
    return np.asarray(np.maximum(across, along) / np.maximum(np.minimum(across, along), 1e-6))


def _areas(corners: Corners) -> Corners:
    x, y = corners[..., 0], corners[..., 1]
    return np.asarray((x * np.roll(y, -1, 1) - np.roll(x, -1, 1) * y).sum(1) / 2)


def _plausible(corners: Corners, look: _Look, paper: Paper) -> npt.NDArray[np.bool_]:
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
        _inside(corners, look).T.all(0)
        & (ratio >= least)
        & (ratio <= most)
        & (sines > _SINE).all(0)
        & (pairs > others / _TAPER).all(0)
        & (pairs < others * _TAPER).all(0)
        & (area > _LEAST_AREA * look.size.prod())
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


def _inside(points: Corners, look: _Look) -> npt.NDArray[np.bool_]:
    room = 0.03 * look.size
    x, y = points[..., 0], points[..., 1]
    (left, top), (right, bottom) = -room, look.size + room
    return np.asarray((x > left) & (y > top) & (x < right) & (y < bottom))


def _judge(look: _Look, corners: Corners, paper: Paper) -> tuple[Corners, Corners]:
    """Score each candidate, and say how much its sides are edges: that is the confidence."""
    along = np.linspace(0.03, 0.97, _SAMPLES)
    beyond = np.concatenate([np.linspace(-0.14, -0.05, 8), np.linspace(1.05, 1.14, 8)])
    on_border = _on_border(look, corners)
    steep = _edges_at(look, corners, along)
    # A plank's edge is an edge, but beside a paper's other sides it is a faint one.
    others = np.median(np.median(steep, axis=2), axis=1)
    enough = np.maximum(look.enough, 0.35 * others)[:, None, None]
    edge = np.where(on_border[..., None], _BORDER_SUPPORT, np.minimum(steep / enough, 1))
    parts = edge.mean(2)
    # Edges that do not end at the corners are a longer sheet's, or a table's within a form.
    past = np.where(on_border[..., None], 0, np.minimum(_edges_at(look, corners, beyond) / enough, 1))
    ends = np.sort(past.reshape(len(corners), 8, -1).mean(2), axis=1)
    runs_on = ends[:, -2:].mean(1)
    inner, outer = (_light_at(look, corners, along, off) for off in (4.0, -4.0))
    step = (inner - outer).mean(2)
    brighter = np.clip(step / np.maximum(np.median(step, axis=1, keepdims=True), 4.0), -1, 1)
    brighter = np.where(on_border, 0.3, brighter)
    area = np.sqrt(_areas(corners) / look.size.prod())
    # A form's printed frame is a rectangle, too; a card is small beneath a camera that is mounted for A4.
    weight = 0.1 if paper is Paper.ID_1 else 0.9
    wanted = RATIOS.get(paper)
    off = np.zeros(len(corners)) if wanted is None else np.abs(np.log(ratio_of(corners) / wanted))
    shape = np.minimum(2.5 * np.maximum(off - 0.06, 0), 0.5)
    sure = 0.5 * parts.mean(1) + 0.5 * parts.min(1)
    score = 2 * sure + weight * area + 0.15 * brighter.mean(1) + 0.4 * brighter.min(1) - 0.7 * runs_on - shape
    return score, sure - 0.5 * np.maximum(runs_on - 0.5, 0)


def _steps(look: _Look, corners: Corners) -> Corners:
    """By how much the page is brighter than the table at the side where it is least, in L*; borders aside."""
    along = np.linspace(0.03, 0.97, _SAMPLES)
    step = (_light_at(look, corners, along, 4.0) - _light_at(look, corners, along, -4.0)).mean(2)
    return np.asarray(np.where(_on_border(look, corners), np.inf, step).min(1))


_STEP = 4.0
"""In L*: less is an empty table's own pattern."""


def _printed(look: _Look, corners: Corners) -> npt.NDArray[np.bool_]:
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


def _pixels(look: _Look, places: Corners) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    whole = np.clip(np.rint(places), 0, look.size - 1).astype(int)
    return whole[..., 1], whole[..., 0]


def _edges_at(look: _Look, corners: Corners, along: Corners) -> Floats:
    """The gradient across each side, in L* a pixel: N × 4 × len(along)."""
    sides = np.roll(corners, -1, 1) - corners
    unit = (sides / np.maximum(np.linalg.norm(sides, axis=2, keepdims=True), 1e-6))[:, :, None]
    best = np.zeros(0)
    for off in (-2.0, -1.0, 0.0, 1.0, 2.0):
        at = _pixels(look, _places(corners, along, off))
        here = np.abs(look.along[at] * unit[..., 0] - look.across[at] * unit[..., 1])
        best = np.maximum(best, here) if best.size else here
    return best.astype(np.float32)


def _light_at(look: _Look, corners: Corners, along: Corners, off: float) -> Floats:
    return np.asarray(look.plain[..., 0][_pixels(look, _places(corners, along, off))])


def _on_border(look: _Look, corners: Corners) -> npt.NDArray[np.bool_]:
    """Which sides are the frame's own border: N × 4."""
    near = 0.012 * look.size.max()
    low = np.asarray(corners < near)
    high = np.asarray(corners > look.size - 1 - near)
    return np.asarray(((low & np.roll(low, -1, 1)) | (high & np.roll(high, -1, 1))).any(2))


# ---- the exact place -------------------------------------------------------------------------------------


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
