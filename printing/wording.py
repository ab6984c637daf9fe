"""How slips of every kind write: their languages, labels in one of them, and moments in the hall's time."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from config.hall_time import HALL_ZONE

Language = Literal["zh", "en"]


def in_one_language(label: str, language: Language) -> str:
    """A label without its other language, which stands behind a space."""
    return label.partition(" ")[0] if language == "zh" else label.rpartition(" ")[0]


def hall_moment(moment: datetime, time_format: str) -> str:
    """A moment in China Standard Time, as `time_format` has it; one without a zone as it is."""
    return time_format.format(moment if moment.tzinfo is None else moment.astimezone(HALL_ZONE))
