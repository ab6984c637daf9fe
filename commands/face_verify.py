"""`face verify`: one photo against the frames of one sitting."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer

from config.layers import DEFAULTS

UNUSABLE, NOT_COMPARABLE = 2, 3
"""Exit statuses: a file that cannot be read or is no picture; a picture that cannot be compared."""


def answer(photo: Path, live: Sequence[Path], *, as_json: bool) -> None:
    """Print the verdict, or why there is none, and end with the exit status."""
    read = [_read(file, as_json=as_json) for file in (photo, *live)]
    import cv2

    from devices.eyes.finding import NotComparable, NotComparableReason
    from devices.eyes.matching import FaceModels
    from devices.eyes.pictures import decoded
    from devices.eyes.verifying import encode_found, encode_live, find_live, find_photo, fused_distance

    # A broken picture is told in one line of ours, not in several of OpenCV's.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    for file, coded in zip((photo, *live), read, strict=True):
        if decoded(coded) is None:
            _fail(file, NotComparableReason.UNREADABLE.value, "is no picture", UNUSABLE, as_json=as_json)
    models = FaceModels()
    try:
        found_photo = find_photo(models, read[0])
    except NotComparable as refusal:
        _fail(photo, refusal.reason.value, "cannot be compared", NOT_COMPARABLE, as_json=as_json)
    found, left_out = [], []
    for file, coded in zip(live, read[1:], strict=True):
        try:
            found.append(find_live(models, coded))
        except NotComparable as refusal:
            left_out.append({"file": str(file), "reason": refusal.reason.value})
    if not found:
        first = left_out[0]
        _fail(Path(first["file"]), first["reason"], "cannot be compared", NOT_COMPARABLE, as_json=as_json)
    views = [encode_live(models, one) for one in found]
    fused = fused_distance(encode_found(models, found_photo), views)
    distance, threshold = round(fused, 4), shipped_threshold()
    said: dict[str, Any] = {"same": distance <= threshold, "distance": distance, "threshold": threshold}
    if left_out:
        said["left_out"] = left_out
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    for one in left_out:
        typer.echo(f"{one['file']}: left out: {one['reason']}", err=True)
    verdict = "the same person" if said["same"] else "not the same person"
    typer.echo(f"{verdict}: distance {distance:.3f}, threshold {threshold:.3f}")


def shipped_threshold() -> float:
    """What applies without any configuration."""
    return float(tomllib.loads(DEFAULTS.read_text("utf-8"))["face"]["threshold"])


def _read(file: Path, *, as_json: bool) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _fail(file, "unreadable", error.strerror or "cannot be read", UNUSABLE, as_json=as_json)


def _fail(file: Path, reason: str, why: str, status: int, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": reason, "reason": reason, "file": str(file)}, ensure_ascii=False))
    else:
        typer.echo(f"{file}: {why}: {reason}", err=True)
    raise typer.Exit(status)
