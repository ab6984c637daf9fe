"""Judges a recording: a video file or a folder of pictures, with the times the file itself gives.

Nobody asked anything while it was recorded, or the asking is not in the file. So the turns are matched in
order, each after the person came back from the one before, and the whole file is the answer: a turn too many
is a wrong turn, too. A recording says whether a head answered *this sequence*; that it answered *now* only a
live challenge says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path

import cv2

from devices.eyes.liveness import Judged, Liveness
from devices.eyes.liveness_challenge import Ask, Limits, Side
from devices.eyes.liveness_finder import PointFinder
from devices.eyes.matching import FaceModels
from devices.eyes.pictures import Picture, decoded

LONGEST_S = 120.0
"""Later frames are not looked at."""

FOLDER_FPS = 15.0
"""For pictures in a folder, unless told otherwise."""

LIMITS = Limits(ahead_s=15.0, turn_s=15.0, reaction_s=0.0, after_s=inf)
"""A recording may begin long before the first turn."""

_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}
_LEAST_FPS, _MOST_FPS = 1.0, 240.0


class UnreadableVideo(Exception):
    """There is no such file, or it gives no frame."""


@dataclass(frozen=True)
class TimedFrame:
    """A frame and its time from the beginning of the recording."""

    t_s: float
    picture: Picture


def judge_recording(models: FaceModels, frames: Iterable[TimedFrame], sides: Iterable[Side]) -> Judged:
    """Judge frames against a challenge."""
    finder = PointFinder(models)
    judge = Liveness(tuple(Ask(side) for side in sides), 0.0, LIMITS)
    for frame in frames:
        if isinstance(judge.see(frame.t_s, finder.look(frame.t_s, frame.picture)), Judged):
            break
    return judge.end()


@contextmanager
def recorded(path: Path, fps: float | None) -> Iterator[Iterator[TimedFrame]]:
    """Open a video file or a folder of pictures, in order of their names.

    Times are the file's own; `fps` overrules them, and is needed for a folder of another rate than 15.
    Raises `UnreadableVideo` at once if there is nothing to see.
    """
    if path.is_dir():
        yield _from_folder(path, fps or FOLDER_FPS)
        return
    if not path.is_file():
        raise UnreadableVideo(f"{path}: no such file")
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        there, first = capture.read() if capture.isOpened() else (False, None)
        if not there or first is None:
            raise UnreadableVideo(f"{path}: no video that can be read")
        yield _from_video(capture, first, fps)
    finally:
        capture.release()


def _from_folder(folder: Path, fps: float) -> Iterator[TimedFrame]:
    names = sorted(entry for entry in folder.iterdir() if entry.suffix.lower() in _PICTURES)
    if not names:
        raise UnreadableVideo(f"{folder}: no pictures in this folder")
    return _pictures(names[: round(LONGEST_S * fps)], fps)


def _pictures(names: list[Path], fps: float) -> Iterator[TimedFrame]:
    for number, name in enumerate(names):
        picture = decoded(name.read_bytes())
        if picture is None:
            raise UnreadableVideo(f"{name}: no picture that can be read")
        yield TimedFrame(number / fps, picture)


def _from_video(capture: cv2.VideoCapture, first: Picture, fps: float | None) -> Iterator[TimedFrame]:
    said = capture.get(cv2.CAP_PROP_FPS)
    frame_s = 1 / (fps or (said if isfinite(said) and _LEAST_FPS <= said <= _MOST_FPS else 25.0))
    there, picture, t_s = True, first, 0.0
    began_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
    while there and t_s <= LONGEST_S:
        yield TimedFrame(t_s, picture)
        there, picture = capture.read()
        # A file's own times hold also where its frames come irregularly; some files have none.
        told_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000 - began_s
        t_s = told_s if fps is None and isfinite(told_s) and told_s > t_s else t_s + frame_s
