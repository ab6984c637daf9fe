"""What can be found, and what was found: plain values between the search and the screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Way = Literal["same", "word", "pinyin", "initials", "error"]
"""How words of a query came to words of a name: the same words; everyday words for official ones; typed in
pinyin; its initials only; a homophone or a slip of the finger set right."""


@dataclass(frozen=True)
class Findable:
    """One matter, listing or question that a person may look for."""

    id: str
    name: str
    """The official name."""
    title: str = ""
    """What a person would call it."""
    department: str = ""
    words: tuple[str, ...] = ()
    """Further words under which it should be found."""
    english: tuple[str, ...] = ()
    """Its name, title and department in English, as far as they are known; the department last."""
    here: bool = False
    """Whether it can be done on this terminal."""
    uses: int = 0
    """How often it was used in this hall: decides between hits of nearly the same meaning only."""


@dataclass(frozen=True)
class Match:
    """A part of the query, and the part of the findable's own words that it stands for."""

    said: str
    """As typed."""
    found: str
    """Words of the name (or title, or further words)."""
    way: Way


@dataclass(frozen=True)
class Hit:
    """A findable that may be meant."""

    id: str
    score: float
    """Larger is better; comparable within one answer only."""
    why: tuple[Match, ...]
