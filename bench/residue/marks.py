"""A person made for one run, whose every trait is random, and the needles that would betray each of them."""

from __future__ import annotations

import functools
import json
import random
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from bench.people import FACES, Person, card_of, resident
from bench.residue.needles import Needle, literal, text_needles
from bench.residue.romanised import drawn_name, romanised
from bench.sight import Node
from devices.contracts.id_cards import Sex
from devices.eyes.matching import FaceModels
from devices.eyes.photo_decoders import SIMULATOR_HEAD, SimulatorPhotoDecoder
from devices.eyes.verifying import find_photo, photo_chips

Point = tuple[int, int]

PHOTO_PIECE = 32
"""Bytes; no two pictures share that many in a row."""

POINTS_KEPT = 6
"""Of each stroke; they are found or not found together."""


@dataclass(frozen=True)
class Marked:
    """One person, their telephone, and what would betray them. The strokes come with the pad on screen."""

    person: Person
    mobile: str
    former_name: str
    """What the platform knows of them, and they do not say."""
    needles: tuple[Needle, ...]


def marked(rng: random.Random, today: date, folder: Path) -> Marked:
    """Draw a person; `folder` gets the picture of a face that no other run has."""
    name = drawn_name(rng)
    street = "".join(_rare(rng) for _ in range(4))
    number, room = rng.randrange(1000, 10000), rng.randrange(1000, 10000)
    address = f"{street}路{number}号{room}室"
    base = resident(today)
    person = Person(
        name=name,
        sex=Sex.FEMALE,
        ethnicity=base.ethnicity,
        birth=today - timedelta(days=rng.randrange(20 * 365, 60 * 365)),
        address="浙江省临溪区" + address,
        sequence=rng.randrange(100, 1000, 2),
        valid_from=base.valid_from,
        valid_to=base.valid_to,
        # An absolute path takes the place of the folder of faces.
        face=str(_own_face(rng, folder / f"face-of-{rng.randrange(1 << 32):08x}", base.face)),
    )
    mobile = f"199{rng.randrange(10**8):08d}"
    former_name = drawn_name(rng)
    needles = [
        *text_needles("name", name),
        *(needle for latin in romanised(name) for needle in text_needles("pinyin", latin)),
        *text_needles("number", person.id_number),
        *text_needles("mobile", mobile),
        *text_needles("mobile", f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"),
        *text_needles("address", address),
        *text_needles("former name", former_name),
        *_photo_needles(person),
    ]
    return Marked(person, mobile, former_name, tuple(needles))


def signature(rng: random.Random, pad: Node) -> list[list[Point]]:
    """Two strokes that nobody else draws; points in pixels of the screen."""
    strokes = []
    for _ in range(2):
        x, y = pad.x + 0.2 * pad.width, pad.y + rng.uniform(0.3, 0.7) * pad.height
        stroke = []
        while x < pad.x + 0.85 * pad.width:
            stroke.append((round(x), round(y)))
            x += rng.uniform(9, 25)
            y = min(max(y + rng.uniform(-35, 35), pad.y + 0.1 * pad.height), pad.y + 0.9 * pad.height)
        strokes.append(stroke)
    return strokes


def ink_needles(strokes: Sequence[Sequence[Point]], pad: Node) -> list[Needle]:
    """The strokes as each program on the way holds them: screen, shares of the pad, decimals."""
    needles = []
    for stroke in strokes:
        for (x, y), (next_x, next_y) in pairwise(stroke[:POINTS_KEPT]):
            share_x, share_y = (x - pad.x) / pad.width, (y - pad.y) / pad.height
            record = json.dumps([round(share_x, 4), round(share_y, 4)], separators=(",", ":"))
            # A moment in milliseconds stands between two places.
            history = (struct.pack("<ii", x, y), struct.pack("<ii", next_x, next_y))
            master = (struct.pack("<i", x), struct.pack("<i", y))
            core = struct.pack("<4h", x, y, x, y)
            xi2 = struct.pack("<2i", x << 16, y << 16)
            needles += [
                Needle("signature", "X motion history", history, gap=4),
                literal("signature", "X event", core, point=True),
                Needle("signature", "X input event", (xi2,), point=True),
                # The master pointer's has the range of each axis before its value.
                Needle("signature", "X motion history, master", master, gap=8, point=True),
                literal("signature", "points", struct.pack("<dd", x, y), point=True),
                *(
                    literal("signature", "shares of the pad", share, point=True)
                    for share in (struct.pack("<d", share_x), struct.pack("<d", share_y))
                    # A half or a quarter is anybody's.
                    if share[0]
                ),
                literal("signature", "the record's decimals", record.encode(), point=True),
            ]
    return needles


def pixel_needles(picture: Image.Image, label: Node) -> list[Needle]:
    """What a label looked like: a row of its pixels as the X server keeps them (B, G, R, unused)."""
    pixels = np.asarray(picture.crop((label.x, label.y, label.x + label.width, label.y + label.height)))
    # The row with most going on: black and white alone could be anybody's.
    liveliest = max(pixels, key=lambda row: int(np.abs(np.diff(row.astype(np.int16), axis=0)).sum()))
    inked = np.flatnonzero((liveliest != liveliest[0]).any(axis=1))
    return _wide("name", "pixels on screen", liveliest[inked[0] : inked[0] + 64, ::-1])


def _photo_needles(person: Person) -> list[Needle]:
    """The chip's bytes, the picture made of them, its pixels in three orders, and the camera's picture."""
    coded = card_of(person).photo
    _, length = SIMULATOR_HEAD.unpack_from(coded)
    png = SimulatorPhotoDecoder().decode(coded)
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("the simulator's own photo is no picture")
    row = np.asarray(pixels, np.uint8)[len(pixels) // 2, 40:60]
    jpeg = (FACES / f"{person.face}.jpg").read_bytes()
    return [
        literal("photo", "chip", _middle(coded[: SIMULATOR_HEAD.size + length])),
        literal("photo", "PNG", _middle(png)),
        literal("photo", "pixels BGR", row.tobytes()),
        literal("photo", "pixels RGB", row[:, ::-1].tobytes()),
        *_wide("photo", "pixels BGRX", row),
        literal("photo", "camera JPEG", _middle(jpeg)),
        *_encoding_needles(png),
    ]


def _encoding_needles(png: bytes) -> list[Needle]:
    """What the face worker makes of the photo: the network's numbers of its first view, and the mean."""
    models = _face_models()
    views = photo_chips(models, find_photo(models, png))
    encodings = [models.encode_chip(view) for view in views]
    piece = slice(40, 46)
    return [
        literal("photo", "encoding, float32", encodings[0][piece].astype(np.float32).tobytes()),
        literal("photo", "encoding, float64", encodings[0][piece].tobytes()),
        literal("photo", "encoding, mean", np.mean(encodings, axis=0)[piece].tobytes()),
    ]


@functools.cache
def _face_models() -> FaceModels:
    return FaceModels()


def _wide(kind: str, coding: str, pixels: npt.NDArray[np.uint8]) -> list[Needle]:
    """Pixels of four bytes, whose last one programs set to 255 or leave at 0."""
    filled = [np.insert(pixels, 3, unused, axis=1).astype(np.uint8).tobytes() for unused in (255, 0)]
    return [literal(kind, coding, each) for each in filled]


def _middle(of: bytes) -> bytes:
    start = len(of) // 2
    return of[start : start + PHOTO_PIECE]


def _rare(rng: random.Random) -> str:
    """A hanzi of the second level of GB/T 2312: every font has it, few names do."""
    return bytes([rng.randrange(0xD8, 0xF8), rng.randrange(0xA1, 0xFF)]).decode("gb2312")


def _own_face(rng: random.Random, folder: Path, name: str) -> Path:
    """The face of this name, cut and lit a little differently: other bytes in every coding, the same name."""
    face = cv2.imread(str(FACES / f"{name}.jpg"), cv2.IMREAD_COLOR)
    if face is None:
        raise FileNotFoundError(FACES)
    left, top = rng.randrange(2, 14), rng.randrange(2, 14)
    lit = np.clip(face[top:-top, left:-left] * rng.uniform(0.96, 1.04) + rng.uniform(-5, 5), 0, 255)
    full = cv2.resize(lit.astype(np.uint8), (face.shape[1], face.shape[0]), interpolation=cv2.INTER_AREA)
    folder.mkdir()
    cv2.imwrite(str(folder / f"{name}.jpg"), full)
    return folder / name
