"""Every way through a matter that matters to a condition: answers, facts told or not, the document; exact.

Questions constrain each other only by relevance, and an answer that leads to the window ends a path without
constraining any other. So whatever depends on some names is decided by those names and by what they depend on
themselves: only these are combined. Answers that no condition tells apart count as one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from math import prod
from typing import Final, Literal

from config.item import DOCUMENT, Choice, Item, Lookup
from config.item_conditions import AllOf, AnyOf, Condition, Equals, NoneOf, comparisons, holds
from config.item_order import Order

MOST: Final = 20_000
"""More ways than these are sampled."""

GIVEN: Final = "given"
"""Stands for an answer or a fact whose value decides nothing."""

Lookups = Literal["told", "silent", "either"]
"""Whether lookups tell everything, nothing, or each fact or not."""

World = Mapping[str, str]
"""What is known on one path. A name that is not in it was not asked, or nobody could tell."""


class Worlds:
    """The ways through one item."""

    def __init__(self, item: Item, seed: int = 1, most: int = MOST) -> None:
        self.item, self.order, self.sampled = item, Order(item), False
        self._seed, self.most = seed, most

    def of(
        self, names: Collection[str], *, apart: Collection[str] = (), lookups: Lookups = "either"
    ) -> Iterator[dict[str, str]]:
        """Every way, as far as `names` depend on it; of `apart` every single value.

        Where there are more than the most, a sample; `sampled` is true from then on.
        """
        sequence = self._sequence(names)
        if self._more_than_most(sequence, apart, lookups):
            self.sampled = True
            chance = random.Random(self._seed)  # noqa: S311 - a sample that can be repeated
            for _ in range(self.most):
                yield self._one(sequence, apart, lookups, chance)
            return
        yield from self._walk(sequence, 0, {}, apart, lookups)

    def can_hold(self, condition: Condition | None) -> bool:
        """Whether there is a way on which it holds."""
        match condition:
            case None:
                return True
            case AnyOf():
                return any(self.can_hold(each) for each in condition.any_of)
            case AllOf():
                return self._way(condition.all_of, all) is not None
            case NoneOf():
                return self.without(condition.none_of) is not None
            case Equals():
                return self._way((condition,), all) is not None

    def can_fail(self, condition: Condition | None) -> bool:
        """Whether there is a way on which it does not hold."""
        match condition:
            case None:
                return False
            case AnyOf():
                return self.without(condition.any_of) is not None
            case AllOf():
                return any(self.can_fail(each) for each in condition.all_of)
            case NoneOf():
                return any(self.can_hold(each) for each in condition.none_of)
            case Equals():
                return self.without((condition,)) is not None

    def without(
        self, conditions: Collection[Condition | None], *, apart: Collection[str] = ()
    ) -> dict[str, str] | None:
        """A way on which none of them holds, if there is one."""
        return self._way(conditions, _none, apart)

    def _way(
        self,
        conditions: Collection[Condition | None],
        wanted: Callable[[Iterable[bool]], bool],
        apart: Collection[str] = (),
    ) -> dict[str, str] | None:
        """A way on which all of them hold, or none.

        Conditions that depend on nothing in common are looked at apart, so that few ways prove it.
        """
        found: dict[str, str] = {}
        for names, group in self._groups(conditions, apart):
            ways = self.of(names, apart={*apart, *_fields(group)})
            way = next((one for one in ways if wanted(holds(each, one.get) for each in group)), None)
            if way is None:
                return None
            found |= way
        return found

    def _groups(
        self, conditions: Collection[Condition | None], apart: Collection[str]
    ) -> list[tuple[set[str], list[Condition | None]]]:
        groups: list[tuple[set[str], list[Condition | None]]] = [(set(apart), [])]
        for condition in conditions:
            names = set(self._sequence(_fields([condition])))
            touched = [group for group in groups if not names or group[0] & names]
            merged: tuple[set[str], list[Condition | None]] = (set(names), [condition])
            for group in touched:
                merged[0].update(group[0])
                merged[1].extend(group[1])
            groups = [group for group in groups if group not in touched] + [merged]
        return groups

    def few(self, names: Collection[str]) -> bool:
        """Whether there are surely no more ways than the most, as far as `names` depend on them."""
        return self._at_most(self._sequence(names), names) <= self.most

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """Every name that a condition of the item refers to."""
        return tuple(dict.fromkeys(each.field for one in self.conditions for each in comparisons(one)))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the item."""
        item = self.item
        things = (*item.questions, *item.lookups, *item.materials, *item.parties, *item.agreements)
        found = [thing.relevant for thing in things]
        for member in item.members:
            found += [member.relevant, *(each.relevant for each in member.left_out)]
        return tuple(condition for condition in found if condition is not None)

    def tells_apart(self, name: str) -> bool:
        """Whether a condition treats one value of `name` differently from another."""
        return len(self._classes[name]) > 1

    def runs(self, lookup: Lookup, world: World) -> bool:
        """Whether a lookup is relevant and has everything it needs."""
        return holds(lookup.relevant, world.get) and all(name in world for name in lookup.needs)

    def _sequence(self, names: Collection[str]) -> list[str]:
        """`names` and whatever they depend on, each behind what it depends on."""
        found: dict[str, None] = {}

        def add(name: str) -> None:
            if name in found:
                return
            for other in self._needs(name):
                add(other)
            found[name] = None

        for name in names:
            add(name)
        return list(found)

    def _needs(self, name: str) -> Iterator[str]:
        if name in self.order.questions:
            yield from (each.field for each in comparisons(self.order.questions[name].relevant))
        elif name in self.order.facts:
            lookup = self.order.facts[name].lookup
            yield from lookup.needs
            yield from (each.field for each in comparisons(lookup.relevant))

    def _walk(
        self, sequence: list[str], place: int, world: dict[str, str], apart: Collection[str], lookups: Lookups
    ) -> Iterator[dict[str, str]]:
        if place == len(sequence):
            yield dict(world)
            return
        name = sequence[place]
        for value in self._values(name, world, apart, lookups):
            if value is not None:
                world[name] = value
            yield from self._walk(sequence, place + 1, world, apart, lookups)
            world.pop(name, None)

    def _one(
        self, sequence: list[str], apart: Collection[str], lookups: Lookups, chance: random.Random
    ) -> dict[str, str]:
        world: dict[str, str] = {}
        for name in sequence:
            value = chance.choice(self._values(name, world, apart, lookups))
            if value is not None:
                world[name] = value
        return world

    def _more_than_most(self, sequence: list[str], apart: Collection[str], lookups: Lookups) -> bool:
        if self._at_most(sequence, apart) <= self.most:
            return False
        ways = self._walk(sequence, 0, {}, apart, lookups)
        return any(number >= self.most for number, _world in enumerate(ways))

    def _at_most(self, sequence: Collection[str], apart: Collection[str]) -> int:
        """So many ways if everything were asked, and every fact told or not."""
        return prod(
            len(self._all[name] if name in apart else self._classes[name]) + (name in self.order.facts)
            for name in sequence
        )

    def _values(
        self, name: str, world: World, apart: Collection[str], lookups: Lookups
    ) -> tuple[str | None, ...]:
        values = self._all[name] if name in apart else self._classes[name]
        if name == DOCUMENT:
            return values
        if name in self.order.questions:
            return values if holds(self.order.questions[name].relevant, world.get) else (None,)
        if lookups == "silent" or not self.runs(self.order.facts[name].lookup, world):
            return (None,)
        return values if lookups == "told" else (*values, None)

    @cached_property
    def _all(self) -> dict[str, tuple[str, ...]]:
        """Every value that goes on."""
        found: dict[str, tuple[str, ...]] = {DOCUMENT: self.item.documents}
        for name, asked in self.order.questions.items():
            found[name] = (
                tuple(option.value for option in asked.options if option.window is None)
                if isinstance(asked, Choice)
                else (GIVEN,)
            )
        for name, told in self.order.facts.items():
            goes_on = tuple(option.value for option in told.fact.options if option.window is None)
            found[name] = goes_on or (GIVEN,)
        return found

    @cached_property
    def _classes(self) -> dict[str, tuple[str, ...]]:
        """One value of each kind that conditions tell apart."""
        sets: dict[str, list[frozenset[str]]] = {}
        for condition in self.conditions:
            for each in comparisons(condition):
                sets.setdefault(each.field, []).append(frozenset(each.values))
        return {name: _representatives(values, sets.get(name, [])) for name, values in self._all.items()}


def _representatives(values: tuple[str, ...], sets: list[frozenset[str]]) -> tuple[str, ...]:
    first: dict[tuple[bool, ...], str] = {}
    for value in values:
        first.setdefault(tuple(value in one for one in sets), value)
    return tuple(first.values())


def _fields(conditions: Iterable[Condition | None]) -> list[str]:
    return [each.field for one in conditions for each in comparisons(one)]


def _none(truths: Iterable[bool]) -> bool:
    return not any(truths)


def as_words(world: World) -> str:
    """`for_whom=self, purpose=other`, for a finding; "every path" if it depends on nothing."""
    return ", ".join(f"{name}={value}" for name, value in world.items() if value != GIVEN) or "every path"
