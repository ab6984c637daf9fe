"""The chapter on paper: how exact, legible and fast a page is made, beside the recipe found everywhere."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2

from benchmarks.figures import Chapter, Figure, Peer, Samples
from benchmarks.page_scores import (
    A4_SHEETS,
    DEFECTS,
    LIMIT_BYTES,
    Case,
    Outcome,
    cases,
    ours,
    plain,
    share,
    wilson,
)
from benchmarks.pages_preview import preview
from benchmarks.plain_pages import plain_clean, plain_corners, plain_flat
from benchmarks.registry import Say
from devices.contracts.pages import PageProblem, Paper
from devices.pages.checks import check
from devices.pages.cleaning import cleaned, encoded, flatten
from devices.pages.outline import find
from devices.simulators.paper_photo import Table

CLEAN_SEEDS = range(100, 106)
SPOILED_SEEDS = range(200, 202)
ROUNDS = 15
CAMERA = (1944, 2592)
"""Five megapixels, upright."""


def take(_folder: Path, say: Say) -> Sequence[Chapter]:
    """Score and time; about four minutes."""
    cv2.setNumThreads(1)
    say("pages: clean papers")
    clean = [(ours(case), plain(case)) for case in cases(CLEAN_SEEDS, (None,))]
    say("pages: spoiled papers")
    spoiled = [(ours(case), plain(case)) for case in cases(SPOILED_SEEDS, DEFECTS)]
    say("pages: the live picture")
    live = preview()
    say("pages: stages")
    return [
        Chapter(
            "Paper: corners and text",
            "Rendered pages (text, a framed form, a receipt; an ID-1 card) photographed synthetically on "
            "four tables, at 1200×1600 pixels: pinhole, lens, tilt to 18°, turn to 14°, a lamp's fall-off, "
            "half of them with a hand's shadow, noise, JPEG. Corner errors are of the worst corner, where "
            "an outline was found. Text is read by comparing each character with the page's alphabet; "
            "a page that was not made has none. Beside it the recipe Canny, largest contour of four points, "
            "adaptive threshold (`benchmarks/plain_pages.py`), on the same photographs.",
            [
                *(_corners(f"corner error, {table.value} table", clean, _on(table)) for table in Table),
                _corners("corner error, all", clean, lambda _: True),
                _text(clean),
            ],
        ),
        Chapter(
            "Paper: accepted and refused",
            "Right is: a clean paper becomes a page whose corners are within 8 pixels; a spoiled one does "
            "not become a page. The bounds are of 95 % (Wilson). “Named” is refused for the very reason "
            "that was put in. The recipe knows no reason but “no outline”.",
            [
                _shares("clean, accepted", clean, _well),
                *(
                    _shares(
                        f"{defect.value}, refused",
                        [pair for pair in spoiled if pair[0].case.defect is defect],
                        lambda outcome: not outcome.accepted,
                    )
                    for defect in DEFECTS
                ),
                *(
                    _named(defect, [one for one, _ in spoiled if one.case.defect is defect])
                    for defect in DEFECTS
                ),
            ],
        ),
        Chapter(
            "Paper: page capture by stage",
            "A framed form on a wooden table, five megapixels, A4 at 200 dots an inch, OpenCV on one thread. "
            "The search is that of the first frame; while the paper lies still its outline is only followed.",
            _stages(),
        ),
        live,
    ]


_Pairs = Sequence[tuple[Outcome, Outcome]]


def _on(table: Table) -> Callable[[Outcome], bool]:
    return lambda outcome: outcome.case.table is table


def _well(outcome: Outcome) -> bool:
    return outcome.accepted and outcome.corner_px <= 8  # noqa: PLR2004 - said in the chapter


def _corners(name: str, pairs: _Pairs, which: Callable[[Outcome], bool]) -> Figure:
    found, recipe = (
        [each.corner_px for each in side if which(each) and math.isfinite(each.corner_px)]
        for side in zip(*pairs, strict=True)
    )
    of = sum(which(one) for one, _ in pairs)
    peer = Peer(f"recipe (found {len(recipe)} of {of})", Samples.of(recipe, "px")) if recipe else None
    samples = Samples.of(found, "px")
    wide = f"; 95th percentile {samples.quantile(0.95):.1f} px"
    return Figure(f"{name} (found {len(found)} of {of}{wide})", samples, peer=peer)


def _text(pairs: _Pairs) -> Figure:
    read, recipe = ([100 * (each.read or 0) for each in side] for side in zip(*pairs, strict=True))
    return Figure("characters read", Samples.of(read, "%"), peer=Peer("recipe", Samples.of(recipe, "%")))


def _shares(name: str, pairs: _Pairs, right: Callable[[Outcome], bool]) -> Figure:
    (hits, count), (theirs, _) = (share(side, right) for side in zip(*pairs, strict=True))
    low, high = wilson(hits, count)
    return Figure(
        f"{name}: {hits} of {count} ({100 * low:.0f}–{100 * high:.0f} %)",
        Samples.of([100 * hits / count], "%"),
        peer=Peer(f"recipe: {theirs}", Samples.of([max(100 * theirs / count, 0.01)], "%")),
    )


def _named(defect: PageProblem, outcomes: Sequence[Outcome]) -> Figure:
    hits, count = share(outcomes, lambda outcome: defect in outcome.problems)
    return Figure(f"{defect.value}, named: {hits} of {count}", Samples.of([100 * hits / count], "%"))


def _stages() -> list[Figure]:
    _, photo = Case(7, Table.WOOD, A4_SHEETS[1], None, CAMERA).taken()
    picture = photo.picture
    found = find(picture, Paper.A4)
    corners = plain_corners(picture)
    if found is None or corners is None:
        raise ValueError("the photograph that is timed shows no page")
    flat = flatten(picture, found.corners, Paper.A4)
    height, width = flat.picture.shape[:2]
    page = cleaned(flat)
    rows: list[tuple[str, Callable[[], object], str, Callable[[], object] | None]] = [
        ("find the outline", lambda: find(picture, Paper.A4), "recipe", lambda: plain_corners(picture)),
        (
            "follow the outline",
            lambda: find(picture, Paper.A4, found),
            "recipe",
            lambda: plain_corners(picture),
        ),
        (
            "make it flat",
            lambda: flatten(picture, found.corners, Paper.A4),
            "recipe, linear",
            lambda: plain_flat(picture, corners, width, height),
        ),
        ("check it", lambda: check(found, flat), "", None),
        (
            "make it clean",
            lambda: cleaned(flat),
            "recipe, black and white",
            lambda: plain_clean(flat.picture),
        ),
        (
            "code it within 400 KB",
            lambda: encoded(page, 200, LIMIT_BYTES),
            "one JPEG",
            lambda: cv2.imencode(".jpg", page),
        ),
    ]
    return [_stage(*row) for row in rows]


def _stage(name: str, call: Callable[[], object], peer: str, other: Callable[[], object] | None) -> Figure:
    taken, beside = [], []
    for _ in range(ROUNDS + 1):
        taken.append(_timed(call))
        beside.append(_timed(other) if other else math.nan)
    samples = Samples.of(taken[1:], "ms")
    return Figure(name, samples, peer=Peer(peer, Samples.of(beside[1:], "ms")) if other else None)


def _timed(call: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began_s)
