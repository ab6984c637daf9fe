"""When each thing of a matter is known: questions in the order they are asked, facts as lookups can run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from config.item import DOCUMENT, Item, Lookup, Question
from config.item_conditions import comparisons
from config.item_lookups import Fact
from config.plain import Loc

START: Final = -1
"""Known before the first question: what the identity document says, and what needs nothing else."""


@dataclass(frozen=True)
class Told:
    """A fact, and the lookup that tells it."""

    lookup: Lookup
    fact: Fact


class Order:
    """The questions and facts of one item, and after which question each is known."""

    def __init__(self, item: Item) -> None:
        self.item = item

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """By id, in the order in which they are asked."""
        return {asked.id: asked for asked in self.item.questions}

    @cached_property
    def facts(self) -> Mapping[str, Told]:
        """By id."""
        return {fact.id: Told(lookup, fact) for lookup in self.item.lookups for fact in lookup.facts}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each question, from 0."""
        return {name: place for place, name in enumerate(self.questions)}

    @cached_property
    def end(self) -> int:
        """The place behind the last question."""
        return len(self.questions)

    def known_after(self, name: str) -> int | None:
        """The place of the question after which `name` is known; None if it is nothing that is ever known."""
        return self._known_after(name, frozenset())

    def ready_after(self, lookup: Lookup) -> int | None:
        """The place of the question after which `lookup` can run; None if it waits for itself or nothing."""
        return self._ready_after(lookup, frozenset())

    def known_before(self, place: int) -> Iterator[str]:
        """Every question and fact that is known when the question at `place` is asked."""
        for name in (*self.questions, *self.facts):
            after = self.known_after(name)
            if after is not None and after < place:
                yield name

    def _known_after(self, name: str, waiting: frozenset[str]) -> int | None:
        if name == DOCUMENT:
            return START
        if name in self.places:
            return self.places[name]
        told = self.facts.get(name)
        return None if told is None else self._ready_after(told.lookup, waiting)

    def _ready_after(self, lookup: Lookup, waiting: frozenset[str]) -> int | None:
        if lookup.id in waiting:
            return None
        waiting |= {lookup.id}
        after = START
        for name in (*lookup.needs, *(each.field for each in comparisons(lookup.relevant))):
            known = self._known_after(name, waiting)
            if known is None:
                return None
            after = max(after, known)
        return after


def located(item: Item) -> Iterator[tuple[Loc, Question]]:
    """Every question with its place in the file."""
    for position, situation in enumerate(item.situations):
        yield ("situations", position), situation
    for position, field in enumerate(item.fields):
        yield ("fields", position), field
