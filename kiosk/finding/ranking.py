"""How well each findable answers what was understood, and why: a sum of a few parts that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log1p

from rapidfuzz.fuzz import ratio

from kiosk.finding.findable import Findable
from kiosk.finding.folding import Said, core, plain
from kiosk.finding.index import Index
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.pinyin import divided, runs
from kiosk.finding.reading import Reading, Span, Understood
from kiosk.finding.sound import LETTERS, syllables

_DECAY = 0.92
"""Of an official expression against the one before it in a concept."""
_VERY_WORDS = 0.7
_WEAK, _WEAK_MORE = 0.12, 0.4
"""What another reading of the same characters counts, more if it is almost as telling as the chosen ones."""
_LEAST, _PER_CHARACTER, _MOST = 0.45, 0.22, 1.6
"""The weight of a reading by its characters."""
_COVERED = 0.18
"""For a name that the official expression says wholly."""
_LITERAL, _LITERAL_REST = 0.35, 0.9
"""BM25 of the query's own words: always, and as far as nothing else explains them."""
_FEW = 0.5
"""With so much added, the share of the query's pieces in a name that makes it count wholly."""
_SOUND_REST = 0.5
_CLOSE = 0.3
_DONE, _OTHER, _UNASKED = 0.35, 0.25, 0.1
"""The action asked for; another one than asked for; a special one when none was asked for."""
_ACTION_ALONE = 0.3
_USED, _HERE = 0.03, 0.01
_REPEATED, _SAME_MEANING = 0.14, 0.05
_LEAST_SCORE, _LEAST_SHARE = 0.2, 0.1
"""Evidence below which nothing is a hit: at all, and against the best."""
_MOST_VARIED = 20
"""Hits up to which variety is looked after."""
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
    prior: float


@dataclass
class Scored:
    """The sum for one row, and the reasons that went into it."""

    score: float = 0.0
    readings: list[tuple[Reading, str]] = field(default_factory=list)
    """With the official expression that matched."""
    literal: bool = False
    heard: bool = False


def know(findables: Sequence[Findable], lexicon: Lexicon) -> list[Known]:
    """Prepare what ranking needs of every findable."""
    most = log1p(max((each.uses for each in findables), default=0)) or 1.0
    known = []
    for each in findables:
        name = core(each.name)
        actions, family, special = set(), name, False
        for number, (is_plain, words) in enumerate(lexicon.official_actions):
            found = [word for word in words if word in name]
            if found:
                actions.add(number)
                special = special or not is_plain
                for word in sorted(found, key=len, reverse=True):
                    family = family.replace(word, "")
        prior = _USED * log1p(each.uses) / most + _HERE * each.here
        everything = "|".join(map(plain, (each.name, each.title, each.department, *each.words)))
        sound = " " + " ".join(syllables(name)) + " "
        known.append(Known(name, everything, sound, family, frozenset(actions), special, prior))
    return known


def score(
    said: Said, understood: Understood, index: Index, known: Sequence[Known], lexicon: Lexicon
) -> dict[int, Scored]:
    """Every row that answers the query at all."""
    found: dict[int, Scored] = {}
    for reading in understood.readings:
        _add_reading(found, reading, 1.0, index, known, lexicon)
    strongest = max((reading.worth for reading in understood.readings), default=1.0)
    for reading in understood.weak:
        share = _WEAK + _WEAK_MORE * min(1.0, reading.worth / strongest) ** 2
        _add_reading(found, reading, share, index, known, lexicon)
    _add_literal(found, said.text, understood, index, known)
    _add_letters(found, said, index)
    best = max((scored.score for scored in found.values()), default=0.0)
    found = {row: each for row, each in found.items() if each.score >= max(_LEAST_SCORE, _LEAST_SHARE * best)}
    content = "".join(said.text[start:end] for start, end in understood.content)
    asked = {number: each.weight for number, each in understood.actions.items()}
    surest = max(asked.values(), default=0.0)
    for row, scored in found.items():
        it = known[row]
        scored.score += it.prior + _CLOSE * ratio(content, it.core) / 100
        # An action alone, of whatever thing, says little once things were named.
        share = 1.0 if scored.readings or not understood.readings else _ACTION_ALONE
        scored.score += share * _action(it, asked, surest, lexicon)
    return found


