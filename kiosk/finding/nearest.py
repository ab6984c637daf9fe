"""Which concepts are spoken of in words most like a query's, where no phrase stands in it word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import log, sqrt

_LIKE = 0.7
"""What a kind of word shared counts, against the same two characters."""
_RARE = 0.5
"""What a pair of characters that no phrase has counts in the length of a query."""
_LONGEST = 6


class Phrases:
    """Every everyday phrase as a bag of pieces: pairs of characters, and the kinds of words in it."""

    def __init__(self, phrases: Iterable[tuple[str, int]], like: Mapping[str, tuple[str, ...]]) -> None:
        """Phrases with their concepts; and of words, what kinds of words they are."""
        self._like = {word: kinds for word, kinds in like.items() if len(word) <= _LONGEST}
        self._concepts: list[int] = []
        bags: list[frozenset[str]] = []
        for phrase, concept in phrases:
            self._concepts.append(concept)
            bags.append(self._pieces(phrase))
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for piece in bag:
                self._holding[piece].append(number)
        self._weights = {
            piece: log(len(bags) / len(numbers)) * (_LIKE if piece[0] in "@#" else 1.0)
            for piece, numbers in self._holding.items()
        }
        self._lengths = [sqrt(sum(self._weights[piece] ** 2 for piece in bag)) or 1.0 for bag in bags]
        self._unknown = log(len(bags) + 1.0)

    def near(self, text: str, most: int, least: float) -> dict[int, float]:
        """Concepts by number, with the likeness of their nearest phrase from `least` to 1."""
        bag = self._pieces(text)
        sums: dict[int, float] = defaultdict(float)
        for piece in bag:
            weight = self._weights.get(piece, 0.0) ** 2
            for number in self._holding.get(piece, ()):
                sums[number] += weight
        length = sqrt(sum(self._weights.get(piece, _RARE * self._unknown) ** 2 for piece in bag)) or 1.0
        found: dict[int, float] = {}
        for number, shared in sums.items():
            likeness = shared / (self._lengths[number] * length)
            if likeness >= least:
                concept = self._concepts[number]
                found[concept] = max(likeness, found.get(concept, 0.0))
        return dict(nlargest(most, found.items(), key=lambda each: each[1]))

    def _pieces(self, text: str) -> frozenset[str]:
        found: set[str] = set()
        for run in text.split(" "):
            found.update(run[at : at + 2] for at in range(len(run) - 1))
            for start in range(len(run)):
                for end in range(start + 1, min(len(run), start + _LONGEST) + 1):
                    for kind in self._like.get(run[start:end], ()):
                        found.add(kind if kind[0] == "@" else "#" + kind)
        return frozenset(found)
