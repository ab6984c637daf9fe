"""How far the terminal believes its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from offline_queue.clock import Comparison, Moment, trust
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
