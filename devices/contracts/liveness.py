"""What any liveness module says: who judged, how surely, and what it found.

Two kinds of module give the same value: the terminal's own judge of five points (`basic`), and certified
modules with their own camera, often visible and infra-red light (`certified`), which give a verdict of their
own and run behind `devices.vendor_host`. A module never raises its own level: the level of a certified module
is what the technician has configured from its certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class LivenessLevel(Enum):
    """How much a verdict is worth. The order is `rank`."""

    NONE = "none"
    """Nobody looked."""
    BASIC = "basic"
    """Own judge: flat pictures and wrong answers to a random challenge; no masks, no well-bent pictures."""
    CERTIFIED = "certified"
    """A module tested by a laboratory (ISO/IEC 30107-3), with its own sensor."""

    @property
    def rank(self) -> int:
        """0, 1, 2: a matter that needs a level is satisfied by any at least as high."""
        return list(LivenessLevel).index(self)

    def satisfies(self, needed: LivenessLevel) -> bool:
        """Whether this level is at least the needed one."""
        return self.rank >= needed.rank


class Finding(Enum):
    """What a module found. Undecided is never taken for live."""

    LIVE = "live"
    ATTACK = "attack"
    UNDECIDED = "undecided"


class LivenessReason(Enum):
    """Why a verdict is not `LIVE`; the values are those of `face liveness --json`."""

    NONE = "none"
    FLAT = "flat"
    """It moved, and a head would have looked otherwise."""
    WRONG_TURN = "wrong-turn"
    """It turned, but not as it was asked."""
    JUMPED = "jumped"
    """The face was suddenly elsewhere, or became another one."""
    SEVERAL_FACES = "several-faces"
    NO_FACE = "no-face"
    NO_MOTION = "no-motion"
    """Nothing turned at all."""
    TOO_LATE = "too-late"
    """Some of the turns came, but not all in time."""
    TOO_FEW_FRAMES = "too-few-frames"
    """The camera is too slow to see a turn."""
    MODULE = "module"
    """A certified module's own reason, which it does not tell."""


@dataclass(frozen=True)
class LivenessVerdict:
    """One module's word about one person's presence."""

    module: str
    """Which module judged, with its version: `five-points/1`."""
    assurance_level: LivenessLevel
    """The level at which this module judges, whatever it found."""
    verdict: Finding
    reason: LivenessReason = LivenessReason.NONE

    def __post_init__(self) -> None:
        """Refuse a verdict that is live for a reason, or not live for none."""
        if self.live != (self.reason is LivenessReason.NONE):
            raise ValueError(f"{self.verdict.value} with reason {self.reason.value}")

    @property
    def live(self) -> bool:
        """Whether a living person was there, as far as this module can tell."""
        return self.verdict is Finding.LIVE

    @property
    def reached(self) -> LivenessLevel:
        """What the journey may count on: this module's level if it found a living person, else none."""
        return self.assurance_level if self.live else LivenessLevel.NONE


class CertifiedLiveness(Protocol):
    """A module with its own sensor and verdict, behind the vendor host."""

    async def judge(self, wait_s: float) -> LivenessVerdict:
        """Look for up to `wait_s` and give the module's verdict, with `LivenessReason.MODULE` for a refusal.

        Raises `devices.statuses.DeviceFault` when the module fails; a failure is never a verdict.
        """
        ...
