"""The page about words is what words are held to: its tables and limits are read, every sentence checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.item import Text
from config.items import SHIPPED, load_items
from ui import linguist, sentences

ENGLISH = {each.source: each.translation for each in linguist.read_messages(linguist.ENGLISH)}
PAGE = (Path(__file__).resolve().parents[1] / "docs" / "words.md").read_text("utf-8")

STOPS = re.compile(r"[。？；：\n]")
COMMAS = re.compile(r"[。？；：\n，、（）“”…·]|%[0-9]")
ENGLISH_STOPS = re.compile(r"[.?;:\n]")
STEP = re.compile("请|可以|换|选|不用")
"""What a next step is said with."""

TROUBLES: Mapping[str, Iterable[str]] = {
    "card": sentences.CARD_TROUBLE.values(),
    "guardian": sentences.GUARDIAN_TROUBLE.values(),
    "party": sentences.PARTY_TROUBLE.values(),
    "page": sentences.PAGE_PROBLEM.values(),
    "answer": sentences.ANSWER_PROBLEM.values(),
    "face": sentences.GUIDANCE.values(),
    "finger": sentences.FINGERPRINT_GUIDANCE.values(),
    "reservation": sentences.RESERVATION.values(),
}
"""What stands by itself. Obstacles, failed ways and "not kept" have the next step beneath them on screen."""

PAPER = {"not_printed", "unknown", "no_printer", "taken_back"}
"""States of a slip that leave something to do."""


def limit(before: str, after: str) -> int:
    """A number that the page sets."""
    found = re.search(re.escape(before) + r"\s+\*\*([0-9]+)\*\*\s+" + re.escape(after), PAGE)
    assert found, (before, after)
    return int(found[1])


def never() -> list[str]:
    """The left column of the table of that name."""
    table = PAGE.split("## Never", 1)[1].split("##", 1)[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    return rows[2:]


def breaks(chinese: str, english: str) -> list[str]:
    """What of the page's rules a sentence breaks."""
    longest, breath, words = (
        limit("has at most", "characters from stop"),
        limit("and at most", "from comma"),
        limit("sentence has at most", "words"),
    )
    found = [f"too long: {part}" for part in STOPS.split(chinese) if len(part) > longest]
    found += [f"no breath: {part}" for part in COMMAS.split(chinese) if len(part) > breath]
    found += [f"too long: {part}" for part in ENGLISH_STOPS.split(english) if len(part.split()) > words]
    return found + said_never(chinese, english)


def said_never(chinese: str, english: str) -> list[str]:
    return [
        f"never: {word}"
        for word in never()
        if (re.search(rf"\b{word}\b", english, re.IGNORECASE) if word.isascii() else word in chinese)
    ]


def test_every_sentence_keeps_the_rules_of_the_page() -> None:
    found = {chinese: breaks(chinese, english) for chinese, english in ENGLISH.items()}
    assert {chinese: broken for chinese, broken in found.items() if broken} == {}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_says_what_to_do_next(name: str) -> None:
    assert [said for said in TROUBLES[name] if not STEP.search(said)] == []


@pytest.mark.parametrize("table", [sentences.SLIP, sentences.ENQUIRY_SLIP, sentences.GUIDE_SLIP])
def test_paper_that_is_not_there_leaves_something_to_do(table: Mapping[str, str]) -> None:
    assert [said for state, said in table.items() if state in PAPER and not STEP.search(said)] == []


def test_acceptance_is_said_of_the_authority_only() -> None:
    allowed = ("不代表已受理", "由受理机关", "收件不等于受理", "是否受理", "受理后 %1", "今天受理的")
    for chinese in ENGLISH:
        rest = chinese
        for words in allowed:
            rest = rest.replace(words, "")
        assert "受理" not in rest, chinese


def test_no_service_file_says_what_is_never_said() -> None:
    found = [
        (item.id, said)
        for item in load_items(SHIPPED)
        for text in texts(item)
        for said in said_never(text.zh, text.en)
    ]
    assert found == []


def texts(value: object) -> Iterator[Text]:
    """Every text of a service file that a person may read."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


def test_worse_words_are_found() -> None:
    assert breaks("系统错误，请稍后再试", "System error, try again later") == [
        "never: 系统错误", "never: 请稍后再试", "never: error", "never: try again later"
    ]  # fmt: skip
    assert breaks("请" * 50, "") == ["too long: " + "请" * 50, "no breath: " + "请" * 50]
    assert breaks("好。", "word " * 26) == ["too long: " + "word " * 26]
    assert not STEP.search("没有读出来。")
