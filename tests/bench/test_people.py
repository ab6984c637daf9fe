from __future__ import annotations

from datetime import date

import pytest

from bench import people
from bench.cast import CAST

TODAY = date(2026, 11, 22)


def test_the_check_digit_is_the_one_of_the_standards_example() -> None:
    assert people.check_digit("11010519491231002") == "X"
    assert people.check_digit("44052418800101001") == "4"


@pytest.mark.parametrize("person", [role.made for role in CAST.values()], ids=CAST)
@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 12, 31)])
def test_nobody_has_the_number_of_an_invented_person(person: people.Made, today: date) -> None:
    made = person(today)
    assert made.id_number.startswith("330199") or made.id_number[14:17] == "000"
    assert len(made.id_number) == 18
    assert made.valid_from < today


def test_cards_end_when_the_scene_needs_it() -> None:
    soon, ended = people.ending_soon(TODAY).valid_to, people.expired(TODAY).valid_to
    assert soon is not None
    assert 0 < (soon - TODAY).days < 92
    assert ended is not None
    assert ended < TODAY
