"""Needles and the search for them in bytes: one pass, every needle and every coding at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

POINTS_FOR_A_STROKE = 3
"""One point of a stroke is a pair of small numbers, and such pairs are everywhere; three of them are ink."""

PIECE = 1 << 22
"""Bytes searched at once."""

_ANCHOR = 4
_HASH = np.uint32(0x9E3779B1)  # Fibonacci hashing: the golden ratio's share of 2³²


@dataclass(frozen=True)
class Needle:
    """Something of a person in one coding. `parts` lie one after the other, `gap` unknown bytes between."""

    kind: str
    coding: str
    parts: tuple[bytes, ...]
    gap: int = 0
    point: bool = False
    """Means something only together with `POINTS_FOR_A_STROKE` - 1 others of its coding."""

    @property
    def longest(self) -> int:
        """Bytes that it takes."""
        return sum(len(part) for part in self.parts) + self.gap * (len(self.parts) - 1)

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """The needle as a regular expression."""
        between = b".{%d}" % self.gap
        return re.compile(between.join(map(re.escape, self.parts)), re.DOTALL)


@dataclass(frozen=True)
class Hit:
    """A needle found: where it was is an address or an offset in a file."""

    needle: Needle
    at: int


def text_needles(kind: str, text: str) -> list[Needle]:
    """A text in every coding it may lie about in; codings that give the same bytes are one needle.

    Qt keeps text as UTF-16LE; Python as one, two or four bytes a character, by the widest one.
    """
    codings = {coding: text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le", "gb18030")}
    escaped = "".join(f"\\u{ord(character):04x}" if character > "~" else character for character in text)
    codings["JSON escapes"] = escaped.encode()
    codings["JSON escapes, capitals"] = escaped.upper().replace("\\U", "\\u").encode()
    first_with = {found: coding for coding, found in reversed(codings.items())}
    return [literal(kind, coding, found) for found, coding in first_with.items()]


def literal(kind: str, coding: str, what: bytes, *, point: bool = False) -> Needle:
    """Exactly these bytes; zeros at both ends say nothing and are left away."""
    return Needle(kind, coding, (what.strip(b"\0"),), point=point)


class Haystack:
    """All needles of one search.

    Of each needle four telling bytes are looked for at every place, by hash; only where they are is the whole
    needle compared. A search by the needles themselves takes minutes for what a terminal holds in memory.
    """

    def __init__(self, needles: Sequence[Needle]) -> None:
        self.overlap = max(needle.longest for needle in needles) - 1
        self._by_anchor: dict[int, list[tuple[int, Needle, re.Pattern[bytes]]]] = {}
        for needle in needles:
            at, anchor = _anchor(needle.parts[0])
            self._by_anchor.setdefault(anchor, []).append((at, needle, needle.pattern))
        self._anchors = np.array(sorted(self._by_anchor), np.uint32)
        self._sieve = np.zeros(1 << 16, np.bool_)
        self._sieve[_hashed(self._anchors)] = True

    def hits(self, pieces: Iterable[tuple[int, bytes]]) -> tuple[int, list[Hit]]:
        """Search pieces of (place, bytes), which may overlap; the bytes searched, and what was found."""
        searched, found = 0, set()
        for start, piece in pieces:
            searched += len(piece)
            for place, anchor in self._candidates(piece):
                for at, needle, pattern in self._by_anchor[anchor]:
                    if place >= at and pattern.match(piece, place - at):
                        found.add(Hit(needle, start + place - at))
        return searched, _meaning(found)

    def in_pieces(self, start: int, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Cut long data so that nothing can hide on a cut."""
        for begin in range(0, len(data), PIECE):
            yield start + begin, data[begin : begin + PIECE + self.overlap]

    def _candidates(self, piece: bytes) -> Iterator[tuple[int, int]]:
        for shift in range(min(_ANCHOR, len(piece) - _ANCHOR + 1)):
            words = np.frombuffer(piece, np.uint32, (len(piece) - shift) // _ANCHOR, shift)
            sifted = np.flatnonzero(self._sieve[_hashed(words)])
            exact = sifted[np.isin(words[sifted], self._anchors)]
            yield from zip((shift + _ANCHOR * exact).tolist(), words[exact].tolist(), strict=True)


def _hashed(words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (words * _HASH) >> np.uint32(16)


def _anchor(part: bytes) -> tuple[int, int]:
    """Where in `part` its most telling four bytes are, and what they say as a number of this machine."""
    places = range(len(part) - _ANCHOR + 1)
    at = max(places, key=lambda place: len(set(part[place : place + _ANCHOR]) - {0}))
    return at, int(np.frombuffer(part, np.uint32, 1, at)[0])


def _meaning(found: Iterable[Hit]) -> list[Hit]:
    """Drop lonely points."""
    found = list(found)
    points: dict[tuple[str, str], set[Needle]] = {}
    for hit in found:
        points.setdefault((hit.needle.kind, hit.needle.coding), set()).add(hit.needle)

    def means(hit: Hit) -> bool:
        different = points[hit.needle.kind, hit.needle.coding]
        return not hit.needle.point or len(different) >= POINTS_FOR_A_STROKE

    return sorted(filter(means, found), key=lambda hit: hit.at)
