"""`face calibrate`: from a folder of labelled pictures to a piece of the configuration."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from devices.eyes.calibrating import Calibration, Distances

UNUSABLE = 2


def answer(directory: Path, output: Path | None, far: float, *, as_json: bool) -> None:
    """Measure, say what was found, and write the settings."""
    import cv2

    from config.hall_time import hall_today
    from devices.eyes.calibrating import BadFolder, calibrated, distances, read_folder
    from devices.eyes.matching import FaceModels

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if not 0 < far < 1:
        _fail(f"--far {far:g}: must be between 0 and 1, such as 0.001", as_json=as_json)
    try:
        people = read_folder(directory)
        found = distances(FaceModels(), people, lambda name: None if as_json else typer.echo(name, err=True))
        calibration = calibrated(found, far)
    except BadFolder as mistake:
        _fail(str(mistake), as_json=as_json)
    today = hall_today()
    if output is not None:
        try:
            output.write_text(fragment(calibration, found, today), "utf-8")
        except OSError as error:
            _fail(f"{output}: {error.strerror}", as_json=as_json)
    if as_json:
        typer.echo(json.dumps(_json(calibration, found, today), ensure_ascii=False))
        return
    for file, reason in found.left_out:
        typer.echo(f"{file}: left out: {reason}", err=True)
    for line in in_words(calibration, found):
        typer.echo(line, err=True)
    if output is None:
        typer.echo(fragment(calibration, found, today), nl=False)


def fragment(calibration: Calibration, found: Distances, today: dt.date) -> str:
    """The settings, to be named with --config or copied into the site's file."""
    lines = [f"# {line}" for line in in_words(calibration, found)]
    values = _settings(calibration, today)
    return "\n".join(
        (
            *lines,
            "[face]",
            f"threshold = {calibration.threshold}",
            "",
            "[face.calibration]",
            *(f"{key} = {_toml(value)}" for key, value in values.items()),
            "",
        )
    )


def in_words(calibration: Calibration, found: Distances) -> list[str]:
    """What was measured and what it proves, in sentences."""
    proof = (
        f"This proves that at most {calibration.far:.2%} of strangers are accepted."
        if calibration.proven
        else f"This does not prove {calibration.far:.2%}: that takes more people. It stays at or below 0.5."
    )
    pairs = f"{calibration.genuine_pairs} pairs of one person, {calibration.impostor_pairs} of strangers"
    recognised = f"{calibration.tar:.1%} recognised (at least {calibration.tar_bound:.1%})"
    accepted = f"{calibration.false_accepts} strangers accepted (at most {calibration.far_bound:.2%})"
    return [
        f"{found.people} people, {pairs}; {len(found.left_out)} pictures could not be compared.",
        f"At {calibration.threshold}: {recognised}, {accepted}; 95 % confidence.",
        proof,
    ]


def _settings(calibration: Calibration, today: dt.date) -> dict[str, Any]:
    return {
        "date": today,
        "pipeline": calibration.pipeline,
        "threshold": calibration.threshold,
        "far": calibration.far,
        "impostor_pairs": calibration.impostor_pairs,
        "false_accepts": calibration.false_accepts,
        "far_bound": _up(calibration.far_bound),
        "genuine_pairs": calibration.genuine_pairs,
        "tar": round(calibration.tar, 4),
        "tar_bound": round(max(0.0, calibration.tar_bound - 0.00005), 4),
    }


def _json(calibration: Calibration, found: Distances, today: dt.date) -> dict[str, Any]:
    return {
        **_settings(calibration, today),
        "date": today.isoformat(),
        "people": found.people,
        "proven": calibration.proven,
        "left_out": [{"file": str(file), "reason": reason} for file, reason in found.left_out],
    }


def _up(share: float) -> float:
    """A bound is never rounded to the better side."""
    return min(1.0, round(share + 0.00005, 4))


def _toml(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _fail(line: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": "unusable", "reason": line}, ensure_ascii=False))
    else:
        typer.echo(line, err=True)
    raise typer.Exit(UNUSABLE)
