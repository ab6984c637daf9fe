import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from config.district import District, Place
from config.item import Basis, Fee, Item, Text, Time
from config.listing import Listing
from config.opening_hours import Hours
from kiosk.finding.asking import Answer, answer, answers, told
from kiosk.finding.question_patterns import Topic
from tests.shipped import DISTRICT, ITEMS

TOPICS: tuple[Topic, ...] = get_args(Topic)
RECORD = next(item for item in ITEMS if item.id == "no_criminal_record_certificate")
BARE = Listing.model_validate({"id": "bare", "name": "开证明", "department": "somebody"})


@pytest.fixture(scope="module")
def district() -> District:
    return DISTRICT


def quoted(found: Answer, about: Item | Listing, place: Place | None) -> str:
    """All that stands in the fields that an answer names."""
    files: list[Any] = [about] if place is None else [about, place]
    found_there = [
        [value for file in files if (value := _at(file, path)) is not None] for path in found.fields
    ]
    assert all(found_there), found.fields
    return " ".join(_all_text(values[0]) for values in found_there)


def _at(file: Any, path: str) -> Any:
    here = file
    for part in path.split("."):
        here = here[int(part)] if part.isdecimal() else getattr(here, part, None)
        if here is None:
            return None
    return here


def _all_text(value: Any) -> str:
    match value:
        case Hours():
            return str(value.words())
        case BaseModel():
            return str(value.model_dump())
        case _:
            return str(value)


def invented(found: Answer, about: Item | Listing, place: Place | None) -> list[str]:
    """Numbers in an answer that stand neither in a quoted field nor on the sign of the counter to ask."""
    known = quoted(found, about, place)
    if not found.known and isinstance(about, Item):
        known += str(about.office.model_dump())
    if not found.known and place is not None:
        known += f"{place.department} {place.window} {place.phone}"
    return [
        number
        for number in re.findall(r"[\d.:-]*\d", found.text.zh + " " + found.text.en)
        if number.removesuffix(".00") not in known
    ]


def test_the_fee_is_the_one_of_the_file_with_its_source() -> None:
    found = answer("要多少钱", RECORD)
    assert found is not None
    assert found.text.zh == "不收费。"
    assert found.fields == ("fee.yuan",)
    assert found.basis == (RECORD.fee.basis,)
    assert found.verified is False


def test_a_fact_is_verified_only_when_every_source_is() -> None:
    checked, unchecked = Basis(source="甲", verified=True), Basis(source="乙", verified=False)
    papers = RECORD.model_copy(update={"basis": (checked, unchecked)})
    assert told("materials", papers).verified is False
    assert told("materials", papers.model_copy(update={"basis": (checked,)})).verified is True
    assert told("materials", papers.model_copy(update={"basis": ()})).verified is None


@given(st.decimals(0, 99999, places=2), st.integers(0, 200), st.integers(0, 200))
def test_whatever_stands_in_the_file_is_what_is_said(yuan: Any, promised: int, statutory: int) -> None:
    basis = Basis(source="某文件", verified=True)
    item = RECORD.model_copy(
        update={
            "fee": Fee(yuan=float(yuan), basis=basis),
            "time": Time(promised_days=promised, statutory_days=statutory, basis=basis),
        }
    )
    fee, time = told("fee", item), told("time", item)
    said = re.findall(r"\d+(?:\.\d+)?", fee.text.zh)
    assert [float(number) for number in said] == ([float(yuan)] if yuan else [])
    days = [int(number) for number in re.findall(r"\d+", time.text.zh)]
    assert days == [promised] * bool(promised) + [statutory] * (statutory > promised)
    assert re.findall(r"\d+", time.text.en) == re.findall(r"\d+", time.text.zh)


@pytest.mark.parametrize("topic", TOPICS)
def test_no_number_is_said_that_the_file_does_not_have(topic: Topic, district: District) -> None:
    for item in ITEMS:
        assert invented(told(topic, item), item, None) == []
    for listing in district.listings:
        place = district.place(listing)
        assert invented(told(topic, listing, place), listing, place) == []


@pytest.mark.parametrize("invent", [lambda text: text + "约 15 天。", lambda text: "88 元。" + text])
def test_an_answer_that_adds_a_number_would_be_caught(invent: Callable[[str], str]) -> None:
    found = told("fee", RECORD)
    worse = Answer(
        "fee", Text(zh=invent(found.text.zh), en=found.text.en), found.known, found.fields, found.basis
    )
    assert invented(worse, RECORD, None)


def test_of_an_entry_with_only_a_name_everything_is_unknown_but_that_it_is_not_done_here() -> None:
    for topic in TOPICS:
        found = told(topic, BARE)
        assert found.known == (topic == "here")
        assert found.verified is None
        if topic != "here":
            assert "没有写明" in found.text.zh
            assert "not stated" in found.text.en
            assert "大厅的工作人员" in found.text.zh


def test_what_is_not_stated_names_the_counter_and_its_telephone(district: District) -> None:
    listing = next(one for one in district.listings if district.place(one).phone is not None)
    place = district.place(listing)
    found = answer("要多少钱", listing, place)
    assert found is not None
    assert not found.known
    assert found.fields == ()
    assert str(place.phone) in found.text.zh
    assert str(place.phone) in found.text.en


def test_an_entry_that_takes_days_does_not_say_how_many() -> None:
    listing = BARE.model_copy(update={"case_type": "promised"})
    found = told("time", listing)
    assert not found.known
    assert found.fields == ("case_type",)
    assert re.findall(r"\d", found.text.zh) == []


def test_nothing_to_bring_is_said_only_where_the_list_says_nothing_is_needed() -> None:
    assert told("materials", BARE.model_copy(update={"bring": ()})).text.zh == "什么也不用带。"
    assert not told("materials", BARE).known


def test_whether_it_goes_online_is_unknown_but_what_this_terminal_does_is_said() -> None:
    found = told("online", RECORD)
    assert not found.known
    assert found.text.zh.startswith("在本机可以申请。")
    assert RECORD.office.phone in found.text.zh


def test_for_somebody_else_the_answer_is_the_situation_of_the_file() -> None:
    found = answer("可以代办吗", RECORD)
    assert found is not None
    assert "工作人员要当面看委托书" in found.text.zh
    assert "situations.0.options.1.window.why" in found.fields


def test_two_questions_in_one_sentence_get_two_answers() -> None:
    assert [found.topic for found in answers("要带什么，多少钱", RECORD)] == ["materials", "fee"]
    assert answer("我要离婚", RECORD) is None


def test_a_paper_that_not_everybody_needs_says_so() -> None:
    found = told("materials", RECORD)
    assert "浙江省居住证（有的情况才要）" in found.text.zh
    assert "居民身份证（有这种证件的）" in found.text.zh


def test_a_member_of_a_joint_matter_does_not_send_people_to_do_it_alone() -> None:
    member = RECORD.model_copy(update={"only_in_joint": True})
    topics: tuple[Topic, ...] = ("where", "online", "here")
    for topic in topics:
        found = told(topic, member)
        assert found.text.zh.startswith("在本机和别的事一起办。")
        assert "only_in_joint" in found.fields
