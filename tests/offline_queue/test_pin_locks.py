"""Guessing a guide's PIN gets slower and slower, and a kill does not help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from offline_queue.outbox import Outbox
from offline_queue.pin_locks import UNTIL_CLEARED_S
from tests.offline_queue.samples import HandClock, open_outbox


def test_four_wrong_pins_are_free_the_fifth_locks_and_each_further_one_twice_as_long(outbox: Outbox) -> None:
    waits = [outbox.pins.count("0042").retry_after_s for _ in range(7)]
    assert waits == [0, 0, 0, 0, 15, 30, 60]
    assert outbox.pins.lock("0043").retry_after_s == 0


def test_a_lock_runs_out_on_the_boot_clock_only(outbox: Outbox, clock: HandClock) -> None:
    for _ in range(5):
        outbox.pins.count("0042")
    clock.now = replace(clock.now, wall=clock.now.wall.replace(year=2046))
    assert outbox.pins.lock("0042").retry_after_s == 15
    clock.now = replace(clock.now, since_boot_s=clock.now.since_boot_s + 14.5)
    assert outbox.pins.lock("0042").retry_after_s == 1
    clock.now = replace(clock.now, since_boot_s=clock.now.since_boot_s + 1)
    assert outbox.pins.lock("0042").retry_after_s == 0


def test_fifteen_wrong_pins_lock_until_somebody_clears_them(outbox: Outbox, clock: HandClock) -> None:
    for _ in range(15):
        last = outbox.pins.count("0042")
    assert last.until_cleared
    clock.now = replace(clock.now, since_boot_s=1e9)
    assert outbox.pins.lock("0042").retry_after_s == UNTIL_CLEARED_S
    outbox.pins.clear("0042")
    assert outbox.pins.lock("0042").failures == 0


def test_neither_a_kill_nor_a_reboot_shortens_a_lock(
    tmp_path: Path, terminal: Path, clock: HandClock
) -> None:
    path = tmp_path / "queue.db"
    before = open_outbox(path, terminal, clock)
    for _ in range(5):
        before.pins.count("0042")
    before.close()
    after = open_outbox(path, terminal, clock)
    assert after.pins.lock("0042").retry_after_s == 15
    clock.now = replace(clock.now, boot="boot-2", since_boot_s=5.0)
    assert after.pins.lock("0042").retry_after_s == 10
    after.close()
