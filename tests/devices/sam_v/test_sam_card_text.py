"""What a chip says is taken as it says it; what is wrong is named, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.codes import ETHNIC_GROUPS, check_character, has_right_check
from devices.contracts import CardProblem, IdCard, Sex
from devices.sam_v.card_text import NoCardText, UnsupportedCard, resident_card
from devices.simulators.cards import SimulatedCard, text_area

NO_NUMBER = {CardProblem.BAD_CHECKSUM, CardProblem.BIRTH_DIFFERS_FROM_NUMBER}


def read(card: SimulatedCard, padding: str = " ") -> IdCard:
    return resident_card(text_area(card, padding), card.photo)


@pytest.mark.parametrize("padding", [" ", "\0"], ids=["spaces", "zeros"])
def test_a_card_is_read_as_it_was_written(first_card: SimulatedCard, padding: str) -> None:
    assert read(first_card, padding) == IdCard(
        name="测试甲",
        sex=Sex.MALE,
        ethnicity="汉",
        birth=date(1990, 3, 7),
        address="北京市东城区测试路1号",
        id_number="110101199003070011",
        authority="北京市公安局东城分局",
        valid_from=date(2020, 1, 1),
        valid_to=None,
        long_term=True,
        photo=first_card.photo,
    )


def test_a_card_with_an_end_has_an_end(second_card: SimulatedCard) -> None:
    card = read(second_card)
    assert (card.valid_to, card.long_term, card.problems) == (date(2035, 6, 1), False, ())
    assert (card.sex, card.ethnicity) == (Sex.FEMALE, "珞巴")


@pytest.mark.parametrize(
    "name",
    ["𠮷田䶮", "买买提·吐尔逊", "A B", "·"],
    ids=["rare characters", "long", "a space inside", "a dot"],
)
def test_a_name_is_cut_on_the_right_only(first_card: SimulatedCard, name: str) -> None:
    assert read(replace(first_card, name=name)).name == name
    assert read(replace(first_card, name="　" + name)).name == "　" + name


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        ({"id_number": "110101199003070012"}, {CardProblem.BAD_CHECKSUM}),
        ({"id_number": "11010119900307001x"}, NO_NUMBER),
        ({"id_number": "１１0101199003070011"}, NO_NUMBER),
        ({"id_number": "1101011990030"}, NO_NUMBER),
        ({"birth": "19900308"}, {CardProblem.BIRTH_DIFFERS_FROM_NUMBER}),
        ({"birth": "19900230"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"birth": "１9900307"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"birth": ""}, {CardProblem.BAD_BIRTH_DATE}),
        ({"sex": "3"}, {CardProblem.UNKNOWN_SEX}),
        ({"sex": ""}, {CardProblem.UNKNOWN_SEX}),
        ({"ethnic_code": "57"}, {CardProblem.UNKNOWN_ETHNICITY}),
        ({"ethnic_code": "1"}, {CardProblem.UNKNOWN_ETHNICITY}),
        ({"valid_from": "20201301"}, {CardProblem.BAD_VALIDITY}),
        ({"valid_to": "永久"}, {CardProblem.BAD_VALIDITY}),
        ({"valid_to": ""}, {CardProblem.BAD_VALIDITY}),
        ({"valid_from": "20200102", "valid_to": "20200101"}, {CardProblem.REVERSED_VALIDITY}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_is_wrong_is_named(
    first_card: SimulatedCard, wrong: dict[str, str], problems: set[CardProblem]
) -> None:
    assert set(read(replace(first_card, **wrong)).problems) == problems  # type: ignore[arg-type]


def test_a_wrong_field_is_kept_or_empty_never_repaired(first_card: SimulatedCard) -> None:
    card = read(replace(first_card, id_number="110101199003070012", birth="19900230", valid_to="永久"))
    assert card.id_number == "110101199003070012"
    assert (card.birth, card.valid_to, card.long_term) == (None, None, False)


def test_not_stated_is_neither_male_nor_female_and_no_problem(first_card: SimulatedCard) -> None:
    assert read(replace(first_card, sex="0")).sex is Sex.UNKNOWN
    card = read(replace(first_card, sex="9"))
    assert (card.sex, card.problems) == (Sex.NOT_STATED, ())


def test_an_impossible_day_inside_a_number_is_noticed(first_card: SimulatedCard) -> None:
    card = read(replace(first_card, id_number="330106198502291239", birth="19850228"))
    assert card.problems == (CardProblem.BIRTH_DIFFERS_FROM_NUMBER,)


@pytest.mark.parametrize("marker", ["I", "J", "Y"])
def test_a_card_of_another_kind_is_said_to_be_one(first_card: SimulatedCard, marker: str) -> None:
    with pytest.raises(UnsupportedCard) as other:
        read(replace(first_card, type_marker=marker))
    assert other.value.kind == marker


@pytest.mark.parametrize(
    "text",
    [bytes(256), b" \0" * 128, b"\x00\xd8" * 128, b"", bytes(255)],
    ids=["zeros", "spaces", "half a character", "nothing", "too short"],
)
def test_what_is_no_card_text_makes_no_person(text: bytes) -> None:
    with pytest.raises(NoCardText):
        resident_card(text, bytes(1024))


def test_a_person_is_in_no_exception(first_card: SimulatedCard) -> None:
    text = bytearray(text_area(first_card))
    text[20:22] = b"\x00\xd8"
    with pytest.raises(NoCardText) as nothing:
        resident_card(bytes(text), first_card.photo)
    assert (str(nothing.value), nothing.value.__suppress_context__) == ("", True)


def test_the_code_table_has_fifty_six_peoples_and_two_more() -> None:
    assert len(ETHNIC_GROUPS) == 58
    assert [ETHNIC_GROUPS[code] for code in ("01", "10", "21", "41", "56")] == [
        "汉",
        "朝鲜",
        "佤",
        "塔吉克",
        "基诺",
    ]


@pytest.mark.parametrize(
    "number",
    [
        "110101199003070011", "11010119900307002X", "810000199901010014",
        "830000198812310022", "932682198501010017", "911124198108030024",
    ],
)  # fmt: skip
def test_a_right_number_has_its_check(number: str) -> None:
    assert has_right_check(number)
    wrong = [number[:-1] + end for end in "0123456789X" if end != number[-1]]
    assert not any(has_right_check(other) for other in wrong)


def test_every_single_wrong_digit_is_noticed() -> None:
    number = "110101199003070011"
    for place in range(17):
        for digit in "0123456789":
            other = number[:place] + digit + number[place + 1 :]
            assert has_right_check(other) == (other == number)


def test_only_seventeen_digits_have_a_check() -> None:
    with pytest.raises(ValueError, match="17 digits"):
        check_character("1101011990030700x")
