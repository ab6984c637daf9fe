"""Plain questions in people's own words: what is asked, and about which matter, if one is named with it.

Nine things that people ask at a counter. A question that only looks like one of them is left to finding: how
much money somebody *gets*, how long a benefit *is paid*, no service file says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.finding.folding import fold
from kiosk.finding.question_patterns import EN, ZH, Topic


@dataclass(frozen=True)
class Asked:
    """A plain question that was understood."""

    topics: tuple[Topic, ...]
    """In the order of the words; never empty."""
    about: str
    """What else was said: the words of a matter, or nothing on a matter's own page."""


def asked(text: str) -> Asked | None:
    """Understand `text`; None where it asks for nothing that a service file says."""
    folded = "".join(map(_folded, text))
    found = sorted(
        (match.start(), match.end(), topic)
        for topic, pattern in _PATTERNS.items()
        for match in pattern.finditer(folded)
        if match.group().strip()
    )
    if not found:
        return None
    topics = tuple(dict.fromkeys(topic for _, _, topic in found))
    rest = list(text)
    for start, end, _ in found:
        rest[start:end] = " " * (end - start)
    return Asked(topics, _trimmed("".join(rest)))


def _folded(character: str) -> str:
    """One for one, so that places in both texts are the same."""
    one = fold(character)
    return one if len(one) == 1 else character


def _trimmed(text: str) -> str:
    """Without the words at both ends that only carry a question."""
    text = " ".join(re.sub(r"[^\w《》()（）/·-]+", " ", text).split())
    before = None
    while text != before:
        before = text
        text = _EDGES.sub("", text).strip()
    return text


_PATTERNS: Final[Mapping[Topic, re.Pattern[str]]] = {
    topic: re.compile(f"{ZH[topic]}|{EN[topic]}") for topic in ZH
}

_EDGES: Final = re.compile(
    r"^(?:请问|麻烦|您好|你好|我?想(?:问|知道)一?下?|问一?下|一下|那|这(?:个|件)事?|它|呢|啊|吗|的话?|我想|我要|"
    r"(?:to|for|a|an|the|it|this|is|does|do|i|and|please|with|can)\b)"
    r"|(?:呢|啊|吗|么|嘛|呀|的话|的|是|需要|要|得|大概|一般|(?<=\w)\s+(?:to|for|a|an|the|and|is|it|please))$",
    re.IGNORECASE,
)
