"""A head: its skin as a picture seen from the front, and how far each point of it comes forward.

Head coordinates, in millimetres: the origin lies between the outer corners of the eyes, x to the person's own
left (right in the picture), y down, z towards the viewer. The relief follows published averages for adults:
outer eye corners 90 mm apart; inner corners about 11 mm, the base of the nose about 25 mm and its tip about
39 mm in front of the outer corners. Identity varies them, the outline, the features' places and the colours.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

PX_PER_MM = 2.0
LEFT_MM, TOP_MM = -190.0, -140.0
WIDTH_MM, HEIGHT_MM = 380, 310
"""What the front picture covers, in head coordinates."""

COLLAR_MM = 121.0
"""Below this y everything is clothes, which do not turn with the head."""

NOTHING_MM = -500.0
"""The relief where there is no head."""

EYE_SPAN_MM = 90.0

_PALE = 185
"""Of 255: all three colours of the wall are above."""

_FACES = Path(__file__).resolve().parent.parent / "faces"
_EYES_PX = {
    "zhou": ((322.0, 272.0), (496.0, 282.0)),
    "shen": ((326.0, 276.0), (492.0, 284.0)),
    "other": ((305.0, 287.0), (472.0, 277.0)),
}
"""The outer corners of the eyes in the pictures of `devices/simulators/faces`: the person's right, left. A
picture elsewhere that was cut from one of them has its name."""


@dataclass(frozen=True)
class Shape:
    """What makes one relief differ from another, in millimetres where not said otherwise."""

    inner_mm: float = 11.0
    """How far the inner corners of the eyes lie in front of the outer ones."""
    nose_base_mm: float = 25.0
    nose_tip_mm: float = 39.0
    jaw: float = 1.0
    """Fullness of cheeks and jaw, a factor."""


@dataclass(frozen=True, eq=False)
class Head:
    """One invented person."""

    skin: Bytes
    """The front picture: blue, green, red and opacity, `PX_PER_MM` fine."""
    body: Bytes
    """What does not turn: clothes below the collar, with opacity."""
    relief_mm: Floats
    """z of every point of the front picture; `NOTHING_MM` outside."""
    points_mm: Floats
    """5 × 3: left outer and inner eye corner, right outer and inner, base of the nose (dlib's order)."""
    thin: bool = False
    """The relief is a sheet: nothing is behind it."""

    @classmethod
    def of(cls, identity: int) -> Self:
        """Make person number `identity`; the same number is the same person."""
        chance = np.random.default_rng([20, identity])
        names = sorted(_EYES_PX)
        name = names[identity % len(names)]
        picture = _front_picture(name)
        if chance.integers(0, 2):
            picture = np.ascontiguousarray(picture[:, ::-1])
        shape = Shape(
            inner_mm=float(chance.uniform(9.0, 13.0)),
            nose_base_mm=float(chance.uniform(22.0, 28.0)),
            nose_tip_mm=float(chance.uniform(35.0, 43.0)),
            jaw=float(chance.uniform(0.94, 1.04)),
        )
        picture = _features_moved(picture, chance)
        person = _person(picture)
        return cls._made(_coloured(picture, person, chance), person, shape)

    @classmethod
    def with_face(cls, name: str) -> Self:
        """Make the very person of a picture of `devices/simulators/faces`."""
        picture = _front_picture(name)
        return cls._made(picture, _person(picture), Shape())

    @classmethod
    def _made(cls, picture: Bytes, person: Bytes, shape: Shape) -> Self:
        picture = _continued(picture, person)
        y_mm = grid()[1]
        # The outline itself is the relief's; opacity reaches a little further.
        turning = np.where(y_mm < COLLAR_MM, cv2.dilate(person, np.ones((9, 9), np.uint8)), 0)
        resting = np.where(y_mm > COLLAR_MM - 6, person, 0)
        relief = _relief(shape, person)
        return cls(_with_opacity(picture, turning), _with_opacity(picture, resting), relief, _points(relief))


def to_px(mm: Floats, offset_mm: float) -> Floats:
    """Turn head coordinates into places in the front picture."""
    return (mm - np.float32(offset_mm)) * np.float32(PX_PER_MM)


def grid() -> tuple[Floats, Floats]:
    """Give x and y of every point of the front picture, in millimetres."""
    x = LEFT_MM + np.arange(round(WIDTH_MM * PX_PER_MM), dtype=np.float32) / np.float32(PX_PER_MM)
    y = TOP_MM + np.arange(round(HEIGHT_MM * PX_PER_MM), dtype=np.float32) / np.float32(PX_PER_MM)
    grid_x, grid_y = np.meshgrid(x, y)
    return grid_x.astype(np.float32), grid_y.astype(np.float32)


@functools.cache
def _front_picture(name: str) -> Bytes:
    """Take a face of `devices/simulators/faces` upright and to scale."""
    picture = cv2.imread(str(_FACES / f"{name}.jpg"), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"{_FACES / name}.jpg is no picture")
    right, left = (np.array(place) for place in _EYES_PX[Path(name).name])
    along = (left - right) / EYE_SPAN_MM / PX_PER_MM
    turn = np.array([[along[0], -along[1]], [along[1], along[0]]])
    origin = (left + right) / 2 + turn @ np.array([LEFT_MM, TOP_MM]) * PX_PER_MM
    matrix = np.column_stack([turn, origin])
    size = (round(WIDTH_MM * PX_PER_MM), round(HEIGHT_MM * PX_PER_MM))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    taken = cv2.warpAffine(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return taken.astype(np.uint8)


def _features_moved(picture: Bytes, chance: np.random.Generator) -> Bytes:
    """Move brows, mouth, jaw and hair a few millimetres; the eyes stay where the relief expects them."""
    x, y = grid()
    coarse = chance.normal(0, 4.0, (2, 6, 5)).astype(np.float32)
    shift_x, shift_y = (
        cv2.resize(part, (x.shape[1], x.shape[0]), interpolation=cv2.INTER_CUBIC) for part in coarse
    )
    eyes_stay = 1 - np.exp(-((y / 14) ** 2) - (x / 70) ** 4)
    nose_stays = 1 - np.exp(-(((y - 40) / 16) ** 2) - (x / 20) ** 4)
    hold = eyes_stay * nose_stays * PX_PER_MM
    map_x = to_px(x, LEFT_MM) + hold * shift_x
    map_y = to_px(y, TOP_MM) + hold * shift_y
    return cv2.remap(picture, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _person(picture: Bytes) -> Bytes:
    """Say which pixels are the person, 1, and which the pale wall, 0."""
    blue, red = (picture[:, :, channel].astype(np.int16) for channel in (0, 2))
    wall = (picture.min(axis=2) > _PALE) & (blue >= red - 4)
    _, parts = cv2.connectedComponents(wall.astype(np.uint8))
    upper = parts[: parts.shape[0] // 2]
    behind = np.isin(parts, np.concatenate([upper[0], upper[:, 0], upper[:, -1]])) & wall
    solid = cv2.morphologyEx((~behind).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    solid = cv2.erode(solid, np.ones((3, 3), np.uint8))
    # A white collar is no wall: below the chin everything between the sleeves belongs to the person.
    between = np.maximum.accumulate(solid, axis=1) & np.maximum.accumulate(solid[:, ::-1], axis=1)[:, ::-1]
    return np.where(grid()[1] > COLLAR_MM - 6, between, solid).astype(np.uint8)


def _coloured(picture: Bytes, person: Bytes, chance: np.random.Generator) -> Bytes:
    """Give skin and hair another tone."""
    tone = np.array([chance.uniform(0.82, 1.02), 1.0, chance.uniform(0.98, 1.06)]) * chance.uniform(0.75, 1.0)
    return np.where(person[:, :, None] > 0, np.clip(picture * tone, 0, 255), picture).astype(np.uint8)


def _continued(picture: Bytes, person: Bytes) -> Bytes:
    """Continue the person's colours over the wall, so that no wall shows at the outline."""
    inner = cv2.erode(person, np.ones((7, 7), np.uint8))
    _, nearest = cv2.distanceTransformWithLabels(
        1 - inner, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    colours[nearest[inner > 0]] = picture[inner > 0]
    return np.asarray(colours[nearest], np.uint8)


def _hump(x: Floats, y: Floats, place: tuple[float, float], size: tuple[float, float]) -> Floats:
    across, down = (x - place[0]) / size[0], (y - place[1]) / size[1]
    return np.exp(-(across**2) - down**2).astype(np.float32)


def _relief(shape: Shape, person: Bytes) -> Floats:
    x, y = grid()
    # Cheek to cheek: a flattened round; its depth is chosen so that the inner corners come out right.
    half_width = 79 * shape.jaw - 0.0018 * np.clip(y - 10, 0, None) ** 2
    round_ = np.sqrt(np.clip(1 - np.abs(x / half_width) ** 2.5, 0, 1))
    face = (shape.inner_mm / 0.127 + 2) * round_
    face += 2.5 * (_hump(x, y, (-40, 34), (18, 18)) + _hump(x, y, (40, 34), (18, 18)))
    face += (
        4 * _hump(x, y, (0, -20), (45, 10))
        + 5 * _hump(x, y, (0, 62), (28, 18))
        + 6 * _hump(x, y, (0, 104), (20, 14))
    )
    face -= 0.004 * np.clip(-y - 25, 0, None) ** 2 + 0.0022 * np.clip(y - 60, 0, None) ** 2
    face += _nose(shape, x, y, float(_at(face, 0, 48) - _at(face, 45, 0)))
    # Hair and ears: a wider round that begins behind the face's edge.
    reach = np.where(person > 0, np.abs(x), 0).max(axis=1, keepdims=True) + 1
    hair = -10 + 78 * np.sqrt(np.clip(1 - np.abs(x / np.clip(reach, 40, None)) ** 2.4, 0, 1))
    hair -= 0.006 * np.clip(-y - 60, 0, None) ** 2
    neck = -10 + 48 * np.sqrt(np.clip(1 - (x / 58) ** 2, 0, 1))
    chin = y - (113 - 0.0125 * x**2)
    head = np.where(chin > 0, neck, np.maximum(face, hair))
    outer = (float(_at(head, -45, 0)) + float(_at(head, 45, 0))) / 2
    head = cv2.GaussianBlur((head - outer).astype(np.float32), (0, 0), 2.0)
    return np.where(person > 0, head, NOTHING_MM).astype(np.float32)


_TIP_MM, _BASE_MM = 40.0, 48.0
"""y of the tip and of the base of the nose."""


def _nose(shape: Shape, x: Floats, y: Floats, base_now_mm: float) -> Floats:
    """A ridge from between the eyes to the tip, falling quickly to the base of the nose."""
    base = shape.nose_base_mm - base_now_mm
    tip = shape.nose_tip_mm - base_now_mm
    along = np.clip((y + 6) / (_TIP_MM + 6), 0, 1)
    below = np.clip((y - _TIP_MM) / (_BASE_MM - _TIP_MM), 0, 1)
    ridge = along**1.3 * tip + (base - tip) * below
    ridge *= np.exp(-((np.clip(y - _BASE_MM, 0, None) / 9) ** 2))
    width = 9 + 6 * along
    return np.asarray(ridge * np.exp(-(np.abs(x / width) ** 2.6)), np.float32)


def _at(relief: npt.NDArray[np.floating], x_mm: float, y_mm: float) -> np.float32:
    row, column = round((y_mm - TOP_MM) * PX_PER_MM), round((x_mm - LEFT_MM) * PX_PER_MM)
    return np.float32(relief[row, column])


def _points(relief: Floats) -> Floats:
    places = ((45.0, 0.0), (18.5, 1.0), (-45.0, 0.0), (-18.5, 1.0), (0.0, 48.0))
    return np.array([(x, y, _at(relief, x, y)) for x, y in places], np.float32)


def _with_opacity(picture: Bytes, share: npt.NDArray[np.generic]) -> Bytes:
    soft = cv2.GaussianBlur(share.astype(np.float32) * 255, (0, 0), 1.0)
    return np.dstack([picture, soft.astype(np.uint8)])
