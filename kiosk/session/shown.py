"""What can be read before one signing act: the forms of a joint matter's members, the agreements; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.item import Agreement, Item, Text
from config.joint_items import JoinedItem, Part
from kiosk.session.form import FormLine, item_lines
from kiosk.session.journey import Journey
from kiosk.session.known import Known, concerns, known

_NOT_NOW = Text(zh="按您的情况，这一项这次不办。", en="In your case this one is not done this time.")


@dataclass(frozen=True)
class Member:
    """One matter of a joint matter, as it concerns this person."""

    item: Item
    left_out: Text | None
    """Why it is not done this time; None where it is."""


@dataclass(frozen=True, repr=False)
class Paper:
    """A form or an agreement that is signed: lines, or a text."""

    id: str
    name: Text
    lines: tuple[FormLine, ...] = ()
    text: Text | None = None


def members(journey: Journey, today: date) -> tuple[Member, ...]:
    """Every member of a joint matter; none of any other."""
    if not isinstance(journey.item, JoinedItem):
        return ()
    now = known(journey, today)
    return tuple(Member(part.item, _left_out(part, journey, now)) for part in journey.item.parts)


def agreements(journey: Journey, today: date) -> tuple[Agreement, ...]:
    """Every agreement that is signed with the form."""
    now = known(journey, today)
    return tuple(each for each in journey.item.agreements if concerns(each.relevant, journey, now))


def member_lines(journey: Journey, item: Item, language: str, today: date) -> tuple[FormLine, ...]:
    """A member's own form, from its own questions."""
    return item_lines(journey, item, known(journey, today), language)


def papers_of(journey: Journey, today: date, language: str = "zh") -> tuple[Paper, ...]:
    """What can be opened on the signing page: each member's form, then each agreement."""
    forms = (
        Paper(each.item.id, each.item.name, member_lines(journey, each.item, language, today))
        for each in members(journey, today)
        if each.left_out is None
    )
    texts = (Paper(each.id, each.name, text=each.text) for each in agreements(journey, today))
    return (*forms, *texts)


def nothing_left(journey: Journey, today: date) -> Text | None:
    """Why a joint matter has nothing to do for this person; None where it has."""
    found = members(journey, today)
    if not found or any(each.left_out is None for each in found):
        return None
    return found[0].left_out


def _left_out(part: Part, journey: Journey, now: Known) -> Text | None:
    if concerns(part.relevant, journey, now):
        return None
    reasons = (each.why for each in part.left_out if concerns(each.relevant, journey, now))
    return next(reasons, _NOT_NOW)
