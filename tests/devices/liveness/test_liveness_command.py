"""`face liveness` on recordings: rendered, written as files, found and judged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from commands.face import app
from devices.simulators.heads import Head, Pose, Scene, View, render
from devices.simulators.heads.attacks import Sheet, sheet, sheet_pose
from devices.simulators.heads.motion import Manner, Person

SMALL = View(320, 240)
FPS = 10


def record(path: Path, shown: Head, turn_deg: float) -> None:
    """Somebody looks ahead, turns left, comes back, turns right, comes back."""
    chance = np.random.default_rng(5)
    person = Person(Manner(turn_deg=turn_deg, reaction_s=0.1, turn_s=0.5), Pose(distance_mm=480), chance)
    asks = [(0.4, 1), (1.2, 0), (2.0, -1), (2.8, 0)]
    for at_s, side in asks:
        person.ask(side, at_s)
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (SMALL.width_px, SMALL.height_px)
    )
    for number in range(round(3.7 * FPS)):
        pose = person.pose(number / FPS)
        pose = sheet_pose(pose) if shown.thin else pose
        writer.write(render(shown, pose, SMALL, Scene(), chance))
    writer.release()


@dataclass(frozen=True)
class Recordings:
    genuine: Path
    flat: Path


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    folder = tmp_path_factory.mktemp("recordings")
    head = Head.of(4)
    record(folder / "genuine.mp4", head, 24)
    record(folder / "flat.mp4", sheet(head, Sheet()), 35)
    return Recordings(folder / "genuine.mp4", folder / "flat.mp4")


def asked(*words: str | Path) -> tuple[int, dict[str, Any]]:
    """The exit status and the one JSON object."""
    result = CliRunner().invoke(app, ["liveness", *map(str, words), "--json"])
    said: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, said


def test_a_head_that_turned_as_asked_is_live(recordings: Recordings) -> None:
    status, said = asked(recordings.genuine, "--challenge", "left,right")
    assert status == 0
    assert said["live"] is True
    assert said["reason"] is None
    assert (said["module"], said["assurance_level"]) == ("five-points/1", "basic")
    assert said["challenge"] == [turn["side"] for turn in said["turns"]] == ["left", "right"]
    assert all(turn["asked_s"] < turn["turned_s"] < turn["returned_s"] for turn in said["turns"])


def test_the_same_recording_answers_no_other_challenge(recordings: Recordings) -> None:
    status, said = asked(recordings.genuine, "--challenge", "right,left")
    assert (status, said["live"], said["reason"]) == (0, False, "wrong-turn")


def test_a_print_that_is_turned_is_flat(recordings: Recordings) -> None:
    status, said = asked(recordings.flat, "--challenge", "left,right")
    assert (status, said["live"], said["reason"]) == (0, False, "flat")


def test_a_folder_of_pictures_is_a_recording(recordings: Recordings, tmp_path: Path) -> None:
    capture = cv2.VideoCapture(str(recordings.genuine))
    for number in range(8):
        cv2.imwrite(str(tmp_path / f"{number:03}.jpg"), capture.read()[1])
    assert asked(tmp_path, "--challenge", "left", "--fps", "10")[1]["reason"] == "no-motion"


def test_what_is_no_recording_is_said_as_one_object(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    (tmp_path / "empty").mkdir()
    for name in ("missing.mp4", "text.mp4", "empty"):
        status, said = asked(tmp_path / name, "--challenge", "left,right")
        assert (status, said["reason"]) == (2, "unreadable")
        assert name in said["error"]


@pytest.mark.parametrize("challenge", ["", "up", "left,,right", ",".join(["left"] * 9)])
def test_what_is_no_challenge_is_refused(tmp_path: Path, challenge: str) -> None:
    status, said = asked(tmp_path, "--challenge", challenge)
    assert (status, said["reason"]) == (2, "usage")
