"""Builds a pack with espeak-ng: once, at set-up; what is already there and unchanged is kept."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.voice.pack import Manifest, NoPack, Recording, digest, open_pack, seal
from kiosk.voice.pinyin import Unspeakable, pinyin
from kiosk.voice.prompts import Language, Line
from kiosk.voice.sound import at_level, cut, read, write

LEVEL_DB = -20.0
"""Root mean square of every recording where somebody speaks."""

VOICES: dict[Language, str] = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
"""espeak-ng's names. Its plain `cmn` reads pinyin as if it were English."""
WORDS_A_MINUTE = 150
"""Slower than its usual 175: the listener is old, and the hall is loud."""

_PATIENCE_S = 20


class NotBuilt(Exception):
    """The pack cannot be built here: says why, and what to do."""


@dataclass(frozen=True)
class Built:
    """What was done: how many sentences were synthesised now, and how many were there."""

    made: int
    kept: int
    removed: int
    bytes: int
    voice: str


def build(folder: Path, lines: Iterable[Line]) -> Built:
    """Make `folder` the pack of exactly these lines. Raises `NotBuilt`."""
    synthesiser = _version()
    voice = (
        f"synthesised by espeak-ng {synthesiser}, {WORDS_A_MINUTE} words a minute; not recorded by a person"
    )
    before = _before(folder, voice)
    recordings: dict[str, Recording] = {}
    made = 0
    for line in lines:
        sound = _sound_of(line)
        old = before.get(line.file)
        if old is not None and (old.text, old.pinyin) == (line.text, sound) and _whole(folder, line, old):
            recordings[line.file] = old
            continue
        recordings[line.file] = _synthesised(folder / line.file, line, sound)
        made += 1
    removed = _without_others(folder, recordings)
    seal(folder, Manifest(voice=voice, recordings=recordings))
    size = sum((folder / file).stat().st_size for file in recordings)
    return Built(made, len(recordings) - made, removed, size, voice)


def _version() -> str:
    if shutil.which("espeak-ng") is None:
        raise NotBuilt("espeak-ng is not installed: apt-get install espeak-ng")
    told = subprocess.run(
        ["espeak-ng", "--version"], capture_output=True, text=True, check=False, timeout=_PATIENCE_S
    ).stdout
    found = re.search(r"[0-9]+(\.[0-9]+)+", told)
    if found is None:
        raise NotBuilt("espeak-ng does not tell its version")
    return found[0]


def _before(folder: Path, voice: str) -> dict[str, Recording]:
    """What an earlier build of the same voice left. Recordings of people are never built over."""
    try:
        manifest = open_pack(folder).manifest
    except NoPack:
        if any(folder.glob("*/*.wav")):
            raise NotBuilt(f"{folder}: holds recordings without a manifest; choose an empty folder") from None
        return {}
    if not manifest.voice.startswith("synthesised by espeak-ng"):
        raise NotBuilt(f"{folder}: is a pack of another voice ({manifest.voice}); choose an empty folder")
    return dict(manifest.recordings) if manifest.voice == voice else {}


def _sound_of(line: Line) -> str | None:
    if line.language != "zh":
        return None
    try:
        return pinyin(line.text)
    except Unspeakable as error:
        raise NotBuilt(f"{line.file}: {line.text}: {error}; write it in Chinese characters") from None


def _whole(folder: Path, line: Line, recording: Recording) -> bool:
    path = folder / line.file
    return path.is_file() and digest(path) == recording.sha256


def _synthesised(path: Path, line: Line, sound: str | None) -> Recording:
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "said.wav"
        told = subprocess.run(
            ["espeak-ng", "-v", VOICES[line.language], "-s", str(WORDS_A_MINUTE), "-w", str(raw), "--stdin"],
            input=sound or line.text,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
        if told.returncode or not raw.is_file():
            raise NotBuilt(f"espeak-ng: {told.stderr.strip() or 'no sound'} ({line.file})")
        said = at_level(cut(read(raw)), LEVEL_DB)
    write(path, said)
    return Recording(text=line.text, pinyin=sound, sha256=digest(path), seconds=round(said.seconds, 2))


def _without_others(folder: Path, recordings: dict[str, Recording]) -> int:
    """Remove what no sentence plays any more."""
    others = [path for path in folder.glob("*/*.wav") if str(path.relative_to(folder)) not in recordings]
    for path in others:
        path.unlink()
    return len(others)
