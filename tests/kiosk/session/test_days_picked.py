"""A day is picked by touches, within what the question allows, and every level leads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.item import DateQuestion, Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.days import Bounds, before, beside, cells, days_in, is_place, level, up, weekday_of_first
from kiosk.session.hall import Hall
from kiosk.session.machine import advance
from kiosk.session.stages import InJourney, QuestionStep, Session
from tests.kiosk.session.conftest import TODAY
from tests.kiosk.session.random_matters import _FIXED, TEXT
from tests.kiosk.session.walk import after, verified

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def matter(**bounds: str) -> Item:
    asked = {"id": "day", "kind": "date", "label": TEXT, "ask": TEXT, **bounds}
    flow = [{"kind": kind} for kind in ("form", "confirm", "sign", "deliver")]
    return Item.model_validate({**_FIXED, "id": "own", "fields": [asked], "flow": flow})


def asking(hall: Hall, card: ResidentCard, **bounds: str) -> Session:
    """At the question."""
    item = matter(**bounds)
    return verified(replace(hall, items=(item,)), item, card)


def step(session: Session) -> QuestionStep:
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, QuestionStep)
    return session.stage.step


def ways(bounds: Bounds, place: str, wanted: date) -> Iterator[str]:
    """Every place on the way to a day."""
    while len(place) < len("YYYY-MM-DD"):
        place = next(
            cell.place
            for cell in cells(place, bounds)
            if cell.offered and wanted.isoformat().startswith(cell.place)
        )
        yield place


@given(DAYS, DAYS, st.data())
def test_every_day_within_the_bounds_is_reached_in_four_touches(
    first: date, last: date, data: st.DataObject
) -> None:
    bounds = Bounds(min(first, last), max(first, last))
    wanted = data.draw(st.dates(bounds.first, bounds.last))
    way = list(ways(bounds, "", wanted))
    assert way[-1] == wanted.isoformat()
    assert len(way) <= 4
    assert all(is_place(place, bounds) for place in way)
    assert all(is_place(up(place, bounds), bounds) for place in way)


@given(DAYS, DAYS, st.integers(-40, 40))
def test_no_day_outside_of_the_bounds_can_be_touched(first: date, last: date, off: int) -> None:
    bounds = Bounds(min(first, last), max(first, last))
    edge = bounds.first if off < 0 else bounds.last
    day = edge + timedelta(days=off)
    offered = {cell.place for cell in cells(day.isoformat()[:7], bounds) if cell.offered}
    assert (day.isoformat() in offered) == (bounds.first <= day <= bounds.last)
    assert is_place(day.isoformat(), bounds) == (bounds.first <= day <= bounds.last)


@given(DAYS, DAYS, st.data())
def test_back_leads_out_in_a_few_touches_wherever_one_began(
    first: date, last: date, data: st.DataObject
) -> None:
    bounds = Bounds(min(first, last), max(first, last))
    inside = st.dates(bounds.first, bounds.last).map(date.isoformat)
    begun = data.draw(inside)[: data.draw(st.sampled_from([0, 7, 10]))]
    place: str | None = data.draw(inside)[: data.draw(st.sampled_from([3, 4, 7, 10]))]
    for _ in range(4):
        if place is None:
            break
        place = before(place, begun, bounds)
    assert place is None


@pytest.mark.parametrize(
    ("place", "few", "what"),
    [
        ("", date(2020, 1, 1), "year"),
        ("", date(1930, 1, 1), "decade"),
        ("195", date(1930, 1, 1), "year"),
        ("1957", date(1930, 1, 1), "month"),
        ("1957-03", date(1930, 1, 1), "day"),
        ("1957-03-08", date(1930, 1, 1), "day"),
    ],
)
def test_decades_are_only_for_long_times(place: str, few: date, what: str) -> None:
    assert level(place, Bounds(few, TODAY)) == what


def test_a_month_has_its_own_days_and_begins_on_its_weekday() -> None:
    assert days_in("2024-02") == 29
    assert days_in("2026-02") == 28
    assert weekday_of_first("2026-11") == 6  # a Sunday
    assert beside("2026-12", Bounds(date(2026, 1, 1), date(2027, 6, 1)), 1) == "2027-01"
    assert beside("2026-01", Bounds(date(2026, 1, 1), date(2027, 6, 1)), -1) is None


def test_a_birth_is_picked_by_decade_year_month_and_day(hall: Hall, card: ResidentCard) -> None:
    session = asking(hall, card, not_after="today")
    for place in ("195", "1957", "1957-03", "1957-03-08"):
        session = after(session, ev.Narrowed(place))
        assert step(session).narrowed == place
    session = after(session, ev.Answered("1957-03-08"))
    assert isinstance(session.stage, InJourney)
    assert session.stage.journey.answers == {"day": "1957-03-08"}


def test_back_leads_one_level_up_and_from_the_first_out_of_the_question(
    hall: Hall, card: ResidentCard
) -> None:
    session = asking(hall, card, not_after="today")
    begun = session
    for place in ("195", "1957", "1957-03", "1957-03-08"):
        session = after(session, ev.Narrowed(place))
    for place in ("1957", "195"):
        session = after(session, ev.Back())
        assert step(session).narrowed == place
    session = after(session, ev.Back())
    assert session == begun
    assert not isinstance(after(session, ev.Back()).stage.step, QuestionStep)  # type: ignore[union-attr]  # a journey


@pytest.mark.parametrize("place", ["1957-13", "1957-02-30", "2999", "9", "", "?", "1957-3", "19570308"])
def test_where_nobody_can_be_nobody_gets(hall: Hall, card: ResidentCard, place: str) -> None:
    session = asking(hall, card, not_after="today", not_before="birth")
    moved = advance(session, ev.Narrowed(place))
    assert moved == session if place else step(moved).narrowed == ""


def test_a_day_soon_begins_with_this_month(hall: Hall, card: ResidentCard) -> None:
    session = asking(hall, card, not_before="today")
    assert step(session).narrowed is None
    assert step(after(session, ev.Narrowed(TODAY.isoformat()[:7]), ev.Back())).narrowed is None
    # A year back is up from where it began: nothing is there to go back to but the beginning.
    assert step(after(session, ev.Narrowed(str(TODAY.year)), ev.Back())).narrowed is None


def test_what_was_picked_is_in_no_representation(hall: Hall, card: ResidentCard) -> None:
    session = after(asking(hall, card, not_after="today"), ev.Narrowed("1957-03-08"))
    assert "1957" not in repr(step(session))
    assert "1957" not in repr(ev.Narrowed("1957"))


def test_the_question_is_of_its_own_kind() -> None:
    assert isinstance(matter().questions[0], DateQuestion)
