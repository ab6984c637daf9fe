"""A matter that the platform takes back while the terminal runs: not begun any more, and not signed; pure."""

from __future__ import annotations

from config.item import Item
from config.joint_items import JoinedItem
from kiosk.session.hall import Hall
from kiosk.session.stages import AwaitingCard, InJourney, MatterPage, NotKept, OtherDocument, Stage


def is_withdrawn(item: Item, hall: Hall) -> bool:
    """Whether it, or a matter that is part of it, is taken back in the version that this session has."""
    members = [part.item for part in item.parts] if isinstance(item, JoinedItem) else []
    return any((each.id, each.version) in hall.withdrawn for each in (item, *members))


def without_withdrawn(stage: Stage, hall: Hall) -> Stage:
    """Where a person is told, at once; what is signed and sent is on its way."""
    match stage:
        case InJourney(journey=journey) if is_withdrawn(journey.item, hall):
            return NotKept(journey.item, "matter_withdrawn")
        case AwaitingCard(item=item) | OtherDocument(item=item) if is_withdrawn(item, hall):
            return MatterPage(item)
        case _:
            return stage
