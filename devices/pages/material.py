"""Several pages as one material: retaking one of them, both sides of a card on one page, one PDF. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from devices.contracts.pages import Page, PageRefused, Paper
from devices.pages.cleaning import DPI, MM_PER_INCH, SIZES_MM, encoded
from devices.pages.quadrilaterals import Picture

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Pages:
    """A material's pages in their order."""

    pages: tuple[Page, ...] = ()

    def __repr__(self) -> str:
        """Say how many, and nothing of what is on them."""
        return f"Pages({len(self.pages)})"

    @property
    def size_bytes(self) -> int:
        """All of them together."""
        return sum(len(page.jpeg) for page in self.pages)

    def added(self, page: Page) -> Pages:
        """One more at the end."""
        return Pages((*self.pages, page))

    def retaken(self, number: int, page: Page) -> Pages:
        """Page `number`, counted from 0, replaced. Raises `IndexError` for a page that is not there."""
        if not 0 <= number < len(self.pages):
            raise IndexError(f"page {number} of {len(self.pages)}")
        return Pages((*self.pages[:number], page, *self.pages[number + 1 :]))

    def without(self, number: int) -> Pages:
        """Page `number` left out. Raises `IndexError` for a page that is not there."""
        if not 0 <= number < len(self.pages):
            raise IndexError(f"page {number} of {len(self.pages)}")
        return Pages((*self.pages[:number], *self.pages[number + 1 :]))

    def pdf(self) -> bytes:
        """All pages in one PDF, each in its own size."""
        out = io.BytesIO()
        canvas = Canvas(out, pageCompression=0, invariant=True)
        for page in self.pages:
            width, height = (side * POINTS_PER_INCH / page.dpi for side in (page.width_px, page.height_px))
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(io.BytesIO(page.jpeg)), 0, 0, width, height)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def both_sides(front: Page, back: Page, limit_bytes: int) -> Page | PageRefused:
    """Both sides of a card on one A4 page, in their true size, the front above, as counters ask for."""
    short_mm, long_mm = SIZES_MM[Paper.A4]
    dpi = DPI[Paper.A4]
    width, height = (round(side * dpi / MM_PER_INCH) for side in (short_mm, long_mm))
    sheet = np.full((height, width, 3), 255, np.uint8)
    for page, middle in ((front, 0.3), (back, 0.6)):
        card = _upright(page)
        size = tuple(round(side * dpi / page.dpi) for side in (card.shape[1], card.shape[0]))
        small = cv2.resize(card, size, interpolation=cv2.INTER_AREA)
        top, left = round(middle * height - size[1] / 2), (width - size[0]) // 2
        sheet[top : top + size[1], left : left + size[0]] = small
    page_or_finding = encoded(sheet, dpi, limit_bytes)
    return page_or_finding if isinstance(page_or_finding, Page) else PageRefused((page_or_finding,))


def turned(page: Page, quarters: int, limit_bytes: int) -> Page | PageRefused:
    """The page turned clockwise by quarters: a camera cannot know which side is up."""
    result = encoded(np.ascontiguousarray(np.rot90(picture_of(page), -quarters)), page.dpi, limit_bytes)
    return result if isinstance(result, Page) else PageRefused((result,))


def picture_of(page: Page) -> Picture:
    """The page's pixels."""
    return np.asarray(cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_COLOR))


def _upright(page: Page) -> Picture:
    """A card lies on its longer side on such a page."""
    picture = picture_of(page)
    return picture if page.width_px >= page.height_px else np.ascontiguousarray(np.rot90(picture))
