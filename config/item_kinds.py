"""Checks of one question by its kind: options, patterns, bounds, and a default that is a good answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

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
    TextQuestion,
)
from config.item_captures import about_capture
from config.item_findings import Finding
from config.item_order import Order
from config.item_scans import about_scan
from config.plain import Loc, meant

_MOBILE_DIGITS = 11
_KEYS = {"digits": re.compile(r"[0-9]*"), "letters_and_digits": re.compile(r"[0-9A-Za-z]*")}


def about_kind(question: Question, loc: Loc, order: Order) -> Iterator[Finding]:
    """What is wrong with the question by itself."""
    match question:
        case Choice():
            yield from _options(question, loc)
        case ScanQuestion():
            yield from about_scan(question, loc)
        case CaptureQuestion():
            yield from about_capture(question, loc, order.item)
        case DateQuestion():
            yield from _not_before(question, loc, order)
        case NumberQuestion():
            yield from _bounds(question, loc, order)
        case CodeQuestion():
            yield from _code(question, loc)
        case TextQuestion() | MobileQuestion() | AddressQuestion() | CitizenIdQuestion():
            pass
    why = _wrong_default(question)
    if why is not None:
        yield Finding((*loc, "default"), why)
    if question.source == "e_licence" and not isinstance(question, Choice):
        yield Finding((*loc, "source"), "an authorisation is a choice: yes, or the way without it")


def _options(choice: Choice, loc: Loc) -> Iterator[Finding]:
    seen: dict[str, set[str]] = {"value": set(), "zh": set(), "en": set()}
    for position, option in enumerate(choice.options):
        said = {"value": option.value, "zh": option.label.zh, "en": option.label.en}
        for key, text in said.items():
            where: Loc = ("value",) if key == "value" else ("label", key)
            if text in seen[key]:
                yield Finding((*loc, "options", position, *where), f'"{text}" is already an earlier answer')
            seen[key].add(text)
    if all(option.window is not None for option in choice.options):
        yield Finding((*loc, "options"), "every answer leads to the window: nobody could finish")


def _not_before(question: DateQuestion, loc: Loc, order: Order) -> Iterator[Finding]:
    bound, place = question.not_before, order.places[question.id]
    if bound is None or bound in {"birth", "today"}:
        return
    days = [
        name
        for name, asked in order.questions.items()
        if isinstance(asked, DateQuestion) and order.places[name] < place
    ]
    if bound not in days:
        hint = meant(bound, ["birth", "today", *days])
        yield Finding((*loc, "not_before"), f'"{bound}" is no earlier date question{hint}')


def _bounds(question: NumberQuestion, loc: Loc, order: Order) -> Iterator[Finding]:
    if question.at_most is not None and question.at_most < question.at_least:
        yield Finding((*loc, "at_most"), f"is less than at_least, {question.at_least:g}")
    named = question.at_most_calculated
    if named is not None:
        known = [each.id for each in order.item.calculations]
        if named not in known:
            why = f'"{named}" is no calculation of this matter{meant(named, known)}'
            yield Finding((*loc, "at_most_calculated"), why)


def _code(question: CodeQuestion, loc: Loc) -> Iterator[Finding]:
    try:
        pattern = re.compile(question.pattern)
    except re.error as error:
        yield Finding((*loc, "pattern"), f"is no regular expression: {error}")
        return
    example = plain_code(question.example)
    if _KEYS[question.keys].fullmatch(example) is None:
        yield Finding((*loc, "example"), f'cannot be typed with "{question.keys}"')
    elif len(example) > question.max_length:
        yield Finding((*loc, "example"), f"is longer than max_length, {question.max_length}")
    elif pattern.fullmatch(example) is None:
        yield Finding((*loc, "example"), "does not fit the pattern")


def plain_code(code: str) -> str:
    """Without the spaces and hyphens that people set for reading."""
    return re.sub(r"[\s-]", "", code)


def _wrong_default(question: Question) -> str | None:
    default = question.default
    if default is None:
        return None
    match question:
        case Choice():
            options = {option.value: option for option in question.options}
            if default not in options:
                return f'"{default}" is no answer of this question{meant(default, options)}'
            ends = options[default].window is not None
            return f'"{default}" leads to the window; it cannot be the default' if ends else None
        case TextQuestion():
            if not default.strip():
                return "must not be blank"
            long = len(default) > question.max_length
            return f"is longer than max_length, {question.max_length}" if long else None
        case MobileQuestion():
            good = default.isdecimal() and len(default) == _MOBILE_DIGITS
            return None if good else "is no mobile number of eleven digits"
        case DateQuestion():
            if default not in {"birth", "today"}:
                return 'must be "birth" or "today"'
            before = default == "birth" and question.not_before == "today"
            return 'is before not_before, "today"' if before else None
        case NumberQuestion():
            return None if _fits(question, default) else "is no number that this question takes"
        case CodeQuestion() | ScanQuestion():
            return "a code is nobody's default"
        case CitizenIdQuestion():
            return "a citizen number is nobody's default"
        case AddressQuestion():
            return "an address is nobody's default"
        case CaptureQuestion():
            return "a paper is nobody's default"


def _fits(question: NumberQuestion, text: str) -> bool:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) is None:
        return False
    number = Decimal(text)
    return (
        len(text.partition(".")[2]) <= question.decimals
        and number >= Decimal(str(question.at_least))
        and (question.at_most is None or number <= Decimal(str(question.at_most)))
    )
