"""What the models see, and that only two of them are ever opened."""

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.contracts import Guidance, PhotoNotDecodable
from devices.eyes.matching import Face, FaceModels, Picture, distance, judge, models_dir
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.simulators.chip_photo import code_photo

FACES = Path("devices/simulators/faces").resolve()
PEOPLE = ("zhou", "shen", "other")


@pytest.fixture(scope="module")
def models() -> FaceModels:
    return FaceModels()


def before_the_camera(person: str, share: float = 1.0) -> Picture:
    """The person as the camera shows them; with a smaller `share`, further away."""
    picture = cv2.imread(str(FACES / f"{person}.jpg"))
    assert picture is not None
    near = cv2.resize(picture, (640, 480), interpolation=cv2.INTER_AREA)
    far = cv2.resize(near, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    frame = np.full_like(near, 200)
    top, left = (480 - far.shape[0]) // 2, (640 - far.shape[1]) // 2
    frame[top : top + far.shape[0], left : left + far.shape[1]] = far
    return frame


def test_everybody_is_told_from_everybody_else_by_the_photo_on_the_card(models: FaceModels) -> None:
    live = {}
    for person in PEOPLE:
        frame = before_the_camera(person)
        live[person] = models.encode(frame, models.faces(frame)[0])
    for holder in PEOPLE:
        chip = models.encode_photo(SimulatorPhotoDecoder().decode(code_photo(FACES / f"{holder}.jpg")))
        for person in PEOPLE:
            found = distance(chip, live[person])
            assert found <= 0.42 if person == holder else found > 0.6, (holder, person, found)


def test_a_photo_without_a_face_is_not_compared_with_anybody(models: FaceModels) -> None:
    grey = cv2.imencode(".png", np.full((126, 102, 3), 128, np.uint8))[1].tobytes()
    for no_photo in (grey, b"", b"not a picture"):
        with pytest.raises(PhotoNotDecodable):
            models.encode_photo(no_photo)


def test_a_person_too_far_away_is_asked_to_come_closer(models: FaceModels) -> None:
    assert isinstance(judge(models.faces(before_the_camera("zhou")), None), Face)
    assert judge(models.faces(before_the_camera("zhou", share=0.43)), None) is Guidance.COME_CLOSER


def test_two_people_side_by_side_are_asked_to_come_one_by_one(models: FaceModels) -> None:
    half = [cv2.resize(before_the_camera(person), (320, 240)) for person in ("zhou", "shen")]
    both = cv2.resize(np.hstack(half), None, fx=2, fy=2)
    assert judge(models.faces(both), None) is Guidance.SEVERAL_FACES


def test_somebody_passing_behind_does_not_disturb() -> None:
    near, behind = Face(200, 100, 200, 200), Face(20, 50, 100, 100)
    assert judge([near, behind], None) == near


def test_an_empty_hall_is_no_face() -> None:
    assert judge([], None) is Guidance.NO_FACE


def test_a_person_in_motion_is_asked_to_hold_still() -> None:
    face = Face(200, 100, 160, 160)
    assert judge([face], Face(150, 90, 160, 160)) is Guidance.HOLD_STILL
    assert judge([face], Face(190, 105, 160, 160)) == face


LOAD_AND_TELL = """
import sys
from devices.eyes import worker
worker.FaceModels()
print(*(name for name in ("face_recognition", "face_recognition_models") if name in sys.modules))
"""


def test_the_68_point_model_is_never_opened(tmp_path: Path) -> None:
    package = tmp_path / "face_recognition_models"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").touch()
    for model in models_dir().iterdir():
        copy = package / "models" / model.name
        if "68" in model.name:
            copy.touch()  # 100 MB that nobody may read
        else:
            shutil.copyfile(model, copy)
    watch = OpenedFiles(package / "models")
    told = subprocess.run(
        [sys.executable, "-c", LOAD_AND_TELL],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(Path.cwd())))},
        check=True,
        capture_output=True,
        text=True,
    )
    assert watch.names() == {
        "shape_predictor_5_face_landmarks.dat",
        "dlib_face_recognition_resnet_model_v1.dat",
    }
    assert told.stdout.split() == []


class OpenedFiles:
    """The names of files that anybody opens in a directory, told by the kernel (inotify).

    dlib opens its files in C++, where Python's audit hooks do not see it.
    """

    _IN_OPEN = 0x20
    _EVENT = struct.Struct("iIII")

    def __init__(self, directory: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self._fd >= 0, os.strerror(ctypes.get_errno())
        assert libc.inotify_add_watch(self._fd, os.fsencode(directory), self._IN_OPEN) >= 0

    def names(self) -> set[str]:
        events = os.read(self._fd, 64 * 1024)
        os.close(self._fd)
        names, at = set(), 0
        while at < len(events):
            *_, length = self._EVENT.unpack_from(events, at)
            at += self._EVENT.size
            names.add(events[at : at + length].rstrip(b"\0").decode())
            at += length
        return names
