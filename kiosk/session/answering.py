"""Whether an answer fits its question, and what is known of it before anybody is asked: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from config.codes import birth_in, has_right_check
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
    Window,
)
from config.item_amounts import Calculation, computed
from config.item_captures import SIDES
from kiosk.session import addresses
from kiosk.session.card_facts import raw_fact
from kiosk.session.journey import Journey
from kiosk.session.journey_steps import AnswerProblem
from kiosk.session.scanning import answer_in

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.([0-9]*))?")
_CITIZEN_ID = re.compile(r"[1-9][0-9]{16}[0-9X]")
_BETWEEN = str.maketrans("", "", " -\u3000")


@dataclass(frozen=True, repr=False)
class Around:
    """What an answer is held against: the card, what was answered before, what was told."""

    journey: Journey
    today: date
    answers: Mapping[str, str]
    facts: Mapping[str, str]

    def number_of(self, name: str) -> Decimal | None:
        """An earlier answer or fact, as a number."""
        return as_number(self.answers.get(name, self.facts.get(name)))


def as_number(text: str | None) -> Decimal | None:
    """A number in an answer or a fact; None where there is none."""
    return None if text is None or _NUMBER.fullmatch(text) is None else Decimal(text)


def problem_of(asked: Question, value: str, around: Around) -> tuple[str, AnswerProblem | None]:
    """Normalise an answer and name what is wrong with it."""
    value = value.strip()
    if not value:
        return value, "required"
    match asked:
        case Choice():
            return value, None if any(option.value == value for option in asked.options) else "required"
        case MobileQuestion():
            return value, None if _MOBILE.fullmatch(value) else "not_a_mobile"
        case TextQuestion():
            return value, None if len(value) <= asked.max_length else "too_long"
        case DateQuestion():
            return _day(asked, value, around)
        case AddressQuestion():
            return addresses.read(asked, value)
        case NumberQuestion():
            return _number(asked, value, around)
        case CodeQuestion():
            code = value.translate(_BETWEEN).upper()
            fits = len(code) <= asked.max_length and re.fullmatch(asked.pattern, code)
            return code, None if fits else "not_such_a_code"
        case CitizenIdQuestion():
            return _citizen_id(value.translate(_BETWEEN).upper(), around)
        case ScanQuestion():
            found = answer_in(asked, value)
            return (value, "not_such_a_code") if found is None else (found, None)
        case CaptureQuestion():
            sent = pages_sent(asked, len(around.journey.pages.get(asked.id, ())))
            return value, None if value == str(sent) else "required"
        case _:
            assert_never(asked)


def prefilled(asked: Question, around: Around) -> str | None:
    """What stands in the field before anybody has touched it: what is known, else what is usual."""
    if asked.prefill is not None:
        there: str | None
        if asked.prefill.card is not None:
            there = raw_fact(around.journey.card, asked.prefill.card)
        elif asked.prefill.answer is not None:
            there = around.answers.get(asked.prefill.answer)
        else:
            there = around.facts.get(asked.prefill.fact or "")
        if there is not None:
            value, problem = problem_of(asked, there, around)
            if problem is None:
                return value
    return _default(asked, around)


def window_of(asked: Question, value: str) -> Window | None:
    """The window this answer leads to, if it does."""
    if isinstance(asked, Choice):
        for option in asked.options:
            if option.value == value:
                return option.window
    return None


def enough_pages(asked: CaptureQuestion, count: int) -> bool:
    """Whether so many pages answer the question: one at least, and of a card both sides."""
    return pages_sent(asked, count) > 0


def pages_sent(asked: CaptureQuestion, count: int) -> int:
    """How many pages are sent where `count` were taken: both sides of a card are sent on one."""
    return count // SIDES if asked.paper == "id_1" else count


def most_allowed(asked: NumberQuestion, around: Around) -> tuple[Calculation, Decimal] | None:
    """The calculation that bounds a number, and its amount; None while it cannot be computed."""
    for each in around.journey.item.calculations:
        if each.id == asked.at_most_calculated:
            amount = computed(each.amount, around.number_of)
            return None if amount is None else (each, amount)
    return None


def nothing_fits(asked: Question, around: Around) -> bool:
    """Whether no number at all is an answer: what was worked out is below the least that can be given."""
    if not isinstance(asked, NumberQuestion):
        return False
    bound = most_allowed(asked, around)
    return bound is not None and bound[1] < Decimal(str(asked.at_least))


def _default(asked: Question, around: Around) -> str | None:
    if isinstance(asked, DateQuestion) and asked.default is not None:
        day = {"birth": around.journey.card.birth, "today": around.today}.get(asked.default)
        if asked.default in {"birth", "today"}:
            return None if day is None else day.isoformat()
    return asked.default


def _day(asked: DateQuestion, value: str, around: Around) -> tuple[str, AnswerProblem | None]:
    found = _DAY.fullmatch(value)
    if found is None:
        return value, "not_a_date"
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return value, "not_a_date"
    first = earliest(asked, around)
    if first is not None and day < first:
        return day.isoformat(), "too_early"
    if asked.not_after == "today" and day > around.today:
        return day.isoformat(), "too_late"
    return day.isoformat(), None


def earliest(asked: DateQuestion, around: Around) -> date | None:
    """The first day that the question takes; None where it names none, or it is not known."""
    match asked.not_before:
        case None:
            return None
        case "birth":
            return around.journey.card.birth
        case "today":
            return around.today
        case earlier:
            said = around.answers.get(earlier)
            return None if said is None or not _DAY.fullmatch(said) else date.fromisoformat(said)


def _number(asked: NumberQuestion, value: str, around: Around) -> tuple[str, AnswerProblem | None]:
    found = _NUMBER.fullmatch(value)
    if found is None:
        return value, "not_a_number"
    number = Decimal(value)
    if len((found[1] or "").rstrip("0")) > asked.decimals:
        return value, "too_fine"
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if number < Decimal(str(asked.at_least)):
        return plain, "too_small"
    if asked.at_most is not None and number > Decimal(str(asked.at_most)):
        return plain, "too_large"
    bound = most_allowed(asked, around)
    return plain, "above_calculated" if bound is not None and number > bound[1] else None


def _citizen_id(value: str, around: Around) -> tuple[str, AnswerProblem | None]:
    if not _CITIZEN_ID.fullmatch(value) or birth_in(value) is None:
        return value, "not_a_citizen_id"
    if not has_right_check(value):
        return value, "wrong_check"
    return value, "own_number" if value == around.journey.card.id_number else None
