"""Pictures as the eyes have them, and the few things done to all of them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

Picture = MatLike
"""Height × width × 3 bytes, blue-green-red as OpenCV has it."""

Grey = MatLike
"""Height × width bytes."""

Points = npt.NDArray[np.float64]
"""n × 2: x and y in pixels of the picture, from its top left corner."""

MOST_PIXELS = 50_000_000
"""A file that claims more is not opened: its pixels would fill the memory of a small terminal."""


def decoded(coded: bytes) -> Picture | None:
    """Read a picture file's bytes (JPEG, PNG, WebP, BMP); None if they are none. Never raises."""
    if not coded:
        return None
    try:
        # Turned as its EXIF says: telephones and some cameras write pictures lying on their side.
        picture = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return picture if picture is not None and 0 < picture.shape[0] * picture.shape[1] <= MOST_PIXELS else None


def grey(picture: Picture) -> Grey:
    """Without colours."""
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def within(picture: Picture, longest_px: int) -> Picture:
    """Make a picture smaller until its longer side is at most `longest_px`; never larger."""
    share = longest_px / max(picture.shape[:2])
    if share >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * share)), max(1, round(picture.shape[0] * share)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
