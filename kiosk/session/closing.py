"""The stages after "sign and send", and after an enquiry: sending, outcome, the enquiry's slip; pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.session import events as ev
from kiosk.session.enquiring import printed_enquiry
from kiosk.session.hall import Hall
from kiosk.session.offering import afterwards
from kiosk.session.outcome import received_slip, slip_facts
from kiosk.session.stages import Enquired, NotKept, Outcome, RatingPage, Sending, Stage, Thanks


def while_sending(stage: Sending, hall: Hall, event: ev.Event) -> Stage:
    """Kept, or refused: what the terminal answers. Nobody goes back from here."""
    match event:
        case ev.Kept():
            return Outcome(
                stage.journey.item,
                stage.application_id,
                slip_facts(stage, hall, event),
                enquiry=printed_enquiry(stage.journey, hall),
                offers=afterwards(stage.journey, hall),
            )
        case ev.KeepRefused(reason=reason):
            return NotKept(stage.journey.item, reason)
        case _:
            return stage


def at_enquired(stage: Enquired, event: ev.Event) -> Stage:
    """What was shown is printed; then thanks: no application, no rating."""
    match event:
        case ev.SlipEnded(state=state):
            return replace(stage, slip_state=state)
        case ev.SlipMoved(place=place) if stage.slip_state == "printed":
            return replace(stage, slip_place=place)
        case ev.Continue() if stage.slip_state not in {"waiting", "started"}:
            return Thanks(stage.offers)
        case _:
            return stage


def at_outcome(stage: Outcome, event: ev.Event) -> Stage:
    """What became of application and slip; one slip more, for a reason; then the rating."""
    match event:
        case ev.Received():
            return replace(stage, slip=received_slip(stage.slip, event))
        case ev.SlipEnded(state=state):
            return replace(stage, slip_state=state)
        case ev.SlipMoved(place=place) if stage.slip_state == "printed":
            return replace(stage, slip_place=place)
        case ev.ReprintWanted(reason=reason) if stage.may_reprint:
            if reason is None:
                return replace(stage, choosing_reprint=True)
            return replace(
                stage, slip_state="waiting", slip_place=None, choosing_reprint=False, reprinted=reason
            )
        case ev.Back() if stage.choosing_reprint:
            return replace(stage, choosing_reprint=False)
        case ev.Continue() if stage.slip_state not in {"waiting", "started"}:
            return RatingPage(stage.application_id, stage.offers)
        case _:
            return stage
