"""Draws a head in a pose: rays of a pinhole camera are followed to the relief, and its skin is lit."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.simulators.heads.geometry import (
    HEIGHT_MM,
    LEFT_MM,
    NOTHING_MM,
    PX_PER_MM,
    TOP_MM,
    Bytes,
    Floats,
    Head,
    to_px,
)

PIVOT_MM = np.array([0.0, 70.0, -80.0])
"""Heads turn on the neck, not about the eyes."""

_THICK_MM = 6.0
"""Deeper beneath a sheet's relief a ray has passed its edge and sees the wall."""

_FRONT_MM, _BACK_MM, _STEPS, _REFINED = 46.0, -112.0, 22, 3


@dataclass(frozen=True)
class Pose:
    """Where a head is and where it looks. Degrees; yaw to the person's own left, pitch up, roll clockwise."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    x_mm: float = 0.0
    y_mm: float = 0.0
    distance_mm: float = 550.0

    @property
    def rotation(self) -> Floats:
        """3 × 3, from head to camera coordinates."""
        yaw, pitch, roll = np.radians([self.yaw_deg, self.pitch_deg, self.roll_deg])
        across = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        up = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
        aside = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
        return np.asarray(aside @ up @ across, np.float32)


@dataclass(frozen=True)
class View:
    """The camera: its picture's size, and how wide it sees."""

    width_px: int = 640
    height_px: int = 480
    across_deg: float = 60.0

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.width_px / 2 / float(np.tan(np.radians(self.across_deg) / 2))


@dataclass(frozen=True)
class Scene:
    """Light, wall and the camera's weaknesses."""

    light_deg: float = 15.0
    """Where the light comes from: degrees to the right of the picture."""
    light_up_deg: float = 35.0
    contrast: float = 0.35
    """0: even light from everywhere; 1: one lamp only."""
    dim: float = 1.0
    """Brightness of all."""
    warm: float = 1.0
    """Red over blue."""
    wall: int = 0
    """Which background."""
    blur_px: float = 0.6
    noise: float = 2.5
    """Standard deviation, of 255."""


@dataclass(frozen=True)
class _Rays:
    """Where rays meet the relief: half as fine as the picture, in pixels of the front picture."""

    map_x: Floats
    map_y: Floats
    hit: Floats


def render(
    head: Head,
    pose: Pose,
    view: View = View(),
    scene: Scene = Scene(),
    chance: np.random.Generator | None = None,
) -> Bytes:
    """Give the picture a camera would take, height × width × 3, blue-green-red; `chance` makes its noise."""
    picture = wall(view, scene.wall)
    _lay(picture, *_resting(head, pose, view))
    _lay(picture, *_turning(head, pose, view, scene))
    return developed(picture, scene, chance)


def developed(picture: Bytes, scene: Scene, chance: np.random.Generator | None) -> Bytes:
    """Give a picture the scene's brightness, colour, blur and noise."""
    toned = cv2.LUT(picture, _tone(scene.dim, scene.warm))
    if scene.blur_px > 0:
        toned = cv2.GaussianBlur(toned, (0, 0), scene.blur_px)
    if chance is not None and scene.noise > 0:
        height, width = picture.shape[:2]
        left, top = chance.integers(0, _GRAIN_SPARE, 2)
        grain = _grain(height, width, round(scene.noise, 1))[top : top + height, left : left + width]
        toned = cv2.add(toned, grain, dtype=cv2.CV_8U)
    return np.asarray(toned, np.uint8)


@functools.lru_cache(maxsize=16)
def _tone(dim: float, warm: float) -> Bytes:
    """For each value and channel the value it becomes."""
    levels = np.arange(256)[:, None] * np.array([dim / warm, dim, dim * warm])
    return np.asarray(np.clip(levels, 0, 255)[:, None, :], np.uint8)


def five_points(head: Head, pose: Pose, view: View = View()) -> Floats:
    """Say where the five points are in the picture: 5 × 2 pixels."""
    return project(head.points_mm, pose, view)


def project(points_mm: Floats, pose: Pose, view: View) -> Floats:
    """Project N × 3 head coordinates into the picture: N × 2 pixels."""
    turned = (points_mm - PIVOT_MM) @ pose.rotation.T.astype(np.float64) + PIVOT_MM
    depth = pose.distance_mm - turned[:, 2]
    x = view.width_px / 2 + view.focal_px * (turned[:, 0] + pose.x_mm) / depth
    y = view.height_px / 2 + view.focal_px * (turned[:, 1] + pose.y_mm) / depth
    return np.stack([x, y], axis=1).astype(np.float32)


