"""What is due for a person whose card was read: documents that expire, and what their age entitles them to.

Matters say so as data (`due` in their files). Nothing here is kept, and the date of birth is not even asked
for: whoever calls says the age in full years. What depends on age is for the eyes of the person alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.item import DocumentKind, Item, Text

MOST: Final = 3
"""More offers than these are not help but noise."""


@dataclass(frozen=True)
class HolderFacts:
    """As much of a card as it takes."""

    document: DocumentKind
    age: int | None
    """Full years; None where the card's date cannot be read."""
    valid_to: date | None
    """The last day; None for a card that counts for good."""


@dataclass(frozen=True)
class Offer:
    """A matter that is offered once, with the reason."""

    item: str
    reason: Text
    aloud: bool
    """Whether the reason may be spoken. What comes of a person's age may not: others would hear it."""


def due(card: HolderFacts, items: Iterable[Item], today: date) -> tuple[Offer, ...]:
    """At most three: what the card's last day asks for, renewals before others, then what goes by age.

    With an expired card nothing but renewals can be begun, so nothing else is offered.
    """
    expired = card.valid_to is not None and card.valid_to < today
    open_to = [
        item
        for item in items
        if card.document in item.documents and not item.only_in_joint and (item.renewal or not expired)
    ]
    expiring = sorted(
        (item for item in open_to if _expires(item, card, today)), key=lambda one: not one.renewal
    )
    of_age = [item for item in open_to if _is_of_age(item, card)]
    offers = [
        *(Offer(item.id, item.due.reason, aloud=True) for item in expiring if item.due is not None),
        *(Offer(item.id, item.due.reason, aloud=False) for item in of_age if item.due is not None),
    ]
    return tuple(offers[:MOST])


def _expires(item: Item, card: HolderFacts, today: date) -> bool:
    if item.due is None or item.due.card_expires_within_days is None or card.valid_to is None:
        return False
    return (card.valid_to - today).days <= item.due.card_expires_within_days


def _is_of_age(item: Item, card: HolderFacts) -> bool:
    if item.due is None or item.due.age_from is None or card.age is None:
        return False
    return item.due.age_from <= card.age and (item.due.age_to is None or card.age <= item.due.age_to)
