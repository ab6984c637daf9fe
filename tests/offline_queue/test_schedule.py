"""Who may try again, and when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from offline_queue.schedule import Schedule, full_jitter

CAP_S = 60.0


def test_waits_double_up_to_the_cap() -> None:
    waits = [full_jitter(failures, cap_s=CAP_S, random=1.0) for failures in (0, 1, 2, 5, 6, 1000)]
    assert waits == [1.0, 2.0, 4.0, 32.0, 60.0, 60.0]


@given(st.integers(0, 10_000), st.floats(0, 1), st.none() | st.floats(0, 1e9))
def test_no_server_and_no_number_of_failures_makes_a_terminal_wait_longer_than_the_cap(
    failures: int, random: float, wish_s: float | None
) -> None:
    assert 0 <= full_jitter(failures, cap_s=CAP_S, random=random, wish_s=wish_s) <= CAP_S


def test_a_paused_line_holds_up_everything_until_its_time() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0, wish_s=7.0)
    assert schedule.broken
    assert schedule.due_s == 7.0


def test_what_gets_through_mends_the_line() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0).line_failed(1.0, random=1.0)
    assert not schedule.settled().broken


def test_a_network_that_is_back_is_not_stormed() -> None:
    schedule = Schedule(CAP_S).line_failed(0.0, random=1.0).line_back(10.0, random=0.25)
    assert schedule.due_s == 10.25


def test_a_technicians_word_tries_a_paused_line_at_once_and_forgets_no_failure() -> None:
    paused = Schedule(CAP_S).line_failed(0.0, random=1.0).line_failed(1.0, random=1.0)
    hurried = paused.hurried(1.5)
    assert hurried.due_s == 1.5
    assert hurried.line_failed(1.5, random=1.0).due_s == 1.5 + 4.0
