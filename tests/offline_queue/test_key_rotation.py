"""The platform changes its envelope key: earlier envelopes still open, and terminals learn the new one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from central_platform.contract import Refusal
from central_platform.envelope_keys import rotate
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.suites import HPKE, SM2, SuiteName
from central_platform.tables import open_database
from offline_queue.answers import LineDown
from offline_queue.contract_files import NotOfTheContract, canonical
from offline_queue.envelope_key import KEY_FILE, EnvelopeKeyWatch
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import EnvelopeKey, PlatformWord
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import TERMINAL, a_record, envelope_kid, new_id, sealed, terminal_key
from tests.offline_queue.wire import answer, lying_platform

NOW = datetime(2027, 1, 1, tzinfo=UTC)
PROMISED_S = 20.0


@pytest.fixture
def terminal(tmp_path: Path) -> Path:
    """What a terminal got before the platform's key was changed."""
    return made(tmp_path / "platform")


class Told:
    """What sessions hear."""

    def __init__(self) -> None:
        self.announcements: list[str] = []
        self.heard = asyncio.Event()

    def __call__(self, text: str) -> None:
        self.announcements.append(text)
        self.heard.set()


class Asked:
    """The platform's answers, one after the other; the last one again and again."""

    def __init__(self, *answers: EnvelopeKey | LineDown) -> None:
        self._answers = list(answers)
        self.count = 0

    async def __call__(self) -> EnvelopeKey | LineDown:
        self.count += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def watch(
    tmp_path: Path,
    terminal: Path,
    told: Told,
    asked: Asked,
    suite: SuiteName = HPKE,
    retry_s: float = 0.01,
) -> EnvelopeKeyWatch:
    return EnvelopeKeyWatch(
        tmp_path / KEY_FILE,
        PlatformWord.load(terminal / "receipt.pem"),
        asked,
        kid="envelope-20261122",
        suite=suite,
        on_change=told,
        retry_s=retry_s,
    )


def announcement(platform: Path) -> EnvelopeKey:
    """What a platform with the keys of this directory says."""
    body = canonical(Keyring.load(platform).announcement())
    return PlatformWord.load(platform / "terminal" / "receipt.pem").envelope_key(body)


@asynccontextmanager
async def at_work(watch: EnvelopeKeyWatch) -> AsyncIterator[None]:
    task = asyncio.create_task(watch.run())
    try:
        async with asyncio.timeout(PROMISED_S):
            yield
    finally:
        task.cancel()


# ---- the platform ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suite", [HPKE, SM2])
def test_what_was_sealed_before_still_opens_and_the_new_key_opens_what_comes(
    terminal: Path, suite: SuiteName
) -> None:
    directory = terminal.parent
    before = envelope_kid(terminal)
    earlier = sealed(a_record(first := new_id()), terminal)
    kids = [rotate(directory, suite, NOW), rotate(directory, suite, NOW)]
    assert kids == ["envelope-20270101", "envelope-20270101-2"]
    keyring = Keyring.load(directory)
    assert keyring.envelopes.kid == envelope_kid(terminal) == kids[-1] != before
    (terminal / "envelope.pem").write_text(keyring.envelopes.public)
    later = sealed(a_record(second := new_id()), terminal)
    engine = open_database(directory / "platform.db")
    platform = Platform(engine, keyring, lambda: NOW)
    for application_id, body in ((first, earlier), (second, later)):
        platform.receive(application_id, TERMINAL, terminal_key(terminal).sign(body), body)
    body = sealed(a_record(third := new_id()), terminal, kid="envelope-19990101")
    with pytest.raises(Refusal, match="key_unknown"):
        platform.receive(third, TERMINAL, terminal_key(terminal).sign(body), body)
    engine.dispose()


def test_a_platform_that_kept_its_one_key_in_the_old_way_goes_on(terminal: Path) -> None:
    directory = terminal.parent
    about = json.loads((directory / "platform" / "platform.json").read_bytes())
    earlier = sealed(a_record(new_id()), terminal)
    public = Keyring.load(directory).envelopes.public
    del about["envelope_keys"]
    (directory / "platform" / "platform.json").write_text(json.dumps(about))
    (directory / "platform" / "envelope.pem").unlink()
    (directory / "platform" / "audit.key").unlink()
    old = Keyring.load(directory)
    assert old.envelopes.public == public
    audit_key = old.audit_key
    rotate(directory, HPKE, NOW)
    new = Keyring.load(directory)
    assert new.audit_key == audit_key
    assert json.loads(new.decrypt(json.loads(earlier)))["terminal"] == TERMINAL


# ---- the terminal ----------------------------------------------------------------------------------------


