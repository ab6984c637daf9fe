"""What might be paper: pairs of long straight lines, and contours of several thresholds."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.contracts.pages import Paper
from devices.pages.outline_judgement import BORDER_SUPPORT, LEAST_AREA, near_frame, plausible
from devices.pages.outline_look import Look
from devices.pages.quadrilaterals import Corners, areas_of, clockwise

_LINES = 10
"""Lines kept of each direction."""


def from_lines(look: Look, paper: Paper) -> Corners:
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
    inside = near_frame(meet, look)
    both = inside[sides[:, 0]] & inside[sides[:, 1]]
    s, e = np.nonzero(both[:, ends[:, 0]] & both[:, ends[:, 1]])
    left, right, top, bottom = sides[s, 0], sides[s, 1], ends[e, 0], ends[e, 1]
    corners = np.stack([meet[left, top], meet[right, top], meet[right, bottom], meet[left, bottom]], 1)
    good = plausible(corners, look, paper)
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
    rough = parts.mean(1) + parts.min(1) + 0.4 * np.sqrt(areas_of(corners) / (width * height))
    return corners[np.argsort(-rough)[:80]]


class _Runs:
    """How much of each line is an edge between any two rows, by sums along the line."""

    def __init__(self, gradient: MatLike, lines: Corners, enough: float, borders: int) -> None:
        rows = np.arange(gradient.shape[0])
        wide = cv2.dilate(np.minimum(np.abs(gradient) / enough, 1), np.ones((1, 5), np.uint8))
        columns = np.rint((lines[:, 2:] - lines[:, 1:2] * rows) / lines[:, :1]).astype(int)
        inside = (columns >= 0) & (columns < gradient.shape[1])
        found = np.where(inside, wide[rows, np.clip(columns, 0, gradient.shape[1] - 1)], 0)
        found[-borders:] = BORDER_SUPPORT
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


def from_contours(look: Look) -> Corners:
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
            if len(contour) < 4 or cv2.contourArea(contour) < LEAST_AREA * each.size:  # noqa: PLR2004 - corners
                continue
            hull = cv2.convexHull(contour)
            shape = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
            corners = shape[:, 0] if len(shape) == 4 else cv2.boxPoints(cv2.minAreaRect(hull))  # noqa: PLR2004 - corners
            quads.append(clockwise(np.asarray(corners, np.float64)))
    found = np.array(quads).reshape(-1, 4, 2)
    return found[plausible(found, look, Paper.OTHER)]
