"""The form as it will be sent: what the card says, what was told, what was answered and computed; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.session.card_facts import card_lines, own_name
from kiosk.session.journey import Journey
from kiosk.session.known import amounts, known
from kiosk.session.words_of_form import answer_label, fact_label, yuan_label

_GUARDIAN_LINES = (("监护人姓名", "监护人证件号码"), ("Guardian's name", "Guardian's document number"))


@dataclass(frozen=True, repr=False)
class FormLine:
    """One line of the form as it will be sent. `id` is None for what nobody can change here."""

    id: str | None
    label: str
    value: str

    @property
    def changeable(self) -> bool:
        """What the card says, or another holder of data, cannot be changed here."""
        return self.id is not None


def form_lines(journey: Journey, language: str, today: date) -> tuple[FormLine, ...]:
    """The card's lines, facts that are shown, every relevant answer, every amount."""
    now = known(journey, today)
    lines = [*_card_lines(journey, language)]
    lines += [
        FormLine(None, fact.label(language), fact_label(fact, now.facts[fact.id], language))
        for lookup in now.lookups
        for fact in lookup.facts
        if fact.shown and fact.id in now.facts
    ]
    lines += [
        FormLine(asked.id, asked.label(language), answer_label(asked, now.answers[asked.id], language))
        for asked in now.questions
        if asked.id in now.answers
    ]
    found = amounts(journey, now)
    lines += [
        FormLine(None, each.label(language), yuan_label(found[each.id], each.formula, language))
        for each in journey.item.calculations
        if each.id in found
    ]
    return tuple(lines)


def _card_lines(journey: Journey, language: str) -> list[FormLine]:
    lines = [
        FormLine(None, label, value)
        for label, value in card_lines(journey.card, journey.item.card_fields, language)
    ]
    if journey.guardian is not None:
        for label, value in zip(
            _GUARDIAN_LINES[language == "en"],
            (own_name(journey.guardian), journey.guardian.id_number),
            strict=True,
        ):
            lines.append(FormLine(None, label, value))
    return lines
