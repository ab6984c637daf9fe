"""`face liveness`: whether the person in a recording answered a challenge of turns with a head."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from devices.eyes.liveness import Judged
    from devices.eyes.liveness_challenge import Side

UNUSABLE = 2
"""Exit status: a recording that cannot be read, or no challenge."""

MOST_TURNS = 8


def answer(video: Path, challenge: str, fps: float | None, *, as_json: bool) -> None:
    """Print the verdict, or why there is none, and end with the exit status."""
    sides = _sides(challenge)
    if sides is None:
        why = f'--challenge "{challenge}": give 1 to {MOST_TURNS} turns, such as left,right'
        _fail(why, "usage", as_json=as_json)
    import cv2

    from devices.eyes.liveness_video import UnreadableVideo, judge_recording, recorded
    from devices.eyes.matching import FaceModels

    # A broken file is told in one line of ours, not in several of OpenCV's.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        with recorded(video, fps) as frames:
            judged = judge_recording(FaceModels(), frames, sides)
    except UnreadableVideo as unreadable:
        _fail(str(unreadable), "unreadable", as_json=as_json)
    said = judged_json(judged, sides)
    typer.echo(json.dumps(said) if as_json else _in_words(said))


def judged_json(judged: Judged, sides: tuple[Side, ...]) -> dict[str, Any]:
    """Give the verdict as the command prints it; seconds count from the first frame."""
    verdict = judged.verdict
    return {
        "live": verdict.live,
        "verdict": verdict.verdict.value,
        "reason": None if verdict.live else verdict.reason.value,
        "module": verdict.module,
        "assurance_level": verdict.assurance_level.value,
        "challenge": [side.value for side in sides],
        "turns": [
            {
                "side": turn.side.value,
                "asked_s": round(turn.asked_s, 3),
                "turned_s": round(turn.turned_s, 3),
                "returned_s": round(turn.returned_s, 3),
            }
            for turn in judged.turns
        ],
    }


def _sides(challenge: str) -> tuple[Side, ...] | None:
    from devices.eyes.liveness_challenge import Side

    words = [word.strip().lower() for word in challenge.split(",")]
    known = {side.value: side for side in Side}
    if not all(word in known for word in words) or len(words) > MOST_TURNS:
        return None
    return tuple(known[word] for word in words)


def _in_words(said: dict[str, Any]) -> str:
    verdict = "live" if said["live"] else f"not live: {said['reason']}"
    turns = ", ".join(f"{turn['side']} at {turn['turned_s']:.1f} s" for turn in said["turns"]) or "none"
    return f"{verdict} (turns as asked: {turns}; {said['module']}, level {said['assurance_level']})"


def _fail(error: str, reason: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": error, "reason": reason}, ensure_ascii=False))
    else:
        typer.echo(error, err=True)
    raise typer.Exit(UNUSABLE)
