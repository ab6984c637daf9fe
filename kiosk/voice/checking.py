"""Checks a pack: every finding is one line with the file, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kiosk.voice.pack import MANIFEST, NoPack, Recording, digest, open_pack
from kiosk.voice.prompts import Line
from kiosk.voice.sound import BadSound, Sound, read

LONGEST_S = 12.0
"""Nobody waits longer before touching the screen."""
RATES_HZ = (16_000, 48_000)
CLIP = 4
"""So many samples in a row at full scale are heard as a crackle."""
UNEQUAL_DB = 6.0
"""How far a recording may be from the pack's median before it startles, or is missed."""
QUIETEST_DB = -35.0


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the file in the pack, and why."""

    file: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


def check(folder: Path, lines: Iterable[Line]) -> list[Finding]:
    """Everything that is wrong with the pack in `folder`; an empty list for a pack that can be used."""
    wanted = {line.file: line for line in lines}
    sounds: dict[str, Sound] = {}
    findings = []
    for file, line in wanted.items():
        try:
            sounds[file] = read(folder / file)
        except FileNotFoundError:
            findings.append(Finding(file, f"is missing: {line.text}"))
        except OSError as error:
            findings.append(Finding(file, f"cannot be read: {error.strerror}"))
        except BadSound as error:
            findings.append(Finding(file, str(error)))
    findings.extend(_heard(sounds))
    findings.extend(
        Finding(str(path.relative_to(folder)), "is played nowhere; see `voice list` for the names")
        for path in sorted(folder.glob("*/*.wav"))
        if str(path.relative_to(folder)) not in wanted
    )
    return findings


def check_seal(folder: Path, lines: Iterable[Line]) -> list[Finding]:
    """Whether the manifest tells of these files and these words."""
    try:
        recordings = open_pack(folder).manifest.recordings
    except NoPack as error:
        return [Finding(MANIFEST, f"{str(error).partition(': ')[2]}; `voice seal` writes it")]
    return [
        Finding(line.file, why)
        for line in lines
        if (folder / line.file).is_file() and (why := _unsealed(folder, line, recordings))
    ]


def _unsealed(folder: Path, line: Line, recordings: Mapping[str, Recording]) -> str:
    recording = recordings.get(line.file)
    if recording is None:
        return "is not in the manifest; `voice seal` takes it in"
    if recording.text != line.text:
        return f"was made for other words; record it anew: {line.text}"
    if digest(folder / line.file) != recording.sha256:
        return "has changed since the pack was sealed; listen to it, then `voice seal`"
    return ""


def _heard(sounds: Mapping[str, Sound]) -> Iterator[Finding]:
    levels = {file: sound.level_db for file, sound in sounds.items()}
    audible = [level for level in levels.values() if level > QUIETEST_DB]
    usual = median(audible) if audible else QUIETEST_DB
    for file, sound in sounds.items():
        if not RATES_HZ[0] <= sound.rate_hz <= RATES_HZ[1]:
            yield Finding(file, f"has {sound.rate_hz} samples a second; record with 16000 to 48000")
        if sound.seconds > LONGEST_S:
            yield Finding(file, f"takes {sound.seconds:.1f} s; at most {LONGEST_S:.0f} s")
        if sound.longest_clip >= CLIP:
            yield Finding(file, "is clipped; record it with less gain")
        if levels[file] <= QUIETEST_DB:
            yield Finding(file, "is silent, or nearly; record it nearer to the microphone")
        elif abs(levels[file] - usual) > UNEQUAL_DB:
            louder = "louder" if levels[file] > usual else "quieter"
            yield Finding(file, f"is {abs(levels[file] - usual):.0f} dB {louder} than the others")
