"""The slip of an enquiry: what a holder of data told about the person who asked. Information, no certificate.

It has no number, no code and no seal, and claims nothing: the lines, who told them, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from printing.document import Block, Cut, Document, Gap, Line, Notice, Pair, Rule
from printing.wording import Language, hall_moment, in_one_language


@dataclass(frozen=True, repr=False)
class SlipCase:
    """How far one application is; texts by language."""

    title: Mapping[str, str]
    state: Mapping[str, str]
    filing_no: str
    day: Mapping[str, str]


@dataclass(frozen=True, repr=False)
class EnquirySlip:
    """All that it says; texts by language, names and numbers masked."""

    terminal_id: str
    hall_name: Mapping[str, str]
    hall_phone: str
    item_name: Mapping[str, str]
    masked_name: str
    holder: Mapping[str, str]
    lines: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]
    """Label and value, each by language."""
    told_at: datetime
    office_phone: str
    cases: tuple[SlipCase, ...] = ()
    """They stand before the lines."""
    large: bool = False


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "查询结果",
        "subtitle": "Result of an enquiry",
        "notice": "仅供本人参考，不是证明，没有盖章。",
        "matter": "办理事项 Matter",
        "name": "姓名 Name",
        "state": "办到哪一步 How far",
        "filing_no": "申报号 Filing no.",
        "received": "收件日期 Received on",
        "told": "以上由{holder}提供，时间 {time}。",
        "office": "咨询办理机关 Ask the authority",
        "hall": "咨询本大厅 Ask this hall",
        "terminal": "终端编号 Terminal",
        "time": "{0.year}年{0.month}月{0.day}日 {0:%H:%M}",
    },
    "en": {
        "title": "Result of an enquiry",
        "subtitle": "查询结果",
        "notice": "For your information only: no certificate, and no seal.",
        "matter": "Matter 办理事项",
        "name": "Name 姓名",
        "state": "How far 办到哪一步",
        "filing_no": "Filing no. 申报号",
        "received": "Received on 收件日期",
        "told": "As told by {holder}, {time}.",
        "office": "Ask the authority 咨询办理机关",
        "hall": "Ask this hall 咨询本大厅",
        "terminal": "Terminal 终端编号",
        "time": "{0:%Y-%m-%d %H:%M}",
    },
}


def enquiry_document(facts: EnquirySlip, language: Language) -> Document:
    """The slip in `language`, in large print its labels, too. The moment is the holder's, in China's time."""
    words = _one_language(_WORDS[language], language) if facts.large else _WORDS[language]
    told = words["told"].format(holder=facts.holder[language], time=hall_moment(facts.told_at, words["time"]))
    return (
        Line(facts.hall_name[language], align="center"),
        Gap(12),
        Line(words["title"], size=2, align="center"),
        *(() if facts.large else (Line(words["subtitle"], align="center"),)),
        Gap(12),
        Notice(words["notice"]),
        Gap(12),
        Line(words["matter"]),
        Line(facts.item_name[language], size=2),
        Pair(words["name"], facts.masked_name),
        *(block for case in facts.cases for block in _case(case, words, language, 2 if facts.large else 1)),
        *((Rule(),) if facts.lines else ()),
        *(Pair(label[language], value[language], size=2) for label, value in facts.lines),
        Rule(),
        Line(told),
        Gap(12),
        Pair(words["office"], facts.office_phone),
        Pair(words["hall"], facts.hall_phone),
        Line(f"{words['terminal']} {facts.terminal_id}", align="center"),
        Cut(),
    )


def _case(
    case: SlipCase, words: Mapping[str, str], language: Language, size: Literal[1, 2]
) -> tuple[Block, ...]:
    """One application, its number in `size`: in large print only the larger one leaves it whole."""
    return (
        Rule(),
        Line(case.title[language], size=2),
        Pair(words["state"], case.state[language], size=2),
        Gap(8),
        Pair(words["filing_no"], case.filing_no, size),
        Pair(words["received"], case.day[language]),
    )


_TWO_LANGUAGES = ("matter", "name", "state", "filing_no", "received", "office", "hall", "terminal")


def _one_language(words: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """The labels without their other language."""
    return {**words, **{name: in_one_language(words[name], language) for name in _TWO_LANGUAGES}}
