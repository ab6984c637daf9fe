"""What a chip says is taken as it says it; what is wrong is named, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from config.codes import (
    ETHNIC_GROUPS,
    check_character,
    foreign_2017_check,
    has_right_check,
    has_right_foreign_2017_check,
)
from devices.contracts.id_cards import CardProblem, DocumentType, IdCard, ResidencePermit, ResidentCard, Sex
from devices.sam_v.card_text import NoCardText, additional_address, document
from devices.simulators.cards import AnyCard, SimulatedCard, text_area
from tests.devices.documents import ALL, FOREIGN_2017, FOREIGN_2023, PERMIT, RESIDENT

NO_NUMBER = {CardProblem.BAD_CHECKSUM, CardProblem.BIRTH_DIFFERS_FROM_NUMBER}


def read(card: AnyCard, padding: str = " ") -> IdCard:
    return document(text_area(card, padding), card.photo)


def changed(card: AnyCard, fields: Mapping[str, str]) -> AnyCard:
    return replace(card, **fields)  # type: ignore[arg-type]  # field names are the parameters of a test


@pytest.mark.parametrize("padding", [" ", "\0"], ids=["spaces", "zeros"])
@pytest.mark.parametrize(("laid", "expected"), ALL, ids=lambda card: type(card).__name__)
def test_a_document_is_read_as_it_was_written(laid: AnyCard, expected: IdCard, padding: str) -> None:
    if isinstance(expected, ResidentCard | ResidencePermit):
        expected = replace(expected, additional_address=None)  # is no part of the text area
    assert read(laid, padding) == expected


PLACES = {
    RESIDENT: """
        0 测试甲 30 1 32 01 36 19900307 52 北京市东城区测试路1号 122 110101199003070011
        158 北京市公安局东城分局 188 20200101 204 长期
    """,
    PERMIT: """
        0 樣本丙 30 1 36 19881231 52 福建省厦门市思明区试验路5号 122 830000198812310022
        158 厦门市公安局 188 20190901 204 20240901 220 A12345678 238 01 248 J
    """,
    replace(FOREIGN_2017, name_en="EXAMPLE,ANNE"): """
        0 EXAMPLE,ANNE 120 2 122 CAN110081121404 152 CAN 158 安样本 188 20180301
        204 20280228 220 19811214 236 01 240 1500 248 I
    """,
    replace(FOREIGN_2023, name_en="ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRST", name="白样本"): """
        0 白样本 30 1 32 02 36 19850101 52 ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHI 122 932682198501010017
        188 20231201 204 20331130 220 JKLMNOPQRST 242 GBR 248 Y 250 010
    """,
}
"""Byte offsets of the text area, and what stands there."""


@pytest.mark.parametrize(("laid", "places"), PLACES.items(), ids=["resident", "J", "I", "Y"])
def test_every_field_stands_where_the_layout_says(laid: AnyCard, places: str) -> None:
    expected = bytearray(" ".encode("utf-16-le") * 128)
    words = places.split()
    for at, text in zip(map(int, words[::2]), words[1::2], strict=True):
        encoded = text.encode("utf-16-le")
        expected[at : at + len(encoded)] = encoded
    assert text_area(laid) == bytes(expected)


def test_every_document_says_what_it_is() -> None:
    assert [read(card).type for card in (RESIDENT, PERMIT, FOREIGN_2017, FOREIGN_2023)] == list(DocumentType)


@pytest.mark.parametrize("marker", ["H", "0", "\0", "K", "j"])
def test_any_other_marker_is_a_residents(marker: str) -> None:
    text = bytearray(text_area(RESIDENT))
    text[248:250] = marker.encode("utf-16-le")
    assert isinstance(document(bytes(text), RESIDENT.photo), ResidentCard)


@pytest.mark.parametrize(
    "name",
    ["𠮷田䶮", "买买提·吐尔逊", "A B", "·"],
    ids=["rare characters", "long", "a space inside", "a dot"],
)
def test_a_name_is_cut_on_the_right_only(first_card: SimulatedCard, name: str) -> None:
    assert read(replace(first_card, name=name)).name == name
    assert read(replace(first_card, name="　" + name)).name == "　" + name


@pytest.mark.parametrize(
    "name",
    [
        "LEE, AN",
        "A" * 35,
        "A" * 36,
        "EXAMPLE, BARTHOLOMEW MAXIMILIAN OF HOHENSTEIN",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFG  HIJK",
    ],
    ids=["one field", "one field full", "one sign over", "cut in a word", "cut after a space"],
)
def test_a_latin_name_in_two_fields_is_one_name(name: str) -> None:
    assert read(replace(FOREIGN_2023, name_en=name)).name_en == name
    assert read(replace(FOREIGN_2023, name_en=name), "\0").name_en == name


BAD_VALIDITY = [
    ({"valid_from": "20201301"}, {CardProblem.BAD_VALIDITY}),
    ({"valid_from": "长期"}, {CardProblem.BAD_VALIDITY}),
    ({"valid_to": "永久"}, {CardProblem.BAD_VALIDITY}),
    ({"valid_to": ""}, {CardProblem.BAD_VALIDITY}),
    ({"valid_from": "20350102", "valid_to": "20350101"}, {CardProblem.REVERSED_VALIDITY}),
    ({"valid_from": "20350101", "valid_to": "20350101"}, set()),
    ({"valid_to": "长期"}, set()),
]
UNKNOWN_SEX = [({"sex": sex}, {CardProblem.UNKNOWN_SEX}) for sex in ("3", "", "男")]


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        *BAD_VALIDITY,
        *UNKNOWN_SEX,
        ({"id_number": "110101199003070012"}, {CardProblem.BAD_CHECKSUM}),
        ({"id_number": "11010119900307001x"}, NO_NUMBER),
        ({"id_number": "１1010119900307001"}, NO_NUMBER),
        ({"id_number": "1101011990030"}, NO_NUMBER),
        ({"birth": "19900308"}, {CardProblem.BIRTH_DIFFERS_FROM_NUMBER}),
        ({"birth": "19900230"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"birth": "１9900307"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"birth": ""}, {CardProblem.BAD_BIRTH_DATE}),
        ({"ethnic_code": "57"}, {CardProblem.UNKNOWN_ETHNICITY}),
        ({"ethnic_code": "1"}, {CardProblem.UNKNOWN_ETHNICITY}),
        ({"ethnic_code": "97"}, set()),
        ({"name": "测\ud842"}, {CardProblem.UNREADABLE_TEXT}),
        ({"address": "\udfb7路"}, {CardProblem.UNREADABLE_TEXT}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_with_a_resident_is_named(wrong: dict[str, str], problems: set[CardProblem]) -> None:
    assert set(read(changed(RESIDENT, wrong)).problems) == problems


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        *BAD_VALIDITY,
        *UNKNOWN_SEX,
        ({"id_number": "810000199901010014", "birth": "19990101"}, set()),
        ({"id_number": "810000199901010014"}, {CardProblem.BIRTH_DIFFERS_FROM_NUMBER}),
        ({"id_number": "110101199003070011", "birth": "19900307"}, {CardProblem.UNFIT_PREFIX}),
        ({"id_number": "830000198812310023"}, {CardProblem.BAD_CHECKSUM}),
        ({"birth": "19881232"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"pass_number": ""}, set()),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_with_a_permit_is_named(wrong: dict[str, str], problems: set[CardProblem]) -> None:
    assert set(read(changed(PERMIT, wrong)).problems) == problems


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        *BAD_VALIDITY,
        *UNKNOWN_SEX,
        ({"id_number": "CAN110081121405"}, {CardProblem.BAD_CHECKSUM}),
        ({"id_number": "can110081121404"}, NO_NUMBER),
        ({"id_number": "932682198501010"}, NO_NUMBER),
        ({"birth": "19811213"}, {CardProblem.BIRTH_DIFFERS_FROM_NUMBER}),
        ({"birth": "18811214"}, set()),
        ({"birth": "19811314"}, {CardProblem.BAD_BIRTH_DATE}),
        ({"nationality": "CA"}, {CardProblem.UNKNOWN_NATIONALITY}),
        ({"nationality": "加拿大"}, {CardProblem.UNKNOWN_NATIONALITY}),
        ({"name": ""}, set()),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_with_a_card_of_2017_is_named(
    wrong: dict[str, str], problems: set[CardProblem]
) -> None:
    assert set(read(changed(FOREIGN_2017, wrong)).problems) == problems


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        *BAD_VALIDITY,
        *UNKNOWN_SEX,
        ({"id_number": "911124198108030024", "birth": "19810803"}, set()),
        ({"id_number": "932682198501010018"}, {CardProblem.BAD_CHECKSUM}),
        ({"id_number": "810000199901010014", "birth": "19990101"}, {CardProblem.UNFIT_PREFIX}),
        ({"birth": "19850102"}, {CardProblem.BIRTH_DIFFERS_FROM_NUMBER}),
        ({"nationality": "gbr"}, {CardProblem.UNKNOWN_NATIONALITY}),
        ({"old_number_link": ""}, set()),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_with_a_card_of_2023_is_named(
    wrong: dict[str, str], problems: set[CardProblem]
) -> None:
    assert set(read(changed(FOREIGN_2023, wrong)).problems) == problems


def test_a_wrong_field_is_kept_or_empty_never_repaired(first_card: SimulatedCard) -> None:
    card = read(replace(first_card, id_number="110101199003070012", birth="19900230", valid_to="永久"))
    assert card.id_number == "110101199003070012"
    assert (card.birth, card.valid_to, card.long_term) == (None, None, False)


def test_half_a_character_is_no_character(first_card: SimulatedCard) -> None:
    assert read(replace(first_card, name="测\ud842")).name == "测\ufffd"


def test_for_ever_is_no_date_and_no_problem_on_any_document() -> None:
    for card in (RESIDENT, PERMIT, FOREIGN_2017, FOREIGN_2023):
        read_as = read(changed(card, {"valid_to": "长期"}))
        assert (read_as.valid_to, read_as.long_term, read_as.problems) == (None, True, ())


@pytest.mark.parametrize(
    "card", [RESIDENT, PERMIT, FOREIGN_2017, FOREIGN_2023], ids=lambda c: type(c).__name__
)
def test_not_stated_and_unknown_are_neither_male_nor_female_and_no_problem(card: AnyCard) -> None:
    sexes = {code: read(changed(card, {"sex": code})) for code in "0129"}
    assert [read_as.sex for read_as in sexes.values()] == [
        Sex.UNKNOWN,
        Sex.MALE,
        Sex.FEMALE,
        Sex.NOT_STATED,
    ]
    assert not [read_as for read_as in sexes.values() if read_as.problems]


def test_an_impossible_day_inside_a_number_is_noticed(first_card: SimulatedCard) -> None:
    card = read(replace(first_card, id_number="330106198502291239", birth="19850228"))
    assert card.problems == (CardProblem.BIRTH_DIFFERS_FROM_NUMBER,)


@pytest.mark.parametrize(
    "text",
    [bytes(256), b" \0" * 128, b"", bytes(255), b" \0" * 124 + b"I\0" + b" \0" * 3],
    ids=["zeros", "spaces", "nothing", "too short", "a marker only"],
)
def test_what_is_no_card_text_makes_no_person(text: bytes) -> None:
    with pytest.raises(NoCardText):
        document(text, bytes(1024))


def test_the_last_address_that_was_written_counts() -> None:
    blocks = ["路1号", "路2号", "", ""]
    area = b"".join(block.ljust(35).encode("utf-16-le") for block in blocks)
    assert [additional_address(area[: 70 * count]) for count in range(5)] == [
        "",
        "路1号",
        "路2号",
        "路2号",
        "路2号",
    ]
    assert additional_address(bytes(280)) == ""


def test_a_document_shows_nobody_to_a_log() -> None:
    for laid, _ in ALL:
        card = read(laid)
        assert not [text for text in (card.name, card.name_en, card.id_number) if text and text in repr(card)]


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


def test_a_number_of_2017_has_its_check() -> None:
    assert foreign_2017_check("CAN11008112140") == "4"
    assert has_right_foreign_2017_check("CAN110081121404")
    assert not any(has_right_foreign_2017_check(f"CAN11008112140{end}") for end in "012356789X")
    assert not has_right_foreign_2017_check("CAN11008112140")


def test_only_letters_and_digits_in_their_places_have_a_check_of_2017() -> None:
    for number in ("CAN1100811214", "can11008112140", "CA111008112140", "CAN1100811214X"):
        with pytest.raises(ValueError, match="three capital letters"):
            foreign_2017_check(number)
