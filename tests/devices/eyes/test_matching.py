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

from devices.contracts.eyes import Guidance
from devices.eyes.finding import NotComparable, NotComparableReason, the_face
from devices.eyes.guiding import judge, judge_view
from devices.eyes.matching import Face, FaceModels, models_dir
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.eyes.pictures import Picture
from devices.eyes.quality import Quality, measured
from devices.eyes.verifying import (
    View,
    encode_found,
    encode_live,
    find_photo,
    fused_distance,
    photo_chips,
)
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
        live[person] = encode_live(models, the_face(models, frame, photo=False))
    for holder in PEOPLE:
        png = SimulatorPhotoDecoder().decode(code_photo(FACES / f"{holder}.jpg"))
        chip = encode_found(models, find_photo(models, png))
        for person in PEOPLE:
            found = fused_distance(chip, [live[person]])
            assert found <= 0.42 if person == holder else found > 0.6, (holder, person, found)


def test_a_photo_without_a_face_is_not_compared_with_anybody(models: FaceModels) -> None:
    grey = cv2.imencode(".png", np.full((126, 102, 3), 128, np.uint8))[1].tobytes()
    reasons = []
    for no_photo in (grey, b"", b"not a picture"):
        with pytest.raises(NotComparable) as raised:
            find_photo(models, no_photo)
        reasons.append(raised.value.reason)
    unreadable = NotComparableReason.UNREADABLE
    assert reasons == [NotComparableReason.NO_FACE, unreadable, unreadable]


def test_a_person_too_far_away_is_asked_to_come_closer(models: FaceModels) -> None:
    assert isinstance(judge(models.faces(before_the_camera("zhou")), None), Face)
    assert judge(models.faces(before_the_camera("zhou", share=0.43)), None) is Guidance.COME_CLOSER


def test_two_people_side_by_side_are_asked_to_come_one_by_one(models: FaceModels) -> None:
    half = [cv2.resize(before_the_camera(person), (320, 240)) for person in ("zhou", "shen")]
    both = cv2.resize(np.hstack(half), None, fx=2, fy=2)
    assert judge(models.faces(both), None) is Guidance.SEVERAL_FACES


def test_somebody_passing_behind_does_not_disturb() -> None:
    near, behind = Face(200, 100, 200, 200, 2.0), Face(20, 50, 100, 100, 2.0)
    assert judge([near, behind], None) == near


def test_an_empty_hall_is_no_face() -> None:
    assert judge([], None) is Guidance.NO_FACE


def test_a_person_in_motion_is_asked_to_hold_still() -> None:
    face = Face(200, 100, 160, 160)
    assert judge([face], Face(150, 90, 160, 160)) is Guidance.HOLD_STILL
    assert judge([face], Face(190, 105, 160, 160)) == face


@pytest.mark.parametrize(
    ("width", "reason"),
    [(90, None), (45, NotComparableReason.TOO_SMALL), (30, NotComparableReason.TOO_SMALL)],
)
def test_a_face_with_fewer_pixels_than_the_photo_has_is_too_small(
    models: FaceModels, width: int, reason: NotComparableReason | None
) -> None:
    person = before_the_camera("zhou")
    assert why_not(models, before_the_camera("zhou", width / models.faces(person)[0].width)) is reason


@pytest.mark.parametrize("sigma", [7, 9, 12])
def test_a_face_that_is_only_a_blur_is_too_blurred_not_missing(models: FaceModels, sigma: int) -> None:
    blurred = cv2.GaussianBlur(before_the_camera("zhou"), (0, 0), sigma)
    assert why_not(models, blurred) is NotComparableReason.TOO_BLURRED


def test_two_faces_in_a_picture_are_not_chosen_from(models: FaceModels) -> None:
    both = np.hstack([cv2.resize(before_the_camera(person), (480, 480)) for person in ("zhou", "shen")])
    assert why_not(models, both) is NotComparableReason.SEVERAL_FACES


