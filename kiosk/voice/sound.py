"""A recording as samples: read from WAV, measured, cut to what is said, brought to one loudness.

Levels are decibels below full scale (dBFS), measured where somebody speaks: pauses do not count.
"""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

FULL = 32767
_FRAME_S = 0.02
_SPEECH_DB = -45.0
"""A frame of 20 ms that is quieter is a pause."""
_LEAD_S, _TAIL_S = 0.05, 0.15
"""Silence that is left before the first and after the last sound."""
_TOP = 10 ** (-1.0 / 20)
"""No sample above −1 dBFS: cheap loudspeakers clip early."""


class BadSound(ValueError):
    """A file is no recording that can be played: says why."""


@dataclass(frozen=True)
class Sound:
    """One voice, 16 bits a sample."""

    samples: Samples
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.samples) / self.rate_hz

    @property
    def level_db(self) -> float:
        """Root mean square of what is spoken, dBFS; minus infinity for silence."""
        spoken = _power(self)[_spoken(self)]
        return float(10 * np.log10(spoken.mean())) if spoken.size else -np.inf

    @property
    def longest_clip(self) -> int:
        """How many samples in a row stand at full scale."""
        at_top = np.abs(self.samples.astype(np.int32)) >= FULL
        edges = np.flatnonzero(np.diff(np.concatenate(([False], at_top, [False])).astype(np.int8)))
        return int((edges[1::2] - edges[::2]).max(initial=0))


def read(path: Path) -> Sound:
    """Read a WAV file: one channel, 16 bits. Raises `BadSound`; a missing file is an `OSError`."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate_hz = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadSound(f"is no WAV file: {error}" if str(error) else "is no WAV file") from None
    if (channels, width) != (1, 2):
        raise BadSound(f"has {channels} channels of {8 * width} bits; record one channel of 16 bits")
    return Sound(np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.int16), rate_hz)


def write(path: Path, sound: Sound) -> None:
    """Write a WAV file of one channel."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate_hz)
        file.writeframes(sound.samples.astype("<i2").tobytes())


def cut(sound: Sound) -> Sound:
    """Without the silence around it."""
    spoken = np.flatnonzero(_spoken(sound))
    if not spoken.size:
        return sound
    frame = _frame(sound)
    first = max(0, int(spoken[0]) * frame - round(_LEAD_S * sound.rate_hz))
    last = (int(spoken[-1]) + 1) * frame + round(_TAIL_S * sound.rate_hz)
    return Sound(sound.samples[first:last], sound.rate_hz)


def at_level(sound: Sound, level_db: float) -> Sound:
    """As loud as `level_db`, or as near to it as no sample is cut off."""
    peak = int(np.abs(sound.samples.astype(np.int32)).max(initial=1))
    gain = min(10 ** ((level_db - sound.level_db) / 20), _TOP * FULL / peak)
    return Sound(np.round(sound.samples * gain).astype(np.int16), sound.rate_hz)


def quieter(sound: Sound, volume: float) -> Sound:
    """As it is at 1, with half the amplitude at 0.5."""
    return sound if volume >= 1 else Sound(np.round(sound.samples * volume).astype(np.int16), sound.rate_hz)


def _frame(sound: Sound) -> int:
    return round(_FRAME_S * sound.rate_hz)


def _power(sound: Sound) -> npt.NDArray[np.float64]:
    """Mean square of each whole frame, full scale being 1."""
    frame = _frame(sound)
    whole = sound.samples[: len(sound.samples) // frame * frame].astype(np.float64) / (FULL + 1)
    power: npt.NDArray[np.float64] = (whole.reshape(-1, frame) ** 2).mean(axis=1)
    return power


def _spoken(sound: Sound) -> npt.NDArray[np.bool_]:
    return _power(sound) > 10 ** (_SPEECH_DB / 10)
