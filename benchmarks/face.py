"""The face check by its stages, each beside the bare call of the library that does the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import dlib
import numpy as np
from cv2.typing import MatLike

from bench.people import face_of, resident
from config.hall_time import hall_today
from devices.eyes.matching import Encoding, Face, FaceModels, distance, models_dir
from devices.eyes.photo_decoders import SIMULATOR_HEAD, SimulatorPhotoDecoder
from devices.eyes.verifying import encode_found, find_photo
from devices.simulators.camera import HEIGHT, WIDTH
from devices.simulators.chip_photo import code_photo


@dataclass(frozen=True)
class Stage:
    """One stage: the product's call and the bare one, milliseconds each."""

    name: str
    ours: tuple[float, ...]
    bare_name: str
    bare: tuple[float, ...]


class _Bare:
    """dlib and OpenCV as they come, on the same pictures."""

    def __init__(self, coded: bytes, photo: MatLike, frame: MatLike, face: Face) -> None:
        models = models_dir()
        self._detector = dlib.get_frontal_face_detector()
        self._points = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))
        self._network = dlib.face_recognition_model_v1(
            str(models / "dlib_face_recognition_resnet_model_v1.dat")
        )
        _, length = SIMULATOR_HEAD.unpack_from(coded)
        self._webp = np.frombuffer(coded[SIMULATOR_HEAD.size :][:length], np.uint8)
        self._grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        self._frame = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        self._photo = cv2.cvtColor(photo, cv2.COLOR_BGR2RGB)
        self._photo_box = next(iter(self._detector(self._photo, 0)))
        self._box = dlib.rectangle(
            face.left, face.top, face.left + face.width - 1, face.top + face.height - 1
        )

    def decode(self) -> None:
        """The picture alone, without checks and without making a PNG of it."""
        cv2.imdecode(self._webp, cv2.IMREAD_COLOR)

    def encode_photo(self) -> None:
        """The face is found already."""
        self._network.compute_face_descriptor(self._photo, self._points(self._photo, self._photo_box))

    def detect(self) -> None:
        """The frame is grey already."""
        self._detector(self._grey, 0)

    def encode(self) -> None:
        """The frame is in dlib's colours already."""
        self._network.compute_face_descriptor(self._frame, self._points(self._frame, self._box))


def stages(count: int) -> list[Stage]:
    """Time every stage `count` times, in turns with its bare call; models loaded, OpenCV on one thread."""
    cv2.setNumThreads(1)
    person = face_of(resident(hall_today()))
    models, decoder, coded = FaceModels(), SimulatorPhotoDecoder(), code_photo(person)
    photo_png = decoder.decode(coded)
    photo = cv2.imdecode(np.frombuffer(photo_png, np.uint8), cv2.IMREAD_COLOR)
    read = cv2.imread(str(person), cv2.IMREAD_COLOR)
    if photo is None or read is None:
        raise ValueError(f"{person}: no picture")
    frame = _before_camera(read)
    face = models.faces(frame)[0]
    chip = encode_found(models, find_photo(models, photo_png))
    live = models.encode_chip(models.chip(frame, face))
    bare = _Bare(coded, photo, frame, face)
    rows: list[tuple[str, Callable[[], object], str, Callable[[], object]]] = [
        (
            "decode the chip photo (the simulator's coding, to PNG)",
            lambda: decoder.decode(coded),
            "OpenCV decoding alone",
            bare.decode,
        ),
        (
            "encode the chip photo, once a check",
            lambda: encode_found(models, find_photo(models, photo_png)),
            "dlib, face already found",
            bare.encode_photo,
        ),
        ("detect, 640×480", lambda: models.faces(frame), "dlib, picture already grey", bare.detect),
        (
            "encode the live face, as it is and mirrored",
            lambda: models.encode_chips((chip := models.chip(frame, face), chip[:, ::-1])),
            "dlib alone, once",
            bare.encode,
        ),
        (
            "compare two encodings",
            lambda: distance(live, chip),
            "NumPy in one line",
            lambda: _bare_distance(live, chip),
        ),
    ]
    return [_stage(count, *row) for row in rows]


def _stage(
    count: int, name: str, ours: Callable[[], object], bare_name: str, bare: Callable[[], object]
) -> Stage:
    taken = [(_timed(ours), _timed(bare)) for _ in range(count + 1)][1:]
    return Stage(name, tuple(one for one, _ in taken), bare_name, tuple(other for _, other in taken))


def _timed(call: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began_s)


def _bare_distance(one: Encoding, other: Encoding) -> float:
    difference = one - other
    return float(np.sqrt(difference @ difference))


def _before_camera(person: MatLike) -> MatLike:
    """The person at full height in the middle of a camera's frame."""
    width = min(WIDTH, round(person.shape[1] * HEIGHT / person.shape[0]))
    left = (WIDTH - width) // 2
    large = cv2.resize(person, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    return cv2.copyMakeBorder(large, 0, 0, left, WIDTH - width - left, cv2.BORDER_REPLICATE)