def _add_reading(
    found: dict[int, Scored],
    reading: Reading,
    share: float,
    index: Index,
    known: Sequence[Known],
    lexicon: Lexicon,
) -> None:
    weight = share * reading.telling * min(_MOST, _LEAST + _PER_CHARACTER * reading.size)
    best: dict[int, tuple[float, str]] = {}
    for concept, faith in reading.concepts.items():
        strength = faith
        for expression in lexicon.means[concept]:
            rows = index.saying(expression)
            size = len(expression)
            for row in rows:
                value = strength * (1 + _COVERED * min(1.0, size / len(known[row].core)))
                if row not in best or best[row][0] < value:
                    best[row] = value, expression
            # What this hall does not offer takes no place from what comes after it.
            strength *= _DECAY if rows else 1.0
    if len(reading.words) > 1:
        # Names with the very words, whatever else they are known to mean.
        for row in index.saying(reading.words):
            if row not in best:
                best[row] = _VERY_WORDS * max(reading.concepts.values()), reading.words
    for row, (value, expression) in best.items():
        scored = found.setdefault(row, Scored())
        scored.score += weight * value
        scored.readings.append((reading, expression))


def _add_literal(
    found: dict[int, Scored], text: str, understood: Understood, index: Index, known: Sequence[Known]
) -> None:
    content = sum(end - start for start, end in understood.content) or 1
    left = sum(end - start for start, end in understood.rest) / content
    pieces = list(_pieces(text, understood.things))
    like = index.like(pieces, _LITERAL_ROWS)
    most = max(like.values(), default=1.0) or 1.0
    for row, value in like.items():
        # Of a name that has one piece of many, the best of a bad lot, little is thought.
        share = sum(piece in known[row].words for piece in pieces) / len(pieces)
        scored = found.setdefault(row, Scored())
        scored.score += (_LITERAL + _LITERAL_REST * left) * value / most * min(1.0, _FEW + share)
        scored.literal = True
    if not understood.rest:
        return
    sounds = [syllables(piece) for piece in _pieces(text, understood.rest) if len(piece) > 1]
    heard = index.sounding(sounds, _SOUND_ROWS)
    most = max(heard.values(), default=1.0) or 1.0
    for row, value in heard.items():
        share = sum(f" {' '.join(sound)} " in known[row].sound for sound in sounds) / len(sounds)
        scored = found.setdefault(row, Scored())
        scored.score += _SOUND_REST * left * value / most * share
        scored.heard = True


def _add_letters(found: dict[int, Scored], said: Said, index: Index) -> None:
    """Names that letters spell, by their sound or their initials, whatever the reviewed words know."""
    for start, end in runs([character in LETTERS for character in said.text]):
        typed = said.text[start:end]
        if len(typed) < _LEAST_LETTERS:
            continue
        rows: dict[int, float] = {}
        for initialled in index.initialled(typed):
            rows[initialled] = min(_MOST, _PER_CHARACTER * len(typed)) * _LETTERS_FAITH
        for division in divided(typed):
            if len(division) > 1:
                for row in index.spelt(division):
                    rows[row] = max(rows.get(row, 0.0), min(_MOST, _LEAST + _PER_CHARACTER * len(division)))
        for row, value in rows.items():
            scored = found.setdefault(row, Scored())
            scored.score += value
            scored.heard = True


def _pieces(text: str, spans: Iterable[Span]) -> Iterable[str]:
    """Pairs of neighbouring characters; a lone character stands for itself."""
    for start, end in spans:
        if end - start == 1:
            yield text[start:end]
        yield from (text[at : at + 2] for at in range(start, end - 1))


def _action(it: Known, asked: dict[int, float], surest: float, lexicon: Lexicon) -> float:
    done = 0.0
    for number, weight in asked.items():
        if number in it.actions and (not lexicon.official_actions[number][0] or not it.special):
            done = max(done, weight)
    if done:
        return _DONE * done
    if not it.special:
        return 0.0
    return -(_UNASKED + (_OTHER - _UNASKED) * surest)


def varied(found: dict[int, Scored], known: Sequence[Known], limit: int) -> list[int]:
    """The best rows, where variants of one matter do not crowd out other plausible ones."""
    ordered = sorted(found, key=lambda row: (-found[row].score, len(known[row].core), row))
    worth = {row: found[row].score for row in ordered[: limit + _MOST_VARIED]}
    meaning = {row: found[row].readings[0][1] for row in worth if found[row].readings}
    chosen: list[int] = []
    while worth and len(chosen) < limit:
        # Of equals the first: they stand in their order.
        best = max(worth, key=worth.__getitem__)
        del worth[best]
        chosen.append(best)
        if len(chosen) > _MOST_VARIED:
            continue
        for row in worth:
            if known[row].family == known[best].family:
                worth[row] -= _REPEATED
            if best in meaning and meaning.get(row) == meaning[best]:
                worth[row] -= _SAME_MEANING
    return chosen
