"""A slip alone brings an application back, once: printed, the disk destroyed, read from its picture."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import uuid
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from PIL import Image, ImageFilter

from central_platform import keys, records
from central_platform.compact import expand
from central_platform.issuing import Issuer
from central_platform.opening import Keyring, opened
from central_platform.suites import HPKE_HYBRID, SM2, SuiteName
from config.item import Item
from config.settings import Settings
from devices.contracts.id_cards import ResidentCard
from kiosk.session import events as ev
from kiosk.session.hall import Hall
from kiosk.session.machine import advance
from kiosk.session.restore_codes import compact_content
from kiosk.session.sealing import load_platform_key, seal
from kiosk.session.stages import Outcome, Sending, Session
from kiosk.terminal.queue_file import open_outbox
from offline_queue.clock import system_clock
from offline_queue.outbox import Outbox
from offline_queue.outbox_thread import OutboxThread
from offline_queue.platform_client import PlatformClient
from offline_queue.restore import Rescued, read_codes
from offline_queue.signing import TerminalKey
from offline_queue.sync import Sync
from printing.document import Line
from printing.proof_pictures import codes_in
from printing.slip import SlipFacts, slip_document
from tests.kiosk.session.conftest import NOW
from tests.kiosk.session.paper_way import FAST, applied, height_cm, paper, settings_at, without_page
from tests.kiosk.session.test_eyes_in_the_journey import A_PAGE, PAPERS, papers_reached
from tests.kiosk.session.walk import after, answered, signed, verified
from tests.offline_queue.platform_process import ROOT, running

HANG_S = 20.0
Strokes = tuple[tuple[tuple[float, float], ...], ...]


def a_signature(points: int) -> Strokes:
    """A hand that wanders, seen by a screen of 900 by 400 pixels, in eight strokes."""
    chance = random.Random(points)  # noqa: S311  a hand is no secret
    strokes = []
    for stroke in range(8):
        x, y, across, down = 0.1 + 0.1 * stroke, chance.uniform(0.3, 0.6), 0.0, 0.0
        drawn = []
        for _ in range(points // 8):
            across, down = across + chance.gauss(0, 0.003), down + chance.gauss(0, 0.006)
            x, y = min(max(x + across, 0), 1), min(max(y + down, 0), 1)
            drawn.append((round(x * 900) / 900, round(y * 400) / 400))
        strokes.append(tuple(drawn))
    return tuple(strokes)


@dataclass(frozen=True)
class Town:
    """A platform that runs, and the keys of its two terminals."""

    platform: Path
    port: int
    first: Path
    second: Path


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    platform = tmp_path_factory.mktemp("platform")
    first = keys.init(platform, terminal_id="LX-0001").parent
    second = enrolled(platform, first, "LX-0002")
    with running(platform) as port:
        yield Town(platform, port, first, second)


def enrolled(platform: Path, first: Path, terminal: str) -> Path:
    """Enrol one more terminal, without a certificate for its slips."""
    directory = platform / terminal
    shutil.copytree(first, directory)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (directory / "signing.key").write_bytes(private)
    client = load_pem_private_key((directory / "client.key").read_bytes(), None)
    assert isinstance(client, ec.EllipticCurvePrivateKey)
    issuer = Issuer.load(platform / "platform")
    (directory / "client.pem").write_text(issuer.issue(client.public_key(), terminal, datetime.now(UTC)))
    (directory / "certificate.txt").unlink()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (platform / "terminals" / f"{terminal}.pem").write_bytes(public)
    lines = (
        (first / "platform.toml").read_text().replace("LX-0001", terminal).replace(str(first), str(directory))
    )
    kept = [line for line in lines.splitlines() if not line.startswith("certificate =")]
    (directory / "platform.toml").write_text("\n".join(kept))
    return directory


@pytest.fixture
def first(town: Town, tmp_path: Path) -> Settings:
    return at(town, town.first, tmp_path / "first")


@pytest.fixture
def second(town: Town, tmp_path: Path) -> Settings:
    return at(town, town.second, tmp_path / "second")


def at(town: Town, directory: Path, state: Path, *more: str) -> Settings:
    return settings_at(directory, state, f"platform.url=https://127.0.0.1:{town.port}", *more)


@pytest.fixture
def sent(certificate: Item, hall: Hall, card: ResidentCard) -> Session:
    """Somebody who has signed, offline."""
    return with_signature(signed(answered(verified(replace(hall, reach="offline"), certificate, card))), 150)


def with_signature(session: Session, points: int) -> Session:
    assert isinstance(session.stage, Sending)
    stage = replace(session.stage, signature=a_signature(points), application_id=str(uuid.uuid4()))
    return replace(session, stage=stage)


def id_of(session: Session) -> str:
    assert isinstance(session.stage, Sending)
    return session.stage.application_id


def opened_queue(settings: Settings) -> Outbox:
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    return open_outbox(settings, key)


def whole_envelope(settings: Settings, application_id: str) -> bytes:
    outbox = opened_queue(settings)
    envelope = outbox.delivery.sealed(application_id).envelope
    outbox.close()
    return envelope


async def delivered(settings: Settings, count: int = 1) -> dict[str, str]:
    """Let a terminal's sync loop run until it has delivered so many; gives their filing numbers."""
    key = TerminalKey.load(settings.terminal.id, settings.terminal.signing_key)
    queue = await OutboxThread.open(lambda: open_outbox(settings, key))
    client = PlatformClient(settings.platform, key)
    done: dict[str, str] = {}
    enough = asyncio.Event()

    def note(application_id: str, receipt: Any, _statement: str | None) -> None:
        done[application_id] = receipt.filing_no
        if len(done) == count:
            enough.set()

    sync = Sync(
        queue,
        client,
        clock=system_clock,
        random=lambda: 0.5,
        nonce=lambda: os.urandom(16).hex(),
        probe_interval_s=0.05,
        retry_cap_s=0.05,
        on_reach=lambda _: None,
        on_delivered=note,
    )
    task = asyncio.create_task(sync.run())
    async with asyncio.timeout(HANG_S):
        await enough.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await client.close()
    await queue.close()
    return done


