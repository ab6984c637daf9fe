"""A document camera's photograph of a paper on a table: pinhole and lens, lamp, shadow, noise, and defects.

Lengths are millimetres on the table, x to the right and y towards the person; the camera looks down at the
origin, `tilt_deg` away from straight above. The frame stands upright, as a camera above a terminal
is mounted.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from devices.contracts.pages import PageProblem
from devices.simulators.paper import Printed, Sheet, render

Floats = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]


class Table(Enum):
    """What the paper lies on."""

    WHITE = "white"
    DARK = "dark"
    WOOD = "wood"
    GREY = "grey"


SKINS: tuple[tuple[int, int, int], ...] = ((172, 196, 234), (134, 168, 216), (92, 132, 186), (58, 88, 134))
"""Blue-green-red, from light to dark."""


@dataclass(frozen=True)
class Finger:
    """A finger laid on the page: its tip and where it comes from, in millimetres of the table."""

    tip: tuple[float, float]
    root: tuple[float, float]
    width_mm: float
    skin: tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """Everything that is between a rendered page and its photograph."""

    table: Table
    size: tuple[int, int] = (1200, 1600)
    """Width and height of the frame in pixels."""
    px_per_mm: float = 4.4
    """On the table beneath the camera."""
    tilt_deg: float = 0.0
    aside_deg: float = 0.0
    turn_deg: float = 0.0
    """How the paper is turned on the table."""
    shift_mm: tuple[float, float] = (0.0, 0.0)
    lens: float = 0.0
    """Radial distortion at the frame's corner, as a share."""
    white: float = 225.0
    """How bright white paper comes out, of 255."""
    table_gap: float = 10.0
    """White table: by how much the table is darker than the paper."""
    warmth: float = 0.0
    lamp: tuple[float, float] = (0.1, 0.1)
    """Fall of brightness across and along the frame, as shares."""
    shadow: float = 0.0
    """Depth of a hand's soft shadow across the page, as a share."""
    contact: float = 0.25
    """Depth of the thin shadow that a sheet casts at its own edge."""
    noise: float = 3.0
    blur_mm: float = 0.0
    motion_mm: float = 0.0
    glare_mm: float = 0.0
    """Radius of a lamp's mirror image."""
    glare_at: tuple[float, float] = (0.0, 0.0)
    finger: Finger | None = None
    seed: int = 0


@dataclass(frozen=True)
class Photo:
    """The photograph, and where the paper's corners really are: 4 × 2 pixels from top left, clockwise."""

    picture: MatLike
    corners: Points


