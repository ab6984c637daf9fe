"""What five points say about a turn, and whether a flat picture could have looked the same.

All lengths are shares of the distance between the outer corners of the eyes, so that neither nearness, nor
where a face is in the picture, nor a larger print changes them. Three numbers are used:

*aside*, the nose's place along the line of the eyes; *across*, the same along the line the eyes had when the
person looked ahead; *drop*, how far the nose lies below the eyes. When a head turns by θ, the nose, about
0.28 in front of the eyes, goes aside by 0.28·tan θ, and drop grows to 1/cos θ of itself because the eyes draw
together. When a flat picture turns, drop grows alike but nothing goes aside. A flat picture that leans or
lies askew while it turns shears: then either aside or across moves, or both do, but little for the drop.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self

from devices.eyes.pictures import Points

FORESHORTENING_NOISE = 0.02
"""How far foreshortening is not known: points are off by a pixel, and people nod as they turn."""

_LEAST_COSINE = 0.2

LEAST_TAN = 0.125
"""A turn is taken for at least 7°, so that hardly any foreshortening does not look like endless depth."""


@dataclass(frozen=True)
class Look:
    """One face in one frame: what stays of its five points."""

    t_s: float
    middle: complex
    """Between the outer corners of the eyes, in pixels; y is the imaginary part, downwards."""
    eyes: complex
    """From the person's right outer corner to their left one, in pixels."""
    nose: complex
    """From the middle, in pixels."""
    gap: float
    """Between the inner corners, as a share."""

    @classmethod
    def of(cls, t_s: float, points: Points) -> Self | None:
        """Take points in dlib's order (picture's right eye outer, inner; left eye outer, inner; nose).

        None where they are no face: eyes of no width, or numbers that are none.
        """
        left, left_inner, right, right_inner, nose = (complex(x, y) for x, y in points)
        eyes, middle = left - right, (left + right) / 2
        if not (cmath.isfinite(eyes + nose + left_inner + right_inner) and abs(eyes) >= 1):
            return None
        return cls(t_s, middle, eyes, nose - middle, abs(left_inner - right_inner) / abs(eyes))

    @property
    def span_px(self) -> float:
        """Between the outer corners."""
        return abs(self.eyes)

    @property
    def aside(self) -> float:
        """The nose along the line of the eyes; above zero is towards the person's own left."""
        return (self.nose / self.eyes).real

    @property
    def drop(self) -> float:
        """The nose below the line of the eyes."""
        return (self.nose / self.eyes).imag

    @property
    def lean(self) -> complex:
        """The direction of the line of the eyes."""
        return self.eyes / self.span_px

    def across(self, lean: complex) -> float:
        """The nose along a line that leans like `lean`."""
        return (self.nose / (self.span_px * lean)).real


@dataclass(frozen=True)
class Ahead:
    """How one face looks when it looks ahead."""

    aside: float
    across: float
    drop: float
    gap: float
    span_px: float
    lean: complex

    @classmethod
    def of(cls, looks: Sequence[Look]) -> Self:
        """Take the middle of some looks."""
        lean = sum(look.lean for look in looks)
        lean /= abs(lean)
        return cls(
            aside=median(look.aside for look in looks),
            across=median(look.across(lean) for look in looks),
            drop=median(look.drop for look in looks),
            gap=median(look.gap for look in looks),
            span_px=median(look.span_px for look in looks),
            lean=lean,
        )

    def aside_of(self, look: Look) -> float:
        """How far the nose has gone to the person's own left."""
        return look.aside - self.aside


@dataclass(frozen=True)
class Turned:
    """What one turn showed at its far end."""

    shift: float
    """How far the nose went to the asked side: aside and across, as a geometric mean; both are needed."""
    tangent: float
    """Tangent of the angle that the foreshortening speaks of."""

    @classmethod
    def of(cls, ahead: Ahead, looks: Sequence[Look], sign: int) -> Self:
        """Take the looks of the turn's far end; `sign` is +1 for the person's own left."""
        aside = sign * (median(look.aside for look in looks) - ahead.aside)
        across = sign * (median(look.across(ahead.lean) for look in looks) - ahead.across)
        least = min(aside, across)
        # Nodding disturbs the one measure of foreshortening, leaning forward the other.
        dropped = ahead.drop / median(look.drop for look in looks)
        narrowed = median(look.span_px for look in looks) / ahead.span_px
        cosine = math.sqrt(max(dropped * narrowed, _LEAST_COSINE**2)) + FORESHORTENING_NOISE
        return cls(
            shift=math.sqrt(aside * across) if least > 0 else least,
            tangent=math.sqrt(1 / min(cosine, 1.0) ** 2 - 1),
        )


def depth(turns: Sequence[Turned]) -> float:
    """How far the nose lies in front of the eyes, as all turns say: about 0.3 for a head, 0 for paper."""
    return sum(turn.shift for turn in turns) / sum(max(turn.tangent, LEAST_TAN) for turn in turns)
