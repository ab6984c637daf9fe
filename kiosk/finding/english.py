"""English words: what a query in them means, over the English names of what can be found.

Words are compared by their stems, which SQLite's Porter stemmer gives: of "renewal" and "renewing" it is
"renew". A word may have been typed in part, or with a slip of the finger; reviewed everyday words stand for
those of the names, and for groups of them ("green card").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from math import log1p

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kiosk.finding.findable import Findable, Hit, Match, Way
from kiosk.finding.stems import Stems
from kiosk.finding.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z0-9]+")
_PRECISE, _DEPARTMENT = 0.35, 0.3
"""What counts that little else is in a name; and a word of the department only, beside one of a name."""
_USED, _HERE = 0.03, 0.02
_MEANT, _LATER, _LEAST_MEANT = 0.95, 0.04, 0.7
"""How far an everyday word is believed to mean the first of its words, each later one, and any."""
_BEGUN, _MORE_BEGUN, _BEGUN_TOO = 0.5, 0.4, 0.6
"""How far an unfinished word is believed: at all, when almost all is there, when it is a word already."""
_LEAST_BEGUN, _LEAST_FOR_SLIPS, _LONG = 3, 4, 8
_SLIP, _MOST_ENDINGS, _MOST_SLIPS = 0.7, 24, 3
_LEAST_SHARE = 0.4
"""Score, against the best, below which nothing is a hit."""


@dataclass(frozen=True)
class Typed:
    """A word of the query."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Sense:
    """One thing that words of the query may stand for: stems that must all be there."""

    stems: frozenset[str]
    faith: float
    way: Way


@dataclass(frozen=True)
class Part:
    """Words of the query that belong together, and what they may stand for."""

    said: str
    letters: int
    senses: tuple[Sense, ...]
    sure: float
    """How surely these are English words that are known here, 0 to 1."""


@dataclass(frozen=True)
class InEnglish:
    """A query as English words."""

    hits: tuple[Hit, ...] = ()
    """Best first."""
    understood: float = 0.0
    """The share of its letters that are explained, 0 to 1."""


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    stems: tuple[str, ...]


