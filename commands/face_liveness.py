"""`face liveness`: whether the person in a recording answered a challenge of turns with a head."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from devices.eyes.liveness import Judged
    from devices.eyes.liveness_challenge import Side

USAGE, UNREADABLE = 2, 3
"""Exit statuses: what was asked cannot be done; the recording cannot be read."""

MOST_TURNS = 8


def liveness(
    video: Annotated[Path, typer.Argument(help="A video file, or a folder of pictures named in order.")],
    challenge: Annotated[
        str, typer.Option(help="The turns in order, `left` and `right` as the person's own: left,right")
    ],
    fps: Annotated[
        float | None,
        typer.Option(min=1, max=240, help="Pictures a second; a video's own, and 15 for a folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,  # noqa: FBT002  a flag of the command line
) -> None:
    """Judge a recording: a head that turned as asked, or a flat picture, a wrong answer, nobody."""
    from devices.eyes.liveness_video import UnreadableVideo, judge_recording, recorded
    from devices.eyes.matching import FaceModels

    sides = _sides(challenge)
    if sides is None:
        fail = f'--challenge "{challenge}": give 1 to {MOST_TURNS} turns, such as left,right'
        _fail(fail, "usage", USAGE, as_json=as_json)
    try:
        with recorded(video, fps) as frames:
            judged = judge_recording(FaceModels(), frames, sides)
    except UnreadableVideo as unreadable:
        _fail(str(unreadable), "unreadable", UNREADABLE, as_json=as_json)
    answer = judged_json(judged, sides)
    typer.echo(json.dumps(answer) if as_json else _in_words(answer))


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


def _in_words(answer: dict[str, Any]) -> str:
    said = "live" if answer["live"] else f"not live: {answer['reason']}"
    turns = ", ".join(f"{turn['side']} at {turn['turned_s']:.1f} s" for turn in answer["turns"]) or "none"
    return f"{said} (turns as asked: {turns}; {answer['module']}, level {answer['assurance_level']})"


def _fail(error: str, reason: str, status: int, *, as_json: bool) -> NoReturn:
    typer.echo(error, err=True)
    if as_json:
        typer.echo(json.dumps({"error": error, "reason": reason}, ensure_ascii=False))
    raise typer.Exit(status)
