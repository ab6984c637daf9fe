"""Which surfaces of the lexicon can be heard in a query, and how: written so, by sound, by initials, by a slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kiosk.finding.findable import Way
from kiosk.finding.lexicon import LONGEST, Lexicon, shortened
from kiosk.finding.sound import loosened, syllables

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_LONGEST_SOUND = 26
"""Letters of the longest word typed in pinyin."""
_LONGEST_SLIP = 9
_MOST_UNFINISHED = 6

# How far a way of hearing is believed, against the words themselves.
_PINYIN, _CARELESS_PINYIN, _UNFINISHED = 0.95, 0.75, 0.6
_INITIALS = {2: 0.45, 3: 0.7}
_HOMOPHONE = {2: 0.55}
_SLIP = {3: 0.35}
_MISSING, _EXTRA = 0.6, 0.55


@dataclass(frozen=True, slots=True)
class Heard:
    """A surface at a place of the query."""

    surface: str
    start: int
    end: int
    way: Way
    faith: float
    """From 0 to 1: how sure it is that this was meant."""
    size: int
    """Characters that it explains, counted as characters of the surface."""


def hear(text: str, lexicon: Lexicon) -> list[Heard]:
    """Everything that may be heard in folded `text`."""
    heard = list(_written(text, lexicon))
    plain = bytearray(len(text))
    for each in heard:
        if each.size > 1:
            plain[each.start : each.end] = b"\1" * (each.end - each.start)
    letters = [character in _LETTERS for character in text]
    if not all(plain):
        sounds = [
            character if letter else syllables(character)[0]
            for character, letter in zip(text, letters, strict=True)
        ]
        heard.extend(_by_sound(text, sounds, letters, plain, lexicon))
        heard.extend(_by_slip(text, letters, plain, lexicon))
    return heard


def _written(text: str, lexicon: Lexicon) -> Iterator[Heard]:
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + LONGEST) + 1):
            surface = text[start:end]
            if surface in lexicon.surfaces or surface in lexicon.parts:
                yield Heard(surface, start, end, "same", 1.0, end - start)


def _by_sound(
    text: str, sounds: list[str], letters: list[bool], plain: bytearray, lexicon: Lexicon
) -> Iterator[Heard]:
    for start in range(len(text)):
        key = ""
        for end in range(start + 1, len(text) + 1):
            key += sounds[end - 1]
            if len(key) > _LONGEST_SOUND:
                break
            if all(plain[start:end]):
                continue
            spelt = sum(letters[start:end])
            if spelt:
                yield from _typed_as_pinyin(text, start, end, key, spelt, lexicon)
            elif end - start > 1:
                yield from _homophones(text, start, end, key, lexicon)


def _typed_as_pinyin(
    text: str, start: int, end: int, key: str, spelt: int, lexicon: Lexicon
) -> Iterator[Heard]:
    characters = [character for character in text[start:end] if character not in _LETTERS]

    def agreeing(surfaces: list[str]) -> Iterator[str]:
        return (each for each in surfaces if all(character in each for character in characters))

    if spelt > 1 or characters:
        for surface in agreeing(lexicon.sounds.get(key, [])):
            yield Heard(surface, start, end, "pinyin", _PINYIN, len(surface))
        for surface in agreeing(lexicon.loose.get(loosened(key), [])):
            yield Heard(surface, start, end, "pinyin", _CARELESS_PINYIN, len(surface))
    if spelt > 1 or characters:
        initials = "".join(
            character if character in _LETTERS else syllables(character)[0][0]
            for character in text[start:end]
        )
        for place, surface in enumerate(agreeing(lexicon.initials.get(initials, []))):
            faith = _INITIALS.get(len(surface), 0.8) - 0.05 * place
            yield Heard(surface, start, end, "initials", faith, len(surface))
    if end == len(text) and spelt > 1:
        unfinished = sorted(agreeing(list(islice(lexicon.sounding(key), 40))), key=len)
        for surface in unfinished[:_MOST_UNFINISHED]:
            size = max(1, round(len(surface) * len(key) / max(1, len("".join(syllables(surface))))))
            yield Heard(surface, start, end, "pinyin", _UNFINISHED, size)


def _homophones(text: str, start: int, end: int, key: str, lexicon: Lexicon) -> Iterator[Heard]:
    size = end - start
    faith = _HOMOPHONE.get(size, 0.8)
    for surfaces, share in ((lexicon.sounds.get(key), 1.0), (lexicon.loose.get(loosened(key)), 0.8)):
        for surface in surfaces or ():
            if len(surface) == size and surface != text[start:end]:
                yield Heard(surface, start, end, "error", faith * share, size)


def _by_slip(text: str, letters: list[bool], plain: bytearray, lexicon: Lexicon) -> Iterator[Heard]:
    for start in range(len(text)):
        for end in range(start + 3, min(len(text), start + _LONGEST_SLIP) + 1):
            if all(plain[start:end]) or any(letters[start:end]):
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
