"""Checks of an item's identity documents: each is taken or has its window, and can fill lines of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from config.item import CardFact, DocumentKind, Item
from config.item_findings import Finding

DOCUMENT_KINDS: Final[tuple[DocumentKind, ...]] = get_args(DocumentKind)

_FOREIGN: Final = frozenset[DocumentKind]({"foreign-2017", "foreign-2023"})
HAVE: Final[Mapping[CardFact, frozenset[DocumentKind]]] = {
    "name": frozenset(DOCUMENT_KINDS),
    "name_zh": _FOREIGN,
    "sex": frozenset(DOCUMENT_KINDS),
    "ethnicity": frozenset({"resident"}),
    "birth": frozenset(DOCUMENT_KINDS),
    "nationality": _FOREIGN,
    "id_number": frozenset(DOCUMENT_KINDS),
    "pass_number": frozenset({"permit"}),
    "address": frozenset({"resident", "permit"}),
}
"""Which documents have which fact."""


def about_documents(item: Item) -> Iterator[Finding]:
    """Every kind of document is taken, or its holders are told where to go: once."""
    placed: set[DocumentKind] = set()
    for position, kind in enumerate(item.documents):
        if kind in placed:
            yield Finding(("documents", position), f'"{kind}" is said twice')
        placed.add(kind)
    for position, elsewhere in enumerate(item.elsewhere):
        for place, kind in enumerate(elsewhere.documents):
            if kind in placed:
                where = ("elsewhere", position, "documents", place)
                yield Finding(where, f'"{kind}" is taken here, or has its counter already')
            placed.add(kind)
    missing = [kind for kind in DOCUMENT_KINDS if kind not in placed]
    if missing:
        yield Finding(("elsewhere",), f"says nothing for {', '.join(missing)}: where do their holders go?")


def about_card_fields(item: Item) -> Iterator[Finding]:
    """Each line can be filled by a document that is taken, and no document fills two with one fact."""
    lines: set[tuple[CardFact, DocumentKind]] = set()
    for position, field in enumerate(item.card_fields):
        where = ("card_fields", position, "fact")
        for place, kind in enumerate(field.documents or ()):
            if kind not in item.documents:
                reason = f'"{kind}" is no document that this matter takes'
                yield Finding(("card_fields", position, "documents", place), reason)
        kinds = set(field.documents or item.documents) & HAVE[field.fact]
        if not kinds:
            yield Finding(where, f'no document that this matter takes has "{field.fact}"')
        if any((field.fact, kind) in lines for kind in kinds):
            yield Finding(where, f'"{field.fact}" is already a line of the form')
        lines |= {(field.fact, kind) for kind in kinds}
