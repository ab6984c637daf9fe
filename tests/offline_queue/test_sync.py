"""From the terminal's disk to the platform's, over real TLS: once, and only against its signature."""

from __future__ import annotations

import hashlib
import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from central_platform import records
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from kiosk.messages import ClockOffset
from offline_queue.clock import Moment, system_clock
from offline_queue.outbox import Outbox
from offline_queue.queue_values import Counts
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import a_record, commit, new_id, sealed
from tests.offline_queue.syncing_terminal import syncing
from tests.offline_queue.wire import answer, lossy_proxy, lying_platform


def kept(number: int) -> Callable[[Counts], bool]:
    return lambda counts: counts.kept == number


async def test_an_application_is_received_and_both_sides_agree(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with syncing(tmp_path, platform.terminal, platform.port) as terminal:
        application = await terminal.apply()
        await terminal.until(lambda: bool(terminal.delivered))
        ((application_id, receipt),) = terminal.delivered
        assert application_id == application.application_id
        (state,) = await terminal.queue.run(lambda outbox: outbox.recent_states())
        assert (state.state, state.filing_no) == ("delivered", receipt.filing_no)
        assert terminal.sync.reach == "online"
        assert terminal.sync.clock_trust() == "platform"
    record = records.decrypted(platform.directory, application_id)
    assert record["parties"][0]["name"] == "吾买尔江·买买提"


async def test_an_application_kept_while_the_network_was_down_arrives_when_it_is_back(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with lossy_proxy(platform.port) as (proxy, port):
        proxy.cut = True
        async with syncing(tmp_path, platform.terminal, port) as terminal:
            await terminal.until(lambda: terminal.reaches == ["offline"])
            first, second = await terminal.apply(), await terminal.apply()
            assert terminal.sync.clock_trust() == "system"
            assert not terminal.delivered
            proxy.cut = False
            await terminal.until(lambda: len(terminal.delivered) == 2)
            assert [entry[0] for entry in terminal.delivered] == [
                first.application_id,
                second.application_id,
            ]
            assert terminal.reaches == ["offline", "online"]


async def test_an_answer_lost_after_the_platforms_commit_leaves_one_record(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with (
        lossy_proxy(platform.port) as (proxy, port),
        syncing(tmp_path, platform.terminal, port, timeout_s=0.6) as terminal,
    ):
        await terminal.until(lambda: terminal.sync.reach == "online")
        proxy.swallow_answers = True
        application_id = (await terminal.apply()).application_id
        await terminal.until(lambda: application_id in records.all_ids(platform.directory))
        await terminal.until_outbox(lambda outbox: outbox.lines("kept")[0].attempts >= 2)
        assert not terminal.delivered
        proxy.swallow_answers = False
        await terminal.until(lambda: bool(terminal.delivered))
        assert records.all_ids(platform.directory).count(application_id) == 1


async def test_other_bytes_under_a_received_id_are_set_aside_and_the_rest_goes_on(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    async with syncing(tmp_path / "first", platform.terminal, platform.port) as terminal:
        application_id = (await terminal.apply()).application_id
        await terminal.until(lambda: bool(terminal.delivered))

    def same_id_other_bytes(outbox: Outbox) -> None:
        commit(outbox, application_id, sealed(a_record(application_id), platform.terminal))

    async with syncing(tmp_path / "second", platform.terminal, platform.port) as terminal:
        await terminal.queue.run(same_id_other_bytes)
        after = await terminal.apply()
        await terminal.until(lambda: bool(terminal.delivered))
        assert [entry[0] for entry in terminal.delivered] == [after.application_id]
        states = await terminal.queue.run(lambda outbox: outbox.recent_states())
        assert [(state.state, state.last_error) for state in states] == [
            ("delivered", None),
            ("quarantined", "other_bytes"),
        ]
        assert terminal.sync.reach == "online"


async def test_a_record_the_platform_cannot_accept_is_set_aside_not_deleted(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    application_id = new_id()
    broken = {**a_record(application_id), "state": "accepted"}
    async with syncing(tmp_path, platform.terminal, platform.port) as terminal:
        await terminal.queue.run(
            lambda outbox: commit(outbox, application_id, sealed(broken, platform.terminal))
        )
        await terminal.until_counts(lambda counts: counts.quarantined == 1)
        (state,) = await terminal.queue.run(lambda outbox: outbox.recent_states())
        assert state.last_error == "record_invalid"


async def test_a_rating_follows_its_application(tmp_path: Path, platform: RunningPlatform) -> None:
    async with syncing(tmp_path, platform.terminal, platform.port) as terminal:
        application_id = (await terminal.apply()).application_id
        await terminal.queue.run(lambda outbox: outbox.followers.rate(application_id, 4))
        terminal.sync.poke()
        await terminal.until(lambda: records.rating(platform.directory, application_id) == 4)
        await terminal.until_outbox(
            lambda outbox: [part.state for part in outbox.lines("delivered")[0].parts] == ["over"]
        )


async def test_a_platform_of_another_authority_gets_nothing(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    stranger = made(tmp_path / "stranger")
    async with syncing(tmp_path / "state", stranger, platform.port) as terminal:
        await terminal.apply()
        await terminal.until(lambda: terminal.reaches == ["offline"])
        await terminal.until_counts(kept(1))


def test_a_caller_without_a_terminals_certificate_gets_no_connection(platform: RunningPlatform) -> None:
    context = ssl.create_default_context(cafile=platform.terminal / "ca.pem")
    connection = http.client.HTTPSConnection("127.0.0.1", platform.port, context=context, timeout=5)

    def ask() -> None:
        connection.request("GET", f"/v1/status?nonce={'0' * 32}")
        connection.getresponse()

    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask()
    connection.close()


async def test_a_captive_portal_receives_nothing_and_is_not_the_platform(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    def portal(_head: bytes, _body: bytes) -> bytes:
        return answer("200 OK", b"<html>Welcome to the hall's Wi-Fi</html>", "Content-Type: text/html")

    async with (
        lying_platform(platform.directory, portal) as port,
        syncing(tmp_path, platform.terminal, port) as terminal,
    ):
        await terminal.apply()
        await terminal.until(lambda: terminal.reaches == ["offline"])
        await terminal.until_counts(kept(1))
        assert terminal.sync.clock_trust() == "system"


async def test_a_receipt_by_another_key_deletes_nothing(tmp_path: Path, platform: RunningPlatform) -> None:
    """The real platform says the time; the receipts are forged."""
    forger = tmp_path / "forger"
    made(forger)
    real = Keyring.load(platform.directory)
    engine = open_database(forger / "platform.db")
    asked = 0
    clock = Platform(engine, real, lambda: system_clock().wall)
    hand = Keyring.load(forger)

    def forge(head: bytes, body: bytes) -> bytes:
        nonlocal asked
        target = head.split()[1].decode()
        if target.startswith("/v1/status"):
            return answer("200 OK", clock.status(target.rpartition("=")[2]))
        asked += 1
        envelope_sha256 = hashlib.sha256(body).hexdigest()
        receipt = hand.signed(
            {
                "v": 1,
                "application_id": json.loads(body)["id"],
                "envelope_sha256": envelope_sha256,
                "filing_no": "33010600-20261121-000001",
                "received_at": "2026-11-21T20:00:00+08:00",
            }
        )
        return answer("201 Created", json.dumps(receipt).encode())

    async with (
        lying_platform(platform.directory, forge) as port,
        syncing(tmp_path / "state", platform.terminal, port) as terminal,
    ):
        await terminal.apply()
        await terminal.until(lambda: asked >= 3)
        assert not terminal.delivered
        await terminal.until_counts(kept(1))
        assert terminal.sync.reach == "offline"
    engine.dispose()


@pytest.mark.parametrize(("minutes", "trust"), [(4, "platform"), (-4, "platform"), (6, "untrusted")])
async def test_a_wrong_clock_is_known_after_the_first_answer(
    tmp_path: Path, platform: RunningPlatform, minutes: int, trust: str
) -> None:
    def wrong() -> Moment:
        right = system_clock()
        return replace(right, wall=right.wall + timedelta(minutes=minutes))

    async with syncing(tmp_path, platform.terminal, platform.port, clock=wrong) as terminal:
        await terminal.until(lambda: terminal.sync.reach == "online")
        assert terminal.sync.clock_trust() == trust


async def test_a_clock_set_wrong_offline_is_measured_online_and_right_again_once_corrected(
    tmp_path: Path, platform: RunningPlatform
) -> None:
    ahead = timedelta(hours=3)

    def turned() -> Moment:
        right = system_clock()
        return replace(right, wall=right.wall + ahead)

    def off_by(offset: ClockOffset | None, by: timedelta) -> bool:
        """Within what the offset itself claims; the platform writes whole milliseconds."""
        assert offset is not None
        return abs(offset.offset_ms + by / timedelta(milliseconds=1)) <= offset.uncertainty_ms + 2

    async with lossy_proxy(platform.port) as (proxy, port):
        proxy.cut = True
        async with syncing(tmp_path, platform.terminal, port, clock=turned) as terminal:
            await terminal.until(lambda: terminal.sync.reach == "offline")
            assert (terminal.sync.clock_trust(), terminal.sync.clock_offset()) == ("system", None)
            proxy.cut = False
            await terminal.until(lambda: terminal.sync.reach == "online")
            assert terminal.sync.clock_trust() == "untrusted"
            assert off_by(terminal.sync.clock_offset(), ahead)
            ahead = timedelta()
            assert terminal.sync.clock_trust() == "platform"
            assert off_by(terminal.sync.clock_offset(), ahead)
