"""Citizens come and go, and what is held after them is compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.soak import Holding, chapter, grown

HELD = Holding(terminal_mb=55.0, session_mb=90.0, files=30, threads=3, processes=5, left=12)


def test_a_terminal_that_holds_as_much_at_the_end_has_not_grown() -> None:
    assert grown([HELD] * 40) == []


@pytest.mark.parametrize("what", ["terminal_mb", "session_mb", "files", "threads", "processes", "left"])
def test_whatever_grows_with_every_citizen_is_found(what: str) -> None:
    held = [replace(HELD, **{what: getattr(HELD, what) * (1 + number / 200)}) for number in range(40)]
    assert len(grown(held)) == 1
    assert chapter(held).title == "40 citizens later"
