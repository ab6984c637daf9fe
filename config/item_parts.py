"""Checks of what comes after the answers: materials, parties, agreements, results and the flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from config.item import Material
from config.item_findings import Finding
from config.item_flow import (
    CollectResult,
    Enquire,
    PrintEnquiry,
    PrintResult,
    StepKind,
)
from config.item_order import Order
from config.item_relevance import about_condition, demands
from config.plain import Loc, meant

TRUST: Final = {
    "chip": "A",
    "e_licence": "A",
    "data_sharing": "A",
    "scan": "C",
    "generated": "D",
    "commitment": "D",
}
"""How far a material is trusted follows from how it is obtained: a scan made here is never better than C."""

_ORDER: Final[tuple[StepKind, ...]] = (
    "situations", "licences", "form", "materials", "enquire", "parties", "pay", "confirm", "sign", "deliver",
    "print_enquiry", "print_result", "collect_result", "queue",
)  # fmt: skip
_FILLED: Final[Mapping[StepKind, StepKind]] = {"confirm": "form", "sign": "confirm", "deliver": "sign"}
"""A step, and the one without which it would be empty."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def about_materials(order: Order) -> Iterator[Finding]:
    """Each is worth what its way of coming is worth, and has the authorisation or the lookup it needs."""
    yield from _once("materials", order.item.materials, "material")
    for position, material in enumerate(order.item.materials):
        loc: Loc = ("materials", position)
        yield from about_condition(material.relevant, (*loc, "relevant"), order, order.end)
        right = TRUST[material.obtained]
        if material.trust != right:
            yield Finding((*loc, "trust"), f'must be {right}: that is what "{material.obtained}" is worth')
        licences = [asked.id for asked in order.questions.values() if asked.source == "e_licence"]
        if material.obtained == "e_licence" and not any(
            demands(material.relevant, name) for name in licences
        ):
            why = "needs an authorisation: make it relevant to a question whose source is e_licence"
            yield Finding((*loc, "obtained"), why)
        yield from _shared(material, loc, order)


def _shared(material: Material, loc: Loc, order: Order) -> Iterator[Finding]:
    where: Loc = (*loc, "lookup")
    if material.obtained == "data_sharing":
        known = [lookup.id for lookup in order.item.lookups]
        if material.lookup is None:
            yield Finding(where, "is missing: which lookup stands for this paper?")
        elif material.lookup not in known:
            yield Finding(
                where, f'"{material.lookup}" is no lookup of this matter{meant(material.lookup, known)}'
            )
    elif material.lookup is not None:
        yield Finding(where, "means nothing here: only data_sharing is a lookup")


def about_parties(order: Order) -> Iterator[Finding]:
    """Each can be asked for, and has a name and a number from somewhere."""
    yield from _once("parties", order.item.parties, "party")
    for position, party in enumerate(order.item.parties):
        loc: Loc = ("parties", position)
        yield from about_condition(party.relevant, (*loc, "relevant"), order, order.end)
        for key, name, kinds in (
            ("name_field", party.name_field, {"text"}),
            ("number_field", party.number_field, {"text", "citizen_id"}),
        ):
            if name is None:
                continue
            kind = (
                order.questions[name].kind
                if name in order.questions
                else order.facts[name].fact.kind
                if name in order.facts
                else None
            )
            if kind is None:
                hint = meant(name, [*order.questions, *order.facts])
                yield Finding((*loc, key), f'"{name}" is no question and no fact of this matter{hint}')
            elif kind not in kinds:
                yield Finding((*loc, key), f'"{name}" is of kind {kind}, which is no such thing')


def about_agreements(order: Order) -> Iterator[Finding]:
    """Each can be asked for."""
    yield from _once("agreements", order.item.agreements, "agreement")
    for position, agreement in enumerate(order.item.agreements):
        where: Loc = ("agreements", position, "relevant")
        yield from about_condition(agreement.relevant, where, order, order.end)


def about_results(order: Order) -> Iterator[Finding]:
    """Each once."""
    yield from _once("results", order.item.results, "result")


def about_flow(order: Order) -> Iterator[Finding]:
    """The steps come in the order in which they can be done, and each refers to what is there."""
    item = order.item
    kinds = [step.kind for step in item.flow]
    if not kinds:
        yield Finding(("flow",), "needs at least one step")
    for position, step in enumerate(item.flow):
        loc: Loc = ("flow", position)
        before = kinds[:position]
        late = [kind for kind in before if _ORDER.index(kind) > _ORDER.index(step.kind)]
        if late:
            yield Finding((*loc, "kind"), f'"{step.kind}" comes before "{late[0]}"')
        elif step.kind in before and not isinstance(step, Enquire | PrintResult | CollectResult):
            yield Finding((*loc, "kind"), f'"{step.kind}" is already a step')
        empty = _FILLED.get(step.kind)
        if empty is not None and empty not in before and not (empty == "form" and "enquire" in before):
            yield Finding((*loc, "kind"), f'"{step.kind}" needs "{empty}" before it')
        match step:
            case Enquire():
                known = [lookup.id for lookup in item.lookups]
                if step.lookup not in known:
                    why = f'"{step.lookup}" is no lookup of this matter{meant(step.lookup, known)}'
                    yield Finding((*loc, "lookup"), why)
            case PrintResult() | CollectResult():
                results = [result.id for result in item.results]
                if step.result not in results:
                    why = f'"{step.result}" is no result of this matter{meant(step.result, results)}'
                    yield Finding((*loc, "result"), why)
            case PrintEnquiry():
                if "enquire" not in before:
                    yield Finding((*loc, "kind"), '"print_enquiry" needs "enquire" before it')
            case _:
                pass
    yield from _asked(order, kinds)


def _asked(order: Order, kinds: Sequence[StepKind]) -> Iterator[Finding]:
    """Every question has its step."""
    item = order.item
    papers = any(asked.kind in {"scan", "capture"} for asked in item.fields)
    licences = any(asked.source == "e_licence" for asked in item.fields)
    fields = any(
        asked.kind not in {"scan", "capture"} and asked.source != "e_licence" for asked in item.fields
    )
    needs: tuple[tuple[StepKind, bool], ...] = (
        ("situations", bool(item.situations)),
        ("licences", licences),
        ("form", fields),
        ("materials", papers),
        ("parties", bool(item.parties)),
    )
    for kind, needed in needs:
        if needed and kind not in kinds:
            yield Finding(("flow",), f'has no step "{kind}", and the matter has what belongs there')


def _once(key: str, parts: Sequence[_Named], word: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, part in enumerate(parts):
        if part.id in seen:
            yield Finding((key, position, "id"), f'"{part.id}" is already the id of an earlier {word}')
        seen.add(part.id)
