"""Who goes next: the waits in the rows, the lanes, the leases, and a technician's word."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue.delivery import LEASE_S, PARK_AFTER, SMALL_BYTES, Lane
from offline_queue.failures import UnknownApplication
from offline_queue.outbox import Outbox
from offline_queue.platform_client import LEAST_CHUNK_BYTES
from offline_queue.platform_line import SLOWEST_BYTES_PER_S, deadline_s
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.samples import (
    Citizens,
    HandClock,
    a_record,
    commit,
    delivery_of,
    new_id,
    open_outbox,
    sealed,
)
from tests.offline_queue.syncing_terminal import syncing
from tests.offline_queue.wire import lossy_proxy


def large(terminal: Path) -> tuple[str, bytes]:
    application_id = new_id()
    record = a_record(application_id)
    record["form"]["pdf_base64"] = base64.b64encode(os.urandom(SMALL_BYTES)).decode()
    return application_id, sealed(record, terminal)


def leased(outbox: Outbox, lane: Lane = "small") -> str | None:
    taken = outbox.delivery.lease(lane)
    return None if taken is None else taken.application_id


def later(clock: HandClock, seconds: float, boot: str = "boot-1") -> None:
    clock.now = replace(clock.now, since_boot_s=clock.now.since_boot_s + seconds, boot=boot)


def postpone(outbox: Outbox, application_id: str, wait_s: float = 60.0, *, explained: bool = True) -> bool:
    return outbox.delivery.postpone(
        delivery_of(outbox, application_id), "http_503", wait_s=wait_s, explained=explained
    )


def test_the_wait_of_an_application_survives_the_terminal_but_not_the_boot(
    tmp_path: Path, terminal: Path, citizens: Citizens, clock: HandClock
) -> None:
    outbox = open_outbox(tmp_path / "queue.db", terminal, clock)
    first = citizens.apply(outbox).application_id
    postpone(outbox, first)
    outbox.close()
    outbox = open_outbox(tmp_path / "queue.db", terminal, clock)
    (waiting,) = outbox.lines("kept")
    assert waiting.attempts == 1
    assert leased(outbox) is None
    assert outbox.delivery.due_s("small") == clock.now.since_boot_s + 60.0
    later(clock, 60.0)
    assert leased(outbox) == first
    outbox.close()
    later(clock, -1000.0, "boot-2")  # how long the machine was off is known to nobody
    outbox = open_outbox(tmp_path / "queue.db", terminal, clock)
    assert leased(outbox) == first
    outbox.close()


def test_one_that_waits_lets_the_next_go(outbox: Outbox, citizens: Citizens) -> None:
    first, second = (citizens.apply(outbox).application_id for _ in range(2))
    postpone(outbox, first)
    assert leased(outbox) == second


def test_what_is_under_way_is_given_to_nobody_else(
    outbox: Outbox, citizens: Citizens, clock: HandClock
) -> None:
    first, second = (citizens.apply(outbox).application_id for _ in range(2))
    assert [leased(outbox), leased(outbox), leased(outbox)] == [first, second, None]
    assert outbox.delivery.due_s("small") == float("inf")
    later(clock, LEASE_S)
    assert leased(outbox) == first


def test_what_was_being_sent_when_the_terminal_died_is_not_sending_for_ever(
    tmp_path: Path, terminal: Path, citizens: Citizens, clock: HandClock
) -> None:
    outbox = open_outbox(tmp_path / "queue.db", terminal, clock)
    first = citizens.apply(outbox).application_id
    assert leased(outbox) == first
    outbox.close()
    outbox = open_outbox(tmp_path / "queue.db", terminal, clock)
    assert leased(outbox) == first
    outbox.close()


def test_each_lane_has_its_own_order(outbox: Outbox, citizens: Citizens, terminal: Path) -> None:
    application_id, envelope = large(terminal)
    commit(outbox, application_id, envelope)
    small = citizens.apply(outbox).application_id
    assert (leased(outbox, "small"), leased(outbox, "large")) == (small, application_id)


def test_what_the_disk_has_changed_is_set_aside_and_not_sent(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    path = tmp_path / "queue.db"
    outbox = open_outbox(path, terminal)
    changed, good = (citizens.apply(outbox).application_id for _ in range(2))
    envelope = outbox.delivery.sealed(changed).envelope
    outbox.close()
    content = bytearray(path.read_bytes())
    content[content.index(envelope[-200:-100])] ^= 1
    path.write_bytes(content)
    outbox = open_outbox(path, terminal)
    assert leased(outbox) is None
    assert leased(outbox) == good
    (line,) = outbox.lines("quarantined")
    assert (line.application_id, line.last_error) == (changed, "damaged_here")
    outbox.close()


def test_a_lease_is_longer_than_the_longest_request() -> None:
    most_parts = 256 * 32 * 1024
    assert deadline_s(120.0, b"x" * most_parts) < LEASE_S
    assert deadline_s(15.0, b"x" * SLOWEST_BYTES_PER_S) == 16.0
    assert deadline_s(15.0, None) == 15.0


def test_only_unexplained_refusals_of_one_application_set_it_aside(
    outbox: Outbox, citizens: Citizens
) -> None:
    odd, busy = (citizens.apply(outbox).application_id for _ in range(2))
    verdicts = [postpone(outbox, odd, explained=False) for _ in range(PARK_AFTER)]
    assert verdicts == [False] * (PARK_AFTER - 1) + [True]
    assert not any(postpone(outbox, busy) for _ in range(2 * PARK_AFTER))
    assert [line.application_id for line in outbox.lines("kept")] == [busy]


def test_a_technicians_word_brings_back_what_was_set_aside_and_ends_a_wait(
    outbox: Outbox, citizens: Citizens
) -> None:
    parked, waiting = (citizens.apply(outbox).application_id for _ in range(2))
    envelope = outbox.delivery.sealed(parked)
    outbox.delivery.quarantine(delivery_of(outbox, parked), "record_invalid")
    postpone(outbox, waiting)
    assert leased(outbox) is None
    assert outbox.delivery.try_now(parked) == "quarantined"
    assert outbox.delivery.try_now(waiting) == "kept"
    assert [leased(outbox), leased(outbox)] == [parked, waiting]
    assert outbox.delivery.sealed(parked) == envelope
    with pytest.raises(UnknownApplication):
        outbox.delivery.try_now(new_id())


async def test_a_large_application_on_its_slow_way_holds_up_no_small_one(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    """The line takes what is small, and of what is large not a byte more: by one lane nobody would arrive."""
    async with (
        lossy_proxy(platform.port) as (proxy, port),
        syncing(tmp_path, platform.terminal, port, timeout_s=30.0) as terminal,
    ):
        proxy.swallows_above = SMALL_BYTES
        application_id, envelope = large(platform.terminal)
        await terminal.queue.run(lambda outbox: commit(outbox, application_id, envelope))
        terminal.sync.poke()
        await terminal.until_outbox(lambda outbox: application_id in outbox.delivery.under_way())
        small = [(await terminal.apply()).application_id for _ in range(3)]
        await terminal.until(lambda: len(terminal.delivered) == 3)
        assert [entry[0] for entry in terminal.delivered] == small
        assert application_id in await terminal.queue.run(lambda outbox: outbox.delivery.under_way())


async def test_a_line_that_breaks_under_large_ones_is_not_down_for_the_small(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with (
        lossy_proxy(platform.port) as (proxy, port),
        syncing(tmp_path, platform.terminal, port) as terminal,
    ):
        proxy.cuts_above = LEAST_CHUNK_BYTES - 2048
        application_id, envelope = large(platform.terminal)
        await terminal.queue.run(lambda outbox: commit(outbox, application_id, envelope))
        terminal.sync.poke()
        await terminal.until_outbox(lambda outbox: outbox.lines("kept")[0].attempts >= 3)
        small = (await terminal.apply()).application_id
        await terminal.until(lambda: [entry[0] for entry in terminal.delivered] == [small])
        proxy.cuts_above = None
        await terminal.until(lambda: len(terminal.delivered) == 2)
        assert terminal.reaches == ["online"]