def restore(settings_dir: Path, state: Path, *sources: Path | str) -> tuple[int, dict[str, Any], str]:
    """`queue restore --json` in a process of its own: status, answer, standard error."""
    site = (
        *("terminal.area_code=330199", "terminal.hall_name_zh=厅", "terminal.hall_name_en=Hall"),
        *("terminal.hall_phone=0571-00001000", f"terminal.state_dir={state}"),
        f"terminal.runtime_dir={state}",
    )
    ended = subprocess.run(
        [
            *(sys.executable, "-c", "from commands.queue import app; app()", "restore", *map(str, sources)),
            *("--json", "--config", str(settings_dir / "platform.toml")),
            *(part for each in site for part in ("--set", each)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, json.loads(ended.stdout), ended.stderr


def held(platform: Path, record: dict[str, Any]) -> list[str]:
    """The ids under which the platform holds what this person signed."""
    return [
        each
        for each in records.all_ids(platform)
        if records.decrypted(platform, each)["salt"] == record["salt"]
    ]


async def test_a_slip_alone_brings_an_application_back_on_another_terminal_exactly_once(
    town: Town, first: Settings, second: Settings, sent: Session, tmp_path: Path
) -> None:
    slip = await applied(sent, first)
    keyring = Keyring.load(town.platform)
    whole = whole_envelope(first, id_of(sent))
    record = opened(keyring, whole)
    assert (record["clock_trust"], record["clock_offset"]) == ("untrusted", FAST.model_dump())
    picture = paper(slip, first)
    above, below = tmp_path / "above.png", tmp_path / "below.png"
    picture.crop((0, 0, picture.width, picture.height - 900)).save(above)
    picture.crop((0, picture.height - 1600, picture.width, picture.height)).save(below)
    shutil.rmtree(first.terminal.state_dir)

    status, answer, said = restore(town.second, second.terminal.state_dir, above)
    assert (status, answer["restored"], answer["reason"]) == (3, [], "parts_missing")
    assert "missing of" in answer["error"]
    assert "not everything could be brought back" in said
    status, answer, _ = restore(town.second, second.terminal.state_dir, below, above)
    assert status == 0
    (back,) = answer["restored"]
    assert (back["application_id"], back["local_no"], back["before"]) == (id_of(sent), slip.local_no, None)

    compact = whole_envelope(second, id_of(sent))
    numbers = await delivered(second)
    assert records.filing_numbers(town.platform)[id_of(sent)] == numbers[id_of(sent)]
    assert held(town.platform, record) == [id_of(sent)]
    assert records.decrypted(town.platform, id_of(sent)) == without_page(record)
    assert records.restored(town.platform, id_of(sent))
    page = b64decode(record["form"]["pdf_base64"])
    assert expand(keyring.decrypt(json.loads(compact))).pdf_sha256 == hashlib.sha256(page).hexdigest()


async def test_what_had_been_delivered_before_the_disk_died_keeps_its_filing_number(
    town: Town, first: Settings, second: Settings, sent: Session
) -> None:
    slip = await applied(sent, first)
    record = opened(Keyring.load(town.platform), whole_envelope(first, id_of(sent)))
    before = await delivered(first)
    assert await restored_and_delivered(slip, second) == before
    assert held(town.platform, record) == [id_of(sent)]
    assert not records.restored(town.platform, id_of(sent))
    assert records.decrypted(town.platform, id_of(sent)) == record


@pytest.mark.parametrize("suite", [HPKE_HYBRID, SM2])
async def test_a_slip_brings_back_what_was_sealed_with_another_suite(
    sent: Session, tmp_path: Path, suite: SuiteName
) -> None:
    platform = tmp_path / "platform"
    first = keys.init(platform, terminal_id="LX-0001", suite=suite).parent
    second = enrolled(platform, first, "LX-0002")
    with running(platform) as port:
        town = Town(platform, port, first, second)
        here, there = at(town, first, tmp_path / "first"), at(town, second, tmp_path / "second")
        sent = with_signature(sent, 120)  # with the hybrid suite a longer one has no room
        slip = await applied(sent, here)
        whole = whole_envelope(here, id_of(sent))
        assert json.loads(whole)["suite"] == suite
        before = await restored_and_delivered(slip, there)
        assert await delivered(here) == before
        record = opened(Keyring.load(platform), whole)
    assert held(platform, record) == [id_of(sent)]
    assert records.decrypted(platform, id_of(sent)) == record


async def test_a_lost_disk_that_turns_up_afterwards_completes_what_the_slip_brought(
    town: Town, first: Settings, second: Settings, sent: Session
) -> None:
    slip = await applied(sent, first)
    record = opened(Keyring.load(town.platform), whole_envelope(first, id_of(sent)))
    before = await restored_and_delivered(slip, second)
    assert await delivered(first) == before
    assert held(town.platform, record) == [id_of(sent)]
    assert not records.restored(town.platform, id_of(sent))
    assert records.decrypted(town.platform, id_of(sent)) == record


async def test_a_restore_that_mints_a_new_id_is_caught_as_a_second_application(
    town: Town, first: Settings, second: Settings, sent: Session
) -> None:
    await applied(sent, first)
    record = opened(Keyring.load(town.platform), whole_envelope(first, id_of(sent)))
    await delivered(first)
    new_id = str(uuid.uuid4())
    text = json.dumps({**record, "application_id": new_id}, sort_keys=True, ensure_ascii=False).encode()
    compact = seal(
        compact_content(text),
        application_id=new_id,
        item=record["item"]["id"],
        item_version=record["item"]["version"],
        terminal="LX-0001",
        platform_key=load_platform_key(first.platform.envelope_key),
        kid=first.platform.envelope_kid,
        stands_for=b"",
    )
    signature = TerminalKey.load("LX-0001", first.terminal.signing_key).sign(compact)
    minted = Rescued(new_id, record["item"]["id"], "1", "LX-0001", record["local_no"], compact, signature)
    outbox = opened_queue(second)
    outbox.restore(minted)
    outbox.close()
    await delivered(second)
    assert len(held(town.platform, record)) == 2


async def restored_and_delivered(slip: SlipFacts, settings: Settings) -> dict[str, str]:
    rescued, wrong = read_codes(slip.restore_codes or ())
    assert not wrong
    outbox = opened_queue(settings)
    assert outbox.restore(rescued[0]).before is None
    assert outbox.restore(rescued[0]).before == "kept"
    outbox.close()
    return await delivered(settings)


@pytest.mark.parametrize("profile", ["generic-80", "generic-58"])
async def test_a_crooked_photograph_is_enough_and_a_torn_slip_says_what_is_missing(
    town: Town, sent: Session, tmp_path: Path, profile: str
) -> None:
    settings = at(town, town.first, tmp_path / "first", f"printer.profile={profile}")
    slip = await applied(sent, settings)
    assert slip.restore_codes
    picture = paper(slip, settings)
    assert height_cm(picture) < 55
    crooked = picture.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    tilted = crooked.rotate(90, expand=True).filter(ImageFilter.GaussianBlur(0.7))
    tilted.save(tmp_path / "photo.jpg", quality=80)
    assert set(slip.restore_codes) <= set(codes_in(tmp_path / "photo.jpg"))

    torn = picture.crop((0, 0, picture.width, picture.height - 300))
    torn.save(tmp_path / "torn.png")
    _, wrong = read_codes(codes_in(tmp_path / "torn.png"))
    count = len(slip.restore_codes)
    assert [unreadable.words.split(" (")[0] for unreadable in wrong] == [
        f"part {count} is missing of {count}"
    ]
    picture.filter(ImageFilter.GaussianBlur(6)).save(tmp_path / "blurred.png")
    assert codes_in(tmp_path / "blurred.png") == []


async def test_a_signature_too_long_for_four_codes_is_said_in_words_and_kept_all_the_same(
    first: Settings, sent: Session
) -> None:
    long = with_signature(sent, 2000)
    slip = await applied(long, first)
    assert slip.restore_codes == ()
    assert any(
        isinstance(block, Line) and "未能印在本条上" in block.text for block in slip_document(slip, "zh")
    )
    assert whole_envelope(first, id_of(long))


async def test_papers_fit_on_no_slip_and_are_kept_with_their_application(
    first: Settings, endorsement: Item, certificate: Item, hall: Hall, card: ResidentCard
) -> None:
    matter = endorsement.model_copy(update={"offline": certificate.offline})
    session = papers_reached(matter, replace(hall, items=(matter,)), card)
    session = after(session, ev.PageTaken(PAPERS, A_PAGE), ev.PagesDone(), ev.Answered("13900000000"))
    sent = with_signature(signed(session), 150)
    slip = await applied(sent, first)
    assert slip.restore_codes == ()
    outbox = opened_queue(first)
    (line,) = outbox.lines()
    outbox.close()
    assert [part.kind for part in line.parts] == ["part", "application"]
    assert await delivered(first)
    record = records.decrypted(first.platform.ca_file.parents[1], id_of(sent))
    (page,) = (page for material in record["materials"] for page in material["pages"])
    assert records.page(first.platform.ca_file.parents[1], id_of(sent), page["part"]) == A_PAGE.jpeg


async def test_a_hall_that_has_not_chosen_it_prints_no_application(
    town: Town, sent: Session, tmp_path: Path
) -> None:
    settings = at(town, town.first, tmp_path / "first", "printer.restore_codes=false")
    slip = await applied(sent, settings)
    assert slip.restore_codes is None
    assert slip.statement is not None
    assert height_cm(paper(slip, settings)) < 32
    received = replace(slip, restore_codes=("HR1:0",), filing_no="33019900-20261121-000001")
    assert height_cm(paper(received, settings)) < 32, "what the platform has needs no codes"


def test_a_slip_says_received_with_the_statement_that_says_so(sent: Session) -> None:
    kept = advance(sent, ev.Kept("0001-261121-0001", "platform", NOW, "HT1:kept", ("HR1:A",)))
    received = advance(kept, ev.Received("33019900-20261121-000001", NOW, "HT1:received"))
    assert isinstance(kept.stage, Outcome)
    assert isinstance(received.stage, Outcome)
    assert (kept.stage.slip.statement, kept.stage.slip.restore_codes) == ("HT1:kept", ("HR1:A",))
    assert received.stage.slip.statement == "HT1:received"
