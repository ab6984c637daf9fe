"""A revoked terminal hears why, keeps what it keeps, and brings it once it is enrolled anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from central_platform import records
from central_platform.contract import Refusal
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.revocation import REVOKED, revoke_terminal
from config.layers import load
from config.settings import Settings
from offline_queue.answers import LineDown, NotAnswered
from offline_queue.enrolment import LAYER
from offline_queue.platform_check import platform_lines
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import TerminalKey
from tests.offline_queue.inviting import FIRST, InvitingHall, enrolled, inviting, now, terminal_folder
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key
from tests.offline_queue.syncing_terminal import syncing


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InvitingHall]:
    with inviting(tmp_path_factory.mktemp("inviting")) as hall:
        yield hall


def home(hall: InvitingHall, *, again: bool = False) -> Path:
    """Enrol the terminal beside the platform, where the samples look for its names."""
    before = set(hall.directory.glob("enrolment-*"))
    enrolled(hall.invites(again=again), hall.directory)
    (found,) = set(hall.directory.glob("enrolment-*")) - before
    return found


def site(hall: InvitingHall, state: Path) -> Settings:
    """The settings of the terminal that was enrolled last."""
    file = state.with_name("site.toml")
    file.write_text(
        f"""
[terminal]
area_code = "330199"
hall_name_zh = "临溪区政务服务中心"
hall_name_en = "Linxi District Service Hall"
hall_phone = "0571-00001000"
state_dir = "{state}"
runtime_dir = "{state}"
free_space_floor_mb = 1
[log]
file = "events.jsonl"
"""
    )
    return load([hall.directory / LAYER, file]).settings


async def test_what_a_revoked_terminal_keeps_is_delivered_once_after_it_is_enrolled_anew(
    hall: InvitingHall, tmp_path: Path
) -> None:
    first = home(hall)
    slip = sealed(a_record(new_id()), first)
    origin = terminal_key(first).sign(slip)
    with capture_logs() as log:
        async with syncing(tmp_path / "state", first, hall.port) as terminal:
            delivered = await terminal.apply()
            await terminal.until_counts(lambda counts: counts.delivered == 1)
            assert revoke_terminal(hall.directory, TERMINAL, now()) == 1
            kept = [await terminal.apply() for _ in range(3)]
            await terminal.until(lambda: terminal.sync.cause == "certificate_revoked")
            await terminal.until(lambda: terminal.sync.reach == "offline")
            await terminal.until_counts(lambda counts: counts.kept == 3)
    lines, sound = await platform_lines(site(hall, tmp_path / "state"))
    assert not sound
    assert "has taken this terminal's certificate back" in lines[1]
    assert "--again" in lines[1]
    said = {(line["event"], line.get("reason")) for line in log}
    assert {("platform_lost", "certificate_revoked")} <= said
    assert "application_parked" not in {event for event, _ in said}
    second = home(hall, again=True)
    async with syncing(tmp_path / "state", second, hall.port) as terminal:
        await terminal.until_counts(lambda counts: counts.delivered == 4)
    lines, sound = await platform_lines(site(hall, tmp_path / "state"))
    assert sound
    assert lines[1].endswith("answers")
    there = records.all_ids(hall.directory)
    assert sorted(there) == sorted(each.application_id for each in (delivered, *kept))
    keyring = Keyring.load(hall.directory)
    keyring.refuse_other_makers(TERMINAL, origin, slip)
    with pytest.raises(Refusal, match="signature_wrong"):
        keyring.refuse_strangers(TERMINAL, origin, slip)
    old = PlatformClient(settings(first, hall.port), terminal_key(first))
    assert await old.status("0" * 32) == LineDown("certificate_revoked", reached=True)
    await old.close()


async def test_a_running_platform_asks_each_new_list_and_none_that_is_forged(
    hall: InvitingHall, tmp_path: Path
) -> None:
    first = hall.directory / "terminal"
    client = PlatformClient(settings(first, hall.port), terminal_key(first))
    enrolled(hall.invites("OTHER-01"), tmp_path / "other")
    other = terminal_folder(tmp_path / "other")
    theirs = PlatformClient(
        settings(first, hall.port, client_certificate=other / "client.pem", client_key=other / "client.key"),
        TerminalKey.load(FIRST, first / "signing.key"),
    )
    call = new_id()
    assert await theirs.put_call(call, wanted=True) == NotAnswered("refused", "http_401")
    assert revoke_terminal(hall.directory, "OTHER-01", now()) == 1
    revoked = LineDown("certificate_revoked", reached=True)
    assert await theirs.status("0" * 32) == revoked
    assert not isinstance(await client.status("0" * 32), LineDown)
    (hall.directory / "platform" / REVOKED).write_bytes(b"no list\n")
    assert await theirs.status("0" * 32) == revoked
    (hall.directory / "platform" / REVOKED).unlink()
    assert await theirs.status("0" * 32) == revoked
    assert revoke_terminal(hall.directory, FIRST, now()) == 1
    assert await client.status("0" * 32) == revoked
    for each in (client, theirs):
        await each.close()
    with pytest.raises(BadDirectory, match="NOBODY-1 has no certificate"):
        revoke_terminal(hall.directory, "NOBODY-1", now())
