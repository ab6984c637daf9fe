"""Which findables answer what was understood, best first: evidence, the action asked for, use, variety."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p

from rapidfuzz.fuzz import ratio

from kiosk.finding.evidence import Evidence, Known, Scored
from kiosk.finding.findable import Findable
from kiosk.finding.folding import Said, core, plain
from kiosk.finding.index import Index
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.reading import Reading, Understood
from kiosk.finding.sound import syllables

_WEAK, _WEAK_MORE = 0.12, 0.4
"""What another reading of the same characters counts, more if it is almost as telling as the chosen ones."""
_NEAR = 1.0
"""What a concept counts that is spoken of in words like the query's; times the likeness."""
_CLOSE = 0.3
"""For a name that is written just as the query."""
_DONE, _OTHER, _UNASKED = 0.45, 0.25, 0.1
"""The action asked for; another one than asked for; a special one when none was asked for."""
_FIRST = ("核发", "新办", "设立", "首次", "初次", "初领", "新增")
_LEAST_ACTION, _ACTION_ALONE = 0.4, 0.3
_USED, _HERE = 0.03, 0.01
_REPEATED, _SAME_MEANING = 0.14, 0.05
_LEAST_SCORE, _LEAST_SHARE = 0.2, 0.1
"""Evidence below which nothing is a hit: at all, and against the best."""
_MOST_VARIED = 20
"""Hits up to which variety is looked after."""


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
        first = not special and any(word in name for word in _FIRST)
        prior = _USED * log1p(each.uses) / most + _HERE * each.here
        everything = "|".join(map(plain, (each.name, each.title, each.department, *each.words)))
        sound = " " + " ".join(syllables(name)) + " "
        known.append(Known(name, everything, sound, family, frozenset(actions), special, first, prior))
    return known


def score(
    said: Said, understood: Understood, index: Index, known: Sequence[Known], lexicon: Lexicon
) -> dict[int, Scored]:
    """Every row that answers the query at all."""
    evidence = Evidence(index, known, lexicon)
    special = {
        number
        for number, each in understood.actions.items()
        if not lexicon.official_actions[number][0] and each.weight >= _LEAST_ACTION
    }
    for reading in understood.readings:
        evidence.reading(reading, 1.0)
        evidence.variants(reading, special)
    strongest = max((reading.worth for reading in understood.readings), default=1.0)
    for reading in understood.weak:
        evidence.reading(reading, _WEAK + _WEAK_MORE * min(1.0, reading.worth / strongest) ** 2)
    if understood.near:
        evidence.reading(Reading((), understood.near, "word", 0, 0.0), _NEAR)
    evidence.own_words(said.text, understood)
    evidence.letters(said.text)
    best = max((scored.score for scored in evidence.found.values()), default=0.0)
    least = max(_LEAST_SCORE, _LEAST_SHARE * best)
    found = {row: scored for row, scored in evidence.found.items() if scored.score >= least}
    content = "".join(said.text[start:end] for start, end in understood.content)
    asked = {number: each.weight for number, each in understood.actions.items()}
    for row, scored in found.items():
        it = known[row]
        scored.score += it.prior + _CLOSE * ratio(content, it.core) / 100
        # An action alone, of whatever thing, says little once things were named.
        share = 1.0 if scored.readings or not understood.readings else _ACTION_ALONE
        scored.score += share * _action(it, asked, lexicon)
    return found


def _action(it: Known, asked: dict[int, float], lexicon: Lexicon) -> float:
    done = surest = 0.0
    for number, weight in asked.items():
        is_plain = lexicon.official_actions[number][0]
        surest = max(surest, weight)
        if number in it.actions and (not is_plain or not it.special):
            done = max(done, weight)
    if done:
        return _DONE * done
    if it.special:
        return -(_UNASKED + (_OTHER - _UNASKED) * surest)
    other = surest if any(not lexicon.official_actions[number][0] for number in asked) else 0.0
    return -_OTHER * other if it.first else 0.0


def varied(found: dict[int, Scored], known: Sequence[Known], limit: int) -> list[int]:
    """The best rows, where variants of one matter do not crowd out other plausible ones."""
    ordered = sorted(found, key=lambda row: (-found[row].score, len(known[row].core), row))
    worth = {row: found[row].score for row in ordered[: limit + _MOST_VARIED]}
    meaning = {row: found[row].readings[0][1] for row in worth if found[row].readings}
    chosen: list[int] = []
    families: Counter[str] = Counter()
    while worth and len(chosen) < limit:
        # Of equals the first: they stand in their order.
        best = max(worth, key=worth.__getitem__)
        del worth[best]
        chosen.append(best)
        if len(chosen) > _MOST_VARIED:
            continue
        families[known[best].family] += 1
        for row in worth:
            if known[row].family == known[best].family:
                worth[row] -= _REPEATED * families[known[best].family]
            if best in meaning and meaning.get(row) == meaning[best]:
                worth[row] -= _SAME_MEANING
    return chosen
