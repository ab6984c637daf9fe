"""Reading a slip as a person does: words in the printer's own letters, or drawn as a picture.

A name with a character that the printer lacks arrives as dots, so there is no text to search: what is
searched then is the picture of the words.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from devices.simulators.escpos_printer import Slip
from printing.fonts import Glyphs
from printing.layout import CELL_DOTS, cells

_ALIKE = 0.01
"""Share of dots that may differ: the job blackens one that would have been a command."""


def says(slip: Slip, words: str) -> bool:
    """Whether `words` stand on the slip: as text, wherever its lines break, or as a drawing on one line."""
    return "".join(words.split()) in "".join(slip.text.split()) or _is_drawn(slip, words)


def _is_drawn(slip: Slip, words: str) -> bool:
    paper = np.asarray(slip.picture().convert("L"))
    drawing = _drawing(words)
    if drawing.shape[1] > paper.shape[1]:
        return False
    differing = cv2.matchTemplate(paper, drawing, cv2.TM_SQDIFF).min() / 255**2
    return bool(differing <= _ALIKE * drawing.size)


def _drawing(words: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The words as a printer's raster shows them at size 1."""
    glyphs = Glyphs()
    widths = [cells(character) * CELL_DOTS for character in words]
    picture = Image.new("L", (sum(widths), 2 * CELL_DOTS), 255)
    left = 0
    for character, width in zip(words, widths, strict=True):
        picture.paste(glyphs.draw(character, width, 2 * CELL_DOTS), (left, 0))
        left += width
    return np.asarray(picture)
