"""Opening hours as data: which spells a counter is open on which days of the week, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.hall_time import HALL_ZONE
from config.item_basics import DataModel, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
DayChange = Literal["off", "work"]
"""What the holiday calendar makes of a day: a public holiday, or a Saturday or Sunday that is worked."""

_WORKED_INSTEAD: Final[Weekday] = "mon"
_NOON: Final = time(12)
_EVENING: Final = time(18)


def _spell(value: str) -> str:
    try:
        _times(value)
    except ValueError:
        raise PydanticCustomError(
            "spell", "must be two times of one day like 08:30-12:00, the earlier one first"
        ) from None
    return value


def _times(spell: str) -> tuple[time, time]:
    start, end = (datetime.strptime(part, "%H:%M").time() for part in spell.split("-"))  # noqa: DTZ007 - a time of day
    if start >= end:
        raise ValueError(spell)
    return start, end


Spell = Annotated[str, AfterValidator(_spell)]


class OpenDays(DataModel):
    """Days of the week with the same hours."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    open: tuple[Spell, ...] = Field(min_length=1)

    @property
    def spells(self) -> tuple[tuple[time, time], ...]:
        """From when to when, in the order of the day."""
        return tuple(sorted(_times(spell) for spell in self.open))


class Hours(DataModel):
    """A week of a counter; a day that is not named is closed."""

    week: tuple[OpenDays, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_day_once(self) -> Hours:
        named = [day for part in self.week for day in part.days]
        if twice := next((day for day in named if named.count(day) > 1), None):
            raise PydanticCustomError("day_twice", "names {day} twice", {"day": twice})
        return self

    def on(self, day: date, change: DayChange | None = None) -> tuple[tuple[time, time], ...]:
        """When it is open that day: at a public holiday never, on a worked weekend as on a Monday."""
        if change == "off":
            return ()
        weekday = WEEK[day.weekday()]
        if change == "work" and weekday in {"sat", "sun"}:
            weekday = _WORKED_INSTEAD
        return next((part.spells for part in self.week if weekday in part.days), ())

    def open_at(self, moment: datetime, change: DayChange | None = None) -> bool:
        """Whether it is open at `moment` (with a zone), on a day of which the calendar says `change`."""
        local = moment.astimezone(HALL_ZONE)
        return any(start <= local.time() < end for start, end in self.on(local.date(), change))

    def words(self) -> Text:
        """In words: 周一至周五，上午八点半到十二点 / Monday to Friday, 8:30 to 12:00."""
        zh = "；".join(f"{_days_zh(part)}，{_spells_zh(part.spells)}" for part in self.week)
        en = "; ".join(f"{_days_en(part)}, {_spells_en(part.spells)}" for part in self.week)
        return Text(zh=zh, en=en)


_ZH: Final = "一二三四五六日"
_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS: Final = "零一二三四五六七八九十"


def _runs(part: OpenDays) -> list[tuple[int, int]]:
    """First and last of each row of days, by their place in the week."""
    places = sorted(WEEK.index(day) for day in part.days)
    rows = (list(row) for _, row in groupby(enumerate(places), lambda pair: pair[1] - pair[0]))
    return [(row[0][1], row[-1][1]) for row in rows]


def _days_zh(part: OpenDays) -> str:
    return "、".join(
        f"周{_ZH[first]}" if first == last else f"周{_ZH[first]}至周{_ZH[last]}"
        for first, last in _runs(part)
    )


def _days_en(part: OpenDays) -> str:
    return " and ".join(
        _EN[first] if first == last else f"{_EN[first]} to {_EN[last]}" for first, last in _runs(part)
    )


def _spells_zh(spells: Sequence[tuple[time, time]]) -> str:
    return "，".join(_spell_zh(start, end) for start, end in spells)


def _spell_zh(start: time, end: time) -> str:
    first, last = _part_of_day(start), _part_of_day(end)
    again = "" if last in {first, "中午"} else last
    return f"{first}{_o_clock(start)}到{again}{_o_clock(end)}"


def _part_of_day(moment: time) -> str:
    if moment < _NOON:
        return "上午"
    if moment == _NOON:
        return "中午"
    return "下午" if moment <= _EVENING else "晚上"


def _o_clock(moment: time) -> str:
    hour = moment.hour if moment.hour <= _NOON.hour else moment.hour - _NOON.hour
    minutes = {0: "", 30: "半"}.get(moment.minute, f"{_number(moment.minute)}分")
    return f"{'两' if hour == 2 else _number(hour)}点{minutes}"  # noqa: PLR2004 - 两点, never 二点


def _number(number: int) -> str:
    """As it is read aloud, up to 59."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMBERS[ones]
    return f"{_NUMBERS[tens] if tens > 1 else ''}十{_NUMBERS[ones] if ones else ''}"


def _spells_en(spells: Sequence[tuple[time, time]]) -> str:
    return " and ".join(f"{_clock(start)} to {_clock(end)}" for start, end in spells)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"
