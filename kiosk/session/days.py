"""Picking a day without typing it: decade, year, month, day, or straight from a calendar; pure.

Where a person is stands in a prefix of the day: "" (decades), "195" (its years), "1957" (its months),
"1957-03" (its days), "1957-03-08" (this one). Nothing is offered that lies wholly outside of the question's
own bounds.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from config.item import DateQuestion
from kiosk.session.answering import Around, earliest

Level = Literal["decade", "year", "month", "day"]

LONGEST_LIFE_YEARS: Final = 120
"""How far back a question goes that names no bound."""
AHEAD_YEARS: Final = 20
"""How far ahead."""
FEW_YEARS: Final = 12
"""So many fit on one page: nobody needs decades for them."""
TOP: Final = ""
_PLACE: Final = re.compile(r"([0-9]{3}|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?")
_DECADE, _YEAR, _MONTH, _DAY = 3, 4, 7, 10


@dataclass(frozen=True)
class Bounds:
    """The first and the last day that may be picked."""

    first: date
    last: date

    @property
    def few_years(self) -> bool:
        """Whether all their years fit on one page."""
        return self.last.year - self.first.year < FEW_YEARS

    def meets(self, place: str) -> bool:
        """Whether a day of `place` lies within them."""
        return self.first.isoformat()[: len(place)] <= place <= self.last.isoformat()[: len(place)]


@dataclass(frozen=True)
class Cell:
    """Something to touch; of a calendar's month also the days that cannot be."""

    place: str
    offered: bool = True


def bounds_of(asked: DateQuestion, around: Around) -> Bounds:
    """What the question allows; where it names no bound, a long life back and some years ahead."""
    today = around.today
    first = earliest(asked, around) or date(today.year - LONGEST_LIFE_YEARS, 1, 1)
    last = today if asked.not_after == "today" else date(today.year + AHEAD_YEARS, 12, 31)
    return Bounds(first, max(first, last))


def start(asked: DateQuestion, around: Around) -> str:
    """Where a person begins: at the day picked before, at a calendar for a day soon, else far back."""
    bounds, answer = bounds_of(asked, around), around.answers.get(asked.id)
    if answer is not None and is_place(answer, bounds):
        return answer
    if asked.not_before not in {None, "birth"}:
        return bounds.first.isoformat()[:_MONTH]
    return TOP


def is_place(place: str, bounds: Bounds) -> bool:
    """Whether a person can be there: well formed, a real month or day, and within the bounds."""
    if _PLACE.fullmatch(place) is None or not bounds.meets(place):
        return False
    if len(place) <= _YEAR:
        return True
    try:
        date.fromisoformat(place if len(place) == _DAY else f"{place}-01")
    except ValueError:
        return False
    return True


def level(place: str, bounds: Bounds) -> Level:
    """What is picked there next."""
    if len(place) >= _MONTH:
        return "day"
    if len(place) == _YEAR:
        return "month"
    return "year" if len(place) == _DECADE or bounds.few_years else "decade"


def cells(place: str, bounds: Bounds) -> tuple[Cell, ...]:
    """What can be touched: decades and years that have a day within the bounds; every month; every day."""
    match level(place, bounds):
        case "decade":
            decades = range(bounds.first.year // 10, bounds.last.year // 10 + 1)
            return tuple(Cell(f"{decade:03d}") for decade in decades)
        case "year":
            first, last = bounds.first.year, bounds.last.year
            if len(place) == _DECADE:
                first, last = max(first, int(f"{place}0")), min(last, int(f"{place}9"))
            return tuple(Cell(f"{year:04d}") for year in range(first, last + 1))
        case "month":
            months = (f"{place}-{month:02d}" for month in range(1, 13))
            return tuple(Cell(month, bounds.meets(month)) for month in months)
        case "day":
            month = place[:_MONTH]
            days = (f"{month}-{day:02d}" for day in range(1, days_in(month) + 1))
            return tuple(Cell(day, bounds.meets(day)) for day in days)


def up(place: str, bounds: Bounds) -> str:
    """One level back: from a day or its month to the months, from those to the years, to the decades."""
    if len(place) >= _MONTH:
        return place[:_YEAR]
    if len(place) == _YEAR and not bounds.few_years:
        return place[:_DECADE]
    return TOP


def before(place: str, begun: str, bounds: Bounds) -> str | None:
    """Where "back" leads from `place` of a question that began at `begun`; None out of the picking."""
    if begun.startswith(place):
        return None
    if len(place) == _DAY:
        place = place[:_MONTH]
    upper = up(place, bounds)
    return None if begun.startswith(upper) else upper


def beside(place: str, bounds: Bounds, months: int) -> str | None:
    """The month so many after that of `place`; None where nothing of it lies within the bounds."""
    number = int(place[:_YEAR]) * 12 + int(place[5:_MONTH]) - 1 + months
    found = f"{number // 12:04d}-{number % 12 + 1:02d}"
    return found if bounds.meets(found) else None


def days_in(month: str) -> int:
    """How many days a month `YYYY-MM` has."""
    return calendar.monthrange(int(month[:_YEAR]), int(month[5:]))[1]


def weekday_of_first(month: str) -> int:
    """The weekday of its first day, 0 for Monday."""
    return calendar.monthrange(int(month[:_YEAR]), int(month[5:]))[0]
