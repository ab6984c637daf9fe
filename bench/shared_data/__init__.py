"""What the bench's platform knows of the bench's people: data sets with numbers and days filled in for today.

The people's numbers and cards are computed from today (`bench.people`), so the files name them: `{resident}`
is the number of `bench.people.resident`; `{today-4y}`, `{today+45d}` and `{today-2m}` are days, `{month-1m}`
is a month.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from bench import people

SOURCES = Path(__file__).parent

PEOPLE = {
    made.__name__: made
    for made in (
        people.resident,
        people.neighbour,
        people.old_card,
        people.plane_two,
        people.long_name,
        people.with_fingers,
        people.permit_holder,
        people.foreigner,
        people.child,
    )
}
"""Everybody who has records. Who only has another card (`people.expired`) is one of these."""

_WORD = re.compile(r"\{([a-z_]+)(?:([+-][0-9]+)([dmy]))?\}")


def write_shared_data(directory: Path, today: date) -> Path:
    """Write every data set as it is today into `directory`, which is made; gives it back."""
    directory.mkdir(parents=True)
    for source in sorted(SOURCES.glob("*.yaml")):
        (directory / source.name).write_text(filled_in(source.read_text("utf-8"), today), "utf-8")
    return directory


def filled_in(text: str, today: date) -> str:
    """One file's text with its words replaced. Raises `KeyError` for a word that means nothing."""

    def meant(word: re.Match[str]) -> str:
        name, count, unit = word[1], int(word[2] or 0), word[3] or "d"
        match name:
            case "today":
                return moved(today, count, unit).isoformat()
            case "month":
                return f"{moved(today, count, unit):%Y-%m}"
            case _:
                return PEOPLE[name](today).id_number

    return _WORD.sub(meant, text)


def moved(day: date, count: int, unit: str) -> date:
    """So many days, months or years from `day`; where there is no such day, the 28th."""
    if unit == "d":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, 28))
