"""Characters that old cards and files hold in the private use area of Unicode, and what they are called now.

Until Unicode had them, GBK's row FE stood at U+E815 … U+E864, the vertical punctuation of row A6 (A6D9 …
A6F3) at U+E78D … U+E796, and a few signs of rows A8 and A9 at U+E7C7, U+E7C8 and U+E7E7 … U+E7F3. A card of
2006 may say U+E863 where a card of today says 䶮 (U+4DAE): the same name, and equal only after this.

Source: GB 18030-2022 and the WHATWG Encoding Standard, index gb18030 (the eighteen code points that moved
in 2022); GB 18030-2005 for those that moved before; the six of supplementary planes by glyph, as
GB/T 22321.1-2018 treats them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ROW_FE: Final = range(0xE815, 0xE865)
"""0xFE50 … 0xFEA0 without 0xFE7F, in order."""

_NOT_IN_THE_2005_TABLE: Final[Mapping[int, str]] = {
    0xE81E: "\u9fb4", 0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7",
    0xE832: "\u9fb8", 0xE843: "\u9fb9", 0xE854: "\u9fba", 0xE864: "\u9fbb",
    0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc",
    0xE831: "\U000215d7", 0xE83B: "\U0002298f", 0xE855: "\U000241fe",
    0xE78D: "\ufe10", 0xE78E: "\ufe12", 0xE78F: "\ufe11", 0xE790: "\ufe13", 0xE791: "\ufe14",
    0xE792: "\ufe15", 0xE793: "\ufe16", 0xE794: "\ufe17", 0xE795: "\ufe18", 0xE796: "\ufe19",
}  # fmt: skip


def _row_fe() -> dict[int, str]:
    """What Python's codec, which is the table of 2005, says of row FE."""
    trail = [byte for byte in range(0x50, 0xA1) if byte != 0x7F]  # noqa: PLR2004 - GBK has no trail byte 7F
    decoded = (bytes((0xFE, byte)).decode("gb18030") for byte in trail)
    return dict(zip(_ROW_FE, decoded, strict=True))


_ROWS_A8_AND_A9: Final[Mapping[int, str]] = {
    0xE7C7: "\u1e3f", 0xE7C8: "\u01f9", 0xE7E7: "\u303e",
    **{0xE7E8 + place: chr(0x2FF0 + place) for place in range(12)},
}  # fmt: skip
"""Tone marks of pinyin, and the signs that describe a character's composition."""

_MOVED: Final[Mapping[int, str]] = {**_row_fe(), **_ROWS_A8_AND_A9, **_NOT_IN_THE_2005_TABLE}

_PRIVATE_USE: Final = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))


def named(text: str) -> str:
    """Give `text` with every private-use character of an old card as the Unicode character that it is.

    One that no standard has moved stays as it is: nobody here knows what its maker meant.
    """
    return text.translate(_MOVED)


def is_unnamed(sign: str) -> bool:
    """Whether `sign` is a private-use character: after `named`, one whose meaning is its maker's secret."""
    return any(ord(sign) in area for area in _PRIVATE_USE)
