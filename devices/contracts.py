"""What the journey asks of devices: one small protocol a capability, and the values they exchange.

Every method that waits on hardware has its answer time inside (the driver knows its device); a caller that
wants to stop waiting cancels. Every failure is a `devices.statuses.DeviceFault`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from devices.statuses import Cause, Health, PrinterHealth


class Sex(Enum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


class CardProblem(Enum):
    """A typed finding about what a card says; the value is kept as it is, never repaired by a guess."""

    BAD_CHECKSUM = "bad_checksum"
    BAD_BIRTH_DATE = "bad_birth_date"
    BIRTH_DIFFERS_FROM_NUMBER = "birth_differs_from_number"
    UNKNOWN_SEX = "unknown_sex"
    UNKNOWN_ETHNICITY = "unknown_ethnicity"
    BAD_VALIDITY = "bad_validity"
    REVERSED_VALIDITY = "reversed_validity"


@dataclass(frozen=True)
class IdCard:
    """What the chip of a resident identity card says. Personal: it lives in the session only."""

    name: str
    sex: Sex
    ethnicity: str | None
    """Chinese name without 族, GB/T 3304; None for an unknown code."""
    birth: date | None
    address: str
    id_number: str
    authority: str
    valid_from: date | None
    valid_to: date | None
    """None with `long_term` (长期), or where the card's date is unreadable (see `problems`)."""
    long_term: bool
    photo: bytes
    """The 1,024 coded bytes of the chip; `PhotoDecoder` makes a picture of them."""
    problems: tuple[CardProblem, ...] = ()

    def __repr__(self) -> str:
        """Say nothing: a record may end up in a log by way of an exception."""
        return "IdCard(…)"


class IdCardReader(Protocol):
    """A reader for resident identity cards."""

    async def health(self) -> Health:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def next_card(self) -> IdCard:
        """Wait until a card is laid down and read it whole.

        Raises `CardUnreadable` for a card that was there and could not be read (pulled away, wrong kind), and
        `DeviceFault` when the reader itself failed. Waits for ever otherwise: the caller owns the deadline.
        """
        ...

    async def close(self) -> None:
        """Give the port back."""
        ...


class CardUnreadable(Exception):
    """A card was there but could not be read: pulled away too early, damaged, or of another kind."""

    def __init__(self, sw3: int | None) -> None:
        super().__init__("no answer" if sw3 is None else f"SW3 {sw3:02X}")
        self.sw3 = sw3


class PrintOutcome(Enum):
    """How a paper job ended. `UNKNOWN` is an answer: the paper may or may not be out."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrintResult:
    """The outcome and, unless printed, its cause."""

    outcome: PrintOutcome
    cause: Cause = Cause.NONE


class ReceiptPrinter(Protocol):
    """A receipt printer."""

    async def health(self) -> PrinterHealth:
        """Ask the device; never raises `DeviceFault`: a fault is a health."""
        ...

    async def print(self, job: bytes) -> PrintResult:
        """Check, send `job`, check again. Not cancellable half-way: it always ends with a result."""
        ...

    async def flush(self) -> None:
        """Empty the printer's buffer so that nothing of an earlier job can come out. Raises `DeviceFault`."""
        ...

    async def close(self) -> None:
        """Give the port back."""
        ...


class Guidance(Enum):
    """What would help the camera see the person."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    COME_CLOSER = "come_closer"
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


EyesEvent = Frame | Guidance | FaceCompared


class PhotoNotDecodable(Exception):
    """This terminal has no decoder for chip photos, or the decoder refused the bytes."""


class Eyes(Protocol):
    """The face worker as the session sees it: decodes chip photos, owns the camera while it watches."""

    async def start(self) -> None:
        """Have the worker ready, models loaded, camera untouched. Raises `DeviceFault`."""
        ...

    async def health(self) -> Health:
        """Whether the worker lives and the camera opens; not asked of the camera while `watch` runs."""
        ...

    async def decode_photo(self, coded: bytes) -> bytes:
        """Turn the chip's 1,024 bytes into a PNG. Raises `PhotoNotDecodable`, `DeviceFault`."""
        ...

    def watch(self, photo_png: bytes) -> AsyncGenerator[EyesEvent]:
        """Open the camera, and yield frames, guidance and comparisons until closed.

        The camera is released when the iterator is closed. Raises `DeviceFault` when the camera or the worker
        fails, and `PhotoNotDecodable` when `photo_png` shows no face.
        """
        ...

    async def close(self) -> None:
        """End the worker."""
        ...
