"""Who may try again, and when."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from offline_queue.schedule import Schedule, full_jitter

CAP_S = 60.0
_CAPPED = 7
"""From this failure on every wait is the cap."""


def postponed(schedule: Schedule, name: str, now_s: float = 0.0) -> Schedule:
    return schedule.postponed(name, now_s, random=1.0)


def test_waits_double_up_to_the_cap() -> None:
    waits = [full_jitter(failures, cap_s=CAP_S, random=1.0) for failures in (0, 1, 2, 5, 6, 1000)]
    assert waits == [1.0, 2.0, 4.0, 32.0, 60.0, 60.0]


@given(st.integers(0, 10_000), st.floats(0, 1), st.none() | st.floats(0, 1e9))
def test_no_server_and_no_number_of_failures_makes_a_terminal_wait_longer_than_the_cap(
    failures: int, random: float, wish_s: float | None
) -> None:
    assert 0 <= full_jitter(failures, cap_s=CAP_S, random=random, wish_s=wish_s) <= CAP_S


def test_one_that_fails_does_not_hold_up_the_others() -> None:
    schedule = postponed(Schedule(CAP_S), "poison")
    assert schedule.first_due(["poison", "next"], 0.5) == "next"
    assert schedule.first_due(["poison", "next"], 1.0) == "poison"


def test_a_paused_line_holds_up_everything_until_its_time() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0, wish_s=7.0)
    assert schedule.broken
    assert schedule.first_due(["first"], 6.9) is None
    assert schedule.due_s(["first"]) == 7.0
    assert schedule.first_due(["first"], 7.0) == "first"


def test_what_gets_through_mends_the_line() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0).line_failed(1.0, random=1.0)
    assert not schedule.settled("first").broken


def test_a_network_that_is_back_is_not_stormed() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0).line_back(10.0, random=0.25)
    assert schedule.due_s(["first"]) == 10.25


def test_nothing_that_waits_is_never_due() -> None:
    assert Schedule(CAP_S).due_s([]) == math.inf


def test_a_technicians_word_tries_a_paused_line_at_once_and_forgets_no_failure() -> None:
    paused = Schedule(CAP_S).line_failed(0.0, random=1.0).line_failed(1.0, random=1.0)
    hurried = paused.hurried(1.5)
    assert hurried.line_due_s == 1.5
    assert hurried.line_failed(1.5, random=1.0).line_due_s == 1.5 + 4.0


@given(st.lists(st.sampled_from("abc"), max_size=30), st.permutations("abc"))
def test_the_oldest_that_may_go_goes_first(failures: Sequence[str], waiting: Sequence[str]) -> None:
    schedule = Schedule(CAP_S)
    for name in failures:
        schedule = postponed(schedule, name)
    later_s = schedule.due_s(waiting)
    due = schedule.first_due(waiting, later_s if math.isfinite(later_s) else 0.0)
    assert due is not None
    failed = {name: min(failures.count(name), _CAPPED) for name in waiting}
    assert failed[due] == min(failed.values())
