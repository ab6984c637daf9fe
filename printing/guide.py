"""The printed guide of a matter that goes to a counter: why, who does it, where, when, and what to bring.

Nothing on it is about the person who wanted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from printing.document import Cut, Document, Gap, Line, Notice, Pair, Qr, Rule
from printing.wording import Language


@dataclass(frozen=True)
class GuideSlip:
    """All that it says; texts by language."""

    terminal_id: str
    hall_name: Mapping[str, str]
    hall_phone: str
    title: Mapping[str, str]
    """What a person would call it."""
    name: Mapping[str, str]
    """The official name."""
    lines: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]
    """Label and what is known: where, when, telephone, papers. What is not known has no line."""
    code: str | None
    """The matter's code in the catalogue."""
    url: str | None
    """Where it goes on by telephone."""
    printed_on: date
    notice: Mapping[str, str] | None = None
    """Why it goes to a counter this time; None for what is never done here."""
    large: bool = False


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "办事指南",
        "subtitle": "Guide",
        "elsewhere": "这件事本机不办，请按下面的方式办理。",
        "name": "正式名称：{}",
        "code": "事项编码：{}",
        "scan": "用手机扫一扫，接着看、接着办",
        "hall": "咨询本大厅",
        "printed": "{0.year}年{0.month}月{0.day}日打印，以窗口答复为准。",
        "terminal": "终端编号 {}",
    },
    "en": {
        "title": "Guide",
        "subtitle": "办事指南",
        "elsewhere": "This matter is not done at the terminal. Here is how it is done.",
        "name": "Official name: {}",
        "code": "Code: {}",
        "scan": "Scan with your phone to go on",
        "hall": "Ask this hall",
        "printed": "Printed {0:%Y-%m-%d}. What the counter says counts.",
        "terminal": "Terminal {}",
    },
}


def guide_document(facts: GuideSlip, language: Language) -> Document:
    """The slip in `language`."""
    words = _WORDS[language]
    return (
        Line(facts.hall_name[language], align="center"),
        Gap(12),
        Line(words["title"], size=2, align="center"),
        *(() if facts.large else (Line(words["subtitle"], align="center"),)),
        Gap(12),
        Line(facts.title[language], size=2),
        Gap(12),
        Notice(words["elsewhere"] if facts.notice is None else facts.notice[language]),
        *(Pair(label[language], value[language]) for label, value in facts.lines),
        Rule(),
        Line(words["name"].format(facts.name[language])),
        *(() if language == "zh" else (Line(facts.name["zh"]),)),  # for the counter's eyes
        *(() if facts.code is None else (Line(words["code"].format(facts.code)),)),
        *(() if facts.url is None else (Gap(12), Qr(facts.url), Line(words["scan"], align="center"))),
        Gap(12),
        Pair(words["hall"], facts.hall_phone),
        Line(words["printed"].format(facts.printed_on)),
        Line(words["terminal"].format(facts.terminal_id), align="center"),
        Cut(),
    )
