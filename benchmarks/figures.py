"""A figure: what was measured, how often, what beside it, and what was aimed at. Pure values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class NotTaken(Exception):
    """Figures cannot be taken here; the text says why."""


@dataclass(frozen=True)
class Samples:
    """Measurements of one thing, in one unit."""

    values: tuple[float, ...]
    unit: str
    """ms, MB (10⁶ bytes), KB (10³ bytes) or "% of a core"."""

    @classmethod
    def of(cls, values: Iterable[float], unit: str) -> Samples:
        """Some samples; raises `ValueError` for none."""
        samples = cls(tuple(values), unit)
        if not samples.values:
            raise ValueError("no samples")
        return samples

    @property
    def count(self) -> int:
        """N."""
        return len(self.values)

    @property
    def median(self) -> float:
        """The middle one."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float:
        """The value below which `share` of the samples lie, interpolated."""
        ordered = sorted(self.values)
        place = share * (len(ordered) - 1)
        below = math.floor(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True)
class Peer:
    """What a figure is compared with, measured in the same run (or computed, and then said so)."""

    what: str
    samples: Samples


@dataclass(frozen=True)
class Aim:
    """What was aimed at: at most `limit`, as a ratio to the peer or as a value."""

    limit: float
    as_ratio: bool

    def says(self, unit: str) -> str:
        """The aim in words."""
        return f"≤ {self.limit:g} ×" if self.as_ratio else f"≤ {self.limit:g} {unit}"


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    samples: Samples
    renderer: str = ""
    """Whose drawing is in it; empty where nothing is drawn."""
    peer: Peer | None = None
    aim: Aim | None = None
    parts: Sequence[tuple[str, float]] = ()
    """Where it goes, in the samples' unit; largest first when shown."""
    reason: str = ""
    """For a missed aim: why, in sentences."""

    @property
    def ratio(self) -> float | None:
        """The medians' ratio; None without a peer."""
        return None if self.peer is None else self.samples.median / self.peer.samples.median

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        value = self.ratio if self.aim.as_ratio else self.samples.median
        return value is not None and value <= self.aim.limit


@dataclass(frozen=True)
class Chapter:
    """Figures that belong together, and one paragraph that says how they were taken."""

    title: str
    how: str
    figures: Sequence[Figure]
