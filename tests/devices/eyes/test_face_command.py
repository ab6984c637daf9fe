"""`face verify` and `face calibrate` as a technician types them."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import cv2
import numpy as np
import pytest

from config.layers import load
from devices.eyes.photo_decoders import SimulatorPhotoDecoder
from devices.simulators.chip_photo import code_photo

ROOT = Path.cwd()
FACES = ROOT / "devices/simulators/faces"


def typed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "main.py", "face", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
    )


def chip(person: str, folder: Path) -> Path:
    file = folder / f"{person}-chip.png"
    file.write_bytes(SimulatorPhotoDecoder().decode(code_photo(FACES / f"{person}.jpg")))
    return file


def picture(person: str) -> np.ndarray:
    return cv2.resize(np.asarray(cv2.imread(str(FACES / f"{person}.jpg"))), (640, 480))


def test_the_holder_and_a_stranger_are_told_apart_by_the_photo_on_the_chip(tmp_path: Path) -> None:
    photo = chip("zhou", tmp_path)
    same = typed("verify", photo, FACES / "zhou.jpg", FACES / "zhou.jpg", "--json")
    said = json.loads(same.stdout)
    assert (same.returncode, same.stderr) == (0, "")
    assert said["same"] is True
    assert said["distance"] < said["threshold"] <= 0.5
    other = typed("verify", photo, FACES / "shen.jpg", "--json")
    assert other.returncode == 0
    assert json.loads(other.stdout)["same"] is False


def test_what_cannot_be_compared_says_why_and_which_file(tmp_path: Path) -> None:
    photo, hall = chip("zhou", tmp_path), tmp_path / "hall.png"
    cv2.imwrite(str(hall), np.full((480, 640, 3), 160, np.uint8))
    failed = typed("verify", photo, hall, "--json")
    assert failed.returncode == 3
    assert json.loads(failed.stdout) == {"error": "no-face", "reason": "no-face", "file": str(hall)}
    failed = typed("verify", hall, hall)
    assert (failed.returncode, failed.stdout) == (3, "")
    assert failed.stderr == f"{hall}: cannot be compared: no-face\n"


@pytest.mark.long
def test_one_useless_frame_of_a_sitting_is_left_out_and_named(tmp_path: Path) -> None:
    blurred = tmp_path / "blurred.jpg"
    cv2.imwrite(str(blurred), cv2.GaussianBlur(picture("zhou"), (0, 0), 10))
    said = json.loads(typed("verify", chip("zhou", tmp_path), blurred, FACES / "zhou.jpg", "--json").stdout)
    assert said["same"] is True
    assert said["left_out"] == [{"file": str(blurred), "reason": "too-blurred"}]


def test_a_file_that_is_no_picture_is_named_in_one_line(tmp_path: Path) -> None:
    cut_off = tmp_path / "cut-off.jpg"
    cut_off.write_bytes((FACES / "zhou.jpg").read_bytes()[:40])
    for file, why in ((cut_off, "is no picture"), (tmp_path / "gone.jpg", "No such file or directory")):
        failed = typed("verify", FACES / "zhou.jpg", file)
        assert (failed.returncode, failed.stdout) == (2, "")
        assert failed.stderr == f"{file}: {why}: unreadable\n"
    failed = typed("verify", cut_off, FACES / "zhou.jpg", "--json")
    assert failed.returncode == 2
    assert json.loads(failed.stdout) == {"error": "unreadable", "reason": "unreadable", "file": str(cut_off)}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    folder = tmp_path / "labelled"
    for person in ("zhou", "shen", "other"):
        place = folder / person
        place.mkdir(parents=True)
        chip(person, tmp_path).rename(place / "chip.png")
        cv2.imwrite(str(place / "live-1.jpg"), picture(person))
        cv2.imwrite(str(place / "live-2-a.jpg"), picture(person)[:, ::-1])
    return folder


@pytest.mark.long
def test_a_hall_calibrates_with_its_own_pictures_and_uses_what_comes_out(
    labelled: Path, tmp_path: Path
) -> None:
    written = tmp_path / "face.toml"
    done = typed("calibrate", labelled, "--output", written, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["people"], said["genuine_pairs"], said["impostor_pairs"]) == (3, 6, 12)
    assert (said["tar"], said["false_accepts"]) == (1.0, 0)
    assert said["proven"] is False, "twelve pairs prove nothing about one in a thousand"
    assert said["threshold"] == 0.5
    assert 0.2 < said["far_bound"] < 0.25
    fragment = tomllib.loads(written.read_text("utf-8"))["face"]
    assert fragment["calibration"]["threshold"] == fragment["threshold"] == 0.5
    face = load([ROOT / "deploy/terminal.example.toml", written]).settings.face
    assert face.threshold == 0.5
    assert face.calibration is not None


def test_a_folder_that_is_laid_out_otherwise_is_told_what_is_wrong_with_it(labelled: Path) -> None:
    (labelled / "shen" / "chip.png").rename(labelled / "shen" / "passport.png")
    failed = typed("calibrate", labelled)
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr.startswith(f"{labelled}/shen/passport.png: is neither chip.* nor live-")
    (labelled / "shen" / "passport.png").unlink()
    assert typed("calibrate", labelled).stderr == f"{labelled}/shen: needs one chip.* (it has 0)\n"
    failed = typed("calibrate", labelled / "nowhere", "--json")
    assert json.loads(failed.stdout)["reason"].startswith(f"{labelled}/nowhere: No such file")
