"""China Standard Time: one zone, no daylight saving. What a hall's clock, days and slips go by.

The machine's own zone is not asked: a technician's laptop image is often on UTC, and a slip would then carry
another day than the wall clock above it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

HALL_ZONE = timezone(timedelta(hours=8))


def hall_now() -> datetime:
    """The present moment, in the hall's zone."""
    return datetime.now(HALL_ZONE)


def hall_today() -> date:
    """The present day in the hall."""
    return hall_now().date()
