"""What is wrong inside one item that its types cannot say: references, defaults, paths that end nowhere.

Pure: an item in, findings out. `config.items` gives each finding its file and line.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.item import DOCUMENT, Item
from config.item_documents import about_card_fields, about_documents
from config.item_findings import Finding
from config.item_kinds import about_kind
from config.item_order import Order, located
from config.item_parts import about_agreements, about_flow, about_materials, about_parties, about_results
from config.item_relevance import about_condition
from config.item_sources import about_calculations, about_lookups, about_prefill
from config.plain import Loc


def findings(item: Item) -> Iterator[Finding]:
    """Every mistake, in the order of the checks; none for an item that can be offered."""
    yield from _offline(item)
    if item.time.promised_days > item.time.statutory_days:
        yield Finding(("time", "promised_days"), f"is more than the statutory {item.time.statutory_days}")
    yield from _repeated_ids(item)
    yield from about_documents(item)
    yield from about_card_fields(item)
    order = Order(item)
    yield from about_lookups(order)
    for loc, question in located(item):
        place = order.places[question.id]
        yield from about_condition(question.relevant, (*loc, "relevant"), order, place)
        yield from about_kind(question, loc, order)
        yield from about_prefill(question, loc, order)
    yield from about_calculations(order)
    yield from about_materials(order)
    yield from about_parties(order)
    yield from about_agreements(order)
    yield from about_results(order)
    yield from about_flow(order)


def _offline(item: Item) -> Iterator[Finding]:
    offline = item.offline
    if offline.policy == "forbidden":
        if offline.reason is None:
            yield Finding(("offline", "reason"), "is missing: tell the citizen why, and which way is open")
        if offline.max_age_days is not None:
            yield Finding(("offline", "max_age_days"), "means nothing here: nothing is kept when forbidden")
    else:
        if offline.max_age_days is None:
            yield Finding(("offline", "max_age_days"), "is missing: how many days may it wait here?")
        if offline.reason is not None:
            yield Finding(("offline", "reason"), "means nothing here: it says why keeping is forbidden")


def _repeated_ids(item: Item) -> Iterator[Finding]:
    """Questions, facts and calculations share one set of names: conditions and formulas refer to them."""
    seen: dict[str, str] = {}
    for loc, name, word in _names(item):
        if name == DOCUMENT:
            yield Finding((*loc, "id"), f'"{DOCUMENT}" stands for the identity document in conditions')
        if name in seen:
            yield Finding((*loc, "id"), f'"{name}" is already the id of an earlier {seen[name]}')
        seen.setdefault(name, word)


def _names(item: Item) -> Iterator[tuple[Loc, str, str]]:
    for loc, question in located(item):
        yield loc, question.id, "question"
    for position, lookup in enumerate(item.lookups):
        for place, fact in enumerate(lookup.facts):
            yield ("lookups", position, "facts", place), fact.id, "fact"
    for position, calculation in enumerate(item.calculations):
        yield ("calculations", position), calculation.id, "calculation"
