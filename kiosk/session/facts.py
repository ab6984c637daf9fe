"""Which of the facts that were told a matter can use: those it declares, in the form it declares; pure.

A fact that does not fit is one that nobody told: the person is asked instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, assert_never

from config.item import Lookup
from config.item_lookups import Fact
from kiosk.session.case_words import read_case

LONGEST: Final = 200
"""Characters of one fact; no line of a form is longer."""

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_MASK = "*"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of character that show nothing of their own, and change how others are shown."""


def fitting(lookup: Lookup, told: Mapping[str, str]) -> dict[str, str]:
    """What the matter declares of what was told, if it fits."""
    return {fact.id: told[fact.id] for fact in lookup.facts if fact.id in told and _fits(fact, told[fact.id])}


def unfit(lookup: Lookup, told: Mapping[str, str]) -> Iterator[str]:
    """Ids of declared facts that were told in a form that does not fit."""
    good = fitting(lookup, told)
    yield from (fact.id for fact in lookup.facts if fact.id in told and fact.id not in good)


def _fits(fact: Fact, value: str) -> bool:
    if fact.masked and _MASK not in value:
        return False  # somebody else's, and whole: it is not to be known here
    match fact.kind:
        case "text":
            return _is_text(value)
        case "case":
            return _is_text(value) and read_case(value) is not None
        case "date":
            return _is_day(value)
        case "amount":
            return _AMOUNT.fullmatch(value) is not None
        case "choice":
            return any(option.value == value for option in fact.options)
        case _:
            assert_never(fact.kind)


def _is_text(value: str) -> bool:
    seen = not any(unicodedata.category(character) in _UNSEEN for character in value)
    return bool(value.strip()) and len(value) <= LONGEST and seen


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
