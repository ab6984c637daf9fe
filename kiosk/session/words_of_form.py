"""How answers, days and numbers read on screen, form and slip: whole, or masked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from config.hall_time import HALL_ZONE
from config.item import (
    AddressQuestion,
    CaptureQuestion,
    Choice,
    CitizenIdQuestion,
    CodeQuestion,
    DateQuestion,
    MobileQuestion,
    NumberQuestion,
    Question,
    ScanQuestion,
    Text,
    TextQuestion,
)
from config.item_lookups import Fact
from kiosk.session import addresses


def answer_label(asked: Question, value: str, language: str) -> str:
    """An answer as a person reads it."""
    match asked:
        case Choice():
            return next((option.label(language) for option in asked.options if option.value == value), value)
        case DateQuestion():
            return day_label(date.fromisoformat(value), language)
        case AddressQuestion():
            return addresses.words_in(value)
        case MobileQuestion():
            return f"{value[:3]} {value[3:7]} {value[7:]}"
        case CaptureQuestion(paper="id_1"):
            return "both sides, on one page" if language == "en" else "正反两面，合在一页上"
        case CaptureQuestion():
            pages = "page" if value == "1" else "pages"
            return f"{value} {pages}" if language == "en" else f"{value} 页"
        case ScanQuestion(code="opaque"):
            return masked_code(value)
        case NumberQuestion():
            unit = "" if asked.unit is None else f" {asked.unit(language)}"
            return f"{Decimal(value):,f}{unit}"
        case TextQuestion() | ScanQuestion() | CodeQuestion() | CitizenIdQuestion():
            return value
        case _:
            assert_never(asked)


def fact_label(fact: Fact, value: str, language: str) -> str:
    """What a lookup told, as a person reads it."""
    match fact.kind:
        case "text" | "case":
            return value
        case "date":
            return day_label(date.fromisoformat(value), language)
        case "amount":
            return yuan_label(Decimal(value), None, language)
        case "choice":
            return next((option.label(language) for option in fact.options if option.value == value), value)
        case _:
            assert_never(fact.kind)


def yuan_label(amount: Decimal, formula: Text | None, language: str) -> str:
    """An amount of money; with its formula in words, where it was computed."""
    words = f"{amount:,.2f} yuan" if language == "en" else f"{amount:,.2f} 元"
    if formula is None:
        return words
    return f"{words} ({formula(language)})" if language == "en" else f"{words}（{formula(language)}）"


def day_label(day: date, language: str) -> str:
    """A day as a person reads it."""
    return day.isoformat() if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def moment_label(moment: datetime) -> str:
    """A moment to the minute, in the hall's time."""
    return f"{moment.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"


def masked_name(name: str) -> str:
    """A name that its owner recognises and nobody else learns.

    First and last character of a Chinese name; of a name in Latin letters the initials.
    """
    if name.isascii() and name:
        return " ".join(f"{part[0]}***" for part in name.split())
    if len(name) <= 1:
        return "*"
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]  # noqa: PLR2004  two characters: 张三


def masked_id(number: str) -> str:
    """The first three and last four characters of a number."""
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:]


_SHOWN_OF_CODE = 4


def masked_code(code: str) -> str:
    """A token that the platform resolves: its end only, so that its owner sees that it was this one."""
    shown = code[-_SHOWN_OF_CODE:] if len(code) >= 2 * _SHOWN_OF_CODE else ""
    return f"******{shown}"
