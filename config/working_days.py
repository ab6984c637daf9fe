"""Working days by the calendar of public holidays, which is data: what is not announced is unknown.

`config/calendar` holds one file a year: the holidays, and the weekend days that are worked for them (调休).
Days are counted as the law counts them: the day on which something happens is not one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pydantic import Field

from config.data_files import files_in, read_model
from config.item_basics import Basis, DataModel, Text, Time
from config.plain import Loc

SHIPPED: Final = Path(__file__).with_name("calendar")

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Holiday(DataModel):
    """One stretch of days off."""

    name: Text
    first: date
    last: date


class HolidayYear(DataModel):
    """One year as the State Council arranged it."""

    year: int = Field(ge=2000, le=2100)
    basis: Basis
    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...]
    """Saturdays and Sundays that are working days."""


@dataclass(frozen=True)
class WorkingDays:
    """The years that are known."""

    years: Mapping[int, HolidayYear]

    def is_working(self, day: date) -> bool | None:
        """Whether `day` is a working day; None in a year that nobody has announced."""
        year = self.years.get(day.year)
        if year is None:
            return None
        if day in year.worked:
            return True
        return day.weekday() < _SATURDAY and not any(each.first <= day <= each.last for each in year.holidays)

    def add(self, day: date, count: int) -> date | None:
        """The day on which `count` working days after `day` are full; None where that is not known.

        Raises ValueError for less than none.
        """
        if count < 0:
            raise ValueError("working days are counted forwards")
        while count:
            day += _ONE_DAY
            working = self.is_working(day)
            if working is None:
                return None
            count -= working
        return day

    def promised_by(self, time: Time, accepted: date) -> date | None:
        """The last day on which a case that was accepted on `accepted` is to be concluded."""
        return self.add(accepted, time.promised_days)


NO_YEARS: Final = WorkingDays({})
"""Nothing is known of any year."""


def load_working_days(directory: Path = SHIPPED) -> WorkingDays:
    """Every year of `directory`. Raises `config.plain.BadFile`."""
    years: dict[int, HolidayYear] = {}
    for path in files_in(directory, "holiday calendar"):
        file = read_model(path, HolidayYear)
        found = file.value
        for loc, why in _mistakes(found):
            raise file.mistake(loc, why)
        if found.year in years:
            raise file.mistake(("year",), f"{found.year} has another file already")
        years[found.year] = found
    return WorkingDays(years)


def _mistakes(year: HolidayYear) -> list[tuple[Loc, str]]:
    wrong: list[tuple[Loc, str]] = []
    for position, holiday in enumerate(year.holidays):
        if holiday.last < holiday.first:
            wrong.append((("holidays", position, "last"), "is before the first day"))
        if year.year not in {holiday.first.year, holiday.last.year}:
            wrong.append((("holidays", position), f"is not in {year.year}"))
    for position, day in enumerate(year.worked):
        if day.year != year.year:
            wrong.append((("worked", position), f"is not in {year.year}"))
        elif day.weekday() < _SATURDAY:
            wrong.append((("worked", position), "is no Saturday and no Sunday: it is worked anyway"))
        elif any(each.first <= day <= each.last for each in year.holidays):
            wrong.append((("worked", position), "is in a holiday"))
    return wrong