def photograph(page: Printed, scene: Scene) -> Photo:
    """Take the photograph."""
    chance = np.random.default_rng(scene.seed)
    to_frame = _projection(scene)
    x_mm, y_mm = _table_of_pixels(scene, to_frame)
    surface = _table(scene, x_mm, y_mm, chance)
    turn = np.deg2rad(scene.turn_deg)
    dx, dy = x_mm - scene.shift_mm[0], y_mm - scene.shift_mm[1]
    across = (dx * np.cos(turn) + dy * np.sin(turn) + page.width_mm / 2).astype(np.float32)
    along = (-dx * np.sin(turn) + dy * np.cos(turn) + page.height_mm / 2).astype(np.float32)
    fine = scene.px_per_mm * 1.15
    size = (round(page.width_mm * fine), round(page.height_mm * fine))
    method = cv2.INTER_AREA if size[0] < page.picture.shape[1] else cv2.INTER_CUBIC
    print_ = cv2.resize(page.picture, size, interpolation=method)
    to_x, to_y = size[0] / page.width_mm, size[1] / page.height_mm
    paper = cv2.remap(
        print_, across * to_x - 0.5, along * to_y - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inside = np.minimum.reduce([across, page.width_mm - across, along, page.height_mm - along])
    cover = np.clip(inside * scene.px_per_mm + 0.5, 0, 1)[..., None]
    # The sheet is a little above the table: lit from one side, it darkens the other for a millimetre.
    lee = np.minimum.reduce(
        [across - 0.6, page.width_mm + 0.6 - across, along - 0.5, page.height_mm + 0.5 - along]
    )
    around = np.clip(1 + inside / (0.25 + 2 * page.thick_mm), 0, 1) * min(1.0, page.thick_mm / 0.4)
    dark = 1 - scene.contact * np.maximum(np.clip(0.5 + lee / 0.9, 0, 1), around)[..., None]
    light = paper.astype(np.float32) * (scene.white / 255) * cover + surface * dark * (1 - cover)
    light *= _lamp(scene, chance)[..., None]
    if scene.finger is not None:
        light = _with_finger(light, scene.finger, scene, to_frame)
    light *= np.array([1 - scene.warmth, 1.0, 1 + 0.6 * scene.warmth], np.float32)
    if scene.glare_mm:
        off = (x_mm - scene.glare_at[0]) ** 2 + (1.6 * (y_mm - scene.glare_at[1])) ** 2
        light += (260 * np.exp(-((off / scene.glare_mm**2) ** 1.5)))[..., None]
    picture = _through_lens(light, scene)
    picture += _noise(scene, chance)
    jpeg = cv2.imencode(".jpg", np.clip(picture, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
    return Photo(np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR)), _corners(page, scene, to_frame))


# ---- geometry --------------------------------------------------------------------------------------------


def _projection(scene: Scene) -> Points:
    """Table millimetres to ideal frame pixels, 3 × 3. The lens sees 55° across the frame's height."""
    width, height = scene.size
    focal = height / 2 / np.tan(np.deg2rad(27.5))
    away = focal / scene.px_per_mm
    tilt, aside = np.deg2rad(scene.tilt_deg), np.deg2rad(scene.aside_deg)
    about_x = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    about_y = np.array([[np.cos(aside), 0, np.sin(aside)], [0, 1, 0], [-np.sin(aside), 0, np.cos(aside)]])
    turned = about_x @ about_y
    lens = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    return np.asarray(lens @ np.column_stack([turned[:, 0], turned[:, 1], [0, 0, away]]))


def _table_of_pixels(scene: Scene, to_frame: Points) -> tuple[Floats, Floats]:
    """Where on the table each pixel looks."""
    width, height = scene.size
    y, x = np.mgrid[:height, :width].astype(np.float32)
    dx, dy = x + 0.5 - width / 2, y + 0.5 - height / 2
    stretch = 1 + scene.lens * (dx**2 + dy**2) / (width**2 + height**2) * 4
    u, v = dx * stretch + width / 2, dy * stretch + height / 2
    back = np.linalg.inv(to_frame).astype(np.float32)
    depth = back[2, 0] * u + back[2, 1] * v + back[2, 2]
    return (
        (back[0, 0] * u + back[0, 1] * v + back[0, 2]) / depth,
        (back[1, 0] * u + back[1, 1] * v + back[1, 2]) / depth,
    )


def _in_frame(points_mm: Points, scene: Scene, to_frame: Points) -> Points:
    """Table points as pixels of the frame; a pixel's centre is at whole numbers, as OpenCV counts."""
    ideal = np.column_stack([points_mm, np.ones(len(points_mm))]) @ to_frame.T
    ideal = ideal[:, :2] / ideal[:, 2:]
    width, height = scene.size
    middle = np.array([width / 2, height / 2])
    wanted = ideal - middle
    off = wanted.copy()
    for _ in range(20):
        stretch = 1 + scene.lens * (off**2).sum(1, keepdims=True) / (width**2 + height**2) * 4
        off = wanted / stretch
    return np.asarray(off + middle - 0.5)


def _corners(page: Printed, scene: Scene, to_frame: Points) -> Points:
    half = np.array([page.width_mm / 2, page.height_mm / 2])
    ends = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    turn = np.deg2rad(scene.turn_deg)
    turned = ends @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return _in_frame(turned + np.array(scene.shift_mm), scene, to_frame)


# ---- light and surfaces ----------------------------------------------------------------------------------


def _table(scene: Scene, x_mm: Floats, y_mm: Floats, chance: np.random.Generator) -> Floats:
    texture, px_per_mm = _texture(scene.table), 2.0
    begin = chance.uniform(0, 200, 2).astype(np.float32)
    seen = cv2.remap(
        texture,
        (((x_mm + 700 + begin[0]) * px_per_mm) % texture.shape[1]).astype(np.float32),
        (((y_mm + 700 + begin[1]) * px_per_mm) % texture.shape[0]).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    ).astype(np.float32)
    if scene.table is Table.WHITE:
        return (seen - 230) + np.float32(scene.white - scene.table_gap)
    return seen * np.float32(scene.white / 225)


@functools.cache
def _texture(table: Table) -> MatLike:
    """A tabletop, 800 × 800 mm at two pixels a millimetre, around its own brightness."""
    chance = np.random.default_rng(7)
    side = 1600
    grain = _pattern(chance, side, 1.2, 1.2)
    match table:
        case Table.WHITE:
            return _coloured(230 + 1.0 * grain, (1.0, 1.0, 1.0))
        case Table.GREY:
            return _coloured(128 + 3.0 * grain, (1.0, 1.0, 0.98))
        case Table.DARK:
            return _coloured(38 + 3.0 * grain, (1.0, 0.97, 0.95))
        case Table.WOOD:
            fibre = _pattern(chance, side, 40, 1.5)
            y = np.arange(side, dtype=np.float32)[:, None]
            rings = np.sin(y / 9 + 24 * np.asarray(cv2.GaussianBlur(fibre, (0, 0), 30)))
            planks = -60 * np.clip(4 - y % 240, 0, 1) + 14 * ((y // 240) % 3 - 1)
            return _coloured(140 + 11 * fibre + 9 * rings + planks, (0.62, 0.84, 1.0))


def _pattern(chance: np.random.Generator, side: int, across: float, along: float) -> Floats:
    """Soft noise of deviation 1, its grain as long and as high as said."""
    rough = chance.normal(0, 1, (side, side)).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(rough, (0, 0), across, None, along), np.float32)
    return np.asarray(soft / soft.std(), np.float32)


def _coloured(light: Floats, tint: tuple[float, float, float]) -> MatLike:
    return np.clip(light[..., None] * np.array(tint, np.float32), 0, 255).astype(np.uint8)


def _lamp(scene: Scene, chance: np.random.Generator) -> Floats:
    """Brightness over the frame: falling off from a lamp at one side, and a hand's shadow."""
    width, height = scene.size
    y, x = np.mgrid[0 : 1 : height // 8 * 1j, 0 : 1 : width // 8 * 1j].astype(np.float32)
    light = 1 - scene.lamp[0] * x - scene.lamp[1] * y
    if scene.shadow:
        angle, place = chance.uniform(0, 2 * np.pi), chance.uniform(-0.25, 0.25)
        off = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) - place
        off += 0.05 * np.sin(9 * (y - x))
        light = light * (1 - scene.shadow / (1 + np.exp(-off / 0.03)))
    large = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.float32)


def _with_finger(light: Floats, finger: Finger, scene: Scene, to_frame: Points) -> Floats:
    tip, root = _in_frame(np.array([finger.tip, finger.root]), scene, to_frame)
    thick = finger.width_mm * scene.px_per_mm
    mask = np.zeros(light.shape[:2], np.uint8)
    ends = [tuple(int(16 * value) for value in end) for end in (tip, root)]
    cv2.line(mask, ends[0], ends[1], 255, round(thick), cv2.LINE_AA, 4)
    inner = cv2.distanceTransform((mask // 128).astype(np.uint8), cv2.DIST_L2, 3) / (thick / 2)
    skin = np.array(finger.skin, np.float32) * (scene.white / 225) * (0.62 + 0.42 * np.sqrt(inner))[..., None]
    near = cv2.GaussianBlur(mask, (0, 0), thick / 5).astype(np.float32)[..., None] / 255
    cover = cv2.GaussianBlur(mask, (0, 0), 1.0).astype(np.float32)[..., None] / 255
    return np.asarray(light * (1 - 0.45 * near) * (1 - cover) + skin * cover)


def _through_lens(light: Floats, scene: Scene) -> Floats:
    softness = float(np.hypot(0.6, scene.blur_mm * scene.px_per_mm))
    seen = cv2.GaussianBlur(np.minimum(light, 400), (0, 0), softness)
    if scene.motion_mm:
        length = max(3, round(scene.motion_mm * scene.px_per_mm))
        kernel = np.zeros((length, length), np.float32)
        angle = np.random.default_rng(scene.seed).uniform(0, np.pi)
        middle, reach = (length - 1) / 2, (length - 1) / 2 * np.array([np.cos(angle), np.sin(angle)])
        begin, end = np.round(middle - reach).astype(int), np.round(middle + reach).astype(int)
        cv2.line(kernel, (int(begin[0]), int(begin[1])), (int(end[0]), int(end[1])), 1.0)
        seen = cv2.filter2D(seen, -1, kernel / kernel.sum())
    return np.asarray(seen)


def _noise(scene: Scene, chance: np.random.Generator) -> Floats:
    """Sensor noise, a little of it coloured; one tile in many places, for speed."""
    width, height = scene.size
    tile = _noise_tile()
    down, right = chance.integers(0, 512, 2)
    rolled = np.roll(tile, (int(down), int(right)), (0, 1))
    times = (-(-height // 512), -(-width // 512), 1)
    return np.tile(rolled, times)[:height, :width] * np.float32(scene.noise)


@functools.cache
def _noise_tile() -> Floats:
    chance = np.random.default_rng(3)
    noise = chance.normal(0, 0.8, (512, 512, 1)) + chance.normal(0, 0.6, (512, 512, 3))
    return noise.astype(np.float32)


# ---- scenes of chance ------------------------------------------------------------------------------------


def scene_of_chance(
    seed: int,
    table: Table,
    sheet: Sheet,
    defect: PageProblem | None = None,
    size: tuple[int, int] = (1200, 1600),
) -> tuple[Printed, Scene]:
    """A page and a scene of a terminal's day; with `defect`, one that shows it clearly and nothing else."""
    chance = np.random.default_rng([seed, list(Table).index(table), list(Sheet).index(sheet), size[0]])
    card = sheet in {Sheet.CARD_FRONT, Sheet.CARD_BACK}
    fill = chance.uniform(0.70, 0.84)
    wide_mm, high_mm = (85.6, 53.98) if card else (210.0, 297.0)
    # A4 decides how high the camera is mounted, also where a card is laid beneath it.
    px_per_mm = fill * size[1] / 297
    turn = chance.uniform(-14, 14) if card else chance.uniform(-6, 6)
    room = 0.5 * np.array([size[0] / px_per_mm - wide_mm, size[1] / px_per_mm - high_mm]) * 0.35
    shift = chance.uniform(-0.5, 0.5, 2) * np.maximum(room, 0)
    scene = Scene(
        table=table,
        size=size,
        px_per_mm=px_per_mm,
        tilt_deg=chance.uniform(-3, 18),
        aside_deg=chance.uniform(-5, 5),
        turn_deg=turn,
        shift_mm=(float(shift[0]), float(shift[1])),
        lens=chance.uniform(-0.012, 0.012),
        white=chance.uniform(185, 235),
        table_gap=chance.uniform(4, 26),
        warmth=chance.uniform(-0.08, 0.14),
        lamp=(chance.uniform(-0.2, 0.25), chance.uniform(-0.2, 0.25)),
        shadow=chance.choice([0.0, chance.uniform(0.15, 0.45)]),
        contact=chance.uniform(0.12, 0.4),
        noise=chance.uniform(1.0, 5.0),
        seed=seed,
    )
    page = render(sheet, seed % 12)
    scene = replace(scene, white=scene.white / max(1.0, 1 - min(scene.lamp[0], 0) - min(scene.lamp[1], 0)))
    return _with_defect(page, _framed(page, scene), defect, chance)


def _framed(page: Printed, scene: Scene) -> Scene:
    """The same from high enough that no corner is near the frame's border."""
    while True:
        corners = _corners(page, scene, _projection(scene))
        if (corners > 0.02 * min(scene.size)).all() and (
            corners < np.array(scene.size) - 0.02 * min(scene.size)
        ).all():
            return scene
        scene = replace(scene, px_per_mm=0.97 * scene.px_per_mm)


def _with_defect(
    page: Printed, scene: Scene, defect: PageProblem | None, chance: np.random.Generator
) -> tuple[Printed, Scene]:
    half = np.array([page.width_mm / 2, page.height_mm / 2])
    centre = np.array(scene.shift_mm)
    match defect:
        case PageProblem.BLURRED if chance.integers(2):
            scene = replace(scene, blur_mm=chance.uniform(0.4, 0.9))
        case PageProblem.BLURRED:
            scene = replace(scene, motion_mm=chance.uniform(1.6, 3.5))
        case PageProblem.GLARE:
            at = centre + chance.uniform(-0.6, 0.6, 2) * half
            scene = replace(
                scene,
                glare_mm=chance.uniform(0.12, 0.3) * page.width_mm,
                glare_at=(float(at[0]), float(at[1])),
            )
        case PageProblem.COVERED:
            scene = replace(scene, finger=_finger(half, centre, chance))
        case PageProblem.CUT_OFF:
            frame = np.array(scene.size) / scene.px_per_mm / 2
            beyond = frame - half + chance.uniform(0.08, 0.25) * 2 * half
            axis, sign = int(chance.integers(2)), chance.choice([-1, 1])
            shift = [float(value) for value in centre]
            shift[axis] = float(sign * beyond[axis])
            scene = replace(scene, shift_mm=(shift[0], shift[1]), tilt_deg=0.3 * scene.tilt_deg)
        case PageProblem.TOO_DARK:
            scene = replace(scene, white=scene.white * 0.16)
        case PageProblem.TOO_FAR:
            scene = replace(scene, px_per_mm=scene.px_per_mm * 0.42, table=scene.table)
        case PageProblem.BLANK:
            page = render(Sheet.BLANK, scene.seed)
        case _:
            pass
    return page, scene


def _finger(half: Points, centre: Points, chance: np.random.Generator) -> Finger:
    """A finger that holds the page at a chance place of its edge, reaching 10 to 25 mm into it."""
    reach, depth = min(1.0, half[1] / 100), chance.uniform(10, 25)
    side, along = int(chance.integers(4)), chance.uniform(-0.75, 0.75)
    out = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)][side], float)
    edge = centre + out * half + along * half * out[::-1] ** 2
    slant = chance.uniform(-0.4, 0.4) * np.array([-out[1], out[0]])
    tip, root = edge - out * max(7.0, depth * reach), edge + (out + slant) * 90
    return Finger(
        (float(tip[0]), float(tip[1])),
        (float(root[0]), float(root[1])),
        chance.uniform(13, 19),
        SKINS[int(chance.integers(len(SKINS)))],
    )
