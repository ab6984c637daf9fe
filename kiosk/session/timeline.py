"""In which order a person meets a matter: questions, lookups, what is shown, who else signs; pure."""

from __future__ import annotations

from config.item import CaptureQuestion, Item, Lookup, Party, Question, ScanQuestion
from config.item_conditions import comparisons
from config.item_flow import Enquire, StepKind

Entry = Question | Lookup | Enquire | Party


def timeline(item: Item) -> tuple[Entry, ...]:
    """Questions in the order of the form, each lookup right after the last thing that it depends on.

    What is shown stands where the flow has it, and never before its lookup. The others sign last.
    """
    order: list[Entry] = list(_with_lookups(item))
    for position, step in enumerate(item.flow):
        if isinstance(step, Enquire):
            before = {other.kind for other in item.flow[:position]}
            order.insert(_place(order, item, before, step), step)
    if any(step.kind == "parties" for step in item.flow):
        order += item.parties
    return tuple(order)


def is_sent(item: Item) -> bool:
    """Whether the matter ends with an application; otherwise something is shown, and that is all."""
    return any(step.kind == "deliver" for step in item.flow)


def prints_enquiry(item: Item) -> bool:
    """Whether what was shown is printed as a slip of its own."""
    return any(step.kind == "print_enquiry" for step in item.flow)


def _with_lookups(item: Item) -> list[Question | Lookup]:
    names = {asked.id for asked in item.questions} | _told(item.lookups)
    waiting, order = list(item.lookups), list[Question | Lookup]()
    done: set[str] = set()

    def take_ready() -> None:
        ready = [each for each in waiting if _needed(each) & names <= done]
        while ready:
            order.append(ready[0])
            waiting.remove(ready[0])
            done.update(_told((ready[0],)))
            ready = [each for each in waiting if _needed(each) & names <= done]

    take_ready()
    for asked in item.questions:
        order.append(asked)
        done.add(asked.id)
        take_ready()
    return order


def _place(order: list[Entry], item: Item, before: set[StepKind], step: Enquire) -> int:
    """After its lookup, and before the first question of a step that comes later."""
    told = [isinstance(entry, Lookup) and entry.id == step.lookup for entry in order]
    least = told.index(True) + 1 if True in told else 0
    for place, entry in enumerate(order[least:], least):
        if not isinstance(entry, Lookup | Enquire | Party) and _kind(entry, item) not in before:
            return place
    return len(order)


def _kind(asked: Question, item: Item) -> StepKind:
    if asked in item.situations:
        return "situations"
    if asked.source == "e_licence":
        return "licences"
    return "materials" if isinstance(asked, ScanQuestion | CaptureQuestion) else "form"


def _told(lookups: tuple[Lookup, ...]) -> set[str]:
    return {fact.id for lookup in lookups for fact in lookup.facts}


def _needed(lookup: Lookup) -> frozenset[str]:
    return frozenset(lookup.needs) | {each.field for each in comparisons(lookup.relevant)}
