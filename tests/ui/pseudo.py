"""A language for tests: every English sentence with accents, 40 % longer, between marks.

What is still plain on a screen was never given to a translator; what loses its marks does not fit.
"""

from __future__ import annotations

import re
from itertools import cycle

from ui.linguist import Catalogue

LONGER = 0.4
"""What a sentence grows by: German, French or Russian need about as much."""

ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
FILLING = ("lo", "rem", "ip", "sum", "dolor")
_PLACE = re.compile(r"(%[0-9])")


def pseudo(catalogue: Catalogue) -> Catalogue:
    """The same catalogue in the language of nobody."""
    return {
        context: {source: lengthened(said) for source, said in sentences.items()}
        for context, sentences in catalogue.items()
    }


def lengthened(sentence: str) -> str:
    """`[Báçk lo]`; places for numbers and line ends stay."""
    plain = "".join(
        part if _PLACE.fullmatch(part) else part.translate(ACCENTS) for part in _PLACE.split(sentence)
    )
    wanted, filling, words = len(sentence) * LONGER, "", cycle(FILLING)
    while len(filling) < wanted:
        filling += f" {next(words)}"
    return f"[{plain}{filling}]"
