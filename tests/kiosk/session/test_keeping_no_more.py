"""A terminal with too much waiting in it says so before a card is laid down, and lets nobody begin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from kiosk.messages import Keeping, KeepingLimit
from kiosk.session import events as ev
from kiosk.session.ability import ability
from kiosk.session.hall import Hall, Obstacle
from kiosk.session.machine import advance
from kiosk.session.stages import MatterPage, Session
from kiosk.session.timeline import is_sent


@pytest.mark.parametrize("limit", ["too_many", "too_old", "too_long_offline", "disk_full"])
def test_no_limit_lets_a_new_application_begin(renewal: Item, hall: Hall, limit: KeepingLimit) -> None:
    assert ability(renewal, hall).obstacle is None
    full = replace(hall, keeping=Keeping(limit=limit))
    assert ability(renewal, full).obstacle is Obstacle.KEEPS_NO_MORE


def test_a_matter_that_may_wait_for_fewer_days_than_others_do_already_is_not_begun_offline(
    renewal: Item, hall: Hall
) -> None:
    most = renewal.offline.max_age_days
    assert most is not None
    offline = replace(hall, reach="offline", keeping=Keeping(waiting_days=most))
    assert ability(renewal, offline).obstacle is Obstacle.KEEPS_NO_MORE
    assert ability(renewal, replace(offline, keeping=Keeping(waiting_days=most - 1))).obstacle is None
    assert ability(renewal, replace(offline, reach="online")).obstacle is None


def test_the_page_of_a_matter_changes_with_the_terminal(renewal: Item, hall: Hall) -> None:
    session = Session(stage=MatterPage(renewal), hall=hall)
    session = advance(session, ev.KeepingChanged(Keeping(limit="too_many")))
    assert ability(renewal, session.hall).obstacle is Obstacle.KEEPS_NO_MORE
    session = advance(session, ev.KeepingChanged(Keeping()))
    assert ability(renewal, session.hall).obstacle is None


def test_a_matter_that_only_shows_something_keeps_nothing_and_goes_on(
    items: tuple[Item, ...], hall: Hall
) -> None:
    full = replace(hall, keeping=Keeping(limit="too_many"))
    shown = [item for item in items if not is_sent(item) and ability(item, hall).obstacle is None]
    assert all(ability(item, full).obstacle is None for item in shown)
