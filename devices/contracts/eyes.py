"""What the journey asks of the eyes, the process that sees faces, and the values they give."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.contracts.liveness import LivenessVerdict
from devices.eyes.liveness_challenge import Side
from devices.statuses import Health, Reason


class Guidance(Enum):
    """What would help the camera see the person."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    COME_CLOSER = "come_closer"
    MORE_LIGHT = "more_light"
    HOLD_STILL = "hold_still"


@dataclass(frozen=True)
class Frame:
    """A preview picture, JPEG, already mirrored as a person expects of a mirror."""

    jpeg: bytes


@dataclass(frozen=True)
class FaceCompared:
    """One comparison of a live face with the chip photo. Smaller `distance` is more alike."""

    distance: float
    threshold: float

    @property
    def same(self) -> bool:
        """Whether the two are taken for one person."""
        return self.distance <= self.threshold


@dataclass(frozen=True)
class CameraTrouble:
    """Nothing is seen any more, for `reason`. The watch goes on: the camera is tried again and again."""

    reason: Reason


@dataclass(frozen=True)
class CameraBack:
    """Something is seen again, after a `CameraTrouble`."""


@dataclass(frozen=True)
class TurnsWanted:
    """A liveness challenge that a watch is to begin with: turns of the head that nobody can foresee."""

    turns: int = 3
    patience: float = 1.0
    """By what the times are multiplied in which something has to come; not the judgement."""


@dataclass(frozen=True)
class Asked:
    """What the person is asked to do now: turn to `side`, their own, or with None look ahead."""

    side: Side | None
    done: int
    """How many turns are over."""
    turns: int


EyesEvent = Frame | Guidance | FaceCompared | CameraTrouble | CameraBack | Asked | LivenessVerdict


class PhotoNotDecodable(Exception):
    """This terminal has no decoder for chip photos, or the decoder refused the bytes."""


class LiveNotComparable(Exception):
    """A module's live picture in which there is not one face, good enough to be compared."""


class Eyes(Protocol):
    """The face worker as the session sees it: decodes chip photos, owns the camera while it watches."""

    async def start(self) -> None:
        """Have the worker ready, models loaded, camera untouched. Raises `DeviceFault`."""
        ...

    async def health(self) -> Health:
        """Whether the worker lives and the camera is there. Takes no picture: nobody has agreed to one."""
        ...

    async def decode_photo(self, coded: bytes) -> bytes:
        """Turn the chip's 1,024 bytes into a PNG. Raises `PhotoNotDecodable`, `DeviceFault`."""
        ...

    async def compare(self, photo_png: bytes, live_jpeg: bytes) -> FaceCompared:
        """Compare with a picture that a module took, without any camera of the terminal's own.

        Raises `PhotoNotDecodable` when `photo_png` shows no face, `LiveNotComparable`, `DeviceFault`.
        """
        ...

    def watch(self, photo_png: bytes, challenge: TurnsWanted | None = None) -> AsyncGenerator[EyesEvent]:
        """Open the camera, and yield frames, guidance and comparisons until closed.

        With a `challenge` the person is asked to turn, as `Asked` says, and judged: one `LivenessVerdict`,
        and if it is live one comparison, of frames of the very person who turned. Then nothing more comes.

        The camera is released when the iterator is closed. A camera that fails is a `CameraTrouble`, within
        two seconds, and the caller decides how long to wait for its `CameraBack`. Raises `DeviceFault` when
        the worker fails or no camera is configured, and `PhotoNotDecodable` when `photo_png` shows no face.
        """
        ...

    async def close(self) -> None:
        """End the worker."""
        ...
