"""Findings about paths: what is never reached, what always holds, what cannot run, what decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from config.item import DOCUMENT, Choice, Condition, Equals, Item, Material
from config.item_conditions import AllOf, AnyOf, NoneOf, comparisons, holds
from config.item_order import located
from config.lint.report import Lint
from config.lint.worlds import Worlds, as_words
from config.plain import Loc

_THINGS: Final = ("lookups", "materials", "parties", "agreements")


def about_paths(item: Item, worlds: Worlds) -> Iterator[Lint]:
    """Everything about the ways through `item`."""
    for loc, question in located(item):
        yield from _condition(question.relevant, loc, f'"{question.id}"', worlds, "never-asked")
    for key in _THINGS:
        for position, thing in enumerate(getattr(item, key)):
            compulsory = isinstance(thing, Material) and thing.obtained == "e_licence"
            yield from _condition(
                thing.relevant,
                (key, position),
                f'"{thing.id}"',
                worlds,
                "never-relevant",
                compulsory=compulsory,
            )
    for position, member in enumerate(item.members):
        loc = ("members", position)
        yield from _condition(member.relevant, loc, f'"{member.item}"', worlds, "never-relevant")
        for place, left_out in enumerate(member.left_out):
            where = (*loc, "left_out", place)
            yield from _condition(left_out.relevant, where, "this reason", worlds, "never-relevant")
    yield from _starved(item, worlds)
    yield from _members(item, worlds)
    yield from _unknown(item, worlds)
    yield from _idle(item, worlds)


def _condition(
    condition: Condition | None, loc: Loc, name: str, worlds: Worlds, code: str, *, compulsory: bool = False
) -> Iterator[Lint]:
    if condition is None:
        return
    fields = {each.field for each in comparisons(condition)}
    found = list(worlds.of(fields, apart=fields))
    truth = {holds(condition, world.get) for world in found}
    where: Loc = (*loc, "relevant")
    if True not in truth:
        yield Lint(code, where, f"no path leads to {name}: its condition never holds")
    elif False not in truth and not compulsory:
        yield Lint("always-holds", where, f"the condition of {name} holds on every path")
    else:
        for part, inside, words in _parts(condition, where):
            if not any(holds(part, world.get) for world in found):
                yield Lint("part-never-holds", inside, f"no path has {words}")


def _parts(condition: Condition, loc: Loc) -> Iterator[tuple[Condition, Loc, str]]:
    """Every value that is compared with, and every group within, each as a condition of its own."""
    match condition:
        case Equals():
            for position, value in enumerate(condition.values):
                part = Equals(field=condition.field, values=(value,))
                yield part, (*loc, "values", position), f'{condition.field} "{value}"'
            return
        case AllOf():
            key, inner = "all_of", condition.all_of
        case AnyOf():
            key, inner = "any_of", condition.any_of
        case NoneOf():
            key, inner = "none_of", condition.none_of
    for position, each in enumerate(inner):
        where: Loc = (*loc, key, position)
        if not isinstance(each, Equals):
            yield each, where, "what this part asks for"
        yield from _parts(each, where)


def _starved(item: Item, worlds: Worlds) -> Iterator[Lint]:
    for position, lookup in enumerate(item.lookups):
        names = {*lookup.needs, *(each.field for each in comparisons(lookup.relevant))}
        for world in worlds.of(names):
            if holds(lookup.relevant, world.get) and not worlds.runs(lookup, world):
                missing = next(name for name in lookup.needs if name not in world)
                where: Loc = ("lookups", position, "needs", lookup.needs.index(missing))
                why = f'"{lookup.id}" needs "{missing}", which is not asked with {as_words(world)}'
                yield Lint("lookup-starved", where, why)
                break


def _members(item: Item, worlds: Worlds) -> Iterator[Lint]:
    conditions = [member.relevant for member in item.members]
    if item.members and None not in conditions:
        fields = {each.field for one in conditions for each in comparisons(one)}
        for world in worlds.of(fields):
            if not any(holds(one, world.get) for one in conditions):
                yield Lint("no-member", ("members",), f"every member is left out with {as_words(world)}")
                break
    for position, member in enumerate(item.members):
        if member.relevant is None:
            continue
        reasons = [each.relevant for each in member.left_out]
        fields = {each.field for one in (member.relevant, *reasons) for each in comparisons(one)}
        for world in worlds.of(fields):
            said = any(holds(one, world.get) for one in reasons)
            if not holds(member.relevant, world.get) and not said:
                why = f'"{member.item}" is left out with {as_words(world)}, and nobody is told why'
                yield Lint("left-out-unsaid", ("members", position, "left_out"), why)
                break


def _unknown(item: Item, worlds: Worlds) -> Iterator[Lint]:
    filled = {asked.prefill.fact for asked in item.questions if asked.prefill is not None}
    for position, lookup in enumerate(item.lookups):
        if lookup.missing == "window":
            continue
        for place, fact in enumerate(lookup.facts):
            if fact.id in worlds.deciding and fact.id not in filled and not _answered(fact.id, worlds):
                why = f'"{fact.id}" decides; where nobody can tell it, nobody is asked'
                yield Lint("unknown-decides", ("lookups", position, "facts", place), why)


def _answered(fact: str, worlds: Worlds) -> bool:
    """Whether anything is relevant because nobody could tell `fact`."""
    for condition in worlds.conditions:
        fields = {each.field for each in comparisons(condition)}
        if fact not in fields:
            continue
        holding: dict[bool, set[tuple[tuple[str, str], ...]]] = {True: set(), False: set()}
        for world in worlds.of(fields, apart={fact}):
            rest = tuple((name, value) for name, value in world.items() if name != fact)
            if holds(condition, world.get) == (fact not in world):
                holding[fact in world].add(rest)
        if holding[True] & holding[False]:
            return True
    return False


def _idle(item: Item, worlds: Worlds) -> Iterator[Lint]:
    used = {*worlds.deciding, DOCUMENT}
    used |= {name for lookup in item.lookups for name in lookup.needs}
    used |= {asked.prefill.answer for asked in item.questions if asked.prefill and asked.prefill.answer}
    for position, asked in enumerate(item.situations):
        if not isinstance(asked, Choice):
            continue
        ends = any(option.window is not None for option in asked.options)
        if asked.id not in used and not ends and asked.source != "e_licence":
            yield Lint("decides-nothing", ("situations", position), f'nothing depends on "{asked.id}"')
