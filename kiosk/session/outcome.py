"""What a person is told after the commit, with names and numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.session.card_facts import own_name
from kiosk.session.words_of_form import masked_id, masked_name
from printing.slip import SlipFacts

if TYPE_CHECKING:
    from kiosk.session.events import Kept
    from kiosk.session.hall import Hall
    from kiosk.session.stages import Sending


def slip_facts(stage: Sending, hall: Hall, kept: Kept) -> SlipFacts:
    """The facts of a slip for an application that was kept a moment ago."""
    item, card = stage.journey.item, stage.journey.card
    return SlipFacts(
        terminal_id=hall.terminal_id,
        hall_name={"zh": hall.name.zh, "en": hall.name.en},
        hall_phone=hall.phone,
        item_name={"zh": item.name.zh, "en": item.name.en},
        masked_name=masked_name(own_name(card)),
        masked_id_number=masked_id(card.id_number),
        local_no=kept.local_no,
        filing_no=None,
        kept_at=kept.at,
        received_at=None,
        clock_trust=kept.clock_trust,
        next_steps={"zh": item.next_steps.zh, "en": item.next_steps.en},
        office_phone=item.office.phone,
        large=kept.large_print,
        statement=kept.statement,
        restore_codes=kept.restore_codes,
    )
