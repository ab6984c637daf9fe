"""A joint matter, put together from its members: one conversation, and a form for each member.

What several members ask is asked once: questions with the same id are one question. Where the joint matter's
own file has a question of that id, too, its words hold; otherwise the first member's.
A member is left out, with its questions, materials and forms, where its condition does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, Self, TypeVar

from config.item import Item, JointMember, LeftOut
from config.item_amounts import Calculation
from config.item_basics import DataModel
from config.item_conditions import AnyOf, Condition, both


class Part(DataModel):
    """A member in its place: the matter, when it is done, and why it is not."""

    item: Item
    relevant: Condition | None
    left_out: tuple[LeftOut, ...]


class JoinedItem(Item):
    """A joint matter with everything its members ask and need. Made by `joined`, never read from a file."""

    parts: tuple[Part, ...]


def joined(item: Item, by_id: Mapping[str, Item]) -> JoinedItem:
    """`item`, which has members, with their questions and needs. Raises KeyError for a member not there."""
    parts = tuple(_part(member, by_id[member.item]) for member in item.members)
    situations = _once(item.situations, parts, lambda member: member.situations)
    own = {asked.id for asked in situations}
    fields = _once(item.fields, parts, lambda member: member.fields)
    whole = {name: getattr(item, name) for name in Item.model_fields}
    return JoinedItem(
        **{
            **whole,
            "situations": situations,
            "fields": tuple(asked for asked in fields if asked.id not in own),
            "lookups": _once(item.lookups, parts, lambda member: member.lookups),
            "materials": _once(item.materials, parts, lambda member: member.materials),
            "parties": _once(item.parties, parts, lambda member: member.parties),
            "agreements": _once(item.agreements, parts, lambda member: member.agreements),
            "calculations": _calculations(item, parts),
            "parts": parts,
        }
    )


def _part(member: JointMember, item: Item) -> Part:
    return Part(item=item, relevant=member.relevant, left_out=member.left_out)


class _Conditional(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def relevant(self) -> Condition | None: ...

    def model_copy(self, *, update: Mapping[str, object]) -> Self: ...


_Kind = TypeVar("_Kind", bound=_Conditional)


def _once(
    own: Sequence[_Kind], parts: Iterable[Part], of: Callable[[Item], Sequence[_Kind]]
) -> tuple[_Kind, ...]:
    """The joint matter's own first, then each member's that has no namesake before it.

    What members share is relevant where it is for one of them.
    """
    found = {each.id: each for each in own}
    said = set(found)
    for part in parts:
        for each in of(part.item):
            if each.id in said:
                continue
            here = both(part.relevant, each.relevant)
            before = found.get(each.id)
            if before is None:
                found[each.id] = each.model_copy(update={"relevant": here})
            else:
                found[each.id] = before.model_copy(update={"relevant": _either(before.relevant, here)})
    return tuple(found.values())


def _calculations(item: Item, parts: Iterable[Part]) -> tuple[Calculation, ...]:
    everywhere = [each for one in (item, *(part.item for part in parts)) for each in one.calculations]
    return tuple({each.id: each for each in reversed(everywhere)}.values())[::-1]


def _either(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is None or other is None:
        return None
    return one if one == other else AnyOf(any_of=(one, other))
