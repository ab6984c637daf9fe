"""A question that no answer fits: nobody is told again and again that the number is wrong."""

from __future__ import annotations

from dataclasses import replace

from config.item import Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.stages import InJourney, LookUpStep, QuestionStep, ReviewStep, Session, WindowStep
from tests.kiosk.session.walk import after, step_of, stepped, told, verified


def at_amount(items: tuple[Item, ...], hall: Hall, card: ResidentCard, balance: str) -> Session:
    """Where a person with so much in the fund, of which 100 yuan stay, says how much they want."""
    fund = next(item for item in items if item.id == "housing_fund_purchase")
    session: Session | None = verified(hall, fund, card)
    while session is not None and not step_of(session, ReviewStep):
        if step_of(session, LookUpStep):
            usual = told(session)
            balances = {"fund_balance": balance, "fund_minimum": "100"}
            facts = {key: balances.get(key, value) for key, value in usual.facts.items()}
            session = after(session, replace(usual, facts=facts))
        else:
            session = stepped(session, None)
    assert session is not None
    session = after(session, ev.ChangeLine("how_much"), ev.Answered("less"))
    assert asks_amount(session)
    return session


def asks_amount(session: Session) -> bool:
    stage = session.stage
    return (
        isinstance(stage, InJourney)
        and isinstance(stage.step, QuestionStep)
        and stage.step.question_id == "amount"
    )


def test_who_has_nothing_to_withdraw_is_told_so_and_may_go_back(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    session = after(at_amount(items, hall, card, "100"), ev.Answered("1"))
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, WindowStep)
    assert "没有能填的数" in session.stage.step.window.why.zh
    session = after(session, ev.Back())
    assert asks_amount(session)
    assert not asks_amount(after(session, ev.Back()))


def test_who_has_one_yuan_more_is_only_told_that_the_number_is_too_large(
    items: tuple[Item, ...], hall: Hall, card: ResidentCard
) -> None:
    session = after(at_amount(items, hall, card, "101"), ev.Answered("2"))
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, QuestionStep)
    assert session.stage.step.problem == "above_calculated"
    assert not asks_amount(after(session, ev.Answered("1")))
