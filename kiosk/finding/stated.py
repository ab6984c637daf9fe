"""What a file states to a question: words put together from its fields, and which fields these were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from config.item_basics import Basis, Text


@dataclass(frozen=True)
class Stated:
    """Facts of one file."""

    text: Text
    fields: tuple[str, ...]
    """Paths in the file: `fee.yuan`, `materials.0.name`."""
    basis: tuple[Basis, ...] = ()
    whole: bool = True
    """Whether this answers the question; if not, what is missing has still to be said."""


def joined(parts: Iterable[Text]) -> Text:
    """Sentences, one after the other."""
    found = tuple(parts)
    return Text(zh="".join(part.zh for part in found), en=" ".join(part.en for part in found))


def listed(head: Text, parts: Iterable[Text]) -> Text:
    """A sentence that names several things: 请带：甲、乙。"""
    found = tuple(parts)
    return Text(
        zh=f"{head.zh}：{'、'.join(part.zh for part in found)}。",
        en=f"{head.en}: {'; '.join(part.en for part in found)}.",
    )
