"""Findings about places: cut off, off the page, one over the other, too small for a finger, out of reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from PySide6.QtGui import QFontMetricsF

from tests.ui.checks.parts import Box, Part, of

AIR = 0.16
"""Of a letter's size: above and below the letters a line has this much air, which may be shared."""

LATIN = re.compile(r"[A-Za-z\u00C0-\u017F'’-]{2,}")
"""What may not be broken; numbers and what is said in Chinese may."""

TOUCHING = 2.0
"""Pixels that two things may share: rounding, and the rims of rounded corners."""


def truncated(found: Sequence[Part]) -> Iterator[str]:
    """Texts that are cut, wider or higher than their place, or that run out of the frame around them."""
    frames = {part.path[-1]: part for part in of(list(found), "panel", "control")}
    for part in of(list(found), "text"):
        if not part.said:
            continue
        if part.truncated:
            yield f"cut: {part.label}"
        elif part.place.width > part.item.width + 1:
            yield f"wider than its place by {part.place.width - part.item.width:.0f}: {part.label}"
        else:
            letters = _letters(part)
            around = (frames[number] for number in reversed(part.path) if number in frames)
            for frame in around:
                if not frame.place.holds(letters, TOUCHING):
                    yield f"runs out of its frame ({frame.kind}): {part.label}"
                    break


def broken_words(found: Sequence[Part]) -> Iterator[str]:
    """Words of letters that are wider than their place, and so broken in the middle."""
    for part in of(list(found), "text"):
        words = LATIN.findall(part.said)
        if words and part.font is not None and part.item.width > 0:
            letters = QFontMetricsF(part.font)
            widest = max(words, key=len)
            if letters.horizontalAdvance(widest) > part.item.width + TOUCHING:
                yield f"“{widest}” is broken: {part.label}"


def no_room(found: Sequence[Part]) -> Iterator[str]:
    """What can be turned, and shows less than two lines; and a line to type in that is not in sight."""
    listed = list(found)
    for area in of(listed, "area"):
        inside = [part for part in of(listed, "text") if part.within(area) and part.said]
        least = 2 * max((part.letter_px for part in inside), default=0)
        if inside and area.place.width > 0 and area.seen.height < least:
            yield f"only {area.seen.height:.0f} high: {area.label}"
    if any(of(listed, "keyboard")):
        for field in of(listed, "field"):
            if not field.seen.holds(field.item, TOUCHING):
                yield f"typed in, but not in sight: {field.label}"


def off_page(found: Sequence[Part], page: Box) -> Iterator[str]:
    """What is painted beyond the page; a long page that can be turned may go on below."""
    for part in of(list(found), "text", "control", "field", "graphic"):
        across = page.left - 1 <= part.place.left and part.place.right <= page.right + 1
        down = part.scrolled or (page.top - 1 <= part.place.top and part.place.bottom <= page.bottom + 1)
        if not (across and down):
            yield f"off the page: {part.label}"


def overlaps(found: Sequence[Part], page: Box) -> Iterator[str]:
    """Texts, controls, fields and the keyboard that share pixels with something they are no part of.

    Something to touch that is half the page or more is a ground on which others may stand.
    """
    ground = page.width * page.height / 2
    solid = [
        part
        for part in of(list(found), "text", "control", "field", "keyboard")
        if not part.seen.empty
        and (part.kind != "text" or part.said)
        and part.seen.width * part.seen.height < ground
    ]
    for one, other in combinations(solid, 2):
        if one.within(other) or other.within(one):
            continue
        shared = _solid(one).cut(_solid(other))
        if shared.width > TOUCHING and shared.height > TOUCHING:
            yield f"overlap by {shared.width:.0f} × {shared.height:.0f}: {one.label} and {other.label}"
    for cover in of(list(found), "panel"):
        if not cover.opaque:
            continue
        for part in solid:
            if cover.path < part.path or cover.within(part) or part.within(cover):
                continue
            shared = _solid(part).cut(cover.seen)
            if shared.width > TOUCHING and shared.height > TOUCHING:
                yield f"half covered by a panel in {cover.origin}: {part.label}"


def too_small(found: Sequence[Part], least: float) -> Iterator[str]:
    """Controls and fields that are less than `least` pixels high or wide; a field counts with its frame."""
    listed = list(found)
    frames = list(of(listed, "panel"))
    for part in of(listed, "control", "field"):
        place = part.item
        if part.kind == "field":
            place = next((frame.item for frame in reversed(frames) if part.within(frame)), place)
        if place.width < least - 0.5 or place.height < least - 0.5:
            yield f"only {place.width:.0f} × {place.height:.0f}: {part.label}"


def out_of_reach(found: Sequence[Part], line_y: float, least: float) -> Iterator[str]:
    """What is operated, and of which less than a finger's height lies below the line.

    A line that is typed in on the keyboard beneath it has the focus already, and need not be touched.
    """
    listed = list(found)
    typed = any(of(listed, "keyboard"))
    for part in of(listed, "control", *(() if typed else ("field",))):
        below = part.seen.bottom - max(part.seen.top, line_y)
        if not part.seen.empty and part.enabled and not part.scrolled and below < least - 0.5:
            yield f"above the reach line but for {max(0, below):.0f}: {part.label}"


def _letters(part: Part) -> Box:
    return part.place.smaller(0, AIR * part.letter_px)


def _solid(part: Part) -> Box:
    return part.seen.smaller(0, AIR * part.letter_px) if part.kind == "text" else part.seen
