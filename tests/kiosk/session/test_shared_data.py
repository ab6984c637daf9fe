"""A question that only the platform can read, and an answer that only this question can have."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from config.item import Item, Lookup
from config.item_lookups import Fact
from kiosk.session import shared_data
from kiosk.session.facts import fitting, unfit
from kiosk.session.shared_data import Answer, Asking, NotTheAnswer
from kiosk.session.verification import Verified
from offline_queue import contract_files
from tests.kiosk.session.lookups import RESIDENT, Oracle, journey_of, lookup_for

TOLD = {"pension_state": "paying", "pension_months": "187"}


@pytest.fixture(scope="module")
def proof(items: tuple[Item, ...]) -> Item:
    return next(item for item in items if item.id == "insurance_proof")


@pytest.fixture(scope="module")
def insurance(proof: Item) -> Lookup:
    return lookup_for(proof, "social_insurance.persons")


@pytest.fixture
def oracle() -> Oracle:
    return Oracle.new()


@pytest.fixture
def asking(oracle: Oracle, proof: Item, insurance: Lookup) -> Asking:
    return oracle.asks(journey_of(proof), insurance)


def believed(asking: Asking, body: bytes, oracle: Oracle) -> Answer | None:
    try:
        return shared_data.answer(asking, body, oracle.word.public_key())
    except NotTheAnswer:
        return None


def test_a_question_asks_for_the_facts_of_this_matter_about_the_verified_person_and_nothing_else(
    oracle: Oracle, proof: Item, insurance: Lookup
) -> None:
    asked = oracle.read(oracle.asks(journey_of(proof), insurance, {"account_no": "1000044021"}).sealed)
    assert asked["facts"] == [fact.id for fact in insurance.facts]
    assert asked["person"] == {
        "id_type": "resident_identity_card",
        "id_number": RESIDENT.id_number,
        "identity_method": "card_and_face",
        "assurance_level": "card_and_face",
        "verified_by": None,
    }
    assert asked["needs"] == {"account_no": "1000044021"}
    assert [consent["text_id"] for consent in asked["consents"]] == ["processing_notice", "face_comparison"]
    assert RESIDENT.name not in json.dumps(asked, ensure_ascii=False)


def test_a_question_is_of_the_contracts_form_and_its_frame_says_nothing_of_the_person_or_the_matter(
    asking: Asking, proof: Item
) -> None:
    frame = contract_files.read("sealed-question", asking.sealed)
    assert not {proof.id, asking.data, RESIDENT.id_number} & {str(value) for value in frame.values()}


def test_two_questions_of_one_length_whatever_they_ask(
    oracle: Oracle, proof: Item, insurance: Lookup
) -> None:
    short = insurance.model_copy(update={"data": "x"})
    assert len(oracle.asks(journey_of(proof), short).sealed) == len(
        oracle.asks(journey_of(proof), insurance).sealed
    )


@pytest.mark.parametrize(
    "verified", [None, Verified("card", "card")], ids=["nobody was verified", "a card was enough"]
)
def test_nothing_is_asked_before_the_person_is_verified_as_the_matter_needs(
    oracle: Oracle, proof: Item, insurance: Lookup, verified: Verified | None
) -> None:
    with pytest.raises(ValueError, match="not verified as the matter needs"):
        oracle.asks(journey_of(proof, verified=verified), insurance)


def test_the_right_answer_is_told(oracle: Oracle, asking: Asking) -> None:
    answer = believed(asking, oracle.says(asking, TOLD).body, oracle)
    assert answer is not None
    assert (answer.told, answer.missing) == (TOLD, None)
    assert answer.told_at.isoformat() == "2026-11-21T17:30:00+00:00"


# ---- hostile answers -------------------------------------------------------------------------------------


def _unsigned(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "signature": base64.b64encode(bytes(64)).decode()}


def _richer(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "told": {**content["told"], "pension_months": "999"}}


def hostile(oracle: Oracle, asking: Asking, other: Asking) -> Mapping[str, bytes]:
    """Answers to `asking` that nobody may believe; `other` is a question of the same person."""
    right, others = oracle.says(asking, TOLD), oracle.says(other, TOLD)
    stranger = X25519PrivateKey.generate().public_key()
    return {
        "another question's, whole": others.body,
        "another question's, sealed to this one": right.saying(**others.content).body,
        "another question's, in this one's frame": replace(others, header=right.header).body,
        "this id, over another question's bytes": right.saying(
            question_sha256=others.content["question_sha256"]
        ).body,
        "of another data set": right.saying(data="housing_fund.account").body,
        "signed by somebody else": replace(right, word=Ed25519PrivateKey.generate()).body,
        "signed by nobody": replace(right, signed=_unsigned).body,
        "changed after it was signed": replace(right, signed=_richer).body,
        "sealed to another key": replace(right, reply_key=stranger).body,
        "addressed to another terminal": right.addressed(terminal="HALL-0002").body,
        "addressed to another question": right.addressed(id=other.question_id).body,
        "the question itself": asking.sealed,
        "a header changed on the way": right.body.replace(b"HALL-0001", b"HALL-0002"),
        "more than the contract has": right.saying(advice="pay here").body,
        "facts that are no texts": right.saying(told={"pension_months": 187}).body,
        "without a moment": right.saying(told_at="yesterday").body,
        "at a moment without a zone": right.saying(told_at="2026-11-21T17:30:00").body,
        "half of it": right.body[: len(right.body) // 2],
        "a portal's page": b"<html>Please log in</html>",
        "nothing": b"",
    }


def test_nothing_else_is_believed(oracle: Oracle, asking: Asking, proof: Item, insurance: Lookup) -> None:
    other = oracle.asks(journey_of(proof), insurance)
    for name, body in hostile(oracle, asking, other).items():
        assert believed(asking, body, oracle) is None, name


def test_an_answer_is_not_believed_a_second_time_by_the_next_question(
    oracle: Oracle, proof: Item, insurance: Lookup
) -> None:
    first, second = (oracle.asks(journey_of(proof), insurance) for _ in range(2))
    body = oracle.says(first, TOLD).body
    assert believed(first, body, oracle) is not None
    assert believed(second, body, oracle) is None


def test_a_session_that_asked_twice_under_one_id_and_key_would_be_caught(
    oracle: Oracle, proof: Item, insurance: Lookup
) -> None:
    """The weakened variant: without a fresh id and key, an old answer passes. The suite above sees it."""
    first = oracle.asks(journey_of(proof), insurance)
    second = replace(first)
    assert believed(second, oracle.says(first, TOLD).body, oracle) is not None


def test_a_session_that_took_anybodys_word_would_be_caught(oracle: Oracle, asking: Asking) -> None:
    """The weakened variant: believing whatever key signed lets a made-up answer pass."""
    forger = Oracle(oracle.envelope, Ed25519PrivateKey.generate())
    assert believed(asking, forger.says(asking, TOLD).body, oracle) is None
    assert believed(asking, forger.says(asking, TOLD).body, forger) is not None


# ---- facts that do not fit -------------------------------------------------------------------------------


def fact(kind: str, **more: Any) -> Fact:
    label = {"zh": "某项", "en": "Something"}
    return Fact.model_validate({"id": "some_fact", "label": label, "kind": kind, **more})


CHOICE = fact("choice", options=[{"value": "clear", "label": {"zh": "无", "en": "None"}}])


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (fact("date"), "2026-02-30"),
        (fact("date"), "20260228"),
        (fact("date"), "2026-W08-6"),
        (fact("amount"), "-86.40"),
        (fact("amount"), "86.404"),
        (fact("amount"), "1e3"),
        (fact("amount"), "８６.40"),
        (CHOICE, "mortgaged"),
        (fact("text"), "   "),
        (fact("text"), "字" * 201),
        (fact("text"), "柳浪里\u202e12号"),
        (fact("text"), "柳浪里\n12号"),
        (fact("text", masked=True), "方远山"),
    ],
)
def test_a_fact_that_does_not_fit_is_not_told(insurance: Lookup, asked: Fact, value: str) -> None:
    lookup = insurance.model_copy(update={"facts": (asked,)})
    assert fitting(lookup, {"some_fact": value}) == {}
    assert list(unfit(lookup, {"some_fact": value})) == ["some_fact"]


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (fact("date"), "2026-02-28"),
        (fact("amount"), "86.40"),
        (fact("amount"), "0"),
        (CHOICE, "clear"),
        (fact("text"), "柳浪里　12号"),
        (fact("text", masked=True), "方**"),
    ],
)
def test_a_fact_that_fits_is_told_as_it_came(insurance: Lookup, asked: Fact, value: str) -> None:
    lookup = insurance.model_copy(update={"facts": (asked,)})
    assert fitting(lookup, {"some_fact": value, "unasked": "x"}) == {"some_fact": value}
