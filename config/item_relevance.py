"""Checks of conditions: each refers to something known by then, to values that exist and that go on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from config.item import DOCUMENT, Choice, Condition, Equals
from config.item_conditions import AllOf, AnyOf, NoneOf
from config.item_findings import Finding
from config.item_order import Order
from config.plain import Loc, meant


def about_condition(condition: Condition | None, loc: Loc, order: Order, place: int) -> Iterator[Finding]:
    """What is wrong with a condition at `loc` that has to be decided before the question at `place`."""
    match condition:
        case None:
            return
        case Equals():
            yield from _comparison(condition, loc, order, place)
        case AllOf():
            yield from _each(condition.all_of, (*loc, "all_of"), order, place)
        case AnyOf():
            yield from _each(condition.any_of, (*loc, "any_of"), order, place)
        case NoneOf():
            yield from _each(condition.none_of, (*loc, "none_of"), order, place)


def _each(conditions: tuple[Condition, ...], loc: Loc, order: Order, place: int) -> Iterator[Finding]:
    for position, condition in enumerate(conditions):
        yield from about_condition(condition, (*loc, position), order, place)


def _comparison(equals: Equals, loc: Loc, order: Order, place: int) -> Iterator[Finding]:
    name, field = equals.field, (*loc, "field")
    if name == DOCUMENT:
        yield from _values(equals, loc, order.item.documents, "is no document that this matter takes")
        return
    if name in order.facts:
        yield from _told(equals, loc, order, place)
        return
    asked = order.questions.get(name)
    if asked is None or order.places[name] >= place:
        hint = meant(name, order.known_before(place))
        yield Finding(field, f'"{name}" is no earlier question{hint}')
    elif not isinstance(asked, Choice):
        yield Finding(field, f'"{name}" is no choice; only a choice can decide')
    else:
        options = {option.value: option for option in asked.options}
        yield from _values(equals, loc, options, f'is no answer of "{name}"')
        for position, value in enumerate(equals.values):
            if value in options and options[value].window is not None:
                why = f'"{value}" leads to the window, so this would never be asked'
                yield Finding((*loc, "values", position), why)


def _told(equals: Equals, loc: Loc, order: Order, place: int) -> Iterator[Finding]:
    told = order.facts[equals.field]
    after = order.known_after(equals.field)
    if after is None or after >= place:
        why = f'"{equals.field}" is told by "{told.lookup.id}", which cannot have run by then'
        yield Finding((*loc, "field"), why)
    elif told.fact.kind != "choice":
        yield Finding((*loc, "field"), f'"{equals.field}" is no choice; only a choice can decide')
    else:
        values = [option.value for option in told.fact.options]
        yield from _values(equals, loc, values, f'is no value of "{equals.field}"')
        ends = {option.value for option in told.fact.options if option.window is not None}
        for position, value in enumerate(equals.values):
            if value in ends:
                why = f'"{value}" leads to the window, so this would never be asked'
                yield Finding((*loc, "values", position), why)


def _values(equals: Equals, loc: Loc, known: Collection[str], wrong: str) -> Iterator[Finding]:
    for position, value in enumerate(equals.values):
        where: Loc = (*loc, "values", position)
        if value not in known:
            yield Finding(where, f'"{value}" {wrong}{meant(value, known)}')
        elif value in equals.values[:position]:
            yield Finding(where, f'"{value}" is said twice')


def demands(condition: Condition | None, name: str) -> bool:
    """Whether it can only hold where `name` has one of some values: a grant, say."""
    match condition:
        case None | NoneOf():
            return False
        case Equals():
            return condition.field == name
        case AllOf():
            return any(demands(each, name) for each in condition.all_of)
        case AnyOf():
            return all(demands(each, name) for each in condition.any_of)
