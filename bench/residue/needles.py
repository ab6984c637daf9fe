"""Needles and the search for them in bytes: one pass, every needle and every coding at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

POINTS_FOR_A_STROKE = 3
"""One point of a stroke is a pair of small numbers, and such pairs are everywhere; three of them are ink."""


@dataclass(frozen=True)
class Needle:
    """Something of a person in one coding; `pattern` is a regular expression over bytes."""

    kind: str
    coding: str
    pattern: bytes
    longest: int
    """Bytes; the most that `pattern` can match."""
    point: bool = False
    """Means something only together with `POINTS_FOR_A_STROKE` - 1 others of its coding."""


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
    """Exactly these bytes; zeros at the end say nothing and are left away."""
    what = what.rstrip(b"\0")
    return Needle(kind, coding, re.escape(what), len(what), point)


class Haystack:
    """All needles of one search."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        self.needles = tuple(needles)
        self.overlap = max(needle.longest for needle in needles) - 1

    @cached_property
    def _any(self) -> re.Pattern[bytes]:
        # Plain alternatives, without groups: the engine then skips by a set of first bytes.
        return re.compile(b"|".join(needle.pattern for needle in self.needles), re.DOTALL)

    def hits(self, pieces: Iterable[tuple[int, bytes]]) -> tuple[int, list[Hit]]:
        """Search pieces of (place, bytes), which may overlap; the bytes searched, and what was found."""
        searched, found = 0, set()
        for start, piece in pieces:
            searched += len(piece)
            for match in self._any.finditer(piece):
                for needle in self.needles:
                    if re.match(needle.pattern, piece[match.start() :][: needle.longest], re.DOTALL):
                        found.add(Hit(needle, start + match.start()))
        return searched, _meaning(found)

    def in_pieces(self, start: int, data: bytes, size: int = 1 << 22) -> Iterator[tuple[int, bytes]]:
        """Cut long data so that nothing can hide on a cut."""
        for begin in range(0, len(data), size):
            yield start + begin, data[begin : begin + size + self.overlap]


def _meaning(found: Iterable[Hit]) -> list[Hit]:
    """Drop lonely points."""
    points: dict[tuple[str, str], set[bytes]] = {}
    for hit in found:
        if hit.needle.point:
            points.setdefault((hit.needle.kind, hit.needle.coding), set()).add(hit.needle.pattern)
    return sorted(
        (
            hit
            for hit in found
            if not hit.needle.point or len(points[hit.needle.kind, hit.needle.coding]) >= POINTS_FOR_A_STROKE
        ),
        key=lambda hit: hit.at,
    )
