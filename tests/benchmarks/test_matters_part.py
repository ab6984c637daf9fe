"""What stands beside a citizen's time: their own reading."""

from __future__ import annotations

from bench.matters import matters
from benchmarks.matters import reading_s


def test_a_citizen_reads_before_every_touch_number_and_signature() -> None:
    # Matter, begin, finger, for me, number, done, collection, check, signature, send, go on, rating, end.
    assert round(reading_s("elder_card"), 1) == 5.2
    assert all(3 < reading_s(matter) < 12 for matter in matters())
