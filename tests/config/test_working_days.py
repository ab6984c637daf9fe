"""Working days: holidays, worked weekends, and days that nobody has announced yet."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.item_basics import Basis, Time
from config.plain import BadFile
from config.working_days import SHIPPED, WorkingDays, load_working_days

KNOWN = load_working_days()
DAYS_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(0, 60)


def working(day: date) -> bool:
    found = KNOWN.is_working(day)
    assert found is not None
    return found


def promise(days: int) -> Time:
    return Time(statutory_days=days, promised_days=days, basis=Basis(source="示例", verified=False))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-02-13", True),
        ("2026-02-14", True),  # a Saturday that is worked before the Spring Festival
        ("2026-02-15", False),
        ("2026-02-23", False),  # a Monday
        ("2026-02-24", True),
        ("2026-02-28", True),  # a Saturday
        ("2026-03-01", False),  # a Sunday
        ("2026-09-20", True),  # a Sunday
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2027-01-04", None),
        ("2025-12-31", None),
    ],
)
def test_a_day_is_worked_as_the_state_council_arranged(day: str, *, is_working: bool | None) -> None:
    assert KNOWN.is_working(date.fromisoformat(day)) is is_working


def test_2026_has_248_working_days() -> None:
    assert sum(working(date(2026, 1, 1) + timedelta(days=day)) for day in range(365)) == 248


def test_three_working_days_over_the_spring_festival() -> None:
    """Accepted on Friday the 13th: Saturday is worked, then nine days off, then Tuesday and Wednesday."""
    assert KNOWN.promised_by(promise(3), date(2026, 2, 13)) == date(2026, 2, 25)


def test_at_once_is_the_same_day_even_on_a_sunday() -> None:
    assert KNOWN.promised_by(promise(0), date(2026, 3, 1)) == date(2026, 3, 1)


def test_a_promise_into_a_year_that_nobody_announced_is_unknown() -> None:
    assert KNOWN.promised_by(promise(3), date(2026, 12, 30)) is None
    assert KNOWN.add(date(2026, 12, 30), 1) == date(2026, 12, 31)


def test_nobody_counts_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        KNOWN.add(date(2026, 1, 5), -1)


@given(DAYS_2026, COUNTS)
def test_between_two_days_lie_as_many_working_days_as_were_added(day: date, count: int) -> None:
    end = KNOWN.add(day, count)
    if end is None:
        left = (date(2026, 12, 31) - day).days
        assert sum(working(day + timedelta(days=step)) for step in range(1, left + 1)) < count
        return
    assert sum(working(day + timedelta(days=step)) for step in range(1, (end - day).days + 1)) == count
    assert count == 0 or working(end)


@given(DAYS_2026, COUNTS, COUNTS)
def test_adding_twice_is_adding_both(day: date, first: int, second: int) -> None:
    middle = KNOWN.add(day, first)
    assert (None if middle is None else KNOWN.add(middle, second)) == KNOWN.add(day, first + second)


@given(DAYS_2026, COUNTS)
def test_who_comes_later_is_promised_no_earlier_day(day: date, count: int) -> None:
    this, later = KNOWN.add(day, count), KNOWN.add(day + timedelta(days=1), count)
    assert this is None or later is None or this <= later


def test_a_calendar_without_worked_weekends_would_be_caught() -> None:
    year = KNOWN.years[2026]
    weak = WorkingDays({2026: year.model_copy(update={"worked": ()})})
    assert weak.add(date(2026, 2, 13), 3) != KNOWN.add(date(2026, 2, 13), 3)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("worked: [2026-01-04", "worked: [2026-01-05", "worked[1]: is no Saturday and no Sunday"),
        ("worked: [2026-01-04", "worked: [2026-01-03", "worked[1]: is in a holiday"),
        ("worked: [2026-01-04", "worked: [2027-01-03", "worked[1]: is not in 2026"),
        ("last: 2026-01-03", "last: 2025-12-31", "holidays[1].last: is before the first day"),
        ("first: 2026-01-01, last: 2026-01-03", "first: 2027-01-01, last: 2027-01-03", "is not in 2026"),
        ("2026-01-01", "2026-02-30", "holidays[1].first: "),
        ("year: 2026", "year: 26", "year: must be at least 2000 (it says 26)"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (SHIPPED / "2026.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "2026.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadFile) as caught:
        load_working_days(tmp_path)
    assert said in str(caught.value)


def test_a_year_has_one_file(tmp_path: Path) -> None:
    text = (SHIPPED / "2026.yaml").read_text("utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadFile) as caught:
        load_working_days(tmp_path)
    assert str(caught.value).endswith("year: 2026 has another file already")


def test_what_ships_says_where_it_is_from_and_that_nobody_checked_it() -> None:
    for year in KNOWN.years.values():
        assert str(year.year) in year.basis.source
        assert not year.basis.verified
