"""What the journey asks of a fingerprint sensor, and the values it gives."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from devices.contracts.id_cards import Finger, Fingerprint
from devices.statuses import Health


class FingerprintGuidance(Enum):
    """What would help the sensor."""

    LAY_FINGER = "lay_finger"
    """Nothing lies on it."""
    LAY_BETTER = "lay_better"
    """Something does, but not well enough: flatter, drier, longer."""
    LIFT_FINGER = "lift_finger"
    """This finger has been compared; the next comparison begins when it has been lifted."""


@dataclass(frozen=True)
class FingerprintCompared:
    """One comparison of a live finger with the chip's. Greater `similarity` is more alike."""

    similarity: float
    """On the scale of the matcher's vendor."""
    threshold: float
    """On the same."""
    finger: Finger | None
    """Which of the chip's fingers it was most like."""

    @property
    def same(self) -> bool:
        """Whether the two are taken for one finger."""
        return self.similarity >= self.threshold


FingerprintEvent = FingerprintGuidance | FingerprintCompared


class FingerprintMatcher(Protocol):
    """A fingerprint sensor with its vendor's matcher: a way beside the face."""

    async def health(self) -> Health:
        """Ask the device; never raises `DeviceFault`: a fault is a health. The sensor stays off."""
        ...

    def compare(self, fingerprints: Sequence[Fingerprint]) -> AsyncGenerator[FingerprintEvent]:
        """Switch the sensor on; yield guidance, and one comparison for each finger laid on, until closed.

        Compares with those that are `usable`; raises `ValueError` where none is. The sensor is off when the
        iterator is closed. Raises `DeviceFault` when the sensor or its library fails.
        """
        ...

    async def close(self) -> None:
        """Give the sensor back. The next call opens it again."""
        ...
