"""Checks of a question that is answered by papers under the document camera."""

from __future__ import annotations

from collections.abc import Iterator

from config.item import CaptureQuestion, Item
from config.item_findings import Finding
from config.plain import Loc, meant

SIDES = 2
"""Pages of a card."""


def about_capture(question: CaptureQuestion, loc: Loc, item: Item) -> Iterator[Finding]:
    """A material that is scanned, for one question only; and a card has two sides."""
    where: Loc = (*loc, "material")
    scans = {material.id for material in item.materials if material.obtained == "scan"}
    if question.material not in scans:
        hint = meant(question.material, scans)
        yield Finding(where, f'"{question.material}" is no material that is obtained by scan{hint}')
    asking = [
        asked.id
        for asked in item.questions
        if isinstance(asked, CaptureQuestion) and asked.material == question.material
    ]
    if asking[0] != question.id:
        yield Finding(where, f'"{question.material}" is already taken by "{asking[0]}"')
    if question.paper == "id_1" and question.most_pages != SIDES:
        yield Finding((*loc, "most_pages"), "must be 2: a card has two sides")
