"""Pages that were rendered, photographed synthetically and made clean, and how well that went.

A page's text counts as legible where a reader who knows the alphabet would read it: every third printed
character is looked for among all of these, and read if the right one is the most alike.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from benchmarks.plain_pages import plain_clean, plain_corners, plain_flat
from devices.contracts.pages import Page, PageProblem, PageRefused, Paper
from devices.pages.cleaning import MM_PER_INCH
from devices.pages.judging import page_of
from devices.pages.material import picture_of
from devices.pages.outline import Found, find
from devices.simulators.paper import Glyph, Printed, Sheet
from devices.simulators.paper_photo import Photo, Table, photograph, scene_of_chance

A4_SHEETS = (Sheet.TEXT, Sheet.FORM, Sheet.RECEIPT)
SHEETS = (*A4_SHEETS, Sheet.CARD_FRONT)

DEFECTS = (
    PageProblem.CUT_OFF,
    PageProblem.COVERED,
    PageProblem.GLARE,
    PageProblem.BLURRED,
    PageProblem.TOO_DARK,
    PageProblem.TOO_FAR,
    PageProblem.BLANK,
)
"""What `scene_of_chance` can do to a page."""

LIMIT_BYTES = 400_000


@dataclass(frozen=True)
class Case:
    """One photograph to be taken."""

    seed: int
    table: Table
    sheet: Sheet
    defect: PageProblem | None = None
    size: tuple[int, int] = (1200, 1600)

    @property
    def paper(self) -> Paper:
        """What a session would ask for."""
        return Paper.A4 if self.sheet in A4_SHEETS else Paper.ID_1

    def taken(self) -> tuple[Printed, Photo]:
        """Render and photograph."""
        page, scene = scene_of_chance(self.seed, self.table, self.sheet, self.defect, self.size)
        return page, photograph(page, scene)


@dataclass(frozen=True)
class Outcome:
    """What became of one."""

    case: Case
    corner_px: float
    """The worst corner's distance from the true one; infinite where no outline was found."""
    problems: tuple[PageProblem, ...]
    read: float | None
    """Share of the characters that can be read on the clean page; None where there is none."""

    @property
    def accepted(self) -> bool:
        """It became a page."""
        return not self.problems


def cases(seeds: Iterable[int], defects: Sequence[PageProblem | None]) -> Iterator[Case]:
    """Every table and sheet with every seed and defect."""
    for seed, table, sheet, defect in itertools.product(seeds, Table, SHEETS, defects):
        # The back of a card is printed: there is no blank one.
        if defect is not PageProblem.BLANK or sheet is Sheet.TEXT:
            yield Case(seed, table, sheet, defect)


def ours(case: Case) -> Outcome:
    """The product."""
    page, photo = case.taken()
    found = find(photo.picture, case.paper)
    result = page_of(photo.picture, case.paper, LIMIT_BYTES, found)
    problems = tuple(each.problem for each in result.findings) if isinstance(result, PageRefused) else ()
    read = read_share(picture_of(result), page) if isinstance(result, Page) and page.glyphs else None
    return Outcome(case, _error(found, photo), problems, read)


def plain(case: Case) -> Outcome:
    """The recipe, which knows one reason only."""
    page, photo = case.taken()
    corners = plain_corners(photo.picture)
    if corners is None:
        return Outcome(case, math.inf, (PageProblem.NO_PAGE,), None)
    flat = plain_flat(photo.picture, corners, page.picture.shape[1], page.picture.shape[0])
    error = float(np.linalg.norm(corners - photo.corners, axis=1).max())
    read = read_share(plain_clean(flat), page) if page.glyphs else None
    return Outcome(case, error, (), read)


def _error(found: Found | None, photo: Photo) -> float:
    return math.inf if found is None else float(np.linalg.norm(found.corners - photo.corners, axis=1).max())


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % bounds of a share (Wilson's score interval)."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, z * z / count
    middle = (share + square / 2) / (1 + square)
    reach = z / (1 + square) * math.sqrt(share * (1 - share) / count + square / (4 * count))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def share(outcomes: Iterable[Outcome], right: Callable[[Outcome], bool]) -> tuple[int, int]:
    """How many are right, of how many."""
    answers = [right(outcome) for outcome in outcomes]
    return sum(answers), len(answers)


# ---- reading ---------------------------------------------------------------------------------------------

_SIDE = 24
_SEARCH = 2
"""Pixels by which a character may be displaced, in its 24."""

_FLAT = 12.0
"""Deviation of grey below which a place counts as empty and nothing is read."""

_Glyphs = npt.NDArray[np.float32]


def read_share(clean: MatLike, printed: Printed) -> float:
    """The share of the printed characters that are read on the clean page."""
    original = _grey(printed.picture)
    size = (original.shape[1], original.shape[0])
    seen = cv2.resize(_grey(clean), size, interpolation=cv2.INTER_AREA)
    # Every third is enough to know.
    places = [glyph for glyph in printed.glyphs if glyph.side >= 2.5 * printed.dpi / MM_PER_INCH][::3]
    right = 0
    for side in {glyph.side for glyph in places}:
        ours = [glyph for glyph in places if glyph.side == side]
        names = sorted({glyph.character for glyph in ours})
        first = {glyph.character: glyph for glyph in reversed(ours)}
        alphabet = _cuts(original, [first[name] for name in names], 0)[:, 0]
        alike = np.einsum("gsp,np->gns", _cuts(seen, ours, _SEARCH), alphabet, optimize=True)
        best = alike.max(2).argmax(1)
        right += sum(names[name] == glyph.character for name, glyph in zip(best, ours, strict=True))
    return right / len(places)


def _grey(picture: MatLike) -> MatLike:
    """Red is left out: a seal over a character does not hide it."""
    return np.asarray(picture[..., 2])


def _cuts(picture: MatLike, glyphs: Sequence[Glyph], search: int) -> _Glyphs:
    """Glyphs of one size, in every displacement up to `search`: G × S × pixels, each of length 1."""
    scale = _SIDE / glyphs[0].side
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    wide = np.asarray(cv2.copyMakeBorder(small, _SIDE, _SIDE, _SIDE, _SIDE, cv2.BORDER_REPLICATE), np.float32)
    shifts = range(-search, search + 1)
    cuts = np.stack(
        [
            wide[y + dy : y + dy + _SIDE, x + dx : x + dx + _SIDE].ravel()
            for x, y in ((round(g.left * scale) + _SIDE, round(g.top * scale) + _SIDE) for g in glyphs)
            for dx in shifts
            for dy in shifts
        ]
    )
    away = cuts - cuts.mean(1, keepdims=True)
    length = np.linalg.norm(away, axis=1, keepdims=True)
    shapes = np.where(length > _FLAT * _SIDE, away / np.maximum(length, 1), 0).astype(np.float32)
    return np.asarray(shapes.reshape(len(glyphs), len(shifts) ** 2, -1))
