"""How good a view of a face is: its size, sharpness, light and turn."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from devices.eyes.matching import Face
from devices.eyes.pictures import Grey, Picture, Points, grey

LEAST_LIVE_PX = 64
"""Width of the smallest face before a camera that is compared: as many pixels as the chip's photo has."""

LEAST_PHOTO_PX = 36
"""The same for a photo: a chip's has 102×126 px, and a face on it 45 to 75."""

MOST_BLUR = 0.60
"""A face blurred as by a Gaussian of a fortieth of its width; from there its distances grow quickly."""

LEAST_LIGHT = 55.0
"""Mean brightness of a face, of 255, below which more light is asked for."""

MOST_BLOCKS = 1.5
"""Coarse JPEG is above, WebP at a kilobyte and JPEG 2000 below."""

_BLOCK_PX = 8

_MEASURED_PX = 64
"""Faces are measured at this width: what a chip's photo can show, and a camera's noise averages out."""

_REBLUR_PX = 9


@dataclass(frozen=True)
class Quality:
    """Measures of one view of one face."""

    width_px: int
    blur: float
    """0 (sharp) to 1; see `blur`."""
    light: float
    """Mean brightness, 0 to 255."""
    turn: float
    """How far the nose is from the middle between the eyes, in eye distances: 0 is straight ahead."""

    @property
    def rank(self) -> float:
        """Larger is better; only for choosing among views of one sitting."""
        dark = max(0.0, LEAST_LIGHT - self.light) / LEAST_LIGHT
        small = max(0.0, 1 - self.width_px / 150)
        return -(self.blur + 2 * abs(self.turn) + dark + small)


def measured(picture: Picture, face: Face, points: Points) -> Quality:
    """Measure one face, whose five points are `points`."""
    region = face_region(picture, face)
    return Quality(face.width, blur(region), float(region.mean()), turn(points))


def face_region(picture: Picture, face: Face) -> Grey:
    """The face alone, grey, as far as it is in the picture."""
    height, width = picture.shape[:2]
    left, top = min(max(0, face.left), width - 1), min(max(0, face.top), height - 1)
    cut = picture[top : max(top + 1, face.top + face.height), left : max(left + 1, face.left + face.width)]
    return grey(cut)


def blur(region: Grey) -> float:
    """How little is lost by blurring again: 0.35 to 0.5 for sharp pictures, towards 1 for blurred ones.

    After Crété-Roffet, Dolmiere, Ladet, Nicolas: "The blur effect: perception and estimation with a new
    no-reference perceptual blur metric" (2007), at a width of 64 px; the blurrier of the two directions.
    """
    smooth = cv2.INTER_AREA if region.shape[1] > _MEASURED_PX else cv2.INTER_CUBIC
    small = cv2.resize(region, (_MEASURED_PX, _MEASURED_PX), interpolation=smooth).astype(np.float32)
    found = []
    for axis, window in ((0, (1, _REBLUR_PX)), (1, (_REBLUR_PX, 1))):
        sharp = np.abs(np.diff(small, axis=axis))
        again = np.abs(np.diff(cv2.blur(small, window), axis=axis))
        total = float(sharp.sum())
        lost = float(np.maximum(0, sharp - again).sum())
        found.append(1.0 if total == 0 else (total - lost) / total)
    return max(found)


def blocks(picture: Picture) -> float:
    """How much a picture jumps where JPEG's blocks of 8 px meet, over elsewhere: 1 for an uncoded one."""
    plain = grey(picture).astype(np.float32)
    found = []
    for axis in (0, 1):
        jumps = np.abs(np.diff(plain, axis=axis)).mean(axis=1 - axis)
        at_edges, count = jumps[_BLOCK_PX - 1 :: _BLOCK_PX].sum(), len(jumps) // _BLOCK_PX
        elsewhere = (jumps.sum() - at_edges) / max(1, len(jumps) - count)
        found.append(float(at_edges / max(1, count) / max(elsewhere, 1e-6)))
    return sum(found) / len(found)


def turn(points: Points) -> float:
    """How far the nose is from the middle between the eyes, along the line of the eyes, in eye distances."""
    right, left = points[0:2].mean(axis=0), points[2:4].mean(axis=0)
    eyes = right - left
    length = float(eyes @ eyes)
    return 0.0 if length == 0 else float((points[4] - (right + left) / 2) @ eyes) / length