def test_a_face_far_behind_the_person_does_not_count(models: FaceModels) -> None:
    frame = before_the_camera("zhou")
    behind = cv2.resize(np.asarray(cv2.imread(str(FACES / "shen.jpg"))), (160, 120))
    frame[:120, :160] = behind
    assert len(models.faces(frame, upsample=1)) == 2
    assert why_not(models, frame) is None


def test_a_photo_as_small_as_a_chips_is_large_enough(models: FaceModels) -> None:
    for person in PEOPLE:
        png = SimulatorPhotoDecoder().decode(code_photo(FACES / f"{person}.jpg"))
        assert find_photo(models, png).picture.shape == (126, 102, 3)


def test_only_a_photo_whose_coding_shows_blocks_is_softened(models: FaceModels) -> None:
    small = cv2.resize(before_the_camera("zhou")[:, 126:514], (102, 126), interpolation=cv2.INTER_AREA)
    views = {}
    for form, quality in ((".png", 1), (".jpg", 10)):
        coded = cv2.imencode(form, small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        views[form] = len(photo_chips(models, find_photo(models, coded)))
    assert views == {".png": 4, ".jpg": 8}


def test_a_face_in_the_dark_is_asked_for_more_light(models: FaceModels) -> None:
    frame = before_the_camera("zhou")
    [face] = models.faces(frame)
    assert judge_view(measured(frame, face, models.five_points(frame, face))) is None
    dark = (frame * 0.25).astype(np.uint8)
    assert judge_view(measured(dark, face, models.five_points(dark, face))) is Guidance.MORE_LIGHT


def test_the_light_is_measured_on_the_face_and_not_on_the_window_behind(models: FaceModels) -> None:
    frame = before_the_camera("zhou")
    [face] = models.faces(frame)
    shaded = np.full_like(frame, 250)
    rows, columns = slice(face.top, face.top + face.height), slice(face.left, face.left + face.width)
    shaded[rows, columns] = frame[rows, columns] // 5
    assert judge_view(measured(shaded, face, models.five_points(shaded, face))) is Guidance.MORE_LIGHT


def test_five_points_follow_the_face_by_less_than_a_pixel(models: FaceModels) -> None:
    frame = before_the_camera("zhou")
    [face] = models.faces(frame)
    points = models.five_points(frame, face)
    moved = cv2.warpAffine(frame, np.array([[1.0, 0, 6], [0, 1, -4]]), (640, 480))
    moved_face = Face(face.left + 6, face.top - 4, face.width, face.height)
    assert np.abs(models.five_points(moved, moved_face) - points - (6, -4)).max() < 1
    right, left = points[0:2].mean(axis=0), points[2:4].mean(axis=0)
    assert right[0] > points[4][0] > left[0], "right is the picture's"
    assert points[4][1] > right[1]


def sitting(*distances: float) -> list[View]:
    """Frames at these distances from a photo at zero, all in one direction."""
    quality = Quality(200, 0.4, 120.0, 0.0)
    return [View(np.eye(1, 128)[0] * each, quality) for each in distances]


def test_the_frames_of_a_sitting_are_compared_together() -> None:
    assert fused_distance(np.zeros(128), sitting(0.3, 0.4, 0.5)) == pytest.approx(0.4)


def test_frames_of_two_people_are_judged_by_the_stranger() -> None:
    assert fused_distance(np.zeros(128), sitting(0.1, 0.9)) == pytest.approx(0.9)


def test_a_blurred_frame_is_left_out_when_there_are_three_good_ones() -> None:
    good = sitting(0.3, 0.3, 0.3)
    poor = View(np.eye(1, 128)[0] * 0.8, Quality(200, 0.59, 120.0, 0.0))
    assert fused_distance(np.zeros(128), [poor, *good]) == pytest.approx(0.3)


def why_not(models: FaceModels, picture: Picture) -> NotComparableReason | None:
    try:
        the_face(models, picture, photo=False)
    except NotComparable as refusal:
        return refusal.reason
    return None


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
