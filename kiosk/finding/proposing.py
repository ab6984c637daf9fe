"""Words that found nothing, as proposals for the vocabulary: grouped by the concept they are nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kiosk.finding.folding import is_personal, plain
from kiosk.finding.vocabulary import Concept

_NEAR = 55
"""Likeness from which a concept is proposed (rapidfuzz, out of 100)."""
_MOST = 12
"""Characters of the longest words proposed: longer ones are sentences, which are taken apart when read."""


@dataclass(frozen=True)
class Proposal:
    """Words for one concept; without one, somebody has to say what they mean."""

    concept: Concept | None
    near: str
    """The known words that they are like."""
    words: Mapping[str, int]
    """And how often each found nothing."""

    @property
    def count(self) -> int:
        """Together."""
        return sum(self.words.values())


def proposals(unfound: Mapping[str, int], concepts: Sequence[Concept]) -> list[Proposal]:
    """What could be added, what was missed most often first. Numbers of persons are left out."""
    known: dict[str, Concept] = {}
    for concept in concepts:
        for phrase in (*concept.said, *concept.means):
            known.setdefault(plain(phrase), concept)
    grouped: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    nearest: dict[tuple[str, ...], tuple[Concept | None, str]] = {}
    for words, count in unfound.items():
        folded = plain(words)
        if not folded.strip("0123456789") or folded in known or len(folded) > _MOST or is_personal(words):
            continue
        near = _nearest(folded, known)
        meant = known.get(near)
        key = meant.means if meant else (folded,)
        grouped[key][folded] = grouped[key].get(folded, 0) + count
        nearest.setdefault(key, (meant, near))
    found = [Proposal(*nearest[key], each) for key, each in grouped.items()]
    return sorted(found, key=lambda each: (-each.count, each.near, tuple(each.words)))


def _nearest(words: str, known: Mapping[str, Concept]) -> str:
    best = process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return best[0] if best else ""
