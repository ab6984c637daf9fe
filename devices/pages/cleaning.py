"""From a photographed outline to a clean page: flat, as it lay, white where paper is, red where a seal is.

The picture never leaves memory. Seals matter on these papers, so the ground is made white by one smooth gain
that is measured on paper only: neither ink nor a coloured field changes it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.contracts.pages import Finding, Page, PageProblem, Paper
from devices.pages.quadrilaterals import Corners, Picture

MM_PER_INCH = 25.4

SIZES_MM = {Paper.A4: (210.0, 297.0), Paper.ID_1: (53.98, 85.6)}
"""Shorter and longer side of the papers that have a format."""

DPI = {Paper.A4: 200, Paper.ID_1: 300, Paper.OTHER: 200}
"""Of the clean page, if the size cap allows."""

LEAST_DPI = 110
"""No page is made smaller than this to fit the size cap: Chinese at 10 points would close up."""

_WHITE = 250.0
_BLOCK = 16
"""Pixels, beside each other and beneath, for which one gain is measured."""
_LONGEST_MM = 297.0
"""`Paper.OTHER` is taken for as long as A4: how large it really is the camera cannot know."""


@dataclass(frozen=True)
class Flat:
    """A paper as if seen from straight above, at `dpi`; its light still that of the hall."""

    picture: Picture
    paper: Paper
    dpi: float
    seen_dpi: float
    """How fine the camera saw it, where it saw it least."""

    @property
    def px_per_mm(self) -> float:
        """Pixels of `picture` a millimetre."""
        return self.dpi / MM_PER_INCH


def flatten(picture: Picture, corners: Corners, paper: Paper, dpi: int | None = None) -> Flat:
    """Undo perspective and turn; the page keeps the side up that lay up, and stands or lies as it lay."""
    dpi = dpi or DPI[paper]
    sides = np.linalg.norm(np.roll(corners, -1, 0) - corners, axis=1)
    across, along = float(sides[::2].mean()), float(sides[1::2].mean())
    if paper in SIZES_MM:
        short_mm, long_mm = SIZES_MM[paper]
        wide_mm, high_mm = (long_mm, short_mm) if across > along else (short_mm, long_mm)
    else:
        wide_mm, high_mm = (_LONGEST_MM * side / max(across, along) for side in (across, along))
    width, height = (round(side * dpi / MM_PER_INCH) for side in (wide_mm, high_mm))
    # The outline runs along the paper's edge, half a pixel outside its first pixel's centre.
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    to_page = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    flat = cv2.warpPerspective(
        picture, to_page, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    seen = min(sides[::2].min() / wide_mm, sides[1::2].min() / high_mm) * MM_PER_INCH
    return Flat(flat, paper, float(dpi), float(seen))


def whole(picture: Picture, paper: Paper, dpi: int) -> Flat:
    """A scan whose borders are the paper's."""
    return Flat(picture, paper, float(dpi), float(dpi))


def cleaned(flat: Flat) -> Picture:
    """White paper, dark ink, seals in their red. A card keeps its ground and is only evenly lit."""
    picture = flat.picture
    if flat.paper is Paper.ID_1:
        white = np.percentile(picture[::4, ::4].reshape(-1, 3), 92, axis=0)
        lit = picture * np.asarray(245.0 / np.maximum(white, 30), np.float32)
        return np.asarray(np.minimum(lit, 255), np.uint8)
    gain = _WHITE / ground(picture)
    full = cv2.resize(gain, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.multiply(picture, full, dtype=cv2.CV_8U)
    return np.asarray(cv2.LUT(even, _contrast(even)))


def ground(picture: Picture) -> npt.NDArray[np.float32]:
    """The colour that white paper has at each place: a small smooth picture, at least 20 everywhere."""
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    plain = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    size = (max(2, picture.shape[1] // _BLOCK), max(2, picture.shape[0] // _BLOCK))
    blocks = cv2.resize(plain, size, interpolation=cv2.INTER_AREA).astype(np.float32) + 1
    light = blocks.mean(2)
    tint = blocks / light[..., None]
    bright = light >= np.median(light)
    off = np.abs(tint - np.median(tint[bright], axis=0)).max(2)
    near = cv2.dilate(light, np.ones((21, 21), np.uint8))
    paper = ((off < _TINT) & (light > _SHADE * near)).astype(np.float32)
    if paper.mean() < _LEAST_PAPER:
        paper[:] = 1
    smooth = np.zeros_like(blocks)
    known = np.zeros_like(light)
    for reach in (1.6, 6.0, 25.0):
        weight = cv2.GaussianBlur(paper, (0, 0), reach)
        seen = (
            cv2.GaussianBlur(blocks * paper[..., None], (0, 0), reach) / np.maximum(weight, 1e-6)[..., None]
        )
        share = np.clip(4 * weight, 0, 1) * (1 - known)
        smooth += seen * share[..., None]
        known += share
    return np.asarray(np.maximum(smooth / np.maximum(known, 1e-6)[..., None], 20), np.float32)


_TINT = 0.09
"""How far a block's colour may be from the paper's and still be paper."""
_SHADE = 0.42
"""How dark a shadow may be beside its surroundings; darker is a printed field."""
_LEAST_PAPER = 0.1


def _contrast(even: Picture) -> npt.NDArray[np.uint8]:
    """A table that makes near-white white and the darkest ink dark."""
    grey = even[::3, ::3].min(2)
    black = float(np.clip(np.percentile(grey, 0.5), 0, 95))
    steps = (np.arange(256) - black) * 255 / (236 - black)
    return np.asarray(np.clip(steps, 0, 255), np.uint8)


def encoded(picture: Picture, dpi: float, limit_bytes: int) -> Page | Finding:
    """The page as JPEG within `limit_bytes`: by quality first, then by scale; else a finding."""
    least = 0
    for share in (1.0, 0.85, 0.72, 0.6, 0.55):
        if share < 1.0 and dpi * share < LEAST_DPI:
            break
        small = (
            picture
            if share == 1.0
            else cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        )
        for quality in (85, 75, 62, 50):
            page = _jpeg(small, round(dpi * share), quality)
            if len(page.jpeg) <= limit_bytes:
                return page
            least = len(page.jpeg)
    return Finding(PageProblem.TOO_LARGE, least, limit_bytes)


_APP0 = 2
"""Where JPEG's JFIF header begins, behind the start mark."""


def _jpeg(picture: Picture, dpi: int, quality: int) -> Page:
    coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    # JFIF: marker and length (4), "JFIF\0" (5), version (2), then the unit (1 is dots an inch) and density.
    unit = _APP0 + 11
    density = b"\x01" + dpi.to_bytes(2, "big") * 2
    height, width = picture.shape[:2]
    return Page(coded[:unit] + density + coded[unit + len(density) :], width, height, dpi)
