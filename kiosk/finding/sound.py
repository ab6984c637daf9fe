"""How words sound: syllables without tones, keys for homophones, initials and careless typing."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from pathlib import Path

READINGS = Path(__file__).parents[2] / "config" / "finding" / "readings.tsv"
"""A line a character, its readings likeliest first; `tools/readings.py` writes it."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

_MOST_KEYS = 4
"""Of a word with characters of several readings."""

_LOOSE = re.compile(r"(?<=[zcs])h|(?<=[aei]n)g")


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Of every character in the table."""
    lines = READINGS.read_text(encoding="utf-8").splitlines()
    return {line[0]: tuple(line[2:].split(" ")) for line in lines}


def syllables(word: str) -> tuple[str, ...]:
    """The likeliest reading of each character; letters and digits sound as they are written."""
    table = readings()
    return tuple(table.get(character, (character,))[0] for character in word)


def spellings(word: str) -> list[tuple[str, ...]]:
    """The likely readings of a word, syllable by syllable."""
    table = readings()
    return list(islice(product(*(table.get(character, (character,)) for character in word)), _MOST_KEYS))


def loosened(key: str) -> str:
    """A key for which zh and z, ch and c, sh and s, ang and an, eng and en, ing and in are the same."""
    return _LOOSE.sub("", key)
