"""Rewrite `config/finding/readings.tsv`, how characters are read, from pypinyin's tables.

`python -m tools.readings`: the terminal then needs no pinyin library. A character's reading is kept if it is
the first in pypinyin's table, or if a tenth of the phrases with that character (and at least three) read it
so. Words of two characters follow where one of them is not read as it usually is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.style import convert

TABLE = Path(__file__).parents[1] / "config" / "finding" / "readings.tsv"

_LEAST_SHARE, _LEAST_PHRASES = 0.1, 3


def characters() -> list[str]:
    """Both planes of GB 2312, and what GBK adds that stands in a phrase of pypinyin's."""
    gb2312 = [
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    ]
    return sorted({character for character in gb2312 if character})


def lines() -> list[str]:
    """The table, a line a character: itself, a tab, its readings without tones, likeliest first."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in PHRASES_DICT.items():
        for character, reading in zip(phrase, readings, strict=False):
            heard[character][convert(reading[0], Style.NORMAL, strict=False)] += 1
    found = []
    for character in characters():
        first = lazy_pinyin(character)[0]
        allowed = {
            reading.replace("ü", "v") for reading in pinyin(character, Style.NORMAL, heteronym=True)[0]
        }
        counted = {reading.replace("ü", "v"): number for reading, number in heard[character].items()}
        total = sum(counted.values())
        others = [
            reading
            for reading, number in sorted(counted.items(), key=lambda each: -each[1])
            if reading in allowed and number >= max(_LEAST_PHRASES, total * _LEAST_SHARE)
        ]
        ordered = dict.fromkeys([*others, first] if others else [first])
        found.append(f"{character}\t{' '.join(ordered)}")
    usual = {line[0]: line[2:].split(" ") for line in found}
    for phrase, readings in sorted(PHRASES_DICT.items()):
        if len(phrase) == len(readings) == 2 and all(character in usual for character in phrase):  # noqa: PLR2004
            sounds = [
                convert(reading[0], Style.NORMAL, strict=False).replace("ü", "v") for reading in readings
            ]
            if sounds != [usual[character][0] for character in phrase]:
                found.append(f"{phrase}\t{' '.join(sounds)}")
    return found


def main() -> None:
    """Write the table."""
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
