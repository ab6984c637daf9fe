"""What a person is told after the commit, with names and numbers masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from config.item import Text
from kiosk.session.card_facts import own_name
from kiosk.session.journey import Awaited
from kiosk.session.known import known
from kiosk.session.shown import members
from kiosk.session.words_of_form import masked_id, masked_name
from printing.slip import SlipAwaited, SlipFacts, SlipMember

if TYPE_CHECKING:
    from datetime import date

    from kiosk.session.events import Kept, Received
    from kiosk.session.hall import Hall
    from kiosk.session.journey import Journey
    from kiosk.session.stages import Sending


def slip_facts(stage: Sending, hall: Hall, kept: Kept) -> SlipFacts:
    """The facts of a slip for an application that was kept a moment ago."""
    item, card = stage.journey.item, stage.journey.card
    return SlipFacts(
        terminal_id=hall.terminal_id,
        hall_name=_both(hall.name),
        hall_phone=hall.phone,
        item_name=_both(item.name),
        masked_name=masked_name(own_name(card)),
        masked_id_number=masked_id(card.id_number),
        local_no=kept.local_no,
        filing_no=None,
        kept_at=kept.at,
        received_at=None,
        clock_trust=kept.clock_trust,
        next_steps=_both(item.next_steps),
        office_phone=item.office.phone,
        large=kept.large_print,
        statement=kept.statement,
        restore_codes=kept.restore_codes,
        members=_members(stage.journey, hall.today),
        awaited=_awaited(stage.journey, hall.today),
    )


def received_slip(slip: SlipFacts, received: Received) -> SlipFacts:
    """The same slip once the platform has signed; every member of a joint matter with its own number."""
    numbers = received.member_numbers
    return replace(
        slip,
        filing_no=received.filing_no,
        received_at=received.received_at,
        statement=received.statement,
        members=tuple(replace(each, filing_no=numbers.get(each.item)) for each in slip.members),
    )


def _members(journey: Journey, today: date) -> tuple[SlipMember, ...]:
    return tuple(
        SlipMember(
            item=each.item.id,
            name=_both(each.item.name),
            office=_both(each.item.office.department),
            company=each.item.office.company,
            left_out=None if each.left_out is None else _both(each.left_out),
        )
        for each in members(journey, today)
    )


def _awaited(journey: Journey, today: date) -> tuple[SlipAwaited, ...]:
    return tuple(
        SlipAwaited(_both(party.name), _both(party.later))
        for party in known(journey, today).parties
        if isinstance(journey.parties.get(party.id), Awaited)
    )


def _both(text: Text) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}
