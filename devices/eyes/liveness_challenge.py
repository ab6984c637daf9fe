"""A challenge of turns: what is asked, how long things may take, and what the person is asked next.

Left is the person's own left, always. In a camera's picture, which is not mirrored, a turn to the person's
left moves the nose to the picture's *right*; in a mirrored preview it moves to the left, as in a mirror.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    """The person's own side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def sign(self) -> int:
        """+1 for left: the nose moves to the right of an unmirrored picture."""
        return 1 if self is Side.LEFT else -1


@dataclass(frozen=True)
class Ask:
    """One turn of a challenge: to which side, and for how long the person looks ahead before it is asked."""

    side: Side
    pause_s: float = 0.0


Challenge = tuple[Ask, ...]


def random_challenge(turns: int = 3) -> Challenge:
    """Make a challenge nobody can foresee: sides and pauses from the system's own randomness."""
    sides = list(Side)
    return tuple(Ask(secrets.choice(sides), 0.2 + secrets.randbelow(700) / 1000) for _ in range(turns))


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds of the clock, and what counts as a turn."""

    ahead_s: float = 8.0
    """Until the person looks ahead."""
    turn_s: float = 6.0
    """From the asking of a turn to the turn, and again to the return."""
    reaction_s: float = 0.15
    """A turn sooner after it was asked is nobody's answer. 0 where nobody asked: in a recording."""
    lost_s: float = 1.2
    """How long the face may be out of sight."""
    after_s: float = 0.3
    """For how long the person looks ahead at the end. Infinite for a recording: all of it is the answer."""
    turned: float = 0.028
    """How far the nose goes aside in a turn, as a share of the distance between the eyes: about 8°."""
    depth: float = 0.2
    """From which depth of the nose it is taken for a head (`devices.eyes.liveness_geometry.depth`)."""


@dataclass(frozen=True)
class LookAhead:
    """Ask the person to look ahead."""


@dataclass(frozen=True)
class TurnTo:
    """Ask the person to turn; `number` counts from 0."""

    side: Side
    number: int


@dataclass(frozen=True)
class TurnTimes:
    """When one turn happened, in the caller's seconds."""

    side: Side
    asked_s: float
    turned_s: float
    returned_s: float
