"""What `device read-card` prints: the same keys for every document, null for what it does not have."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from devices.contracts.id_cards import CardProblem, IdCard, Sex
from devices.documents_json import document_json
from tests.devices.documents import (
    ALL,
    READ_FOREIGN_2017,
    READ_FOREIGN_2023,
    READ_OTHER_RESIDENT,
    READ_PERMIT,
    READ_RESIDENT,
)

KEYS = [
    "type", "name", "name_en", "sex", "ethnicity", "birth", "valid_from", "valid_to", "long_term", "address",
    "additional_address", "id_number", "authority", "nationality", "pass_number", "issue_count", "photo",
    "problems",
]  # fmt: skip


@pytest.mark.parametrize("card", [card for _, card in ALL], ids=lambda card: card.type.value)
def test_every_document_has_every_key_once(card: IdCard) -> None:
    record = document_json(card, photo_decoded=False)
    assert list(record) == KEYS
    assert json.loads(json.dumps(record)) == record


def test_a_resident_in_json() -> None:
    assert document_json(READ_RESIDENT, photo_decoded=True) == {
        "type": "resident",
        "name": "测试甲",
        "name_en": None,
        "sex": "male",
        "ethnicity": "汉",
        "birth": "1990-03-07",
        "valid_from": "2020-01-01",
        "valid_to": None,
        "long_term": True,
        "address": "北京市东城区测试路1号",
        "additional_address": None,
        "id_number": "110101199003070011",
        "authority": "北京市公安局东城分局",
        "nationality": None,
        "pass_number": None,
        "issue_count": None,
        "photo": "decoded",
        "problems": [],
    }
    other = document_json(READ_OTHER_RESIDENT, photo_decoded=False)
    assert (other["additional_address"], other["valid_to"]) == (
        "西藏自治区林芝市巴宜区新址路3号",
        "2035-06-01",
    )
    assert other["photo"] == "not-decodable"


def test_what_others_have_instead() -> None:
    def filled(card: IdCard) -> set[str]:
        return {key for key, value in document_json(card, photo_decoded=False).items() if value is not None}

    everybodys = set(KEYS) - {
        "name_en", "ethnicity", "address", "additional_address", "authority", "nationality", "pass_number",
        "issue_count",
    }  # fmt: skip
    assert filled(READ_PERMIT) == everybodys | {"address", "authority", "pass_number", "issue_count"}
    assert filled(READ_FOREIGN_2017) == everybodys | {"name_en", "authority", "nationality"}
    assert filled(READ_FOREIGN_2023) == everybodys | {"name_en", "nationality"}


def test_sexes_and_findings_are_words() -> None:
    sexes = [document_json(replace(READ_RESIDENT, sex=sex), photo_decoded=False)["sex"] for sex in Sex]
    assert sexes == ["unknown", "male", "female", "unstated"]
    odd = replace(READ_RESIDENT, problems=(CardProblem.BAD_CHECKSUM, CardProblem.UNKNOWN_SEX))
    assert document_json(odd, photo_decoded=False)["problems"] == ["bad_checksum", "unknown_sex"]
