"""The matters that ship: whole in both languages, right in type, and each path through them ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from config.item import DOCUMENT, CaptureQuestion, Choice, Item, Option, Question, Text
from config.item_conditions import comparisons, holds
from config.item_documents import DOCUMENT_KINDS
from config.items import SHIPPED
from tests import shipped

PURPOSES = SHIPPED.parents[1] / "bench" / "shared_data" / "purposes.yaml"
ITEMS = {item.id: item for item in shipped.ITEMS}
CERTIFICATE = ITEMS["no_criminal_record_certificate"]
ENDORSEMENT = ITEMS["residence_permit_endorsement"]
RENEWAL = ITEMS["id_card_renewal"]

every_item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)

HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"""[,.;:!?()\[\]<>"'~]""")


def texts(value: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of an item, with its place."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from texts(getattr(value, key), f"{place}.{key}")
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from texts(inner, f"{place}[{getattr(inner, 'id', position)}]")


def told(item: Item) -> Iterator[dict[str, str]]:
    """What lookups may tell where conditions look at it: each value of each fact, and nothing at all.

    Facts of one lookup are walked through one by one, beside the first value of the others.
    """
    asked_for = {
        each.field
        for part in (*item.questions, *item.materials, *item.members, *item.parties, *item.agreements)
        for each in comparisons(part.relevant)
    }
    choices = {
        fact.id: [option.value for option in fact.options]
        for lookup in item.lookups
        for fact in lookup.facts
        if fact.id in asked_for
    }
    yield {}
    first = {name: values[0] for name, values in choices.items()}
    for name, values in choices.items():
        for value in values:
            yield first | {name: value}


def ends(item: Item) -> Iterator[tuple[dict[str, str], Option | None]]:
    """Every path: the answers given, and the option that led to the window (None: the form is reached)."""

    def walk(
        questions: tuple[Question, ...], answers: dict[str, str]
    ) -> Iterator[tuple[dict[str, str], Option | None]]:
        if not questions:
            yield answers, None
            return
        asked, rest = questions[0], questions[1:]
        if not holds(asked.relevant, answers.get):
            yield from walk(rest, answers)
        elif isinstance(asked, Choice) and decides(asked, item):
            for option in asked.options:
                given = answers | {asked.id: option.value}
                if option.window:
                    yield given, option
                else:
                    yield from walk(rest, given)
        else:
            yield from walk(rest, answers | {asked.id: "…"})

    for document in item.documents:
        for facts in told(item):
            yield from walk(item.questions, {DOCUMENT: document} | facts)


def decides(asked: Choice, item: Item) -> bool:
    """Whether anything depends on the answer."""
    parts = (*item.questions, *item.lookups, *item.materials, *item.parties, *item.agreements)
    compared = {each.field for part in parts for each in comparisons(part.relevant)}
    return asked.id in compared or any(option.window for option in asked.options)


# ---- paths ------------------------------------------------------------------------------------------------


@every_item
def test_every_path_ends_and_most_answers_reach_the_form(item: Item) -> None:
    found = list(ends(item))
    assert any(window is None for _answers, window in found)
    assert any(window is not None for _answers, window in found) == bool(item.questions)


@every_item
def test_every_question_is_asked_and_every_paper_needed_on_some_path(item: Item) -> None:
    finished = [answers for answers, window in ends(item) if window is None]
    for question in item.questions:
        assert any(question.id in answers for answers in finished), question.id
    for material in item.materials:
        assert any(holds(material.relevant, answers.get) for answers in finished), material.id


@every_item
def test_nobody_is_sent_to_the_window_by_a_default(item: Item) -> None:
    for question in item.questions:
        if isinstance(question, Choice) and question.default:
            (chosen,) = (option for option in question.options if option.value == question.default)
            assert chosen.window is None


@every_item
def test_everything_can_be_had_at_this_terminal(item: Item) -> None:
    """A paper that is scanned is asked for by a question for the document camera."""
    taken = {asked.material for asked in item.questions if isinstance(asked, CaptureQuestion)}
    assert {material.id for material in item.materials if material.obtained == "scan"} == taken


# ---- words ------------------------------------------------------------------------------------------------


@every_item
def test_every_text_is_there_in_both_languages(item: Item) -> None:
    found = list(texts(item))
    # What only shows something has no form, and no words for one.
    sent = any(step.kind == "deliver" for step in item.flow)
    assert len(found) > (50 if sent else 25)
    for place, text in found:
        if place.endswith(".unit"):
            continue
        assert HAN.search(text.zh), place
        assert text.en[0].isupper() or text.en[0].isdigit(), place
        assert not HAN.search(text.en.replace("无 (none)", "")), place
        assert text.zh.strip() == text.zh, place
        assert text.en.strip() == text.en, place


@every_item
def test_chinese_has_chinese_punctuation_and_english_has_english(item: Item) -> None:
    for place, text in texts(item):
        assert not HALF_WIDTH.search(text.zh), place
        assert not re.search(r"[，。；：！？（）“”、]", text.en), place


@every_item
def test_names_have_no_full_stop_and_sentences_have_one(item: Item) -> None:
    for place, text in texts(item):
        key = place.rpartition(".")[2].partition("[")[0]
        if key in {"label", "name", "title", "bring", "department", "window", "hours"}:
            assert text.zh[-1] not in "。？，", place
            assert text.en[-1] not in ".?,", place
        elif key in {"why", "reason", "summary", "declaration", "next_steps", "good_to_know"}:
            assert text.zh[-1] == "。", place
            assert text.en[-1] == ".", place


@every_item
def test_questions_are_short_enough_to_be_read_at_a_glance(item: Item) -> None:
    for question in item.questions:
        assert len(question.ask.zh) <= 18, question.id
        assert len(question.label.zh) <= 8, question.id
        if isinstance(question, Choice):
            assert all(len(option.label.zh) <= 13 for option in question.options), question.id
    assert len(item.title.zh) <= 12


@every_item
def test_nothing_is_promised_that_is_not_the_terminal_s_to_promise(item: Item) -> None:
    for place, text in texts(item):
        # A 参保证明 is a proof of insurance.
        said = text.zh.replace("参保证明", "")
        for word in ("当场", "立即", "马上出", "立等可取", "保证", "受理通知书", "一定"):
            assert word not in said, place
        for word in ("at once", "immediately", "guarantee", "instant"):
            assert word not in text.en.lower(), place


@every_item
def test_nobody_claims_to_have_checked_what_nobody_has(item: Item) -> None:
    claims = [*item.basis, item.time.basis, item.fee.basis]
    assert claims
    assert all(basis.source and not basis.verified for basis in claims)
    assert item.item_code is None


@every_item
def test_the_telephone_rings_nobody(item: Item) -> None:
    """No subscriber number in China begins with 0."""
    assert re.fullmatch(r"0571-0\d{7}", item.office.phone)


LABELS = {
    "name": "姓名", "sex": "性别", "ethnicity": "民族", "birth": "出生日期", "id_number": "公民身份号码",
    "address": "户籍地址",
}  # fmt: skip
"""What a resident card knows, in the order of the form."""


@every_item
def test_the_form_begins_with_what_the_card_knows_and_takes_no_more_than_it_needs(item: Item) -> None:
    shown = [field for field in item.card_fields if "resident" in (field.documents or item.documents)]
    facts = [field.fact for field in shown if field.fact != "pass_number"]
    assert [fact for fact in LABELS if fact in facts] == facts
    assert {"name", "id_number"} <= set(facts)
    for field in shown:
        assert field.label.zh == LABELS.get(field.fact, field.label.zh)


@every_item
def test_whoever_has_another_document_is_told_a_counter_and_what_to_bring(item: Item) -> None:
    told = {kind: elsewhere for elsewhere in item.elsewhere for kind in elsewhere.documents}
    assert set(told) | set(item.documents) == set(DOCUMENT_KINDS)
    for elsewhere in told.values():
        assert elsewhere.window.bring
        assert re.fullmatch(r"0571-0\d{7}", (elsewhere.office or item.office).phone)


# ---- each matter ------------------------------------------------------------------------------------------


def test_the_certificate_asks_what_the_law_asks_and_no_more() -> None:
    assert [situation.id for situation in CERTIFICATE.situations] == [
        "for_whom",
        "accepted_at",
        "residence_permit",
    ]
    assert [field.id for field in CERTIFICATE.fields] == [
        "former_names", "current_address", "purpose", "purpose_detail", "period_from", "period_to",
        "accepting_station", "mobile", "delivery", "recipient", "delivery_address", "copies",
    ]  # fmt: skip
    purpose = question(CERTIFICATE, "purpose")
    assert isinstance(purpose, Choice)
    assert [option.label.zh for option in purpose.options] == [
        "就业",
        "留学",
        "移民或出国（境）",
        "公证",
        "其他",
    ]
    defaults = {each.id: each.default for each in CERTIFICATE.fields if each.default}
    assert defaults == {
        "former_names": "无", "period_from": "birth", "period_to": "today", "accepting_station": "by_address",
        "copies": "1",
    }  # fmt: skip
    assert CERTIFICATE.offline.policy == "keep_with_notice"
    assert CERTIFICATE.fee.yuan == 0


def question(item: Item, wanted: str) -> Question:
    return next(each for each in item.questions if each.id == wanted)


def test_most_people_answer_five_questions_for_the_certificate() -> None:
    shortest = {
        DOCUMENT: "resident",
        "for_whom": "self",
        "accepted_at": "registered_place",
        "purpose": "employment",
        "delivery": "electronic",
    }
    asked = [
        each.id
        for each in CERTIFICATE.questions
        if each.default is None and holds(each.relevant, shortest.get)
    ]
    assert asked == ["for_whom", "accepted_at", "purpose", "mobile", "delivery"]


def test_whoever_applies_for_somebody_else_is_sent_to_the_window_with_a_list() -> None:
    for_whom = question(CERTIFICATE, "for_whom")
    assert isinstance(for_whom, Choice)
    windows = {option.value: option.window for option in for_whom.options}
    assert windows["self"] is None
    for value in ("agent", "employer"):
        window = windows[value]
        assert window is not None
        assert len(window.bring) >= 3


def test_the_result_is_confidential_and_the_waiting_time_tells_nothing() -> None:
    """A promise of "at once" for clean records would tell everybody about the person who has to wait."""
    assert CERTIFICATE.confidential_result
    assert CERTIFICATE.case_type == "promised"
    assert CERTIFICATE.time.promised_days == CERTIFICATE.time.statutory_days == 3


def test_whoever_goes_abroad_hears_of_notary_and_translation_before_applying() -> None:
    said = "".join(text.zh for text in CERTIFICATE.good_to_know)
    assert "公证" in said
    assert "翻译" in said


def test_the_endorsement_is_never_kept_and_names_the_ways_that_are_open() -> None:
    offline = ENDORSEMENT.offline
    assert offline.policy == "forbidden"
    assert offline.reason is not None
    for word in ("期限", "窗口", "电话"):
        assert word in offline.reason.zh


def test_an_expired_card_is_good_enough_for_its_own_renewal_only() -> None:
    assert [item.id for item in ITEMS.values() if item.renewal] == ["id_card_renewal"]
    assert RENEWAL.depth == "appointment"


def test_a_licence_is_used_only_after_a_question_that_can_be_declined() -> None:
    for item in ITEMS.values():
        for material in item.materials:
            if material.obtained == "e_licence":
                granted = [
                    (asked, each.values)
                    for each in comparisons(material.relevant)
                    for asked in item.questions
                    if asked.id == each.field and asked.source == "e_licence"
                ]
                assert granted
                for asked, values in granted:
                    assert isinstance(asked, Choice)
                    assert [option for option in asked.options if option.value not in values]


def test_the_bench_s_platform_tells_each_matter_what_it_asks_for_and_nothing_else() -> None:
    purposes = YAML(typ="safe", pure=True).load(PURPOSES.read_text("utf-8"))["items"]
    asked = {
        item.id: {lookup.data for lookup in item.lookups}
        for item in ITEMS.values()
        if item.lookups and not item.only_in_joint
    }
    assert {name: set(said["data"]) for name, said in purposes.items()} == asked


def test_no_matter_is_known_to_the_code_by_name() -> None:
    root = SHIPPED.parents[1]
    for area in ("kiosk", "ui", "printing", "devices", "offline_queue", "config"):
        for path in (*(root / area).rglob("*.py"), *(root / area).rglob("*.qml")):
            text = path.read_text("utf-8")
            assert not [item for item in ITEMS if re.search(rf"\b{item}\b", text)], path


def test_every_item_file_is_named_as_its_item() -> None:
    assert sorted(path.stem for path in Path(SHIPPED).glob("*.yaml")) == sorted(ITEMS)
