"""What an identity document says, as lines of a form: what it lacks has no line, and nothing is invented.

Names stand in the document's own letters: a foreigner's leads with Latin ones; Chinese ones may be missing.
"""

from __future__ import annotations

from datetime import date

from config.item import CardFact, CardField, DocumentKind, Elsewhere, Item
from devices.contracts.id_cards import (
    DocumentType,
    ForeignResidentCard,
    IdCard,
    ResidencePermit,
    ResidentCard,
    Sex,
)
from kiosk.session.words_of_form import day_label

_SEX = {
    Sex.MALE: ("男", "Male"),
    Sex.FEMALE: ("女", "Female"),
    Sex.NOT_STATED: ("未说明", "Not stated"),
    Sex.UNKNOWN: ("未知", "Unknown"),
}

_UNREADABLE = ("证件上无法识别", "Unreadable on the card")
_LATEST_ADDRESS = ("%1（芯片里的最新地址）", "%1 (the latest on the chip)")


UNDER_14 = 14
"""Younger people are children: nobody compares their face, and a guardian acts for them."""

OF_AGE = 18
ELDER = 60
"""From here on people are given more time."""


def age_on(birth: date, today: date) -> int:
    """Full years: one more on each birthday, on the first of March for who was born on 29 February."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def is_child(card: IdCard, today: date) -> bool:
    """Whether the card says that its holder is under fourteen."""
    return card.birth is not None and age_on(card.birth, today) < UNDER_14


def is_elder(card: IdCard, today: date) -> bool:
    """Whether the card says that its holder is sixty or older."""
    return has_reached(ELDER, card, today)


def has_reached(age: int, card: IdCard, today: date) -> bool:
    """Whether the card says that its holder is so old; no birth date says nothing."""
    return card.birth is not None and age_on(card.birth, today) >= age


def own_name(card: IdCard) -> str:
    """The name that leads on the document."""
    return card.name_en if isinstance(card, ForeignResidentCard) else card.name


def kind_of(card: IdCard) -> DocumentKind:
    """The kind of document, as service items call it."""
    return card.type.value


def elsewhere_of(item: Item, document: DocumentType) -> Elsewhere:
    """The counter for whoever has a document that a matter does not take: the linter wants one for each."""
    return next(each for each in item.elsewhere if document.value in each.documents)


def latest_address(card: IdCard) -> str | None:
    """The address written to the chip after the one that is printed; None where there is none."""
    return None if isinstance(card, ForeignResidentCard) else card.additional_address or None


def card_lines(card: IdCard, fields: tuple[CardField, ...], language: str) -> tuple[tuple[str, str], ...]:
    """Label and value of every line that this document fills."""
    lines = []
    for field in fields:
        if field.documents is not None and kind_of(card) not in field.documents:
            continue
        value = _value(card, field.fact, language)
        if value:
            lines.append((_label(card, field, language), value))
    return tuple(lines)


def raw_fact(card: IdCard, fact: CardFact) -> str | None:
    """What the document says, as an answer has it: a day as YYYY-MM-DD; None where it says nothing."""
    match fact:
        case "birth":
            return None if card.birth is None else card.birth.isoformat()
        case "sex":
            return card.sex.value
        case "ethnicity":
            return (card.ethnicity or None) if isinstance(card, ResidentCard) else None
        case _:
            return _value(card, fact, "zh") or None


def _label(card: IdCard, field: CardField, language: str) -> str:
    """The item's own label; for an address that is not the printed one, with its source."""
    label = field.label(language)
    if field.fact == "address" and latest_address(card) is not None:
        return _LATEST_ADDRESS[language == "en"].replace("%1", label)
    return label


def _value(card: IdCard, fact: CardFact, language: str) -> str:
    """What the document says; empty where it has no such thing."""
    english = language == "en"
    match fact:
        case "name":
            return own_name(card)
        case "name_zh":
            return card.name if isinstance(card, ForeignResidentCard) else ""
        case "sex":
            return _SEX[card.sex][english]
        case "ethnicity":
            return (card.ethnicity or _UNREADABLE[english]) if isinstance(card, ResidentCard) else ""
        case "birth":
            return _UNREADABLE[english] if card.birth is None else day_label(card.birth, language)
        case "nationality":
            return card.nationality if isinstance(card, ForeignResidentCard) else ""
        case "id_number":
            return card.id_number
        case "pass_number":
            return card.pass_number if isinstance(card, ResidencePermit) else ""
        case "address":
            printed = "" if isinstance(card, ForeignResidentCard) else card.address
            return latest_address(card) or printed
