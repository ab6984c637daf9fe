"""One written form for comparison: full and half width, capitals, traditional and simplified characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_PERSONAL = re.compile(r"\d{11}")
_LEVELS = re.compile(r"[（(](?:据省|根据省|省|市|县|区|乡|镇)?[^（）()]*(?:级|行使|权限|实施)[^（）()]*[）)]")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """`text` in the form in which everything is compared. May be longer than what was given."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text).casefold()))


def plain(text: str) -> str:
    """The folded text without anything but letters, digits and characters."""
    return "".join(filter(str.isalnum, fold(text)))


def core(name: str) -> str:
    """The plain name without remarks on levels of government, such as （县级）."""
    return plain(_LEVELS.sub("", name)) or plain(name)


def is_personal(query: str) -> bool:
    """Whether it looks like a citizen's number or a telephone: neither looked up, nor kept, nor counted."""
    digits = re.sub(r"[\s\-—·.]", "", unicodedata.normalize("NFKC", query))
    return _PERSONAL.search(digits) is not None


@dataclass(frozen=True)
class Said:
    """A query, folded and without punctuation; each of its characters knows where it was typed."""

    typed: str
    text: str
    origin: tuple[int, ...]
    breaks: frozenset[int]
    """Where a piece of `text` ends because a space or a mark was typed, or the query ends."""

    @classmethod
    def of(cls, typed: str) -> Said:
        """Fold what was typed."""
        pairs = [
            (character, at)
            for at, one in enumerate(typed)
            for character in unicodedata.normalize("NFKC", one).casefold()
            if character.isalnum()
        ]
        raw = "".join(character for character, _ in pairs)
        text = _simplifier().convert(raw)
        if len(text) != len(raw):
            text = "".join(_simplifier().convert(character)[:1] for character in raw)
        origin = tuple(at for _, at in pairs)
        ends = {
            number
            for number in range(1, len(text))
            if any(not each.isalnum() for each in typed[origin[number - 1] + 1 : origin[number]])
        }
        return cls(typed, text, origin, frozenset({*ends, len(text)}))

    def typed_at(self, start: int, end: int) -> str:
        """What was typed for `text[start:end]`."""
        return self.typed[self.origin[start] : self.origin[end - 1] + 1]
