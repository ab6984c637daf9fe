"""The step in which everybody who is here signs, one after the other; the last signature sends; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.session import events as ev
from kiosk.session.journey import Journey, Present, Signature
from kiosk.session.known import known
from kiosk.session.shown import papers_of
from kiosk.session.stages import InJourney, ReviewStep, Sending, SignStep, Stage


def at_signature(stage: InJourney, step: SignStep, event: ev.Event, today: date) -> Stage:
    """Read what there is to read, and sign once."""
    match event:
        case ev.PaperOpened(paper=None):
            return replace(stage, step=replace(step, paper=None))
        case ev.PaperOpened(paper=str(paper)) if any(
            each.id == paper for each in papers_of(stage.journey, today)
        ):
            return replace(stage, step=replace(step, paper=paper))
        case ev.SignedAndSent(strokes=strokes) if not any(len(stroke) > 1 for stroke in strokes):
            return replace(stage, step=replace(step, problem="empty_signature"))
        case ev.SignedAndSent():
            signature = Signature(step.party_id, event.strokes, event.at)
            journey = replace(stage.journey, signatures=(*stage.journey.signatures, signature))
            missing = [each for each in signers(journey, today) if each not in _signed(journey)]
            if missing:
                return InJourney(journey, SignStep(party_id=missing[0]))
            first = journey.signatures[0]
            return Sending(journey, event.application_id, first.strokes, first.at)
        case _:
            return stage


def signers(journey: Journey, today: date) -> tuple[str | None, ...]:
    """Everybody who signs here, in their order: the applicant (None), or their guardian, and the others."""
    here = (party.id for party in known(journey, today).parties)
    return (None, *(name for name in here if isinstance(journey.parties.get(name), Present)))


def signatures_of(stage: Sending) -> tuple[Signature, ...]:
    """Everybody's who signed here, the applicant's, or their guardian's, first."""
    own = Signature(None, stage.signature, stage.signed_at)
    return (own, *(each for each in stage.journey.signatures if each.party_id is not None))


def unsigned(stage: InJourney) -> InJourney:
    """Back: to the one who signed before, whose signature is dropped; from the first to the check page."""
    journey = stage.journey
    if not journey.signatures:
        return InJourney(journey, ReviewStep())
    *kept, last = journey.signatures
    return InJourney(replace(journey, signatures=tuple(kept)), SignStep(party_id=last.party_id))


def _signed(journey: Journey) -> set[str | None]:
    return {signature.party_id for signature in journey.signatures}
