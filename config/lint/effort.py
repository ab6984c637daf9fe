"""How much a matter asks of a person: counted for each path, and findings where it is too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from config.item import (
    DOCUMENT,
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    Item,
    MobileQuestion,
    NumberQuestion,
    Question,
    ScanQuestion,
    TextQuestion,
)
from config.item_amounts import needed
from config.item_conditions import comparisons, holds
from config.item_documents import HAVE
from config.item_order import located
from config.lint.paths import Own
from config.lint.report import Lint
from config.lint.worlds import World, Worlds
from config.plain import Loc

MOST_TYPED: Final = 2
"""The aim for the usual path, beside what card and shared data give."""

MOST_COUNTED: Final = 2_000
"""More paths than these are counted by a sample."""

TYPED: Final = (
    TextQuestion, MobileQuestion, DateQuestion, AddressQuestion, NumberQuestion, CodeQuestion,
    CitizenIdQuestion,
)  # fmt: skip
"""Kinds that a person puts in sign by sign. A day that is picked counts: it is as many touches."""

_OWN: Final[dict[str, frozenset[str]]] = {
    "name": frozenset({"name", "applicant_name", "own_name"}),
    "sex": frozenset({"sex", "gender"}),
    "ethnicity": frozenset({"ethnicity", "nation"}),
    "birth": frozenset({"birth", "birth_date", "date_of_birth", "birthday"}),
    "id_number": frozenset({"id_number", "citizen_id", "id_card_number", "own_number"}),
    "address": frozenset({"registered_address", "card_address"}),
}
"""Ids of questions for what the card says."""
_CHOICES: Final = ("性别", "婚姻", "关系", "学历", "类型", "种类", "原因", "理由", "是否", "方式")
"""Labels of what has a few usual answers."""
_FILLED: Final = {"收件人": "card: name", "领取人": "card: name", "持卡人": "card: name"}
"""Labels of what somebody knows already, and what knows it."""
_SHORT: Final = 4


@dataclass(frozen=True)
class Effort:
    """One path: how many fields the form has, and who fills them."""

    fields: int
    """Lines of the form: from the document, from lookups that are shown, and answers."""
    filled: int
    """Of these, there before anybody has touched the screen."""
    touched: int
    """Choices that are asked."""
    typed: int
    """Fields that are typed."""
    shown_codes: int
    """Codes that are held before the scanner."""
    papers: int
    """Papers to bring: materials that are scanned."""
    pages: int
    """Pages of the flow: each question asked, a page for each paper, the check, the signature."""


def effort(item: Item, world: World) -> Effort:
    """Count one path: everything that is asked on it, and told, is in `world`."""
    asked = [each for each in item.questions if each.id in world]
    here = [each for each in asked if not _known(each, world)]
    card = [
        line
        for line in item.card_fields
        if world[DOCUMENT] in set(line.documents or item.documents) & HAVE[line.fact]
    ]
    shown = [fact for lookup in item.lookups for fact in lookup.facts if fact.shown and fact.id in world]
    pages = [step.kind for step in item.flow if step.kind in {"enquire", "pay", "confirm", "sign"}]
    fields = len(card) + len(shown) + len(asked)
    return Effort(
        fields=fields,
        filled=fields - len(here),
        touched=sum(isinstance(each, Choice) for each in here),
        typed=sum(isinstance(each, TYPED) for each in here),
        shown_codes=sum(isinstance(each, ScanQuestion) for each in here),
        papers=sum(isinstance(each, CaptureQuestion) for each in here),
        pages=len(here) + len(pages) + sum(holds(party.relevant, world.get) for party in item.parties),
    )


@dataclass(frozen=True)
class Efforts:
    """All paths of a matter, or a sample of them."""

    paths: tuple[Effort, ...]
    sampled: bool


def efforts(item: Item, *, told: bool = True) -> Efforts:
    """Every path, or 2,000 by chance: where lookups tell everything, or (not `told`) nothing."""
    worlds = Worlds(item, most=MOST_COUNTED)
    names = (DOCUMENT, *worlds.order.questions, *worlds.order.facts)
    ways = worlds.of(names, apart={DOCUMENT}, lookups="told" if told else "silent")
    return Efforts(tuple(effort(item, world) for world in ways), worlds.sampled)


def _known(question: Question, world: World) -> bool:
    """Whether something stands in the field before anybody touched it."""
    prefill = question.prefill
    if prefill is None or question.default is not None:
        return question.default is not None
    if prefill.card is not None:
        return world[DOCUMENT] in HAVE[prefill.card]
    return (prefill.fact or prefill.answer) in world


def about_effort(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    """Everything about the asking in `item`. What members ask is looked at in their own files, too."""
    usual = median(each.typed for each in efforts(item).paths)
    if usual > MOST_TYPED:
        why = f"on the usual path {usual:g} fields are typed, with everything told that can be"
        yield Lint("typed-too-much", ("fields",), why)
    labels = {line.label.zh: line.fact for line in item.card_fields}
    for loc, asked in located(item):
        if not own(loc):
            continue
        yield from _card(asked, loc, labels)
        yield from _source(asked, loc)
        if isinstance(asked, TextQuestion):
            yield from _text(asked, loc)
    yield from _twice(item, worlds)
    yield from _told(item, worlds, own)


def _card(asked: Question, loc: Loc, labels: Mapping[str, str]) -> Iterator[Lint]:
    if asked.prefill is not None or not isinstance(asked, (Choice, *TYPED)):
        return
    fact = labels.get(asked.label.zh) or next((one for one, ids in _OWN.items() if asked.id in ids), None)
    if fact is not None:
        yield Lint("asks-the-card", loc, f'the document says it: "{fact}"')


def _source(asked: Question, loc: Loc) -> Iterator[Lint]:
    if asked.source in {"id_card", "shared_data", "previous_answer"} and asked.prefill is None:
        yield Lint("source-fills-nothing", (*loc, "source"), f'"{asked.source}" fills nothing here')


def _text(asked: TextQuestion, loc: Loc) -> Iterator[Lint]:
    if asked.prefill is not None or asked.default is not None:
        return
    if asked.max_length <= _SHORT:
        why = f"a text of {asked.max_length} characters has few answers"
        yield Lint("could-be-chosen", loc, why)
    elif any(word in asked.label.zh for word in _CHOICES) and "other" not in _values(asked):
        yield Lint("could-be-chosen", loc, f'"{asked.label.zh}" has a few usual answers')
    known = next((what for word, what in _FILLED.items() if word in asked.label.zh), None)
    if known is not None:
        yield Lint("could-be-filled", loc, f"somebody knows it: prefill {{{known}}}")


def _values(asked: TextQuestion) -> frozenset[str]:
    """What an earlier choice has to be for this to be asked: "other" asks for the rest of a choice."""
    return frozenset(value for each in comparisons(asked.relevant) for value in each.values)


def _twice(item: Item, worlds: Worlds) -> Iterator[Lint]:
    places = list(located(item))
    for number, (loc, asked) in enumerate(places):
        for _loc, before in places[:number]:
            if asked.label.zh != before.label.zh or asked.prefill is not None:
                continue
            if any(asked.id in world and before.id in world for world in worlds.of({asked.id, before.id})):
                why = f'"{asked.id}" and "{before.id}" are both called "{asked.label.zh}"'
                yield Lint("asked-twice", (*loc, "label", "zh"), why)


def _told(item: Item, worlds: Worlds, own: Own) -> Iterator[Lint]:
    used = {*worlds.deciding}
    used |= {asked.prefill.fact for asked in item.questions if asked.prefill and asked.prefill.fact}
    used |= {name for each in item.calculations for name in needed(each.amount)}
    used |= {name for party in item.parties for name in (party.name_field, party.number_field) if name}
    for position, lookup in enumerate(item.lookups):
        if not own(("lookups", position)):
            continue
        for place, fact in enumerate(lookup.facts):
            ends = any(option.window is not None for option in fact.options)
            if not fact.shown and fact.id not in used and not ends and not item.only_in_joint:
                where: Loc = ("lookups", position, "facts", place)
                yield Lint("told-for-nothing", where, f'"{fact.id}" is told, and used nowhere')
