"""The slip of an enquiry: what a holder of data told about the person who asked. Information, no certificate.

It has no number, no code and no seal, and claims nothing: the lines, who told them, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from config.hall_time import HALL_ZONE
from printing.document import Cut, Document, Gap, Line, Notice, Pair, Rule

Language = Literal["zh", "en"]


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
    large: bool = False


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "查询结果",
        "subtitle": "Result of an enquiry",
        "notice": "仅供本人参考，不是证明，没有盖章。",
        "matter": "办理事项 Matter",
        "name": "姓名 Name",
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
        "told": "As told by {holder}, {time}.",
        "office": "Ask the authority 咨询办理机关",
        "hall": "Ask this hall 咨询本大厅",
        "terminal": "Terminal 终端编号",
        "time": "{0:%Y-%m-%d %H:%M}",
    },
}


def enquiry_document(facts: EnquirySlip, language: Language) -> Document:
    """The slip in `language`. The moment is the holder's, in China Standard Time."""
    words = _WORDS[language]
    told_at = facts.told_at if facts.told_at.tzinfo is None else facts.told_at.astimezone(HALL_ZONE)
    told = words["told"].format(holder=facts.holder[language], time=words["time"].format(told_at))
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
        Rule(),
        *(Pair(label[language], value[language], size=2) for label, value in facts.lines),
        Rule(),
        Line(told),
        Gap(12),
        Pair(words["office"], facts.office_phone),
        Pair(words["hall"], facts.hall_phone),
        Line(f"{words['terminal']} {facts.terminal_id}", align="center"),
        Cut(),
    )
