"""Words typed as letters: pinyin whole or begun, initials, mixed with characters, with a slip of a finger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kiosk.finding.folding import Said
from kiosk.finding.lexicon import Lexicon
from kiosk.finding.sound import LETTERS, all_syllables, loosened, syllables
from kiosk.finding.terms import Heard

Run = tuple[int, int]
"""Where letters stand together: start and end in the query."""

_BESIDE = 4
"""Characters before and after a run that may belong to a word with it."""
_LONGEST = 30
_MOST_UNFINISHED, _MOST_LOOKED_AT = 8, 300
_MOST_MIXED = 4
_LEAST_FOR_SLIPS, _LEAST_MIXED = 5, 3

_WHOLE, _CARELESS, _UNFINISHED, _MIXED, _SLIP = 0.95, 0.75, 0.65, 0.6, 0.55
_INITIALS = {2: 0.35, 3: 0.7}
_LATER = 0.04
"""How much less each further word of the same letters is believed."""

_WORD, _LETTER, _NEAR = 0.3, 0.9, 0.25
"""Costs of a further word and of an unexplained letter; how much dearer a tiling may be that is kept."""
_DEAREST = 0.4
"""Cost a letter above which letters say nothing."""


def runs(letters: Sequence[bool]) -> Iterator[Run]:
    """Where letters stand together."""
    start = None
    for at, letter in enumerate((*letters, False)):
        if letter and start is None:
            start = at
        elif not letter and start is not None:
            yield start, at
            start = None


def spelt(said: Said, run: Run, lexicon: Lexicon) -> Iterator[Heard]:
    """Every word that letters of `run`, with characters beside it, may spell."""
    text, (first, last) = said.text, run
    found = False
    sounds = [character if character in LETTERS else syllables(character)[0] for character in text]
    for start in range(max(0, first - _BESIDE), last):
        for end in range(max(start, first) + 1, min(len(text), last + _BESIDE) + 1):
            key = "".join(sounds[start:end])
            if len(key) > _LONGEST or end - start < 2:  # noqa: PLR2004  (one letter is no word)
                continue
            for heard in _window(said, start, end, key, lexicon):
                found = found or (heard.start <= first and heard.end >= last and heard.way == "pinyin")
                yield heard
    if not found:
        yield from _guessed(text, run, lexicon)


def _window(said: Said, start: int, end: int, key: str, lexicon: Lexicon) -> Iterator[Heard]:
    text = said.text
    characters = [character for character in text[start:end] if character not in LETTERS]

    def agreeing(surfaces: Sequence[str]) -> list[str]:
        return [each for each in surfaces if all(character in each for character in characters)]

    for surfaces, faith in (
        (lexicon.sounds.get(key, ()), _WHOLE),
        (lexicon.loose.get(loosened(key), ()), _CARELESS),
    ):
        for place, surface in enumerate(agreeing(surfaces)):
            yield Heard(surface, start, end, "pinyin", faith - _LATER * place, len(surface))
    initials = "".join(
        character if character in LETTERS else syllables(character)[0][0] for character in text[start:end]
    )
    for place, surface in enumerate(agreeing(lexicon.initials.get(initials, ()))):
        faith = _INITIALS.get(len(surface), 0.8) - _LATER * place
        yield Heard(surface, start, end, "initials", faith, len(surface))
    if end in said.breaks:
        begun = sorted(
            agreeing(list(islice(lexicon.sounding(key), _MOST_LOOKED_AT))), key=lexicon.place.__getitem__
        )
        for place, surface in enumerate(begun[:_MOST_UNFINISHED]):
            sound = "".join(lexicon.spelling[surface])
            size = max(1, min(len(surface), round(len(surface) * len(key) / len(sound))))
            yield Heard(surface, start, end, "pinyin", _UNFINISHED - _LATER * place, size)


def _guessed(text: str, run: Run, lexicon: Lexicon) -> Iterator[Heard]:
    """Whole runs that no rule explains: some syllables whole and some begun, or a letter wrong."""
    first, last = run
    typed = text[first:last]
    if len(typed) >= _LEAST_MIXED:
        mixed = (surface for surface in lexicon.begun(typed) if _begins(typed, lexicon.spelling[surface]))
        for place, surface in enumerate(islice(mixed, _MOST_MIXED)):
            yield Heard(surface, first, last, "initials", _MIXED - _LATER * place, len(surface))
    if len(typed) >= _LEAST_FOR_SLIPS:
        allowed = 1 if len(typed) < 2 * _LEAST_FOR_SLIPS else 2
        near = process.extract(typed, lexicon.keys, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        for key, distance, _ in near:
            for surface in lexicon.sounds[key]:
                yield Heard(surface, first, last, "error", _SLIP - 0.05 * distance, len(surface))


def _begins(typed: str, sounds: Sequence[str]) -> bool:
    """Whether `typed` is the syllables in order, each whole or at least its first letters."""
    if len(typed) < len(sounds) or typed.find(sounds[-1][0], len(sounds) - 1) < 0:
        return False
    reached = {0}
    for sound in sounds:
        ends = set()
        for at in reached:
            for size in range(1, len(sound) + 1):
                if typed[at : at + size] != sound[:size]:
                    break
                ends.add(at + size)
        reached = ends
    return len(typed) in reached


def tiled(heard: Sequence[Heard], run: Run) -> list[Heard]:
    """Of words that touch `run`, those in the cheapest ways to tile it, or in one that costs little more."""
    first, last = run
    touching = [each for each in heard if each.start < last and each.end > first]
    size = last - first
    before = [0.0] + [float("inf")] * size
    after = [float("inf")] * size + [0.0]
    spans = [
        (max(each.start, first) - first, min(each.end, last) - first, _WORD + 1 - each.faith)
        for each in touching
    ]
    starting: dict[int, list[tuple[int, float]]] = {}
    ending: dict[int, list[tuple[int, float]]] = {}
    for start, end, cost in spans:
        starting.setdefault(start, []).append((end, cost))
        ending.setdefault(end, []).append((start, cost))
    for at in range(size):
        before[at + 1] = min(before[at + 1], before[at] + _LETTER)
        for end, cost in starting.get(at, ()):
            before[end] = min(before[end], before[at] + cost)
    for at in range(size, 0, -1):
        after[at - 1] = min(after[at - 1], after[at] + _LETTER)
        for start, cost in ending.get(at, ()):
            after[start] = min(after[start], after[at] + cost)
    if before[-1] > _DEAREST * size and not any(end - start == size for start, end, _ in spans):
        return []
    return [
        each
        for each, (start, end, cost) in zip(touching, spans, strict=True)
        if before[start] + cost + after[end] <= before[-1] + _NEAR
    ]


@cache
def _begun_syllables() -> frozenset[str]:
    return frozenset(each[:size] for each in all_syllables() for size in range(1, len(each) + 1))


def divided(typed: str, most: int = 3) -> list[tuple[str, ...]]:
    """How letters divide into syllables, the last one perhaps unfinished; the fewest syllables first."""
    known, begun = all_syllables(), _begun_syllables()
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in typed)]
    for end in range(1, len(typed) + 1):
        for start in range(max(0, end - 6), end):
            piece = typed[start:end]
            if piece in known or (end == len(typed) and start and piece in begun):
                ways[end].extend((*way, piece) for way in ways[start])
        ways[end] = sorted(ways[end], key=len)[:most]
    return ways[-1]
