"""Checks of a joint matter: members that are there, fit under one roof, and mean the same by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from config.assurance import ENOUGH
from config.item import Choice, Item, JointMember, LivenessNeed
from config.item_checks import findings
from config.item_findings import Finding
from config.item_order import Order
from config.item_relevance import about_condition
from config.joint_items import JoinedItem, joined
from config.plain import Loc, meant

_LIVENESS: Final[tuple[LivenessNeed, ...]] = ("none", "basic", "certified")
_FROM_MEMBERS: Final = (
    "situations", "fields", "lookups", "calculations", "materials", "parties", "agreements",
)  # fmt: skip


def joint_findings(item: Item, by_id: Mapping[str, Item]) -> Iterator[Finding]:
    """Every mistake in a joint matter, in its own file; `by_id` are all the matters beside it."""
    wrong = [*_members(item, by_id)]
    if not wrong:
        members = [(position, by_id[member.item]) for position, member in enumerate(item.members)]
        for position, member in members:
            wrong += _under_one_roof(item, member, ("members", position, "item"))
        wrong += _same_names(item, members)
    yield from wrong
    if not wrong:
        whole = joined(item, by_id)
        for finding in findings(whole):
            yield Finding(*in_own_file(finding.loc, finding.reason, item, whole))
        order = Order(whole)
        for position, part in enumerate(item.members):
            yield from _conditions(part, ("members", position), order)


def _members(item: Item, by_id: Mapping[str, Item]) -> Iterator[Finding]:
    if len(item.members) == 1:
        yield Finding(("members",), "needs at least two: one matter is not joint")
    seen: set[str] = set()
    for position, member in enumerate(item.members):
        where: Loc = ("members", position, "item")
        if member.item not in by_id:
            others = [name for name in by_id if name != item.id]
            yield Finding(where, f'"{member.item}" is no matter beside this one{meant(member.item, others)}')
        elif by_id[member.item].members:
            yield Finding(where, f'"{member.item}" is joint itself')
        elif member.item in seen:
            yield Finding(where, f'"{member.item}" is said twice')
        seen.add(member.item)
    if item.only_in_joint:
        yield Finding(("only_in_joint",), "means nothing here: this is the joint matter")


def _under_one_roof(item: Item, member: Item, where: Loc) -> Iterator[Finding]:
    """What the joint matter promises holds for the member, too."""
    for kind in item.documents:
        if kind not in member.documents:
            yield Finding(where, f'"{member.id}" does not take the document "{kind}"')
    if item.assurance_level not in ENOUGH[member.assurance_level]:
        why = f'"{member.id}" needs {member.assurance_level}, and assurance_level here is less'
        yield Finding(where, why)
    if _LIVENESS.index(item.liveness) < _LIVENESS.index(member.liveness):
        yield Finding(where, f'"{member.id}" needs liveness {member.liveness}')
    if member.offline.policy == "forbidden" and item.offline.policy != "forbidden":
        yield Finding(where, f'"{member.id}" may not be kept offline, so this may not either')
    if member.confidential_result and not item.confidential_result:
        yield Finding(where, f'the result of "{member.id}" is confidential, so this must be, too')
    if item.under_14 == "guardian" and member.under_14 == "window":
        yield Finding(where, f'"{member.id}" does not let a guardian apply here')
    if item.audience != member.audience:
        yield Finding(where, f'"{member.id}" is for another audience: {member.audience}')


def _same_names(item: Item, members: list[tuple[int, Item]]) -> Iterator[Finding]:
    """One id is one thing, whichever member says it."""
    first: dict[str, tuple[str, dict[str, object]]] = {}
    for name, what in _meanings(item):
        first.setdefault(name, (item.id, what))
    for position, member in members:
        for name, what in _meanings(member):
            owner, before = first.setdefault(name, (member.id, what))
            different = [key for key in what if what[key] != before.get(key)]
            if different:
                why = (
                    f'{name} of "{member.id}" and of "{owner}" are one, and differ in {", ".join(different)}'
                )
                yield Finding(("members", position, "item"), why)


def _meanings(item: Item) -> Iterator[tuple[str, dict[str, object]]]:
    for asked in item.questions:
        values = {option.value for option in asked.options} if isinstance(asked, Choice) else None
        yield f'"{asked.id}"', {"kind": asked.kind, "values": values}
    for lookup in item.lookups:
        yield f'lookup "{lookup.id}"', {"data": lookup.data, "needs": lookup.needs, "missing": lookup.missing}
        for fact in lookup.facts:
            kinds = {option.value for option in fact.options}
            yield f'"{fact.id}"', {"kind": fact.kind, "values": kinds or None, "lookup": lookup.id}
    for material in item.materials:
        yield f'material "{material.id}"', {"obtained": material.obtained, "lookup": material.lookup}
    for party in item.parties:
        yield f'party "{party.id}"', {"role": party.role, "signs": party.signs}
    for calculation in item.calculations:
        yield f'"{calculation.id}"', {"amount": calculation.amount}


def _conditions(member: JointMember, loc: Loc, order: Order) -> Iterator[Finding]:
    yield from about_condition(member.relevant, (*loc, "relevant"), order, order.end)
    for position, left_out in enumerate(member.left_out):
        where: Loc = (*loc, "left_out", position, "relevant")
        yield from about_condition(left_out.relevant, where, order, order.end)
    if member.left_out and member.relevant is None:
        yield Finding((*loc, "left_out"), "would never be said: this member has no condition")


def in_own_file(loc: Loc, reason: str, item: Item, whole: JoinedItem) -> tuple[Loc, str]:
    """A place in the whole joint matter, as one in its own file: the thing itself, or the member's line."""
    match loc:
        case (str() as key, int() as position, *rest) if key in _FROM_MEMBERS:
            pass
        case _:
            return loc, reason
    name = getattr(whole, key)[position].id
    own = [each.id for each in getattr(item, key)]
    if name in own:
        return (key, own.index(name), *rest), reason
    for place, part in enumerate(whole.parts):
        if any(each.id == name for each in getattr(part.item, key)):
            return ("members", place, "item"), f"its {key}[{name}]: {reason}"
    return loc, reason
