"""A matter that is stopped while somebody is at it: they are told at once, and before they sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from config.joint_items import JoinedItem
from devices.contracts.id_cards import ResidentCard
from kiosk.messages import Keeping
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.machine import advance
from kiosk.session.stages import AwaitingCard, InJourney, MatterPage, NotKept, Sending, Session, Welcome
from kiosk.session.timeline import is_sent
from tests.kiosk.session.walk import after, answered, promoted, signed, verified


def stopped(item: Item) -> ev.MattersWithdrawn:
    return ev.MattersWithdrawn(frozenset({(item.id, item.version)}))


def test_a_stopped_matter_says_so_and_cannot_be_begun(hall: Hall, certificate: Item) -> None:
    session = after(promoted(hall), ev.MatterChosen(certificate.id))
    session = advance(session, stopped(certificate))
    assert ability(certificate, session.hall).obstacle is Obstacle.WITHDRAWN
    assert advance(session, ev.Begin()).stage == MatterPage(certificate)


def test_the_next_session_knows_it_from_the_start(hall: Hall, certificate: Item) -> None:
    standby = Session(stage=promoted(hall).stage, hall=hall)
    session = advance(standby, stopped(certificate))
    assert isinstance(session.stage, Welcome)
    assert ability(certificate, session.hall).obstacle is Obstacle.WITHDRAWN


def test_a_new_version_of_it_is_done_again(hall: Hall, certificate: Item) -> None:
    session = advance(promoted(hall), stopped(certificate))
    newer = certificate.model_copy(update={"version": str(int(certificate.version) + 1)})
    assert ability(newer, session.hall).obstacle is None


def test_whoever_lays_down_their_card_is_sent_back_to_the_page_that_says_why(
    hall: Hall, certificate: Item
) -> None:
    session = after(promoted(hall), ev.MatterChosen(certificate.id), ev.Begin())
    assert session.stage == AwaitingCard(certificate)
    assert advance(session, stopped(certificate)).stage == MatterPage(certificate)


def test_whoever_is_at_it_is_told_before_they_sign(hall: Hall, certificate: Item, card: ResidentCard) -> None:
    session = answered(verified(hall, certificate, card))
    assert isinstance(session.stage, InJourney)
    assert advance(session, stopped(certificate)).stage == NotKept(certificate, "matter_withdrawn")


def test_whoever_is_at_another_matter_goes_on(
    hall: Hall, certificate: Item, endorsement: Item, card: ResidentCard
) -> None:
    session = answered(verified(hall, certificate, card))
    assert advance(session, stopped(endorsement)).stage == session.stage


def test_what_is_signed_and_sent_is_on_its_way(hall: Hall, certificate: Item, card: ResidentCard) -> None:
    session = signed(answered(verified(hall, certificate, card)))
    assert isinstance(session.stage, Sending)
    assert advance(session, stopped(certificate)).stage == session.stage


def test_a_joint_matter_stops_with_any_of_its_members(items: tuple[Item, ...], hall: Hall) -> None:
    joint = next(item for item in items if isinstance(item, JoinedItem))
    session = advance(promoted(hall), stopped(joint.parts[-1].item))
    assert ability(joint, session.hall).obstacle is Obstacle.WITHDRAWN


@pytest.mark.parametrize("limit", ["no_key", None])
def test_without_a_key_to_seal_to_nothing_is_begun_that_would_be_sent(
    items: tuple[Item, ...], hall: Hall, limit: None
) -> None:
    keyless = replace(hall, keeping=Keeping(limit=limit))
    hindered = {item.id for item in items if ability(item, keyless).obstacle is Obstacle.NO_KEY}
    sent = {item.id for item in items if is_sent(item) and ability(item, hall).obstacle is None}
    assert hindered == (sent if limit else set())
