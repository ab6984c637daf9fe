"""A voice pack: a folder with a recording for every sentence, and a manifest that says whose voice it is.

`zh/<name>.wav`, `en/<name>.wav`, `manifest.json`. A recording counts only for the words it was made for, and
only as long as its file is the one that was sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.voice.prompts import Language, Line, Prompt, prompt
from kiosk.voice.sound import BadSound, Sound, read

BUILT_IN = Path(__file__).parents[2] / "var" / "voice"
"""Where the set-up builds the pack that the product comes with."""

MANIFEST = "manifest.json"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Recording(_Model):
    """One file of a pack: what is said in it, and what it is known by."""

    text: str = Field(min_length=1)
    pinyin: str | None = None
    """What was read to the synthesiser; None for a person."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    seconds: float = Field(gt=0)


class Manifest(_Model):
    """Whose voice it is, and every file."""

    format: Literal[1] = 1
    voice: str = Field(min_length=1)
    """Said to whoever asks: "synthesised by espeak-ng 1.51", or who recorded it and when."""
    recordings: Mapping[str, Recording]
    """By file, as in `zh/welcome.wav`."""


class NoPack(Exception):
    """There is no pack, or none that can be used: says why, in one line."""


@dataclass(frozen=True)
class Pack:
    """An opened pack."""

    folder: Path
    manifest: Manifest

    def sound(self, said: Prompt, language: Language) -> Sound | None:
        """The recording of `said`, or of what may be said instead; None where there is neither.

        Raises `BadSound` when its file is not the one that was sealed.
        """
        line = said.line(language)
        recording = self.manifest.recordings.get(line.file)
        if recording is None or recording.text != line.text:
            return None if said.instead is None else self.sound(prompt(said.instead), language)
        return self._read(line, recording)

    def _read(self, line: Line, recording: Recording) -> Sound:
        path = self.folder / line.file
        try:
            if digest(path) != recording.sha256:
                raise BadSound("has changed since the pack was sealed")
            return read(path)
        except OSError as error:
            raise BadSound(error.strerror or "cannot be read") from None


def open_pack(folder: Path) -> Pack:
    """Open the pack in `folder`. Raises `NoPack`."""
    path = folder / MANIFEST
    try:
        return Pack(folder, Manifest.model_validate_json(path.read_bytes()))
    except FileNotFoundError:
        raise NoPack(f"{path}: is not there") from None
    except OSError as error:
        raise NoPack(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise NoPack(f"{path}: {place or 'the file'}: {first['msg']}") from None


def seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; whoever reads meanwhile finds the old one or the new one, whole."""
    fresh = folder / f"{MANIFEST}.new"
    fresh.write_text(manifest.model_dump_json(indent=1, exclude_none=True) + "\n", "utf-8")
    fresh.replace(folder / MANIFEST)


def digest(path: Path) -> str:
    """SHA-256 of a file. Raises `OSError`."""
    return sha256(path.read_bytes()).hexdigest()
