"""How far the terminal believes its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.messages import ClockOffset
from offline_queue.clock import Comparison, Moment, compared, offset, trust
from tests.offline_queue.samples import NOON

NOW = Moment(NOON, 1000.0, "boot-1")


def test_a_clock_nobody_compared_has_only_the_systems_word() -> None:
    assert trust(None, NOW) == "system"


def test_a_clock_near_the_platforms_is_trusted_for_as_long_as_it_runs_on() -> None:
    comparison = Comparison(NOON + timedelta(minutes=1), NOW)
    a_week_later = Moment(NOON + timedelta(days=7), 1000.0 + 7 * 86400, "boot-1")
    assert trust(comparison, a_week_later) == "platform"


def test_a_clock_that_jumps_after_the_comparison_is_no_longer_trusted() -> None:
    for years in (-20, 20):
        jumped = replace(NOW, wall=NOON + timedelta(days=365 * years))
        assert trust(Comparison(NOON, NOW), jumped) == "untrusted"


def test_a_comparison_does_not_outlive_a_reboot() -> None:
    assert trust(Comparison(NOON, NOW), replace(NOW, boot="boot-2")) == "system"


ASKED = replace(NOW, since_boot_s=999.5)
AHEAD = timedelta(hours=3)


def test_the_platforms_time_is_from_somewhere_between_question_and_answer() -> None:
    told = compared(NOON - AHEAD, ASKED, NOW)
    assert offset(told, NOW) == ClockOffset(offset_ms=-10_800_000 + 250, uncertainty_ms=250, age_s=0)


def test_a_clock_three_hours_ahead_is_known_by_how_much_and_a_corrected_one_is_right_again() -> None:
    told = compared(NOON, ASKED, replace(NOW, wall=NOON + AHEAD))
    a_minute_later = Moment(NOON + AHEAD + timedelta(minutes=1), 1060.0, "boot-1")
    assert trust(told, a_minute_later) == "untrusted"
    assert offset(told, a_minute_later) == ClockOffset(offset_ms=-10_799_750, uncertainty_ms=250, age_s=60)
    corrected = replace(a_minute_later, wall=a_minute_later.wall - AHEAD)
    assert trust(told, corrected) == "platform"
    assert offset(told, corrected) == ClockOffset(offset_ms=250, uncertainty_ms=250, age_s=60)


def test_a_jump_since_the_comparison_is_in_the_offset() -> None:
    jumped = Moment(NOON + timedelta(days=365), 1005.0, "boot-1")
    found = offset(compared(NOON, NOW, NOW), jumped)
    assert found == ClockOffset(offset_ms=-365 * 86_400_000 + 5000, uncertainty_ms=0, age_s=5)


def test_a_clock_that_was_not_compared_since_the_machine_started_has_no_offset() -> None:
    assert offset(None, NOW) is None
    assert offset(compared(NOON, ASKED, NOW), replace(NOW, boot="boot-2")) is None
