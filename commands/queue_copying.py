"""`queue backup` and `queue export`: copies that a person can carry."""

from __future__ import annotations

from pathlib import Path

from commands.device_common import Voice
from commands.queue_asking import asked, settings_of

COPY_S = 600.0
"""A queue at its limit on a slow stick."""


def back_up(voice: Voice, file: Path, config: list[Path] | None, overrides: list[str] | None) -> None:
    """One file, complete under its name or not there."""
    settings = settings_of(voice, config, overrides)
    answer = asked(voice, settings, "queue-backup", {"file": str(file.absolute())}, COPY_S)
    voice.result(answer, f"{answer['file']}: {answer['bytes']} bytes")


def export(voice: Voice, directory: Path, config: list[Path] | None, overrides: list[str] | None) -> None:
    """One folder, complete under its name or not there."""
    settings = settings_of(voice, config, overrides)
    answer = asked(voice, settings, "queue-export", {"file": str(directory.absolute())}, COPY_S)
    voice.result(answer, f"{answer['file']}: {answer['applications']} applications and a signed manifest")
