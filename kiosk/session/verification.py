"""How a person is verified as the document's holder, as values: ways, consents, steps, troubles, outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal

from config.assurance import AssuranceLevel, IdentityMethod
from devices.contracts.liveness import LivenessVerdict


class Way(Enum):
    """A way to be verified; the journey offers those that can be gone, side by side."""

    FACE = "face"
    FINGERPRINT = "fingerprint"
    GUIDE = "guide"


MOST_FAILURES = 3
"""After so many failures of one way it is no longer offered: the others are, without a word of blame."""


@dataclass(frozen=True)
class FaceEvidence:
    """What a face check found: numbers and names, never a picture or an encoding."""

    distance: float
    threshold: float
    calibration: str | None
    """Which calibration the threshold rests on; None for the shipped one."""
    liveness: LivenessVerdict | None
    """None where the matter needs none."""


@dataclass(frozen=True)
class Verified:
    """The outcome of the holder check: how, how surely, by whom or what."""

    method: IdentityMethod
    level: AssuranceLevel
    staff_no: str | None = None
    reason: str | None = None
    """Why staff verified: `chosen`, or the trouble before (see `kiosk.session.verifying`)."""
    module: str | None = None
    """What compared: the program's own pipeline, or a vendor's module."""
    face: FaceEvidence | None = None
    """With `card_and_face`: what the verdict rests on."""


ConsentText = Literal["processing_notice", "face_comparison", "fingerprint_comparison", "licence_use"]


@dataclass(frozen=True)
class Consent:
    """One text a person agreed to (or declined), with the moment."""

    text_id: ConsentText
    version: str
    given: bool
    at: datetime


@dataclass(frozen=True)
class ConsentStep:
    """Notice of processing, and on the same screen, same size: every way to be verified."""


class FaceTrouble(Enum):
    """Why the face check did not succeed."""

    NOT_RECOGNISED = "not_recognised"
    NOT_LIVE = "not_live"
    """The turns were not seen as asked, for whatever reason: nobody is told that it looked like an attack."""
    CAMERA_FAILED = "camera_failed"
    PHOTO_NOT_DECODABLE = "photo_not_decodable"


@dataclass(frozen=True)
class FaceStep:
    """Look into the camera. With `trouble` the screen offers another try, and the other ways."""

    attempt: int = 1
    trouble: FaceTrouble | None = None


class FingerprintTrouble(Enum):
    """Why the fingerprint check did not succeed."""

    NOT_RECOGNISED = "not_recognised"
    SENSOR_FAILED = "sensor_failed"


@dataclass(frozen=True)
class FingerprintStep:
    """Lay a finger on the sensor. With `trouble` the screen offers another try, and the other ways."""

    attempt: int = 1
    trouble: FingerprintTrouble | None = None


@dataclass(frozen=True)
class GuideStep:
    """A guide compares person and card photo and signs with number and PIN."""

    reason: str
    entered: tuple[str, str] | None = field(default=None, repr=False)
    """Number and PIN while the terminal checks them."""
    refused: Literal["wrong", "locked"] | None = None
    retry_after_s: int = 0

    @property
    def checking(self) -> bool:
        """Whether the terminal is being asked."""
        return self.entered is not None


@dataclass(frozen=True)
class VerifiedStep:
    """The holder check is done. On arriving it goes on by itself; reached by "back" it waits."""

    arriving: bool = False
