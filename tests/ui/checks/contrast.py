"""Contrast as it is painted: ink and paper of every text, taken from the picture of the window.

Relative luminance and ratio as in WCAG 2.2 (sRGB). No exemption for large letters: they pass the same line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from tests.ui.checks.parts import Box, Part, of

INK_SHARE = 0.004
"""Of a text's rectangle: fewer pixels of one colour than these are the soft rims of letters."""

Pixels = NDArray[np.uint8]


def pixels(picture: QImage) -> Pixels:
    """Rows of blue, green, red, nothing."""
    converted = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), -1, 4)
    return rows[:, : converted.width()].copy()


def too_faint(found: Sequence[Part], painted: Pixels, least: float, disabled: float) -> Iterator[str]:
    """Texts whose ink and paper differ less than `least` : 1; of controls that are off, `disabled` : 1."""
    for part in of(list(found), "text"):
        if not part.said.strip() or part.seen.width < part.letter_px / 4 or part.seen.height < part.letter_px:
            continue
        asked = least if part.enabled else disabled
        ratio = contrast(painted, part.seen)
        if ratio is not None and ratio < asked - 0.05:
            yield f"contrast {ratio:.1f} : 1, not {asked:g} : 1: {part.label}"


def contrast(painted: Pixels, place: Box) -> float | None:
    """Ratio between ink and paper in a rectangle; None where there is none of it."""
    rows, columns, _ = painted.shape
    left, right = max(0, round(place.left)), min(columns, round(place.right))
    top, bottom = max(0, round(place.top)), min(rows, round(place.bottom))
    if right - left < 2 or bottom - top < 2:
        return None
    crop = painted[top:bottom, left:right].reshape(-1, 4)
    # Green is most of the luminance: it tells the steps between paper and ink apart well enough.
    green = crop[:, 1]
    counts = np.bincount(green, minlength=256)
    paper = int(counts.argmax())
    least = max(4, int(INK_SHARE * len(green)))
    darkest = int(np.searchsorted(np.cumsum(counts), least))
    lightest = 255 - int(np.searchsorted(np.cumsum(counts[::-1]), least))
    ink = darkest if paper - darkest >= lightest - paper else lightest
    one, other = (luminance(crop[int(np.argmax(green == level))]) for level in (paper, ink))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminance(pixel: NDArray[np.uint8]) -> float:
    """Relative luminance, 0 to 1, of blue, green, red."""
    blue, green, red = (_linear(int(value) / 255) for value in pixel[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
