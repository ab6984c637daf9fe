"""Findings about paths: what is never reached, what always holds, what cannot run, what decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from config.item import DOCUMENT, Condition, Equals, Item, JointMember, LeftOut, Lookup, Material
from config.item_conditions import AllOf, AnyOf, NoneOf, comparisons, holds
from config.item_order import located
from config.lint.report import Lint
from config.lint.worlds import Worlds, as_words
from config.plain import Loc

Own = Callable[[Loc], bool]
"""Whether the thing at a place stands in the matter's own file, and not in a member's."""

_THINGS: Final = ("lookups", "materials", "parties", "agreements")


def about_paths(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    """Everything about the ways through `item`. What members bring is proved in their own files."""
    for loc, asked in located(item):
        yield from _condition(asked.relevant, loc, f'"{asked.id}"', worlds, "never-asked", own=own(loc))
    for key in _THINGS:
        for position, thing in enumerate(getattr(item, key)):
            loc = (key, position)
            name = f'"{thing.id}"'
            yield from _condition(
                thing.relevant,
                loc,
                name,
                worlds,
                "never-relevant",
                own=own(loc),
                compulsory=_compulsory(thing),
            )
    for position, member in enumerate(item.members):
        loc = ("members", position)
        yield from _condition(member.relevant, loc, f'"{member.item}"', worlds, "never-relevant")
        for place, left_out in enumerate(member.left_out):
            if not worlds.can_hold(_said(member, left_out)):
                where = (*loc, "left_out", place, "relevant")
                yield Lint("never-relevant", where, "on no path is this the reason: it never holds there")
    yield from _starved(item, worlds, own)
    yield from _members(item, worlds)
    yield from _unknown(item, worlds, own)
    yield from _idle(item, worlds, own)


def _said(member: JointMember, left_out: LeftOut) -> Condition:
    """When a reason is said: it holds, and the member is left out."""
    out = (NoneOf(none_of=(member.relevant,)),) if member.relevant is not None else ()
    return AllOf(all_of=(left_out.relevant, *out))


def _compulsory(thing: object) -> bool:
    """A licence needs its authorisation as condition; and a lookup's condition says when it runs, too."""
    return isinstance(thing, Lookup) or (isinstance(thing, Material) and thing.obtained == "e_licence")


def _condition(
    condition: Condition | None,
    loc: Loc,
    name: str,
    worlds: Worlds,
    code: str,
    *,
    own: bool = True,
    compulsory: bool = False,
) -> Iterator[Lint]:
    where: Loc = (*loc, "relevant")
    if not worlds.can_hold(condition):
        yield Lint(code, where, f"no path leads to {name}: its condition never holds")
    elif condition is not None and own:
        if not compulsory and not worlds.can_fail(condition):
            yield Lint("always-holds", where, f"the condition of {name} holds on every path")
            return
        for part, inside, words in _parts(condition, where):
            if not worlds.can_hold(part):
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


def _starved(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    for position, lookup in enumerate(item.lookups):
        if not own(("lookups", position)):
            continue
        names = {*lookup.needs, *(each.field for each in comparisons(lookup.relevant))}
        for world in worlds.of(names):
            if holds(lookup.relevant, world.get) and not worlds.runs(lookup, world):
                missing = next(name for name in lookup.needs if name not in world)
                where: Loc = ("lookups", position, "needs", lookup.needs.index(missing))
                why = f'"{lookup.id}" needs "{missing}", which is not asked with {as_words(world)}'
                yield Lint("lookup-starved", where, why)
                break


def _members(item: Item, worlds: Worlds) -> Iterator[Lint]:
    way = worlds.without([member.relevant for member in item.members]) if item.members else None
    if way is not None:
        yield Lint("no-member", ("members",), f"every member is left out with {as_words(way)}")
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


def _unknown(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    filled = {asked.prefill.fact for asked in item.questions if asked.prefill is not None}
    for position, lookup in enumerate(item.lookups):
        if lookup.missing == "window" or not own(("lookups", position)):
            continue
        for place, fact in enumerate(lookup.facts):
            if worlds.tells_apart(fact.id) and fact.id not in filled and not _answered(fact.id, worlds):
                why = f'"{fact.id}" decides; where nobody can tell it, nobody is asked'
                yield Lint("unknown-decides", ("lookups", position, "facts", place), why)


def _answered(fact: str, worlds: Worlds) -> bool:
    """Whether anything is relevant because nobody could tell `fact`."""
    for condition in worlds.conditions:
        fields = {each.field for each in comparisons(condition)}
        if fact not in fields or not worlds.few(fields):
            continue
        holding: dict[bool, set[tuple[tuple[str, str], ...]]] = {True: set(), False: set()}
        for world in worlds.of(fields, apart={fact}):
            rest = tuple((name, value) for name, value in world.items() if name != fact)
            if holds(condition, world.get) == (fact not in world):
                holding[fact in world].add(rest)
        if holding[True] & holding[False]:
            return True
    return False


def _idle(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    used = {*worlds.deciding, DOCUMENT}
    used |= {name for lookup in item.lookups for name in lookup.needs}
    used |= {asked.prefill.answer for asked in item.questions if asked.prefill and asked.prefill.answer}
    for position, asked in enumerate(item.situations):
        if not own(("situations", position)):
            continue
        ends = any(option.window is not None for option in asked.options)
        if asked.id not in used and not ends and asked.source != "e_licence":
            yield Lint("decides-nothing", ("situations", position), f'nothing depends on "{asked.id}"')
