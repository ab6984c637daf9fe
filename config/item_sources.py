"""Checks of what fills an answer or decides in its place: lookups, prefills, calculations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from config.item import (
    AddressQuestion,
    CardFact,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    Item,
    Lookup,
    MobileQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
)
from config.item_amounts import needed
from config.item_documents import HAVE
from config.item_findings import Finding
from config.item_flow import Enquire
from config.item_lookups import Fact
from config.item_order import Order
from config.item_relevance import about_condition
from config.plain import Loc, meant

_BY_CARD: Final[dict[type, frozenset[CardFact]]] = {
    DateQuestion: frozenset({"birth"}),
    CitizenIdQuestion: frozenset({"id_number"}),
}
_BY_FACT: Final[dict[type, frozenset[str]]] = {
    TextQuestion: frozenset({"text"}),
    MobileQuestion: frozenset({"text"}),
    CodeQuestion: frozenset({"text"}),
    CitizenIdQuestion: frozenset({"text"}),
    DateQuestion: frozenset({"date"}),
    NumberQuestion: frozenset({"amount"}),
    Choice: frozenset({"choice"}),
    AddressQuestion: frozenset(),
}
"""Which kind of fact fills which kind of question. An address is picked by codes: no fact has those."""


def about_lookups(order: Order) -> Iterator[Finding]:
    """Each waits for questions of this matter, and not for itself."""
    seen: set[str] = set()
    for position, lookup in enumerate(order.item.lookups):
        loc: Loc = ("lookups", position)
        if lookup.id in seen:
            yield Finding((*loc, "id"), f'"{lookup.id}" is already the id of an earlier lookup')
        seen.add(lookup.id)
        dangling = False
        for place, name in enumerate(lookup.needs):
            if name not in order.questions:
                dangling = True
                why = f'"{name}" is no question of this matter{meant(name, order.questions)}'
                yield Finding((*loc, "needs", place), why)
        wrong = list(about_condition(lookup.relevant, (*loc, "relevant"), order, order.end))
        yield from wrong
        if not dangling and not wrong and order.ready_after(lookup) is None:
            yield Finding(loc, f'"{lookup.id}" waits for what it tells itself')
        for place, fact in enumerate(lookup.facts):
            yield from _options(fact, (*loc, "facts", place))
        yield from _only_shown(order.item, lookup, loc)


def _only_shown(item: Item, lookup: Lookup, loc: Loc) -> Iterator[Finding]:
    """What has its words on the page of an enquiry alone."""
    shown = any(isinstance(step, Enquire) and step.lookup == lookup.id for step in item.flow)
    if lookup.no_record is not None and not (shown and lookup.missing == "ask"):
        yield Finding(
            (*loc, "no_record"), 'means nothing here: no step "enquire" shows that nothing was told'
        )
    sent = any(step.kind == "deliver" for step in item.flow)
    for place, fact in enumerate(lookup.facts):
        if fact.kind == "case" and (sent or not shown):
            why = "is for a matter that only shows it: no form has words for a case"
            yield Finding((*loc, "facts", place, "kind"), why)


def _options(fact: Fact, loc: Loc) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, option in enumerate(fact.options):
        if option.value in seen:
            yield Finding((*loc, "options", position, "value"), f'"{option.value}" is already a value')
        seen.add(option.value)


def about_prefill(question: Question, loc: Loc, order: Order) -> Iterator[Finding]:
    """It is known before the question is asked, and a good answer to it."""
    prefill, place = question.prefill, order.places[question.id]
    if prefill is None:
        return
    if type(question) not in _BY_FACT:
        yield Finding((*loc, "prefill"), "nothing can fill what is scanned or photographed")
    elif prefill.card is not None:
        yield from _from_card(question, prefill.card, (*loc, "prefill", "card"), order)
    elif prefill.answer is not None:
        where: Loc = (*loc, "prefill", "answer")
        other = order.questions.get(prefill.answer)
        if other is None or order.places[other.id] >= place:
            known = [name for name, at in order.places.items() if at < place]
            why = f'"{prefill.answer}" is no earlier question{meant(prefill.answer, known)}'
            yield Finding(where, why)
        elif type(other) is not type(question):
            yield Finding(where, f'"{other.id}" is a question of another kind')
        elif isinstance(question, Choice) and isinstance(other, Choice):
            yield from _same_values(question, [option.value for option in other.options], where, other.id)
    elif prefill.fact is not None:
        yield from _from_fact(question, prefill.fact, (*loc, "prefill", "fact"), order)


def _from_card(question: Question, fact: CardFact, where: Loc, order: Order) -> Iterator[Finding]:
    if not HAVE[fact] & set(order.item.documents):
        yield Finding(where, f'no document that this matter takes has "{fact}"')
    allowed = _BY_CARD.get(type(question))
    if fact not in (allowed or {fact}) or not isinstance(
        question, TextQuestion | DateQuestion | CitizenIdQuestion
    ):
        yield Finding(where, f'"{fact}" is no answer to a question of kind {question.kind}')


def _from_fact(question: Question, name: str, where: Loc, order: Order) -> Iterator[Finding]:
    place = order.places[question.id]
    told = order.facts.get(name)
    if told is None:
        yield Finding(where, f'"{name}" is nothing that a lookup tells{meant(name, order.facts)}')
        return
    after = order.known_after(name)
    if after is None or after >= place:
        why = f'"{name}" is told by "{told.lookup.id}", which cannot have run by then'
        yield Finding(where, why)
    if told.fact.kind not in _BY_FACT[type(question)]:
        yield Finding(
            where, f"a fact of kind {told.fact.kind} is no answer to a question of kind {question.kind}"
        )
    elif isinstance(question, Choice):
        yield from _same_values(question, [option.value for option in told.fact.options], where, name)


def _same_values(question: Choice, values: list[str], where: Loc, name: str) -> Iterator[Finding]:
    own = {option.value for option in question.options}
    strange = [value for value in values if value not in own]
    if strange:
        yield Finding(where, f'"{strange[0]}" of "{name}" is no answer of this question')


def about_calculations(order: Order) -> Iterator[Finding]:
    """Each computes with numbers of this matter, and a limit with what is known by then."""
    item = order.item
    numbers = {
        **{name: asked.kind == "number" for name, asked in order.questions.items()},
        **{name: told.fact.kind == "amount" for name, told in order.facts.items()},
    }
    limits = {
        asked.at_most_calculated: asked
        for asked in order.questions.values()
        if isinstance(asked, NumberQuestion) and asked.at_most_calculated is not None
    }
    for position, calculation in enumerate(item.calculations):
        where: Loc = ("calculations", position, "amount")
        limited = limits.get(calculation.id)
        for name in sorted(needed(calculation.amount)):
            after = order.known_after(name)
            if name not in numbers:
                good = [number for number, is_one in numbers.items() if is_one]
                yield Finding(where, f'"{name}" is no question and no fact of this matter{meant(name, good)}')
            elif not numbers[name]:
                yield Finding(where, f'"{name}" is no number')
            elif limited is not None and (after is None or after >= order.places[limited.id]):
                yield Finding(where, f'"{name}" is not known yet when "{limited.id}" is asked')
