"""A number is looked at while it is typed: only what stays wrong is said, a right one is never doubted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.codes import check_character
from config.item import CitizenIdQuestion, CodeQuestion, MobileQuestion, Text
from kiosk.session.live_checks import grouped, live_problem, missing, with_key

WORD = Text(zh="字", en="word")
MOBILE = MobileQuestion(id="mobile", label=WORD, ask=WORD, kind="mobile")
PERSON = CitizenIdQuestion(id="person", label=WORD, ask=WORD, kind="citizen_id")
CODE = CodeQuestion(
    id="code", label=WORD, ask=WORD, kind="code", pattern="[0-9]{10}", example="1000000000", where=WORD
)
BORN = st.dates(date(1900, 1, 1), date(2026, 11, 21))


def number(born: date, area: str = "330106", sequence: str = "001") -> str:
    first = f"{area}{born:%Y%m%d}{sequence}"
    return first + check_character(first)


@given(BORN)
def test_a_right_number_is_never_doubted_on_the_way(born: date) -> None:
    whole = number(born)
    assert [live_problem(PERSON, whole[:length]) for length in range(19)] == [None] * 19


@given(BORN, st.integers(6, 17), st.integers(1, 9))
def test_one_wrong_figure_is_found_by_the_last_one(born: date, place: int, off: int) -> None:
    whole = number(born)
    other = "0123456789"[(int(whole[place], 11 if whole[place] != "X" else 36) + off) % 10]
    if other == whole[place]:
        return
    wrong = whole[:place] + other + whole[place + 1 :]
    assert live_problem(PERSON, wrong) in {"birth_part", "wrong_check"}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("3301061", None),
        ("3301063", "birth_part"),
        ("33010618", "birth_part"),
        ("330106195713", "birth_part"),
        ("33010619570230", "birth_part"),
        ("33010619570308", None),
    ],
)
def test_a_birth_that_cannot_be_is_said_at_once(typed: str, problem: str | None) -> None:
    assert live_problem(PERSON, typed) == problem


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", None), ("1", None), ("2", "first_figure"), ("12", "second_figure"), ("138", None)],
)
def test_a_mobile_number_is_looked_at_from_its_first_figure(typed: str, problem: str | None) -> None:
    assert live_problem(MOBILE, typed) == problem


def test_figures_stand_in_groups_as_people_read_them() -> None:
    assert grouped(MOBILE, "13800000000") == "138 0000 0000"
    assert grouped(MOBILE, "1380") == "138 0"
    assert grouped(PERSON, "330106195703080012") == "330106 19570308 0012"
    assert grouped(CODE, "1000000000") == "1000 0000 00"
    assert grouped(CODE, "") == ""


def test_an_x_is_only_the_last_of_eighteen_and_no_figure_comes_after() -> None:
    seventeen = "33010619570308001"
    assert with_key(PERSON, seventeen[:-1], "X", 18) == seventeen[:-1]
    assert with_key(PERSON, seventeen, "X", 18) == seventeen + "X"
    assert with_key(PERSON, seventeen + "X", "1", 18) == seventeen + "X"
    assert with_key(MOBILE, "13800000000", "0", 11) == "13800000000"
    assert with_key(CODE, "10", "1", 32) == "101"


def test_what_is_still_missing_is_counted() -> None:
    assert [missing(MOBILE, "138"), missing(PERSON, ""), missing(CODE, "1")] == [8, 18, 0]
