"""What speaks for each findable: concepts, variants of their matters, the query's own words, their sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from math import log

from kiosk.finding.index import Index
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.pinyin import divided, runs
from kiosk.finding.reading import Reading, Span, Understood
from kiosk.finding.sound import LETTERS, syllables

_LEAST, _PER_CHARACTER, _MOST = 0.45, 0.22, 1.6
"""The weight of a reading: with no characters, of each, at most."""
_DECAY = 0.92
"""Of an official expression against the one before it in a concept."""
_COVERED = 0.18
"""For a name that the official expression says wholly."""
_MANY = 0.05
"""By how much less an official expression says that e times as many names have."""
_VERY_WORDS = 0.7
"""For names with the very words of the query, against those that the words are known to mean."""
_VARIANT, _MOST_VARIANTS, _LEAST_STEM = 0.85, 2, 3
_PLAIN_END = re.compile(
    r"(?:[（(]?(?:许可证?|核发|设立|登记|新办|办理|备案|审批|申领|认定|新增|配发|发放|初次申领|证书?)[）)]?)+$"
)
"""What the name of a matter ends with when it is had for the first time."""
_LITERAL, _LITERAL_REST = 0.35, 0.9
"""BM25 of the query's own words: always, and as far as nothing else explains them."""
_FEW = 0.5
"""With so much added, the share of the query's pieces in a name; at 1 the name counts wholly."""
_SOUND_REST = 0.5
_LEAST_LETTERS, _LETTERS_FAITH = 3, 0.85
_LITERAL_ROWS, _SOUND_ROWS = 60, 30


@dataclass(frozen=True)
class Known:
    """A findable as ranking sees it."""

    core: str
    words: str
    """All its words, plain."""
    sound: str
    """The name's syllables, each between spaces."""
    family: str
    """The name without its actions: variants of one matter share it."""
    actions: frozenset[int]
    special: bool
    """Whether it is a variant that is meant only when its action is said."""
    first: bool
    """Whether it is only for those who have none yet."""
    prior: float


@dataclass
class Scored:
    """The sum for one row, and the readings that went into it, each with the official words that matched."""

    score: float = 0.0
    readings: list[tuple[Reading, str]] = field(default_factory=list)


class Evidence:
    """The sums for one query, row by row."""

    def __init__(self, index: Index, known: Sequence[Known], lexicon: Lexicon) -> None:
        self.found: dict[int, Scored] = {}
        self._index, self._known, self._lexicon = index, known, lexicon

    def _of(self, row: int) -> Scored:
        return self.found.setdefault(row, Scored())

    def reading(self, reading: Reading, share: float) -> None:
        """Add what the concepts of a reading mean."""
        weight = share * reading.telling * _weight(reading.size)
        best: dict[int, tuple[float, str]] = {}
        for concept, faith in reading.concepts.items():
            strength = faith
            for expression in self._lexicon.means[concept]:
                rows = self._index.saying(expression)
                narrow = max(0.0, 1 - _MANY * log(len(rows))) if rows else 0.0
                for row in rows:
                    covered = min(1.0, len(expression) / len(self._known[row].core))
                    value = strength * narrow * (1 + _COVERED * covered)
                    if row not in best or best[row][0] < value:
                        best[row] = value, expression
                # What this hall does not offer takes no place from what comes after it.
                strength *= _DECAY if rows else 1.0
        if len(reading.words) > 1:
            for row in self._index.saying(reading.words):
                best.setdefault(row, (_VERY_WORDS * max(reading.concepts.values()), reading.words))
        for row, (value, expression) in best.items():
            scored = self._of(row)
            scored.score += weight * value
            scored.readings.append((reading, expression))

    def variants(self, reading: Reading, asked: AbstractSet[int]) -> None:
        """Add matters like those a reading means, with an action that was asked for: changed, cancelled …"""
        if not asked:
            return
        weight = _VARIANT * reading.telling * _weight(reading.size)
        for concept, faith in reading.concepts.items():
            for expression in self._lexicon.means[concept][:_MOST_VARIANTS]:
                stem = _PLAIN_END.sub("", expression)
                if len(stem) < _LEAST_STEM or stem == expression:
                    continue
                for row in self._index.saying(stem):
                    new = row not in self.found or all(
                        each is not reading for each, _ in self.found[row].readings
                    )
                    if new and self._known[row].actions & asked:
                        scored = self._of(row)
                        scored.score += weight * faith
                        scored.readings.append((reading, stem))

    def own_words(self, text: str, understood: Understood) -> None:
        """Add names with the query's own words; and, for what nothing explains, names that sound like it."""
        content = sum(end - start for start, end in understood.content) or 1
        left = sum(end - start for start, end in understood.rest) / content
        pieces = list(_pieces(text, understood.things))
        like = self._index.like(pieces, _LITERAL_ROWS)
        most = max(like.values(), default=1.0) or 1.0
        for row, value in like.items():
            # Of a name that has one piece of many, the best of a bad lot, little is thought.
            share = sum(piece in self._known[row].words for piece in pieces) / len(pieces)
            self._of(row).score += (_LITERAL + _LITERAL_REST * left) * value / most * min(1.0, _FEW + share)
        sounds = [syllables(piece) for piece in _pieces(text, understood.rest) if len(piece) > 1]
        heard = self._index.sounding(sounds, _SOUND_ROWS)
        most = max(heard.values(), default=1.0) or 1.0
        for row, value in heard.items():
            share = sum(f" {' '.join(sound)} " in self._known[row].sound for sound in sounds) / len(sounds)
            self._of(row).score += _SOUND_REST * left * value / most * share

    def letters(self, text: str) -> None:
        """Add names that letters spell, by sound or initials, whatever the reviewed words know."""
        for start, end in runs([character in LETTERS for character in text]):
            typed = text[start:end]
            if len(typed) < _LEAST_LETTERS:
                continue
            weight = _LETTERS_FAITH * min(_MOST, _PER_CHARACTER * len(typed))
            rows = dict.fromkeys(self._index.initialled(typed), weight)
            for division in divided(typed):
                if len(division) > 1:
                    for row in self._index.spelt(division):
                        rows[row] = max(rows.get(row, 0.0), _weight(len(division)))
            for row, value in rows.items():
                self._of(row).score += value


def _weight(size: int) -> float:
    return min(_MOST, _LEAST + _PER_CHARACTER * size)


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """Pairs of neighbouring characters; a lone character stands for itself."""
    for start, end in spans:
        if end - start == 1:
            yield text[start:end]
        yield from (text[at : at + 2] for at in range(start, end - 1))