async def test_a_terminal_learns_the_new_key_over_the_wire_and_remembers_it(
    terminal: Path, tmp_path: Path
) -> None:
    kid = rotate(terminal.parent, HPKE, NOW)
    told = Told()
    with running(terminal.parent) as port:
        client = PlatformClient(settings(terminal, port), terminal_key(terminal))
        status = await client.status("0" * 32)
        assert not isinstance(status, LineDown)
        assert status.envelope_kid == kid
        key = await client.envelope_key()
        assert isinstance(key, EnvelopeKey)
        await client.close()
    first = watch(tmp_path, terminal, told, Asked(key))
    async with at_work(first):
        assert first.announcement is None
        first.named(kid)
        await told.heard.wait()
    assert told.announcements == [first.announcement] == [key.text]
    after = watch(tmp_path, terminal, told, asked := Asked(LineDown("dns", reached=False)))
    assert after.announcement == key.text
    async with at_work(after):
        after.named(kid)
        await asyncio.sleep(0)
    assert asked.count == 0


async def test_the_settings_own_key_is_not_asked_for(terminal: Path, tmp_path: Path) -> None:
    asked = Asked(announcement(terminal.parent))
    known = watch(tmp_path, terminal, Told(), asked)
    async with at_work(known):
        known.named("envelope-20261122")
        await asyncio.sleep(0)
    assert asked.count == 0


async def test_a_key_that_cannot_be_had_is_asked_for_again_and_the_earlier_one_used(
    terminal: Path, tmp_path: Path
) -> None:
    earlier = announcement(terminal.parent)
    kid = rotate(terminal.parent, HPKE, NOW)
    told = Told()
    asked = Asked(LineDown("http_404", reached=True), earlier, announcement(terminal.parent))
    hoping = watch(tmp_path, terminal, told, asked)
    async with at_work(hoping):
        hoping.named(kid)
        await told.heard.wait()
    assert asked.count == 3
    assert [json.loads(text)["envelope_kid"] for text in told.announcements] == [kid]


async def test_when_the_key_in_use_is_withdrawn_nobody_waits_for_the_next_try(
    terminal: Path, tmp_path: Path
) -> None:
    kid = rotate(terminal.parent, HPKE, NOW)
    told = Told()
    asked = Asked(LineDown("http_404", reached=True), announcement(terminal.parent))
    patient = watch(tmp_path, terminal, told, asked, retry_s=3600)
    async with at_work(patient):
        patient.named(kid)
        while not asked.count:  # noqa: ASYNC110 - a refused question has no event
            await asyncio.sleep(0)
        assert patient.kids == {"envelope-20261122"}
        patient.hurry()
        await told.heard.wait()
    assert patient.kids == {"envelope-20261122", kid}


async def test_a_key_of_another_suite_is_not_passed_on(terminal: Path, tmp_path: Path) -> None:
    kid = rotate(terminal.parent, SM2, NOW)
    told, asked = Told(), Asked(announcement(terminal.parent))
    strict = watch(tmp_path, terminal, told, asked)
    async with at_work(strict):
        strict.named(kid)
        while not (tmp_path / KEY_FILE).exists():  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.01)
    assert told.announcements == []
    assert strict.announcement is None
    assert watch(tmp_path, terminal, told, asked).announcement is None
    assert watch(tmp_path, terminal, told, asked, SM2).announcement is not None


@pytest.mark.parametrize("damage", [b"", b"{}", b"rubbish \xff", None])
async def test_a_damaged_memory_is_no_key_and_the_next_status_mends_it(
    terminal: Path, tmp_path: Path, damage: bytes | None
) -> None:
    kid = rotate(terminal.parent, HPKE, NOW)
    key = announcement(terminal.parent)
    forged = json.loads(key.text) | {"envelope_kid": "envelope-20280101"}
    (tmp_path / KEY_FILE).write_bytes(canonical(forged) if damage is None else damage)
    told = Told()
    mended = watch(tmp_path, terminal, told, Asked(key))
    assert mended.announcement is None
    async with at_work(mended):
        mended.named(kid)
        await told.heard.wait()
    assert mended.announcement == key.text


@pytest.mark.parametrize("lie", ["another key", "another suite", "another name", "no signature", "a page"])
async def test_a_platform_that_lies_about_its_key_is_not_believed(terminal: Path, lie: str) -> None:
    said = json.loads(announcement(terminal.parent).text)
    other = Keyring.load(terminal.parent).receipt.public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    changed = {
        "another key": {"public_key": pem},
        "another suite": {"suite": SM2},
        "another name": {"envelope_kid": "envelope-20280101"},
        "no signature": {"signature": "A" * 86 + "=="},
        "a page": {"html": "<p>Welcome</p>"},
    }
    body = canonical(said | changed[lie])
    with pytest.raises(NotOfTheContract):
        PlatformWord.load(terminal / "receipt.pem").envelope_key(body)
    async with lying_platform(terminal.parent, lambda _head, _body: answer("200 OK", body)) as port:
        client = PlatformClient(settings(terminal, port), terminal_key(terminal))
        assert isinstance(await client.envelope_key(), LineDown)
        await client.close()