class English:
    """Built once; `find` changes nothing."""

    def __init__(self, findables: Sequence[Findable], vocabulary: Vocabulary) -> None:
        self._findables = findables
        self._spelling = {other: first for first, *others in vocabulary.english_spellings for other in others}
        texts = [tuple(map(self._words, each.english)) for each in findables]
        self._stems = Stems(
            {word for names in texts for name in names for word in name}
            | {
                word
                for each in vocabulary.english
                for one in (*each.said, *each.means)
                for word in self._words(one)
            }
            | {word for filler in vocabulary.english_fillers for word in self._words(filler)}
        )
        self._fillers = frozenset(map(self._stems.of, vocabulary.english_fillers))
        self._names = [tuple(_Name(name, self._stems.all(name)) for name in names) for names in texts]
        self._rows = self._places()
        self._rare = {stem: log1p(len(findables) / len(rows)) for stem, rows in self._rows.items()}
        self._meaning = self._meanings(vocabulary)
        self._longest = max(map(len, self._meaning), default=1)
        most = log1p(max((each.uses for each in findables), default=0)) or 1.0
        self._prior = [_USED * log1p(each.uses) / most + _HERE * each.here for each in findables]
        telling = {stem for stem in self._rows if stem not in self._fillers}
        telling |= {said[0] for said in self._meaning if len(said) == 1}
        self._complete = sorted(word for word in self._stems.words if self._stems.of(word) in telling)

    def find(self, query: str, limit: int) -> InEnglish:
        """Up to `limit` hits for a query of Latin letters, and how much of it is understood."""
        if not self._rows:
            return InEnglish()
        text = unicodedata.normalize("NFKC", query)
        typed = [
            Typed(self._spelling.get(each[0], each[0]), *each.span()) for each in _WORD.finditer(text.lower())
        ]
        parts = list(self._parts(text, typed, self._fillers))
        if not any(part.senses for part in parts):
            # A name may be made of such words ("Have somebody help me apply").
            parts = list(self._parts(text, typed, frozenset()))
        content = [part for part in parts if part.senses]
        letters = sum(part.letters for part in parts)
        if not content:
            return InEnglish()
        hits = self._scored(content, limit)
        return InEnglish(
            tuple(hits), sum(part.sure * part.letters for part in parts) / letters if hits else 0.0
        )

    def _words(self, text: str) -> tuple[str, ...]:
        found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
        return tuple(self._spelling.get(word, word) for word in found)

    def _places(self) -> Mapping[str, Mapping[int, float]]:
        """By stem: the rows that have it, with 1 for the name and the title."""
        places: dict[str, dict[int, float]] = defaultdict(dict)
        for row, names in enumerate(self._names):
            for number, name in enumerate(names):
                weight = _DEPARTMENT if number and number == len(names) - 1 else 1.0
                for stem in name.stems:
                    places[stem][row] = max(weight, places[stem].get(row, 0.0))
        return dict(places)

    def _meanings(self, vocabulary: Vocabulary) -> Mapping[tuple[str, ...], tuple[Sense, ...]]:
        """By the stems of what is said: what it may mean."""
        meanings: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
        for each in vocabulary.english:
            for said in each.said:
                key = self._stems.all(self._words(said))
                for place, means in enumerate(each.means):
                    faith = max(_LEAST_MEANT, _MEANT - _LATER * place)
                    stems = frozenset(self._stems.all(self._words(means)))
                    meanings[key].append(Sense(stems, 1.0 if stems == {*key} else faith, "word"))
        return {key: tuple(senses) for key, senses in meanings.items()}

    # ---- reading -------------------------------------------------------------------------------------------

    def _parts(self, query: str, typed: Sequence[Typed], fillers: frozenset[str]) -> Iterator[Part]:
        """The query from left to right, the longest known group of words first."""
        stems = [self._stems.of(word.text) for word in typed]
        at = 0
        while at < len(typed):
            size = next(
                (
                    size
                    for size in range(min(self._longest, len(typed) - at), 1, -1)
                    if tuple(stems[at : at + size]) in self._meaning
                ),
                1,
            )
            said = query[typed[at].start : typed[at + size - 1].end]
            letters = sum(len(word.text) for word in typed[at : at + size])
            if size > 1:
                key = tuple(stems[at : at + size])
                whole = Sense(frozenset(key), 1.0, "same")
                yield Part(said, letters, (whole, *self._meaning[key]), 1.0)
            elif stems[at] in fillers:
                yield Part(said, letters, (), 1.0)
            else:
                unfinished = at + 1 == len(typed) and typed[at].end == len(query)
                senses = tuple(self._senses(typed[at].text, stems[at], unfinished=unfinished))
                yield Part(said, letters, senses, max((sense.faith for sense in senses), default=0.0))
            at += size

    def _senses(self, word: str, stem: str, *, unfinished: bool) -> Iterator[Sense]:
        known = tuple(self._of_stem(stem, 1.0, "same"))
        yield from known
        begun = False
        if unfinished and len(word) >= _LEAST_BEGUN:
            for other in self._endings(word):
                begun = True
                faith = _BEGUN_TOO if known else _BEGUN + _MORE_BEGUN * len(word) / len(other)
                yield from self._of_stem(self._stems.of(other), faith, "same")
        if not known and not begun and len(word) >= _LEAST_FOR_SLIPS:
            wrong = 1 if len(word) < _LONG else 2
            near = process.extract(
                word, self._complete, scorer=OSA.distance, score_cutoff=wrong, limit=_MOST_SLIPS
            )
            for other, distance, _ in near:
                yield from self._of_stem(self._stems.of(other), _SLIP - 0.1 * (distance - 1), "error")

    def _endings(self, word: str) -> Iterator[str]:
        first = bisect_left(self._complete, word)
        going = takewhile(lambda other: other.startswith(word), islice(self._complete, first, None))
        return islice((other for other in going if other != word), _MOST_ENDINGS)

    def _of_stem(self, stem: str, faith: float, way: Way) -> Iterator[Sense]:
        if stem in self._rows:
            yield Sense(frozenset({stem}), faith, way)
        for sense in self._meaning.get((stem,), ()):
            yield Sense(sense.stems, faith * sense.faith, "error" if way == "error" else "word")

    # ---- weighing ------------------------------------------------------------------------------------------

    def _scored(self, parts: Sequence[Part], limit: int) -> Iterator[Hit]:
        """Hits for what the parts may stand for, best first."""
        whole = 0.0
        scores: dict[int, float] = defaultdict(float)
        told: dict[int, list[tuple[Part, Sense]]] = defaultdict(list)
        for part in parts:
            best: dict[int, tuple[float, Sense]] = {}
            for sense in part.senses:
                for row, weight in self._having(sense.stems).items():
                    if row not in best or weight * sense.faith > best[row][0]:
                        best[row] = weight * sense.faith, sense
            rare = log1p(len(self._findables) / max(1, len(best)))
            whole += rare
            for row, (credit, sense) in best.items():
                scores[row] += rare * credit
                told[row].append((part, sense))
        for row, credit in scores.items():
            stems = {stem for _, sense in told[row] for stem in sense.stems}
            scores[row] = credit / whole + _PRECISE * self._precise(row, stems) + self._prior[row]
        ordered = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
        for row in ordered:
            if scores[row] >= _LEAST_SHARE * scores[ordered[0]]:
                yield Hit(self._findables[row].id, round(scores[row], 4), tuple(self._why(row, told[row])))

    def _having(self, stems: frozenset[str]) -> Mapping[int, float]:
        """Rows that have them all, and the least weight among them."""
        first, *others = sorted((self._rows.get(stem, {}) for stem in stems), key=len)
        if not others:
            return first
        return {
            row: min(weight, *(other[row] for other in others))
            for row, weight in first.items()
            if all(row in other for other in others)
        }

    def _precise(self, row: int, stems: set[str]) -> float:
        """How much of a name or a title was said, 0 to 1."""
        shares = [0.0]
        for name in self._names[row][:-1]:
            telling = [self._rare[stem] for stem in name.stems if stem not in self._fillers]
            said = [self._rare[stem] for stem in name.stems if stem in stems and stem not in self._fillers]
            shares.append(sum(said) / sum(telling) if telling else 0.0)
        return max(shares)

    def _why(self, row: int, told: Iterable[tuple[Part, Sense]]) -> Iterator[Match]:
        for part, sense in told:
            name = max(self._names[row], key=lambda each: len(sense.stems.intersection(each.stems)))
            words = dict.fromkeys(
                word for word, stem in zip(name.words, name.stems, strict=True) if stem in sense.stems
            )
            yield Match(part.said, " ".join(words), sense.way)
