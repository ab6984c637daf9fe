"""Whether a flattened picture may become a page: each check measures one thing and says so when it misses.

Measures are physical (millimetres of paper), so that one limit holds for every camera and distance.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from devices.contracts.pages import Finding, PageProblem, Paper
from devices.pages.cleaning import MM_PER_INCH, Flat, ground
from devices.pages.outline import SURE, Found
from devices.pages.quadrilaterals import RATIOS, Picture, ratio_of

LEAST_SEEN_DPI = 75.0
"""Below, Chinese at 10 points (3.5 mm) has fewer than ten pixels a character."""

SHAPE_OFF = 0.16
"""Of the ratio of sides, as a logarithm; a camera 25° off the vertical distorts A4 by 0.1."""

CARD_OFF = 0.057
"""The same for a card that fills the frame: from here the shape is nearer to A4's than to a card's."""

CARD_FILLS = 0.55
"""Of the frame's longer side. A camera mounted for A4 sees a card at a quarter of it, A4 at seven tenths."""

DARKEST_WHITE = 75.0
"""Of 255: the paper's own brightness."""

GLARE_MM2 = 45.0
"""Area in which the picture is blown out: nothing printed there is left."""

SOFTEST_MM = 0.178
"""Width (σ) of the softest edge between print and paper; strokes at 10 points are 0.3 mm wide."""

COVERED_MM2 = 45.0
"""Area of something skin-coloured that comes in over the paper's edge."""

LEAST_INK = 0.0004
"""Share of a page that is printed; less is the back of a page."""

_COARSE_DPI = 50.0
"""Dots an inch of the copy in which areas are measured: two pixels a millimetre."""


def check(found: Found | None, flat: Flat | None) -> tuple[Finding, ...]:
    """Everything that is wrong, what weighs most first. `flat` may be None only where `found` is unfit."""
    if found is not None and found.cut_off:
        return (Finding(PageProblem.CUT_OFF, 1, 0),)
    if found is None or flat is None or found.confidence < SURE:
        return (Finding(PageProblem.NO_PAGE, found.confidence if found else 0.0, SURE),)
    findings = []
    wanted = RATIOS.get(flat.paper)
    if wanted is not None:
        off = abs(float(np.log(ratio_of(found.corners[None])[0] / wanted)))
        if off > SHAPE_OFF:
            findings.append(Finding(PageProblem.WRONG_SHAPE, off, SHAPE_OFF))
    return (*findings, *check_flat(flat))


def check_size(found: Found, picture: Picture, paper: Paper) -> tuple[Finding, ...]:
    """A sheet that still lies there when a card is asked for is no card."""
    if paper is not Paper.ID_1:
        return ()
    longest = float(np.linalg.norm(np.roll(found.corners, -1, 0) - found.corners, axis=1).max())
    off = float(np.log(RATIOS[Paper.ID_1] / ratio_of(found.corners[None])[0]))
    if longest > CARD_FILLS * max(picture.shape[:2]) and off > CARD_OFF:
        return (Finding(PageProblem.WRONG_SHAPE, off, CARD_OFF),)
    return ()


