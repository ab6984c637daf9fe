"""How words sound: syllables without tones, keys for homophones, initials and careless typing."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from pathlib import Path

READINGS = Path(__file__).parents[2] / "config" / "finding" / "readings.tsv"
"""A line a character, its readings likeliest first; then words of two that are read otherwise.

`tools/readings.py` writes it.
"""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

_MOST_KEYS = 4
"""Of a word with characters of several readings."""

_LOOSE = re.compile(r"(?<=[zcs])h|(?<=[aei]n)g")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = READINGS.read_text(encoding="utf-8").splitlines()
    return {word: tuple(sounds.split(" ")) for word, _, sounds in (line.partition("\t") for line in lines)}


@cache
def all_syllables() -> frozenset[str]:
    """Every syllable that some character has."""
    return frozenset(sound for word, sounds in _table().items() if len(word) == 1 for sound in sounds)


def syllables(word: str) -> tuple[str, ...]:
    """The likeliest reading of each character; letters and digits sound as they are written."""
    table = _table()
    found: list[str] = []
    for at, character in enumerate(word):
        if at < len(found):
            continue
        if pair := table.get(word[at : at + 2] if at + 1 < len(word) else ""):
            found.extend(pair)
        else:
            found.append(table.get(character, (character,))[0])
    return tuple(found)


def spellings(word: str) -> list[tuple[str, ...]]:
    """The likely readings of a word, the likeliest first, syllable by syllable."""
    table = _table()
    first = syllables(word)
    others = product(*(table.get(character, (character,)) for character in word))
    return list(dict.fromkeys([first, *islice(others, _MOST_KEYS)]))


def loosened(key: str) -> str:
    """A key for which zh and z, ch and c, sh and s, ang and an, eng and en, ing and in are the same."""
    return _LOOSE.sub("", key)
