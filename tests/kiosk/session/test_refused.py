"""What a register says may end a matter: the reason is said, and nobody is asked whether it is right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.stages import InJourney, LookUpStep, QuestionStep, Session, WindowStep
from tests import shipped
from tests.kiosk.session.walk import after, step_of, told, verified

ITEMS = {item.id: item for item in shipped.ITEMS}
RENEWAL = ITEMS["driving_licence_renewal"]

refusing = pytest.mark.parametrize(
    ("item", "fact", "value"),
    [
        pytest.param(item, fact.id, option.value, id=f"{item.id}-{fact.id}-{option.value}")
        for item in ITEMS.values()
        for lookup in item.lookups
        for fact in lookup.facts
        for option in fact.options
        if option.window is not None
    ],
)


@pytest.fixture
def asked(hall: Hall, card: ResidentCard) -> Session:
    """The licence is being looked up."""
    session = verified(replace(hall, items=(RENEWAL,)), RENEWAL, card)
    session = after(session, ev.Answered("expires"))
    assert step_of(session, LookUpStep)
    return session


def telling(session: Session, **facts: str) -> ev.LookupTold:
    """The usual answer, but for these facts."""
    usual = told(session)
    return replace(usual, facts={**usual.facts, **facts})


def test_open_offences_send_a_driver_to_the_window_with_a_list(asked: Session) -> None:
    session = after(asked, telling(asked, licence_violations="open"))
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, WindowStep)
    assert "违法" in session.stage.step.window.why.zh
    assert len(session.stage.step.window.bring) == 2


def test_nobody_gets_past_what_the_register_says(asked: Session) -> None:
    session = after(
        asked, telling(asked, licence_violations="open"), ev.Continue(), ev.Answered("13900000000")
    )
    assert step_of(session, WindowStep)


def test_back_from_there_leads_to_the_question_before_and_looks_again(asked: Session) -> None:
    session = after(asked, telling(asked, licence_violations="open"), ev.Back())
    assert step_of(session, QuestionStep)
    session = after(session, ev.Answered("expires"))
    assert step_of(session, LookUpStep)
    assert not step_of(after(session, telling(session)), WindowStep)


@refusing
def test_every_refusal_says_what_to_do_next(item: Item, fact: str, value: str) -> None:
    (lookup,) = (each for each in item.lookups if any(one.id == fact for one in each.facts))
    window = lookup.refused({fact: value})
    assert window is not None
    assert any(word in window.why.zh for word in ("窗口", "再来", "电话", "本机")), (item.id, fact, value)
    assert lookup.refused({}) is None, "what nobody could tell refuses nobody"


def test_a_frozen_account_and_every_other_refusal_of_the_fund_is_worded() -> None:
    said = {
        option.value
        for lookup in ITEMS["housing_fund_purchase"].lookups
        for each in lookup.facts
        for option in each.options
        if option.window is not None
    }
    assert {"frozen", "closed", "this_home", "traded", "late", "repaying", "other"} <= said
