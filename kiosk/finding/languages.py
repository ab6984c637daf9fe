"""Which language letters are: English words, or Chinese ones in Pinyin and initials; hits of both as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from kiosk.finding.english import InEnglish
from kiosk.finding.findable import Hit
from kiosk.finding.folding import Said
from kiosk.finding.pinyin import divided
from kiosk.finding.reading import Understood

_LETTERS = re.compile(r"(?=.*[A-Za-z])[\x20-\x7e]+")
_OTHER = 0.8
"""How far letters are believed that are fillers or actions in Pinyin."""
_NEARLY = 0.3
"""How much less the other language may understand and still be shown."""
_SYLLABLES = 0.5
"""What letters count that are whole syllables and no word that is known."""
_STEP = 0.001


def of_letters(query: str) -> bool:
    """Whether it is Latin letters, perhaps with digits and marks, and nothing else."""
    return _LETTERS.fullmatch(unicodedata.normalize("NFKC", query).strip()) is not None


def read_as_pinyin(said: Said, understood: Understood) -> float:
    """The share of the letters that known words explain, each as far as it is believed; 0 to 1."""
    size = len(said.text)
    rest = sum(end - start for start, end in understood.rest)
    read = believed = 0.0
    for reading in understood.readings:
        letters = sum(end - start for start, end in reading.spans)
        read += letters
        believed += letters * max(reading.concepts.values())
    sure = (believed + _OTHER * (size - rest - read)) / size
    return max(sure, _SYLLABLES) if divided(said.text) else sure


def merged(pinyin: Sequence[Hit], sure: float, english: InEnglish, limit: int) -> tuple[Hit, ...]:
    """What is understood better first, then what the other language makes of it if that is nearly as good."""
    first, second = (pinyin, english.hits) if sure >= english.understood else (english.hits, pinyin)
    if not first or not second:
        return tuple(first or second)
    if abs(sure - english.understood) > _NEARLY:
        return tuple(first)
    known = {hit.id for hit in first}
    further = [hit for hit in second if hit.id not in known]
    least = min(hit.score for hit in first)
    after = (replace(hit, score=round(least - _STEP * n, 4)) for n, hit in enumerate(further, 1))
    return (*first, *after)[:limit]
