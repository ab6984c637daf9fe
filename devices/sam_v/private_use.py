"""Characters that old cards hold in the private use area of Unicode, and what they are called now.

Until Unicode had them, GBK's row FE and the vertical punctuation of row A6 stood at U+E815 … U+E864 and
U+E78D … U+E796. A card of 2006 may say U+E863 where a card of today says 䶮 (U+4DAE): the same name, and
equal only after this.

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


_MOVED: Final[Mapping[int, str]] = {**_row_fe(), **_NOT_IN_THE_2005_TABLE}


def named(text: str) -> str:
    """Give `text` with every private-use character of an old card as the Unicode character that it is.

    One that no standard has moved stays as it is: nobody here knows what its maker meant.
    """
    return text.translate(_MOVED)
