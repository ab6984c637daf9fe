"""Which surfaces can be heard in a query, and how: written so, looking or sounding so, by a slip."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kiosk.finding.folding import Said
from kiosk.finding.lexicon import LONGEST, Lexicon, shortened
from kiosk.finding.pinyin import runs, spelt, tiled
from kiosk.finding.sound import LETTERS, loosened, syllables
from kiosk.finding.terms import Heard

_LONGEST_SOUND = 12
_LONGEST_SLIP = 9
_MOST_UNFINISHED = 5
_LONG = 4

# How far a way of hearing is believed, against the words themselves.
_PARTICLES = frozenset("了的个过着得把被里那这要想去给我")
_UNFINISHED, _PARTED = 0.6, 0.9
_HOMOPHONE = {2: 0.6}
_LOOKALIKE = {2: 0.6}
_SLIP = {3: 0.35}
_MISSING, _EXTRA = 0.6, 0.55
_CARELESS = 0.8


def hear(said: Said, lexicon: Lexicon) -> list[Heard]:
    """Everything that may be heard in a query."""
    text = said.text
    heard = list(_written(text, lexicon))
    heard.extend(_squeezed(text, lexicon))
    letters = [character in LETTERS for character in text]
    plain = bytearray(len(text))
    for each in heard:
        if each.size > 1:
            plain[each.start : each.end] = b"\2" * (each.end - each.start)
        elif text[each.start] in lexicon.fillers:
            plain[each.start] = max(plain[each.start], 1)
    heard.extend(_unfinished(text, letters, lexicon))
    if any(letters):
        typed = [each for run in runs(letters) for each in spelt(said, run, lexicon)]
        whole = [each for each in heard if any(letters[each.start : each.end])]
        heard = [each for each in heard if not any(letters[each.start : each.end])]
        for run in runs(letters):
            heard.extend(tiled([*whole, *typed], run))
    heard.extend(_alike(text, letters, plain, lexicon))
    if not all(plain):
        heard.extend(_by_slip(text, letters, plain, lexicon))
    return heard


def _written(text: str, lexicon: Lexicon) -> Iterator[Heard]:
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + LONGEST) + 1):
            surface = text[start:end]
            if surface in lexicon.surfaces or surface in lexicon.parts:
                yield Heard(surface, start, end, "same", 1.0, end - start)


def _squeezed(text: str, lexicon: Lexicon) -> Iterator[Heard]:
    """Words that particles stand within: 换了老板, 房子的过户, 开个小店."""
    kept = [at for at, character in enumerate(text) if character not in _PARTICLES]
    if len(kept) == len(text):
        return
    for first in range(len(kept)):
        for last in range(first + 1, min(len(kept), first + LONGEST)):
            start, end = kept[first], kept[last] + 1
            size = last - first + 1
            if end - start == size:
                continue
            surface = "".join(text[at] for at in kept[first : last + 1])
            if surface in lexicon.surfaces or surface in lexicon.parts:
                yield Heard(surface, start, end, "same", _PARTED, size)


def _unfinished(text: str, letters: list[bool], lexicon: Lexicon) -> Iterator[Heard]:
    """Words at the end that are still being written."""
    for start in range(max(0, len(text) - LONGEST), len(text)):
        size = len(text) - start
        tail = text[start:]
        if letters[-1] or (size == 1 and start) or tail in lexicon.surfaces:
            continue
        found = [each for each in islice(lexicon.beginning(tail), 60) if len(each) > size]
        for surface in sorted(found, key=len)[:_MOST_UNFINISHED]:
            yield Heard(surface, start, len(text), "same", _UNFINISHED, size)


def _alike(text: str, letters: list[bool], plain: bytearray, lexicon: Lexicon) -> Iterator[Heard]:
    """Homophones and lookalikes, as many characters as were meant."""
    sounds = syllables(text)
    shapes = lexicon.shaped(text)
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + _LONGEST_SOUND) + 1):
            # What is made of known words may still be a longer one, heard wrongly.
            marks = plain[start:end]
            short = end - start == 2  # noqa: PLR2004  (two characters that are both doubtful)
            if any(letters[start:end]) or (end - start < _LONG and (any(marks) if short else all(marks))):
                continue
            size, key = end - start, "".join(sounds[start:end])
            close = _HOMOPHONE.get(size, 0.85)
            found: dict[str, float] = {}
            for surfaces, faith in (
                (lexicon.shapes.get(shapes[start:end], ()), _LOOKALIKE.get(size, 0.85)),
                (lexicon.sounds.get(key, ()), close),
                (lexicon.loose.get(loosened(key), ()), close * _CARELESS),
            ):
                for surface in surfaces:
                    if len(surface) == size and surface != text[start:end]:
                        found.setdefault(surface, faith)
            for surface, faith in found.items():
                yield Heard(surface, start, end, "error", faith, size)


def _by_slip(text: str, letters: list[bool], plain: bytearray, lexicon: Lexicon) -> Iterator[Heard]:
    """One character wrong, missing, too many, or two exchanged."""
    for start in range(len(text)):
        for end in range(start + 3, min(len(text), start + _LONGEST_SLIP) + 1):
            marks = plain[start:end]
            if all(marks) or any(letters[start:end]) or (end - start < _LONG and max(marks) > 1):
                continue
            window, size = text[start:end], end - start
            for surface in lexicon.slips.get(window, ()):
                yield Heard(surface, start, end, "error", _MISSING, size)
            for key in dict.fromkeys(shortened(window)):
                for surface in lexicon.slips.get(key, ()):
                    if len(surface) == size:
                        yield Heard(surface, start, end, "error", _SLIP.get(size, 0.7), size - 1)
                if size > 3 and key in lexicon.concepts:  # noqa: PLR2004  (shorter ones are too easily right)
                    yield Heard(key, start, end, "error", _EXTRA, size - 2)
