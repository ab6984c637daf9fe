"""The form as it will be sent: what the card says, what was told, what was answered and computed; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.item import Item, Party
from kiosk.session.card_facts import card_lines, own_name
from kiosk.session.journey import Journey, Present
from kiosk.session.known import Known, amounts, concerns, known
from kiosk.session.words_of_form import answer_label, fact_label, masked_id, yuan_label

_GUARDIAN_LINES = (("监护人姓名", "监护人证件号码"), ("Guardian's name", "Guardian's document number"))
_HERE = ("%1，在本机签名", "%1, signs here")
_LATER = ("尚未签名，以后签", "not signed yet, signs later")

PARTY_LINE = "party:"
"""Before the id of a party, where a line of the form is theirs."""


@dataclass(frozen=True, repr=False)
class FormLine:
    """One line of the form as it will be sent. `id` is None for what nobody can change here."""

    id: str | None
    label: str
    value: str


def form_lines(journey: Journey, language: str, today: date) -> tuple[FormLine, ...]:
    """The card's lines, facts that are shown, every relevant answer, every amount, everybody who signs."""
    now = known(journey, today)
    return (*item_lines(journey, journey.item, now, language), *_party_lines(journey, now, language))


def item_lines(journey: Journey, item: Item, now: Known, language: str) -> tuple[FormLine, ...]:
    """The lines of one matter: the person's own, or a member of a joint one."""
    found = amounts(journey, now)
    asked_for = {lookup.id for lookup in now.lookups}
    return (
        *_card_lines(journey, item, language),
        *(
            FormLine(None, fact.label(language), fact_label(fact, now.facts[fact.id], language))
            for lookup in item.lookups
            if lookup.id in asked_for
            for fact in lookup.facts
            if fact.shown and fact.id in now.facts
        ),
        *(
            FormLine(asked.id, asked.label(language), answer_label(asked, now.answers[asked.id], language))
            for asked in item.questions
            if asked.id in now.answers and concerns(asked.relevant, journey, now)
        ),
        *(
            FormLine(None, each.label(language), yuan_label(found[each.id], each.formula, language))
            for each in item.calculations
            if each.id in found
        ),
    )


def _card_lines(journey: Journey, item: Item, language: str) -> Iterator[FormLine]:
    for label, value in card_lines(journey.card, item.card_fields, language):
        yield FormLine(None, label, value)
    if journey.guardian is not None:
        for label, value in zip(
            _GUARDIAN_LINES[language == "en"],
            (own_name(journey.guardian), journey.guardian.id_number),
            strict=True,
        ):
            yield FormLine(None, label, value)


def _party_lines(journey: Journey, now: Known, language: str) -> Iterator[FormLine]:
    for party in now.parties:
        if party.id in journey.parties:
            value = _party_value(journey, now, party, language)
            yield FormLine(PARTY_LINE + party.id, party.name(language), value)


def _party_value(journey: Journey, now: Known, party: Party, language: str) -> str:
    """Who they are, as far as anybody knows, their number masked; and whether they sign here."""
    english = language == "en"
    found = journey.parties[party.id]
    if isinstance(found, Present):
        who = f"{found.person.name} {masked_id(found.person.id_number)}"
        return _HERE[english].replace("%1", who)
    name, number = (now.value_of(field or "") for field in (party.name_field, party.number_field))
    who = " ".join(part for part in (name, number and masked_id(number)) if part)
    between = ", " if english else "，"
    return f"{who}{between if who else ''}{_LATER[english]}"
