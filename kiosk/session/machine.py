"""The whole state machine: `advance(session, event) -> session`, pure and total.

An event that means nothing where the citizen is leaves the session as it was: a late answer of cancelled
work, or a second touch on a button whose screen has gone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from config.item import Item
from devices.contracts.id_cards import IdCard
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.at_hand import at_hand
from kiosk.session.beside import without_visitor
from kiosk.session.card_facts import elsewhere_of, is_child, kind_of, own_name
from kiosk.session.closing import at_enquired, at_outcome, while_sending
from kiosk.session.finding import at_find_page, at_guide_page, at_welcome
from kiosk.session.guardian import DOUBTFUL
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.idling import at_work, is_there
from kiosk.session.offering import at_once
from kiosk.session.stages import (
    AwaitingCard,
    CardExpired,
    CardNoticeStep,
    CardTrouble,
    Ended,
    Enquired,
    FindPage,
    GuardianStep,
    GuidePage,
    InJourney,
    Journey,
    LinkLost,
    MatterPage,
    NotKept,
    OtherDocument,
    Outcome,
    RatingPage,
    Sending,
    Session,
    Stage,
    Standby,
    Step,
    Thanks,
    UnderFourteen,
    Welcome,
)
from kiosk.session.steps import in_journey
from kiosk.session.verification import ConsentStep
from kiosk.session.withdrawing import without_withdrawn

EXPIRES_SOON_DAYS = 92
"""A card that ends within three months is said."""


def advance(session: Session, event: ev.Event) -> Session:
    """Where `event` leads from `session`; and whether that shows that somebody needs help."""
    return at_hand(_advanced(session, event), event)


def _advanced(session: Session, event: ev.Event) -> Session:
    match event:
        case ev.Promoted() if isinstance(session.stage, Standby):
            hall = replace(
                session.hall,
                reach=event.reach,
                today=event.today,
                uses=event.uses,
                keeping=event.keeping,
                withdrawn=event.withdrawn,
            )
            return replace(session, stage=Welcome(event.kept_local_no), hall=hall)
        case ev.FinderReady(finder=finder):
            return replace(session, hall=replace(session.hall, finder=finder))
        case ev.ReachChanged(reach=reach):
            return replace(session, hall=replace(session.hall, reach=reach))
        case ev.KeepingChanged(keeping=keeping):
            return replace(session, hall=replace(session.hall, keeping=keeping))
        case ev.MattersWithdrawn(withdrawn=withdrawn):
            hall = replace(session.hall, withdrawn=withdrawn)
            return replace(session, hall=hall, stage=without_withdrawn(session.stage, hall))
        case ev.DevicesChanged():
            hall = replace(
                session.hall,
                reader_usable=event.reader_usable,
                printer_usable=event.printer_usable,
                camera_usable=event.camera_usable,
                fingerprint_usable=event.fingerprint_usable,
                scanner_usable=event.scanner_usable,
                page_camera_usable=event.page_camera_usable,
            )
            return replace(session, hall=hall)
        case ev.LanguageChosen(language=language):
            return replace(session, language=language)
        case ev.EaseChosen(ease=ease):
            if isinstance(session.stage, Standby | Ended):
                return session
            return replace(session, ease=ease, idle_warning=False)
        case ev.IdleWarned() if not at_work(session):
            return replace(session, idle_warning=True)
        case ev.StillHere():
            return replace(session, idle_warning=False)
        case ev.IdleExpired() if session.idle_warning and not at_work(session):
            return replace(session, stage=Ended("idle"), idle_warning=False)
        case ev.VisitOver() if session.ends_in_min is not None and not at_work(session):
            return replace(session, stage=Ended("too_long"), idle_warning=False)
        case ev.TerminalGone():
            return replace(session, stage=_without_terminal(session.stage), idle_warning=False)
        case ev.Leave() if not isinstance(session.stage, Standby | Sending | Ended | LinkLost):
            return replace(session, stage=Ended("left"), idle_warning=False)
        case _:
            return _moved(session, _next_stage(session, event), event)


def _moved(session: Session, stage: Stage, event: ev.Event) -> Session:
    """Take the new stage; a process that has read a card never serves a second person."""
    card_read = session.card_read or isinstance(event, ev.CardRead)
    if card_read and isinstance(stage, Welcome):
        stage = Ended("left")
    failures = session.failures
    if isinstance(stage, InJourney):
        if isinstance(session.stage, InJourney):
            failures = without_visitor(stage.journey).failures
        else:
            # The card laid down anew gives no new tries.
            stage = replace(stage, journey=replace(stage.journey, failures=failures))
    warning = session.idle_warning and not is_there(event)
    return replace(session, stage=stage, card_read=card_read, failures=failures, idle_warning=warning)


def _without_terminal(stage: Stage) -> LinkLost:
    return LinkLost(in_journey=isinstance(stage, InJourney | Sending), sent=isinstance(stage, Sending))


def _next_stage(session: Session, event: ev.Event) -> Stage:
    stage = session.stage
    match stage:
        case Standby():
            return stage
        case Welcome():
            return at_welcome(stage, session.hall, event)
        case FindPage():
            return at_find_page(stage, session.hall, event)
        case GuidePage():
            return at_guide_page(stage, event)
        case MatterPage():
            return _at_matter(stage, session, event)
        case AwaitingCard():
            return _at_card(stage, session, event)
        case OtherDocument():
            return _at_other_document(stage, event)
        case CardExpired() | UnderFourteen():
            return Welcome() if isinstance(event, ev.Back | ev.Continue) else stage
        case InJourney():
            return in_journey(stage, session.hall, event)
        case Sending():
            return while_sending(stage, session.hall, event)
        case NotKept():
            return Ended("trouble") if isinstance(event, ev.Continue) else stage
        case Outcome():
            return at_outcome(stage, event)
        case Enquired():
            return at_enquired(stage, event)
        case RatingPage():
            return Thanks(stage.offers) if isinstance(event, ev.Rated | ev.Continue) else stage
        case Thanks():
            return Ended("finished") if isinstance(event, ev.TimeUp | ev.Continue) else stage
        case Ended() | LinkLost():
            return stage
        case _:
            assert_never(stage)


def _at_matter(stage: MatterPage, session: Session, event: ev.Event) -> Stage:
    obstacle = ability(stage.item, session.hall).obstacle
    match event:
        case ev.Begin() if obstacle is None:
            return AwaitingCard(stage.item)
        case ev.PrintGuide() if obstacle is not None:
            return GuidePage(stage.item, stage, "waiting", obstacle)
        case ev.Back():
            return stage.found_in or Welcome()
        case _:
            return stage


def _at_card(stage: AwaitingCard, session: Session, event: ev.Event) -> Stage:
    match event:
        case ev.CardRead(card=card):
            today = session.hall.today
            if kind_of(card) not in stage.item.documents:
                return OtherDocument(stage.item, card.type)
            if DOUBTFUL & set(card.problems) or not own_name(card):
                return replace(stage, trouble=CardTrouble.INVALID)
            if card.valid_to is not None and card.valid_to < today and not stage.item.renewal:
                return CardExpired(stage.item, card.type, card.valid_to)
            if is_child(card, today):
                return _for_child(stage.item, card)
            return InJourney(Journey(stage.item, card), _first_step(stage.item, card, session.hall))
        case ev.CardFailed(trouble=trouble):
            return replace(stage, trouble=trouble)
        case ev.TryAgain():
            return AwaitingCard(stage.item)
        case ev.NoCard():
            return GuidePage(stage.item, stage, why=Obstacle.NO_CARD)
        case ev.Back():
            return MatterPage(stage.item)
        case _:
            return stage


def _at_other_document(stage: OtherDocument, event: ev.Event) -> Stage:
    match event:
        case ev.TryAgain():
            return AwaitingCard(stage.item)
        case ev.PrintGuide():
            return GuidePage(stage.item, stage, "waiting", elsewhere_of(stage.item, stage.document))
        case ev.Back():
            return MatterPage(stage.item)
        case ev.Continue():
            return Welcome()
        case _:
            return stage


def _for_child(item: Item, card: IdCard) -> Stage:
    """Nobody compares a child's face: a guardian acts, here or at the counter."""
    if item.under_14 == "window":
        return UnderFourteen(item)
    return InJourney(Journey(item, card, under_14=True), GuardianStep())


def _first_step(item: Item, card: IdCard, hall: Hall) -> Step:
    """What is to be said once, before anything else; or straight on."""
    days = None if card.valid_to is None else (card.valid_to - hall.today).days
    if days is None or days > EXPIRES_SOON_DAYS:
        return ConsentStep()
    return CardNoticeStep(days, at_once(item, card, hall))
