"""A QR code as dots, and how wide it is: the same code whether the printer draws it or we do.

Model 2, error correction M (15 %): a slip lives in a pocket.

Source: ISO/IEC 18004.
"""

from __future__ import annotations

import segno
from PIL import Image

from printing.document import Qr


def modules(text: str) -> int:
    """Squares along a side when every byte is coded as a byte, as the plainest printer does: the widest."""
    return int(segno.make_qr(text, error="m", mode="byte", boost_error=False).symbol_size(border=0)[0])


def module_dots(block: Qr, width_dots: int) -> int:
    """Dots to a square, so that the code fits paper `width_dots` wide. Raises `ValueError` if it cannot."""
    fitting = min(block.module_dots, width_dots // modules(block.text))
    if not fitting:
        raise ValueError(f"{len(block.text)} characters make no QR code {width_dots} dots wide")
    return fitting


def picture(block: Qr, width_dots: int) -> Image.Image:
    """The code in black (0) on white (1), centred on paper `width_dots` wide."""
    matrix = segno.make_qr(block.text, error="m", boost_error=False).matrix
    side, scale = len(matrix), module_dots(block, width_dots)
    small = Image.new("1", (side, side), 1)
    small.putdata([0 if dark else 1 for row in matrix for dark in row])
    paper = Image.new("1", (width_dots, side * scale), 1)
    paper.paste(
        small.resize((side * scale,) * 2, Image.Resampling.NEAREST), ((width_dots - side * scale) // 2, 0)
    )
    return paper
