"""Where a line of Chinese, English and numbers may end.

Three rules, in this order of weight: a number is never broken; no closing punctuation begins a line and no
opening punctuation ends one (GB/T 15834, clause 5.1); English breaks between words. Only what is wider than
a whole line breaks elsewhere. A line feed in the text ends a line; other control characters and what has
no shape of its own are dropped, so that no text can carry a printer's command.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable

Width = Callable[[str], float]

_CLOSING = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％℃,.;:?!)]}%")
_OPENING = frozenset("（《〈「『【〔〖“‘￥＄([{")
_LETTER = r"A-Za-zÀ-ɏͰ-ӿḀ-ỿ"
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|[０-９]+(?:[．，][０-９]+)*"
    rf"|(?:[!-~{_LETTER}](?:(?<=\d) +(?=\d))?)+"
    r"|."
)
_AFTER_HYPHEN = re.compile(rf"(?<=[{_LETTER}]-)(?=[{_LETTER}])")
_SPACE = " "


def wrap(text: str, room: float, width: Width) -> list[str]:
    """Break `text` into lines up to `room` wide, in the unit of `width`; an empty text is one empty line."""
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, room, width)]


def one_line(text: str) -> str:
    """`text` as one unbroken line of what can be printed."""
    return " ".join(line for line in wrap(text, math.inf, len) if line)


def fits(text: str, room: float, width: Width) -> bool:
    """Whether `text` can be set in lines of `room` without breaking a word or a number."""
    return all(width("".join(cluster)) <= room for part in text.split("\n") for cluster in _clusters(part))


def _wrap_paragraph(text: str, room: float, width: Width) -> list[str]:
    lines: list[str] = []
    line = ""
    for cluster in _clusters(text):
        if cluster == [_SPACE]:
            line += _SPACE
            continue
        whole = "".join(cluster)
        if width(line + whole) <= room:
            line += whole
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = whole
        if width(whole) > room:
            *full, line = _squeeze(cluster, room, width)
            lines.extend(full)
    lines.append(line.rstrip())
    return lines


def _squeeze(cluster: list[str], room: float, width: Width) -> list[str]:
    """Break a cluster that no line holds: between its pieces, and inside one only if it alone is too wide."""
    lines = [""]
    for piece in cluster:
        if width(lines[-1] + piece) <= room:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for character in piece:
            if lines[-1] and width(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    return lines


def _clusters(text: str) -> list[list[str]]:
    """Group the pieces of one paragraph into what must stay on one line; a space stands alone."""
    clusters: list[list[str]] = []
    for piece in _pieces(text):
        previous = clusters[-1] if clusters else [_SPACE]
        tied = piece[0] in _CLOSING or previous[-1][-1] in _OPENING
        if piece != _SPACE and previous != [_SPACE] and tied:
            previous.append(piece)
        else:
            clusters.append([piece])
    return clusters


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for match in _TOKEN.finditer(text):
        if match["space"]:
            pieces.append(_SPACE)
        else:
            visible = "".join(filter(_has_shape, match[0]))
            named = any(character.isdigit() for character in visible)  # HZ-SC-0012 is one number
            pieces.extend([visible] if named else filter(None, _AFTER_HYPHEN.split(visible)))
    return pieces


def _has_shape(character: str) -> bool:
    variation_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and not variation_selector
