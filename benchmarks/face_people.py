"""People who do not exist, for measuring what each step of the comparison is worth.

Two kinds, both weak stand-ins for people: heads rendered from geometry and paint
(`devices.simulators.heads`), and the three drawn faces (`devices.simulators.faces`) bent into others. A
person is one chip photo, 102×126 px in at most 1,000 bytes of WebP or 1,400 of JPEG, and three sittings of
three camera frames, each with its own light, place, turn, blur, noise and coding. The distances among them
say nothing about the distances among real people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from devices.eyes.pictures import Picture
from devices.simulators.heads import Head, Pose, Scene, View, render

FACES = Path(__file__).resolve().parent.parent / "devices" / "simulators" / "faces"

SITTINGS, FRAMES = 3, 3

PHOTO_BYTES, JPEG_BYTES = 1000, 1400
_WIDTH, _HEIGHT = 102, 126


@dataclass(frozen=True)
class Made:
    """One person: the chip's photo, and frames of some sittings."""

    photo: Picture
    sittings: tuple[tuple[Picture, ...], ...]


def rendered(number: int) -> Made:
    """A rendered head: turned up to 12°, lit from anywhere."""
    chance = np.random.default_rng(number)
    head = Head.of(number)
    near = View(480, 600, across_deg=24)
    photo = _coded_photo(render(head, Pose(distance_mm=700), near, Scene(contrast=0.1)), jpeg=number % 2 > 0)
    sittings = []
    for _ in range(SITTINGS):
        scene = Scene(
            light_deg=chance.uniform(-60, 60),
            contrast=chance.uniform(0.1, 0.7),
            dim=chance.uniform(0.6, 1.1),
            warm=chance.uniform(0.9, 1.15),
            wall=int(chance.integers(0, 3)),
        )
        frames = []
        for _ in range(FRAMES):
            pose = Pose(
                yaw_deg=chance.normal() * 6,
                pitch_deg=chance.normal() * 4,
                roll_deg=chance.normal() * 4,
                x_mm=chance.normal() * 15,
                distance_mm=chance.uniform(420, 650),
            )
            frames.append(_taken(render(head, pose, View(), scene), chance))
        sittings.append(tuple(frames))
    return Made(photo, tuple(sittings))


def bent(number: int) -> Made:
    """One of the three drawn faces with other proportions and another skin."""
    chance = np.random.default_rng(10_000 + number)
    name = ("zhou", "shen", "other")[number % 3]
    drawn = cv2.imread(str(FACES / f"{name}.jpg"), cv2.IMREAD_COLOR)
    if drawn is None:
        raise ValueError(f"{name}: no picture")
    picture = cv2.resize(drawn, (640, 480), interpolation=cv2.INTER_AREA)
    person = _bent(_bent(picture, chance, 15, 70), chance, 7, 30)
    person = _toned(person, chance.uniform(0.75, 1.3), chance.uniform(0.93, 1.06, 3))
    photo = _coded_photo(_bent(person, chance, 1.5, 60)[:, 126:514], jpeg=number % 2 > 0)
    sittings = []
    for _ in range(SITTINGS):
        gamma, tint = chance.uniform(0.75, 1.5), chance.uniform(0.88, 1.1, 3)
        side, slope = chance.uniform(0, 2 * np.pi), chance.uniform(0, 0.5)
        frames = []
        for _ in range(FRAMES):
            moved = _moved(_bent(person, chance, 3, 50), chance)
            lit = _lit(moved, side, slope)
            frames.append(_taken(_toned(lit, gamma, tint), chance))
        sittings.append(tuple(frames))
    return Made(photo, tuple(sittings))


KINDS: dict[str, Callable[[int], Made]] = {"rendered heads": rendered, "bent drawn faces": bent}


def _coded_photo(picture: Picture, *, jpeg: bool) -> Picture:
    """As a chip has it: 102×126 px, what is left of them in 1,000 bytes of WebP or 1,400 of JPEG."""
    height, width = picture.shape[:2]
    cut = min(width, height * _WIDTH // _HEIGHT)
    left = (width - cut) // 2
    small = cv2.resize(picture[:, left : left + cut], (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA)
    # A JPEG file's tables alone take 600 bytes.
    form, key = (".jpg", cv2.IMWRITE_JPEG_QUALITY) if jpeg else (".webp", cv2.IMWRITE_WEBP_QUALITY)
    for quality in range(95, 0, -2):
        coded = cv2.imencode(form, small, [key, quality])[1]
        if len(coded) <= (JPEG_BYTES if jpeg else PHOTO_BYTES):
            break
    return _decoded(coded)


def _taken(picture: Picture, chance: np.random.Generator) -> Picture:
    """As a cheap camera gives it: blurred, noisy, JPEG."""
    blurred = cv2.GaussianBlur(picture, (0, 0), chance.uniform(0.3, 1.6)).astype(np.float32)
    noisy = np.clip(blurred + chance.normal(size=blurred.shape) * chance.uniform(1, 6), 0, 255)
    quality = int(chance.integers(60, 92))
    return _decoded(cv2.imencode(".jpg", noisy.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def _decoded(coded: Picture) -> Picture:
    picture = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("OpenCV does not read what it wrote")
    return picture


def _bent(picture: Picture, chance: np.random.Generator, most_px: float, smooth_px: float) -> Picture:
    height, width = picture.shape[:2]
    maps = []
    for place in np.meshgrid(np.arange(width), np.arange(height)):
        field = cv2.GaussianBlur(chance.normal(size=(height // 10, width // 10)), (0, 0), smooth_px / 10)
        large = cv2.resize(
            field / np.abs(field).max() * most_px, (width, height), interpolation=cv2.INTER_CUBIC
        )
        maps.append((place + large).astype(np.float32))
    return cv2.remap(picture, maps[0], maps[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _moved(picture: Picture, chance: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), chance.normal() * 4, chance.uniform(0.6, 1.05))
    shifted = turned + np.array([[0, 0, chance.normal() * 15], [0, 0, chance.normal() * 10]])
    smaller = cv2.warpAffine(picture, shifted, (width, height), borderMode=cv2.BORDER_REPLICATE)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    leaned = (corners + chance.normal(size=(4, 2)) * (24, 12)).astype(np.float32)
    lean = cv2.getPerspectiveTransform(corners, leaned)
    return cv2.warpPerspective(smaller, lean, (width, height), borderMode=cv2.BORDER_REPLICATE)


def _lit(picture: Picture, side: float, slope: float) -> Picture:
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.linspace(-1.6, 1.6, width), np.linspace(-1.2, 1.2, height))
    light = np.clip(1 + slope * (x * np.cos(side) + y * np.sin(side)), 0.3, 1.7)
    lit: Picture = np.clip(picture * light[:, :, None], 0, 255).astype(np.uint8)
    return lit


def _toned(picture: Picture, gamma: float, tint: object) -> Picture:
    toned: Picture = np.clip(255 * (picture / 255) ** gamma * np.asarray(tint), 0, 255).astype(np.uint8)
    return toned
