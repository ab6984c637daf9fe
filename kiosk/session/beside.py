"""Somebody else who signs: here, verified with their own card, or later; pure.

Of their card nothing is kept but name, number and kind, as soon as they are verified.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.item import Item, Party
from devices.contracts.id_cards import IdCard
from kiosk.session import events as ev
from kiosk.session.card_facts import OF_AGE, age_on, own_name
from kiosk.session.guardian import DOUBTFUL
from kiosk.session.hall import Hall
from kiosk.session.journey import Awaited, Journey, Person, Present, Visitor
from kiosk.session.journey_steps import PartyStep, PartyTrouble
from kiosk.session.known import known, may_be
from kiosk.session.stages import CardTrouble, InJourney, Stage
from kiosk.session.verification import ConsentStep
from kiosk.session.way_on import following

_NOT_READ = {CardTrouble.READER_FAILED: PartyTrouble.READER_FAILED}


def party_of(item: Item, party_id: str) -> Party:
    """Find a party of `item`; raises KeyError for an id it does not have."""
    for party in item.parties:
        if party.id == party_id:
            return party
    raise KeyError(party_id)


def at_party(stage: InJourney, step: PartyStep, hall: Hall, event: ev.Event) -> Stage:
    """Here: their card. Later: said, and on."""
    party = party_of(stage.journey.item, step.party_id)
    match event:
        case ev.PartyHere() if party.signs == "here_or_later":
            return replace(stage, step=PartyStep(party.id, laying=True))
        case ev.PartyLater():
            return _settled(stage.journey, party, Awaited(), hall.today)
        case ev.Continue() if party.id in stage.journey.parties and not step.laying:
            return InJourney(stage.journey, following(stage.journey, party, hall.today))
        case ev.CardRead(card=card) if step.laying:
            trouble = _trouble(stage.journey, party, card, hall.today)
            if trouble is not None:
                return replace(stage, step=replace(step, trouble=trouble))
            return InJourney(_visited(stage.journey, party, card), ConsentStep())
        case ev.CardFailed(trouble=found) if step.laying:
            trouble = _NOT_READ.get(found, PartyTrouble.NOT_READ)
            return replace(stage, step=replace(step, trouble=trouble))
        case ev.TryAgain() if step.laying:
            return replace(stage, step=PartyStep(party.id, laying=True))
        case ev.TimeUp() if step.laying:
            return replace(stage, step=PartyStep(party.id))
        case _:
            return stage


def verified_beside(journey: Journey, today: date) -> InJourney:
    """The visitor is verified: their card goes, the applicant's matter goes on."""
    visitor, verified = journey.visitor, journey.verified
    if visitor is None or verified is None:
        raise ValueError("nobody beside the applicant is verified")
    card = visitor.card
    present = Present(Person(own_name(card), card.id_number, card.type), verified, journey.consents)
    party = party_of(journey.item, visitor.party_id)
    return _settled(without_visitor(journey), party, present, today)


def without_visitor(journey: Journey) -> Journey:
    """The applicant's own again; how often the visitor failed is not forgotten."""
    visitor = journey.visitor
    if visitor is None:
        return journey
    return replace(
        journey,
        visitor=None,
        photo_png=visitor.photo_png,
        consents=visitor.consents,
        failures=visitor.failures,
        verified=visitor.verified,
        visitor_failures={**journey.visitor_failures, visitor.party_id: journey.failures},
    )


def _visited(journey: Journey, party: Party, card: IdCard) -> Journey:
    visitor = Visitor(party.id, card, journey.photo_png, journey.consents, journey.failures, journey.verified)
    return replace(
        journey,
        visitor=visitor,
        photo_png=None,
        consents=(),
        failures=journey.visitor_failures.get(party.id, {}),
        verified=None,
    )


def _settled(journey: Journey, party: Party, settled: Present | Awaited, today: date) -> InJourney:
    journey = replace(journey, parties={**journey.parties, party.id: settled})
    return InJourney(journey, following(journey, party, today))


def _trouble(journey: Journey, party: Party, card: IdCard, today: date) -> PartyTrouble | None:
    if DOUBTFUL & set(card.problems) or not own_name(card) or card.birth is None:
        return PartyTrouble.INVALID
    if card.id_number in _taken(journey, party):
        return PartyTrouble.SAME_PERSON
    if not may_be(known(journey, today).value_of(party.number_field or ""), card.id_number):
        return PartyTrouble.OTHER_PERSON
    if age_on(card.birth, today) < OF_AGE:
        return PartyTrouble.UNDER_AGE
    if card.valid_to is not None and card.valid_to < today:
        return PartyTrouble.EXPIRED
    return None


def _taken(journey: Journey, party: Party) -> set[str]:
    """Numbers of those who have another part in it: nobody signs twice."""
    cards = (journey.card, journey.guardian)
    others = (found for name, found in journey.parties.items() if name != party.id)
    return {card.id_number for card in cards if card is not None} | {
        found.person.id_number for found in others if isinstance(found, Present)
    }
