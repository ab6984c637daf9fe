"""What is used most in this hall, and what nobody found: counted without persons.

The file has totals of whole days, of the last four weeks. What happens is counted in memory and joins the
file once an hour, so neither the file nor its changes tell of one visit; what was counted since is lost with
the process, and nobody misses it. A count below `FLOOR` is told to no screen.

Words that found nothing may be anybody's, a name even. They are remembered as a keyed hash, in memory only,
and written down once the third visitor has looked for the same: then they are how people speak.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NoReturn

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

TALLIES_FILE: Final = "tallies.json"

KEPT_DAYS: Final = 28
FLOOR: Final = 5
"""Uses in `KEPT_DAYS` below which a matter counts as not used."""
MOST_TOLD: Final = 40
"""Matters of which a session hears: more than any screen shows."""
VISITORS: Final = 3
"""How many must have looked for the same words before they are written down."""
MOST_REMEMBERED: Final = 10_000
"""Words that found nothing, as hashes; then all are forgotten and counted anew."""
WRITTEN_EVERY_S: Final = 3_600.0


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: dict[date, dict[str, int]] = Field(default_factory=dict)
    """Day, matter, uses."""
    not_found: dict[str, int] = Field(default_factory=dict)
    """Words, and how often they found nothing since they were written down first."""


class Tallies:
    """The counts of one terminal, in `path`. `today` is the hall's day, `key` this process's own."""

    def __init__(self, path: Path, today: Callable[[], date], key: bytes) -> None:
        self._path = path
        self._today = today
        self._key = key
        self._file = _read(path)
        self._used: Counter[str] = Counter()
        self._not_found: Counter[bytes] = Counter()
        self._told: Counter[str] = Counter()

    def used(self, item: str) -> None:
        """A matter was applied for, or its guide was opened."""
        self._used[item] += 1

    def found_nothing(self, words: str) -> None:
        """A visitor left without having found what they looked for."""
        if words in self._file.not_found or words in self._told:
            self._told[words] += 1
            return
        if len(self._not_found) >= MOST_REMEMBERED:
            self._not_found.clear()
        hashed = hashlib.blake2b(words.encode(), key=self._key, digest_size=16).digest()
        self._not_found[hashed] += 1
        if self._not_found[hashed] >= VISITORS:
            self._told[words] += self._not_found.pop(hashed)

    def uses(self) -> dict[str, int]:
        """What was used most in the days that the file has, most first; what was used rarely is not there."""
        since = self._today() - timedelta(days=KEPT_DAYS)
        total: Counter[str] = Counter()
        for day, uses in self._file.days.items():
            if day >= since:
                total.update(uses)
        return {item: count for item, count in total.most_common(MOST_TOLD) if count >= FLOOR}

    async def run(self) -> NoReturn:
        """Write once an hour, for as long as the terminal runs."""
        while True:
            await asyncio.sleep(WRITTEN_EVERY_S)
            self.write()

    def write(self) -> None:
        """Join what was counted to the file. A disk that fails costs these counts and nothing else."""
        today = self._today()
        since = today - timedelta(days=KEPT_DAYS)
        days = {day: dict(uses) for day, uses in self._file.days.items() if since <= day <= today}
        if self._used:
            days[today] = dict(Counter(days.get(today, {})) + self._used)
        not_found = dict(Counter(self._file.not_found) + self._told)
        self._file = _File(days=days, not_found=not_found)
        self._used.clear()
        self._told.clear()
        beside = self._path.with_suffix(".new")
        try:
            beside.write_text(self._file.model_dump_json())
            beside.replace(self._path)
        except OSError:
            structlog.get_logger().warning("tallies_not_written", path=str(self._path))


def _read(path: Path) -> _File:
    """What was counted before. A file that cannot be read is begun anew: nothing depends on it."""
    try:
        return _File.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return _File()
    except (OSError, ValidationError):
        structlog.get_logger().warning("tallies_begun_anew", path=str(path))
        return _File()
