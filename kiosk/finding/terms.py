"""A word heard in a query, and a pattern of words: plain values between lexicon, hearing and reading."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.finding.findable import Way


@dataclass(frozen=True, slots=True)
class Heard:
    """A surface at a place of a query."""

    surface: str
    start: int
    end: int
    way: Way
    faith: float
    """From 0 to 1: how sure it is that this was meant."""
    size: int
    """Characters that it explains, counted as characters of the surface."""


@dataclass(frozen=True)
class Pattern:
    """Parts that all stand somewhere in a query; a part may be said with any of the words like it."""

    parts: tuple[str, ...]
    concept: int
    free: bool = False
    """Derived: an action in it stands for all words of that action."""