def _turning(head: Head, pose: Pose, view: View, scene: Scene) -> tuple[Bytes, Floats, tuple[int, int]]:
    """The head as it is seen: colours, opacity and the place of their upper left corner."""
    left, top, right, bottom = _extent(pose, view)
    rays = _follow(head, pose, view, (left, top, right, bottom))
    size = (right - left, bottom - top)
    map_x, map_y = (
        cv2.resize(part, size, interpolation=cv2.INTER_LINEAR) for part in (rays.map_x, rays.map_y)
    )
    seen = cv2.remap(head.skin, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    normals = cv2.remap(_normals(head), rays.map_x / 2, rays.map_y / 2, cv2.INTER_LINEAR)
    side, up = np.radians([scene.light_deg, scene.light_up_deg])
    lamp = np.array([np.sin(side) * np.cos(up), -np.sin(up), np.cos(side) * np.cos(up)], np.float32)
    lit = np.clip(normals @ (pose.rotation.T @ lamp), 0, None) / max(float(lamp[2]), 0.5)
    light = cv2.resize(1 - scene.contrast + scene.contrast * lit.astype(np.float32), size)
    hit = cv2.resize(cv2.GaussianBlur(rays.hit, (0, 0), 0.8), size, interpolation=cv2.INTER_LINEAR)
    opacity = np.clip(hit * 2.5 - 0.9, 0, 1) * seen[:, :, 3] * np.float32(1 / 255)
    colours = cv2.multiply(seen[:, :, :3], cv2.merge([light, light, light]), dtype=cv2.CV_8U)
    return np.asarray(colours, np.uint8), opacity.astype(np.float32), (left, top)


def _follow(head: Head, pose: Pose, view: View, extent: tuple[int, int, int, int]) -> _Rays:
    """March every second ray from the front plane backwards until it is beneath the relief, then refine."""
    left, top, right, bottom = extent
    x = (
        np.arange((right - left + 1) // 2, dtype=np.float32) * 2 + left + 0.5 - view.width_px / 2
    ) / view.focal_px
    y = (
        np.arange((bottom - top + 1) // 2, dtype=np.float32) * 2 + top + 0.5 - view.height_px / 2
    ) / view.focal_px
    to_head = pose.rotation.T
    offset = np.array([pose.x_mm, pose.y_mm, 0])
    eye = to_head @ (np.array([0, 0, pose.distance_mm]) - PIVOT_MM - offset) + PIVOT_MM
    ray = [to_head[k, 0] * x[None, :] + to_head[k, 1] * y[:, None] - to_head[k, 2] for k in range(3)]
    slope_x, slope_y = (ray[k] / ray[2] for k in (0, 1))
    # Along a ray, places in the front picture are linear in z: at_x = base_x + step_x * z.
    step_x, step_y = (slope * np.float32(PX_PER_MM) for slope in (slope_x, slope_y))
    base_x = to_px((eye[0] - slope_x * eye[2]).astype(np.float32), LEFT_MM)
    base_y = to_px((eye[1] - slope_y * eye[2]).astype(np.float32), TOP_MM)

    def height(z: npt.NDArray[np.floating] | float) -> Floats:
        return cv2.remap(
            head.relief_mm,
            (base_x + step_x * z).astype(np.float32),
            (base_y + step_y * z).astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=NOTHING_MM,
        ).astype(np.float32)

    above = np.full(base_x.shape, _FRONT_MM, np.float32)
    beneath = np.full(base_x.shape, _BACK_MM, np.float32)
    waiting = np.ones(base_x.shape, bool)
    for z in np.linspace(_FRONT_MM, _BACK_MM, _STEPS, dtype=np.float32)[1:]:
        under = waiting & (height(float(z)) >= z)
        beneath[under] = z
        waiting &= ~under
        above[waiting] = z
    for _ in range(_REFINED):
        middle = (above + beneath) / 2
        under = height(middle) >= middle
        beneath = np.where(under, middle, beneath)
        above = np.where(under, above, middle)
    if head.thin:
        waiting |= height(beneath) > beneath + _THICK_MM
    z = (above + beneath) / 2
    return _Rays(base_x + step_x * z, base_y + step_y * z, (~waiting).astype(np.float32))


def _extent(pose: Pose, view: View) -> tuple[int, int, int, int]:
    """The part of the picture in which the head can be: left, top, right, bottom."""
    corners = np.array([(x, y, z) for x in (-118, 118) for y in (-138, 128) for z in (-112, 40)], np.float32)
    places = project(corners, pose, view)
    left, top = np.floor(places.min(axis=0)).astype(int)
    right, bottom = np.ceil(places.max(axis=0)).astype(int)
    left, top = min(max(int(left), 0), view.width_px - 2), min(max(int(top), 0), view.height_px - 2)
    return (
        left,
        top,
        max(min(int(right), view.width_px), left + 2),
        max(min(int(bottom), view.height_px), top + 2),
    )


def _resting(head: Head, pose: Pose, view: View) -> tuple[Bytes, Floats, tuple[int, int]]:
    """The clothes: they follow the head's place and, a little, its turn."""
    scale = view.focal_px / (pose.distance_mm + 60)
    shift = np.array([pose.x_mm + 0.1 * pose.yaw_deg, pose.y_mm])
    place = shift * scale + np.array([view.width_px, view.height_px]) / 2
    per_px = scale / PX_PER_MM
    matrix = np.array([[per_px, 0, place[0] + LEFT_MM * scale], [0, per_px, place[1] + TOP_MM * scale]])
    size = (view.width_px, view.height_px)
    body = _widened(head)
    matrix[0, 2] -= _SLEEVE_PX * per_px
    seen = cv2.warpAffine(body, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    if (
        place[1] + (TOP_MM + HEIGHT_MM) * scale < view.height_px
    ):  # the picture of the clothes ends: go on below
        last = int(place[1] + (TOP_MM + HEIGHT_MM) * scale) - 2
        seen[last:] = seen[last]
    return seen[:, :, :3].astype(np.uint8), (seen[:, :, 3] * np.float32(1 / 255)).astype(np.float32), (0, 0)


_SLEEVE_PX = 200


def _widened(head: Head) -> Bytes:
    """The clothes continued to both sides of the front picture."""
    return cv2.copyMakeBorder(head.body, 0, 0, _SLEEVE_PX, _SLEEVE_PX, cv2.BORDER_REPLICATE).astype(np.uint8)


def _lay(picture: Bytes, colours: Bytes, opacity: Floats, corner: tuple[int, int]) -> None:
    rows = np.flatnonzero(opacity.any(axis=1))
    if not rows.size:
        return
    first, last = int(rows[0]), int(rows[-1]) + 1
    colours, opacity = colours[first:last], opacity[first:last]
    left, top = corner[0], corner[1] + first
    part = picture[top : top + colours.shape[0], left : left + colours.shape[1]]
    part[:] = cv2.blendLinear(colours, part, opacity, 1 - opacity)


@functools.lru_cache(maxsize=8)
def _normals(head: Head) -> Floats:
    """Which way the surface looks, at half the fineness of the front picture."""
    relief = np.where(head.relief_mm > NOTHING_MM, head.relief_mm, -60).astype(np.float32)
    coarse = cv2.resize(
        cv2.GaussianBlur(relief, (0, 0), 3), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
    )
    across, down = (np.gradient(coarse, 2 / PX_PER_MM, axis=axis) for axis in (1, 0))
    normal = np.dstack([-across, -down, np.ones_like(coarse)])
    return np.asarray(normal / np.linalg.norm(normal, axis=2, keepdims=True), np.float32)


@functools.lru_cache(maxsize=16)
def _wall_of(width: int, height: int, number: int) -> Bytes:
    chance = np.random.default_rng([21, number])
    coarse = chance.uniform(70, 220) + chance.normal(0, 14, (5, 7, 1)) + chance.normal(0, 6, (1, 1, 3))
    smooth = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(int(chance.integers(0, 5))):  # doors, notices, pillars
        at = chance.integers(0, width), chance.integers(0, height)
        size = chance.integers(width // 12, width // 3), chance.integers(height // 8, height)
        colour = [float(c) for c in chance.uniform(40, 220) + chance.normal(0, 15, 3)]
        cv2.rectangle(
            smooth, (int(at[0]), int(at[1])), (int(at[0] + size[0]), int(at[1] + size[1])), colour, -1
        )
    return np.clip(cv2.GaussianBlur(smooth, (0, 0), width / 300), 0, 255).astype(np.uint8)


def wall(view: View, number: int) -> Bytes:
    """Give a fresh copy of background `number`."""
    return _wall_of(view.width_px, view.height_px, number).copy()


_GRAIN_SPARE = 64


@functools.lru_cache(maxsize=4)
def _grain(height: int, width: int, noise: float) -> npt.NDArray[np.int16]:
    """More than a frame of noise, so that each frame can take another part of it."""
    size = (height + _GRAIN_SPARE, width + _GRAIN_SPARE, 1)
    grain = np.random.default_rng(22).normal(0, noise, size).astype(np.int16)
    return np.ascontiguousarray(np.repeat(grain, 3, axis=2))
