"""What a person could do, too: offered once, with the reason, and kept nowhere; pure.

What the card's last day asks for is said as soon as the card is read. What goes by age waits until the person
has done what they came for; their age is never said.
"""

from __future__ import annotations

from config.item import Item
from devices.contracts.id_cards import IdCard
from kiosk.finding.due import HolderFacts, Offer, due
from kiosk.session.ability import ability
from kiosk.session.card_facts import age_on, kind_of
from kiosk.session.hall import Hall
from kiosk.session.journey import Journey


def at_once(item: Item, card: IdCard, hall: Hall) -> tuple[Offer, ...]:
    """Instead of `item`, before it is begun: what the card's last day asks for."""
    return due(HolderFacts(kind_of(card), None, card.valid_to), _others(item, hall), hall.today)


def afterwards(journey: Journey, hall: Hall) -> tuple[Offer, ...]:
    """On the last page: what goes by age and can be done here now.

    Nothing for a child, whose guardian stands here, and nothing with a card that has run out.
    """
    card = journey.card
    expired = card.valid_to is not None and card.valid_to < hall.today
    if journey.under_14 or expired or card.birth is None:
        return ()
    open_now = [each for each in _others(journey.item, hall) if ability(each, hall).obstacle is None]
    # No last day: that it ends was said when the card was read.
    return due(HolderFacts(kind_of(card), age_on(card.birth, hall.today), None), open_now, hall.today)


def _others(item: Item, hall: Hall) -> list[Item]:
    return [each for each in hall.items if each.id != item.id]
