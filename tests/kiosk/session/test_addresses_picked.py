"""An address is picked from province to street, its end is typed, and it reaches the form whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.item import AddressQuestion, Item
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.addresses import SHORTEST, before, begins_at, detail_in, read
from kiosk.session.form import form_lines
from kiosk.session.hall import Hall
from kiosk.session.stages import InJourney, QuestionStep, ReviewStep, Session
from tests.kiosk.session.conftest import TODAY
from tests.kiosk.session.random_matters import _FIXED, TEXT
from tests.kiosk.session.walk import after, verified

WHOLE = "330199001 浙江省杭州市临溪区东溪街道柳浪里12号"


def matter() -> Item:
    asked = {"id": "home", "kind": "address", "label": {"zh": "住址", "en": "Address"}, "ask": TEXT}
    flow = [{"kind": kind} for kind in ("form", "confirm", "sign", "deliver")]
    return Item.model_validate(
        {**_FIXED, "id": "own", "area_code": "330199", "fields": [asked], "flow": flow}
    )


def asking(hall: Hall, card: ResidentCard) -> Session:
    item = matter()
    return verified(replace(hall, items=(item,)), item, card)


def step(session: Session) -> QuestionStep:
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, QuestionStep)
    return session.stage.step


def asked() -> AddressQuestion:
    (question,) = matter().questions
    assert isinstance(question, AddressQuestion)
    return question


@pytest.mark.parametrize(
    "given",
    [
        WHOLE,
        "330199001 柳浪里12号",
        " 330199001   柳浪里12号 ",
        "330199001 东溪街道柳浪里12号",
        "330199001 浙江省杭州市临溪区东溪街道 柳浪里12号",
    ],
)
def test_habits_of_writing_lead_to_one_answer(given: str) -> None:
    assert read(asked(), given) == (WHOLE, None)
    assert detail_in(WHOLE) == "柳浪里12号"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("330199001", "required"),
        ("330199001 ", "required"),
        ("330199001 浙江省杭州市临溪区东溪街道", "required"),
        ("330199001 号", "region_only"),
        ("330199 柳浪里12号", "no_such_region"),
        ("330000 柳浪里12号", "no_such_region"),
        ("999999 柳浪里12号", "no_such_region"),
        ("柳浪里12号", "no_such_region"),
        ("330199001 " + "长" * 61, "too_long"),
    ],
)
def test_what_is_missing_is_named(given: str, problem: str) -> None:
    assert SHORTEST == 2
    assert read(asked(), given)[1] == problem


def test_another_province_is_picked_and_the_rest_is_typed() -> None:
    assert read(asked(), "320000 南京市鼓楼区中山路1号") == ("320000 江苏省南京市鼓楼区中山路1号", None)


@pytest.mark.parametrize(
    ("area", "answer", "place"),
    [
        ("330199", None, "330100"),
        ("330106", None, "330100"),
        ("330000", None, ""),
        ("999999", None, ""),
        (None, None, ""),
        ("330199", WHOLE, "330199001"),
        ("330199", "999999 somewhere", "330100"),
    ],
)
def test_picking_begins_in_the_halls_own_city_and_never_at_the_card(
    area: str | None, answer: str | None, place: str
) -> None:
    assert begins_at(area, answer) == place


@pytest.mark.parametrize(
    ("place", "begun", "back"),
    [
        ("330199001", "330100", "330199"),
        ("330199", "330100", None),
        ("330106", "330100", None),
        ("330200", "330100", "330000"),
        ("330000", "330100", ""),
        ("", "330100", None),
        ("320000", "330100", ""),
        ("330199", "330199001", "330100"),
    ],
)
def test_back_leads_one_level_up_and_then_out(place: str, begun: str, back: str | None) -> None:
    assert before(place, begun) == back


def test_an_address_is_picked_typed_checked_and_on_the_form(hall: Hall, card: ResidentCard) -> None:
    session = asking(hall, card)
    session = after(session, ev.Narrowed("330199"), ev.Narrowed("330199001"))
    assert step(session).narrowed == "330199001"
    session = after(session, ev.Answered("330199001"))
    assert step(session).problem == "required"
    assert step(session).narrowed == "330199001"
    session = after(session, ev.Answered("330199001 柳浪里12号"))
    assert isinstance(session.stage, InJourney)
    assert isinstance(session.stage.step, ReviewStep)
    assert session.stage.journey.answers == {"home": WHOLE}
    values = {line.label: line.value for line in form_lines(session.stage.journey, "zh", TODAY)}
    assert values["住址"] == "浙江省杭州市临溪区东溪街道柳浪里12号"


def test_nobody_gets_to_a_region_that_is_nowhere(hall: Hall, card: ResidentCard) -> None:
    session = asking(hall, card)
    for place in ("999999", "33", "330199999", "临溪区"):
        assert after(session, ev.Narrowed(place)) == session


def test_back_from_the_street_is_the_district_again(hall: Hall, card: ResidentCard) -> None:
    session = asking(hall, card)
    inside = after(session, ev.Narrowed("330199"), ev.Narrowed("330199001"))
    assert step(after(inside, ev.Back())).narrowed == "330199"
    assert after(inside, ev.Back(), ev.Back()) == session


def test_where_somebody_lives_is_in_no_representation(hall: Hall, card: ResidentCard) -> None:
    session = after(asking(hall, card), ev.Narrowed("330199001"))
    assert "330199001" not in repr(step(session))