def check_flat(flat: Flat) -> tuple[Finding, ...]:
    """What is wrong with the paper itself."""
    if flat.seen_dpi < LEAST_SEEN_DPI:
        return (Finding(PageProblem.TOO_FAR, flat.seen_dpi, LEAST_SEEN_DPI),)
    share = _COARSE_DPI / flat.dpi
    coarse = cv2.resize(flat.picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    white = float(np.percentile(coarse.max(2), 90))
    if white < DARKEST_WHITE:
        return (Finding(PageProblem.TOO_DARK, white, DARKEST_WHITE),)
    measured = (
        (PageProblem.COVERED, covered_mm2(coarse), COVERED_MM2),
        (PageProblem.GLARE, glare_mm2(coarse), GLARE_MM2),
    )
    findings = [Finding(*each) for each in measured if each[1] > each[2]]
    ink = ink_share(flat)
    if ink < LEAST_INK:
        return (*findings, Finding(PageProblem.BLANK, ink, LEAST_INK))
    soft = softness_mm(flat)
    if soft > SOFTEST_MM:
        findings.append(Finding(PageProblem.BLURRED, soft, SOFTEST_MM))
    return tuple(findings)


def glare_mm2(coarse: Picture) -> float:
    """The largest area in which every colour is at its end."""
    blown = (coarse.min(2) >= 250).astype(np.uint8)  # noqa: PLR2004 - of 255, with the codec's noise
    return _largest(cv2.morphologyEx(blown, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))


def covered_mm2(coarse: Picture) -> float:
    """The largest skin-coloured area that comes in over the edge, 5 mm deep and more.

    Beside the paper's own white, skin of every tone has more red than green and more green than blue; red ink
    has as much blue as green.
    """
    even = coarse / cv2.resize(
        _even_ground(coarse), (coarse.shape[1], coarse.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    blue, green, red = (cv2.GaussianBlur(even[..., k].astype(np.float32), (0, 0), 1.0) for k in range(3))
    skin = ((red > 1.06 * green) & (green > 1.02 * blue) & (red > 1.17 * blue)).astype(np.uint8)
    deep = cv2.morphologyEx(skin, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(deep)
    rim = np.concatenate(
        [labels[:5].ravel(), labels[-5:].ravel(), labels[:, :5].ravel(), labels[:, -5:].ravel()]
    )
    areas = [stats[label, cv2.CC_STAT_AREA] for label in range(1, count) if (rim == label).any()]
    return float(max(areas, default=0)) * (MM_PER_INCH / _COARSE_DPI) ** 2


def _even_ground(coarse: Picture) -> npt.NDArray[np.float32]:
    """The paper's white as one colour: a finger is wide enough to count as paper's shade."""
    light = coarse.mean(2)
    white = np.median(coarse[light >= np.percentile(light, 70)], axis=0)
    return np.asarray(white[None, None], np.float32)


def ink_share(flat: Flat) -> float:
    """The share of the page, its rim left out, that is clearly darker or more coloured than its paper."""
    share = 100.0 / flat.dpi
    small = cv2.resize(flat.picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    rim = round(6 * 100 / MM_PER_INCH) if flat.paper is not Paper.ID_1 else round(2 * 100 / MM_PER_INCH)
    even = small / cv2.resize(ground(small), (small.shape[1], small.shape[0]))
    return float((even[rim:-rim, rim:-rim].min(2) < 0.72).mean())  # noqa: PLR2004 - of the paper's white


def softness_mm(flat: Flat) -> float:
    """How wide the sharpest edges are, σ in millimetres, in the direction in which they are widest.

    An ideal edge of height h, softened by a Gaussian of width σ, rises by h / (σ √2π) a pixel at most.
    """
    grey = cv2.GaussianBlur(cv2.cvtColor(flat.picture, cv2.COLOR_BGR2GRAY).astype(np.float32), (0, 0), 0.8)
    widths = []
    for dx, dy in ((1, 0), (0, 1)):
        reach = max(5, round(1.2 * flat.px_per_mm)) | 1
        shape = (reach, 1) if dx else (1, reach)
        window = np.ones(shape[::-1], np.uint8)
        height = cv2.dilate(grey, window) - cv2.erode(grey, window)
        rise = np.abs(cv2.Sobel(grey, cv2.CV_32F, dx, dy, ksize=3)) / 8
        steepest = cv2.dilate(rise, window)
        tall = height > max(25.0, 0.35 * float(np.percentile(height[::4, ::4], 98)))
        if tall.any():
            ratio = height[tall] / np.maximum(steepest[tall], 1e-3)
            widths.append(float(np.percentile(ratio, 25)) / np.sqrt(2 * np.pi))
    return max(widths, default=99.0) / flat.px_per_mm


def _largest(mask: Picture) -> float:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    areas = stats[1:count, cv2.CC_STAT_AREA]
    return float(areas.max(initial=0)) * (MM_PER_INCH / _COARSE_DPI) ** 2
