"""Pictures of a person instead of the person: prints and screens, flat, bent, or worn as a mask.

Each is a `Head` whose relief is a sheet, so that `render` shows it as it shows heads; it turns about its own
middle axis if `sheet_pose` makes its pose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from devices.simulators.heads.geometry import (
    LEFT_MM,
    NOTHING_MM,
    PX_PER_MM,
    TOP_MM,
    Bytes,
    Floats,
    Head,
    grid,
    to_px,
)
from devices.simulators.heads.rendering import PIVOT_MM, Pose

_EYES_BEHIND_MM = 9.0
"""How far a wearer's eyes lie behind the holes of a mask."""


@dataclass(frozen=True)
class Sheet:
    """How a picture is presented. Radii in millimetres; None is flat."""

    round_upright_mm: float | None = None
    """Bent about an upright axis, as round a tin."""
    round_level_mm: float | None = None
    """Bent about a level axis."""
    leaning_deg: float = 0.0
    """How far the upper edge leans towards the camera; it then turns about an upright axis nevertheless."""
    shown_on: Literal["paper", "screen", "mask"] = "paper"


def sheet(head: Head, how: Sheet) -> Head:
    """Present a front picture of `head`."""
    x, y = grid()
    depth, along_x = _bent(x, how.round_upright_mm)
    lean = np.radians(how.leaning_deg)
    depth_y, along_y = _bent((y - 15) / np.float32(np.cos(lean)), how.round_level_mm)
    relief = -(depth + depth_y) - (y - 15) * np.tan(lean)
    picture = cv2.remap(
        _front_on_wall(head),
        to_px(along_x, LEFT_MM),
        to_px(along_y + 15, TOP_MM),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.uint8)
    half_x, half_y = (70.0, 115.0) if how.shown_on == "mask" else (105.0, 135.0)
    inside = (np.abs(along_x) < half_x) & (np.abs(along_y + 5) < half_y)
    if how.shown_on == "screen":
        picture = _on_screen(picture, inside)
    if how.shown_on == "mask":
        inside &= (along_x / half_x) ** 2 + ((along_y + 5) / half_y) ** 2 < 1
        holes = (np.abs(np.abs(along_x) - 31) / 16) ** 2 + ((along_y + 15) / 9) ** 2 < 1
        deeper = np.where(holes, relief - _EYES_BEHIND_MM, relief).astype(np.float32)
        relief = np.asarray(cv2.GaussianBlur(deeper, (0, 0), 1.5), np.float32)
    relief = np.where(inside, relief, NOTHING_MM).astype(np.float32)
    return replace(
        head,
        skin=np.dstack([picture, np.where(inside, 255, 0).astype(np.uint8)]),
        body=np.zeros_like(head.body),
        relief_mm=relief,
        points_mm=_points_on(head, how),
        thin=True,
    )


def sheet_pose(pose: Pose) -> Pose:
    """Give the pose that turns a sheet about its own middle instead of about a neck."""
    middle = np.array([0.0, 15.0, 0.0])
    moved = pose.rotation @ (middle - PIVOT_MM) + PIVOT_MM - middle
    return replace(
        pose,
        x_mm=pose.x_mm - float(moved[0]),
        y_mm=pose.y_mm - float(moved[1]),
        distance_mm=pose.distance_mm + float(moved[2]),
    )


def _bent(place: Floats, radius: float | None) -> tuple[Floats, Floats]:
    """How far a bent sheet lies back at `place`, and which place of the flat sheet is there."""
    if radius is None:
        return np.zeros_like(place), place
    share = np.clip(place / radius, -0.98, 0.98)
    depth = radius * (1 - np.sqrt(1 - share**2))
    beyond = np.abs(place) > 0.98 * radius
    return depth.astype(np.float32), np.where(beyond, 1e4, radius * np.arcsin(share)).astype(np.float32)


def _points_on(head: Head, how: Sheet) -> Floats:
    x = _rolled(head.points_mm[:, 0], how.round_upright_mm)
    y = _rolled(head.points_mm[:, 1] - 15, how.round_level_mm)
    z = -_bent(x, how.round_upright_mm)[0] - _bent(y, how.round_level_mm)[0]
    y = y * np.float32(np.cos(np.radians(how.leaning_deg)))
    z = z - y * np.float32(np.tan(np.radians(how.leaning_deg)))
    if how.shown_on == "mask":
        z = z - np.array([1, 1, 1, 1, 0], np.float32) * np.float32(_EYES_BEHIND_MM)
    return np.stack([x, y + 15, z], axis=1).astype(np.float32)


def _rolled(along: Floats, radius: float | None) -> Floats:
    return along if radius is None else (radius * np.sin(along / radius)).astype(np.float32)


def _front_on_wall(head: Head) -> Bytes:
    """A portrait photograph: the head from the front before a pale wall."""
    shade = np.linspace(232, 205, head.skin.shape[0], dtype=np.float32)[:, None, None]
    picture = np.broadcast_to(shade, (*head.skin.shape[:2], 3)).copy()
    turning = np.where(head.relief_mm > NOTHING_MM, head.skin[:, :, 3], 0).astype(np.float32)
    for colours, opacity in ((head.body, head.body[:, :, 3].astype(np.float32)), (head.skin, turning)):
        soft = cv2.GaussianBlur(opacity, (0, 0), 1.0)[:, :, None] / 255
        picture += (colours[:, :, :3] - picture) * soft
    return picture.astype(np.uint8)


def _on_screen(picture: Bytes, inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Bytes:
    """Brighter, bluer, with the beat of two pixel grids, and a black frame."""
    x, y = grid()
    beat = 1 + 0.06 * np.sin(x * 1.9 + 0.4 * y) + 0.05 * np.sin(1.7 * y - 0.3 * x)
    lit = np.clip(picture * np.array([1.22, 1.12, 1.08]) * beat[:, :, None] + 8, 0, 255)
    frame = cv2.erode(inside.astype(np.uint8), np.ones((round(12 * PX_PER_MM),) * 2, np.uint8))
    return np.where(frame[:, :, None] > 0, lit, 18).astype(np.uint8)
