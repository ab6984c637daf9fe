"""The terminal's certificate is renewed by itself, and never lost over it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from structlog.testing import capture_logs

from central_platform.certificates import TERMINAL_DAYS, Authority
from central_platform.contract import Refusal, canonical
from central_platform.issuing import Issuer
from central_platform.opening import Keyring
from central_platform.renewing import Renewing
from central_platform.revocation import revoke
from config.client_certificate import RENEWED, in_use, read_pair
from offline_queue.answers import LineDown, Received
from offline_queue.client_keys import new_client_key, signing_request
from offline_queue.platform_client import PlatformClient
from offline_queue.queue_values import Sealed
from offline_queue.renewal import LOOK_S, Renewal, words_of
from tests.offline_queue.inviting import aged, now
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key
from tests.offline_queue.wire import answer, lying_platform

OTHER = "HALL-0002"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """What a terminal was given, and the port of the platform that runs."""
    terminal = made(tmp_path_factory.mktemp("renewing"))
    with running(terminal.parent) as port:
        yield terminal, port


@asynccontextmanager
async def at_work(
    terminal: Path, port: int, state: Path, *, online: bool = True
) -> AsyncIterator[tuple[PlatformClient, Renewal]]:
    client = PlatformClient(settings(terminal, port), terminal_key(terminal), state)
    renewal = Renewal(
        client, TERMINAL, state, now=now, random=lambda: 1.0, nonce=lambda: "0" * 32, online=lambda: online
    )
    try:
        yield client, renewal
    finally:
        await client.close()


async def sent(client: PlatformClient, terminal: Path) -> object:
    name = new_id()
    envelope = sealed(a_record(name), terminal)
    return await client.put_application(name, Sealed(envelope, hashlib.sha256(envelope).hexdigest(), ""))


async def test_a_running_client_is_known_by_the_new_certificate_and_so_is_the_next(
    hall: tuple[Path, int], tmp_path: Path
) -> None:
    terminal, port = hall
    aged(terminal, TERMINAL_DAYS * 0.7)
    async with at_work(terminal, port, tmp_path) as (client, renewal):
        before = client.certificate
        assert renewal.health().standing == "renewal_due"
        assert await renewal.look() == LOOK_S
        assert client.certificate == read_pair(tmp_path / RENEWED) != before
        assert stat.S_IMODE((tmp_path / RENEWED).stat().st_mode) == 0o600
        assert renewal.health().standing == "good"
        assert not (tmp_path / RENEWED).with_suffix(".untried").exists()
        async with at_work(terminal, port, tmp_path / "of_before") as (old, _):
            assert old.certificate == before
            assert isinstance(await sent(old, terminal), Received)
            revoke(terminal.parent, before.file, now())
            assert await sent(old, terminal) == LineDown("certificate_revoked", reached=True)
        # Whoever still used the old one would now be refused.
        assert isinstance(await sent(client, terminal), Received)
    async with at_work(terminal, port, tmp_path) as (restarted, _):
        assert restarted.certificate.file == tmp_path / RENEWED
        assert isinstance(await sent(restarted, terminal), Received)


@pytest.mark.parametrize(("age", "online"), [(0.6, "yes"), (0.7, "no"), (1.1, "yes")])
async def test_nothing_is_asked_too_early_too_late_or_with_nobody_there(
    hall: tuple[Path, int], tmp_path: Path, age: float, online: str
) -> None:
    terminal, _ = hall
    aged(terminal, TERMINAL_DAYS * age)
    async with at_work(terminal, 9, tmp_path, online=online == "yes") as (client, renewal):
        before = client.certificate
        assert await renewal.look() == LOOK_S
        assert renewal.health().failure == ""
        assert client.certificate == before


async def test_a_failed_renewal_is_said_and_tried_again_later_and_later(
    hall: tuple[Path, int], tmp_path: Path
) -> None:
    terminal, _ = hall
    aged(terminal, TERMINAL_DAYS * 0.7)
    with capture_logs() as log:
        async with at_work(terminal, 9, tmp_path) as (client, renewal):
            waits = [await renewal.look() for _ in range(15)]
            assert waits == sorted(waits)
            assert waits[-1] == LOOK_S
            assert renewal.health().failure == "refused"
            assert client.certificate.standing(now()) == "renewal_due"
    assert [line["event"] for line in log] == ["certificate_not_renewed"]


async def test_it_is_renewed_when_the_line_is_back(hall: tuple[Path, int], tmp_path: Path) -> None:
    terminal, port = hall
    aged(terminal, TERMINAL_DAYS * 0.7)
    client = PlatformClient(settings(terminal, port), terminal_key(terminal), tmp_path)
    renewal = Renewal(
        client, TERMINAL, tmp_path, now=now, random=lambda: 0.0, nonce=lambda: "0" * 32, online=lambda: True
    )
    looking = asyncio.create_task(renewal.run())
    renewal.line_back()
    async with asyncio.timeout(20):
        while renewal.health().standing != "good":  # noqa: ASYNC110 — the platform is another process
            await asyncio.sleep(0.01)
    looking.cancel()
    await client.close()


async def test_the_last_week_and_the_end_are_said_once(hall: tuple[Path, int], tmp_path: Path) -> None:
    terminal, port = hall
    events = []
    for days in (TERMINAL_DAYS - 2, TERMINAL_DAYS + 1):
        aged(terminal, days)
        with capture_logs() as log:
            async with at_work(terminal, port, tmp_path, online=False) as (client, renewal):
                await renewal.look()
                await renewal.look()
                ended = await client.status("0" * 32)
        events += [(line["event"], line["reason"]) for line in log]
    assert events == [("certificate_ending", "never_online"), ("certificate_ended", "never_online")]
    assert ended == LineDown("certificate_expired", reached=False)


async def test_a_renewed_certificate_that_is_damaged_is_said_and_the_one_before_used(
    hall: tuple[Path, int], tmp_path: Path
) -> None:
    terminal, port = hall
    aged(terminal, 1)
    (tmp_path / RENEWED).write_bytes((terminal / "client.pem").read_bytes())
    with capture_logs() as log:
        async with at_work(terminal, port, tmp_path) as (client, renewal):
            looking = asyncio.create_task(renewal.run())
            await asyncio.sleep(0)
            looking.cancel()
            assert client.certificate.file == terminal / "client.pem"
            assert isinstance(await sent(client, terminal), Received)
    assert [line["event"] for line in log] == ["certificate_lost"]


async def test_a_terminal_enrolled_anew_uses_its_new_certificate(
    hall: tuple[Path, int], tmp_path: Path
) -> None:
    terminal, port = hall
    aged(terminal, TERMINAL_DAYS * 0.7)
    async with at_work(terminal, port, tmp_path) as (_, renewal):
        await renewal.look()
    assert in_use(settings(terminal, port), tmp_path).file == tmp_path / RENEWED
    aged(terminal, -1 / 24)
    assert in_use(settings(terminal, port), tmp_path).file == terminal / "client.pem"


def signed_answer(terminal: Path, body: bytes, **changes: str) -> bytes:
    """What the platform would answer, with something else in it, and signed all the same."""
    request = json.loads(body)["request"]
    key = x509.load_pem_x509_csr(request.encode()).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    keyring = Keyring.load(terminal.parent)
    fields: dict[str, Any] = {
        "v": 1,
        "kind": "certificate",
        "terminal": TERMINAL,
        "request_sha256": hashlib.sha256(request.encode()).hexdigest(),
        "certificate": keyring.issuer.issue(key, TERMINAL, now()),
    }
    return canonical(keyring.signed({**fields, **changes}))


def of_a_stranger(body: bytes) -> str:
    """A certificate for the right key and name, of an authority that nobody knows."""
    key = x509.load_pem_x509_csr(json.loads(body)["request"].encode()).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    certificate = Authority.made("Hall platform: terminals", now()).terminal(key, TERMINAL, now())
    return certificate.public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("an error", "http_500"),
        ("a page", "certificate: not JSON"),
        ("another request", "certificate: an answer to another request"),
        ("no signature", "certificate: not signed by the platform"),
        ("another key", "another_certificate"),
        ("another terminal", "another_certificate"),
        ("nobody lets it in", "broken_off"),
    ],
)
async def test_a_certificate_that_does_not_work_is_never_taken_up(
    hall: tuple[Path, int], tmp_path: Path, lie: str, reason: str
) -> None:
    terminal, _ = hall
    aged(terminal, TERMINAL_DAYS * 0.7)
    issuer = Issuer.load(terminal.parent / "platform")

    def lied(_head: bytes, body: bytes) -> bytes:
        other_key = new_client_key().public_key()
        own_key = x509.load_pem_x509_csr(json.loads(body)["request"].encode()).public_key()
        assert isinstance(own_key, ec.EllipticCurvePublicKey)
        changes = {
            "another request": {"request_sha256": "0" * 64},
            "another key": {"certificate": issuer.issue(other_key, TERMINAL, now())},
            "another terminal": {"certificate": issuer.issue(own_key, OTHER, now())},
            "nobody lets it in": {"certificate": of_a_stranger(body)},
        }
        said = signed_answer(terminal, body, **changes.get(lie, {}))
        if lie == "no signature":
            said = canonical(json.loads(said) | {"signature": "A" * 86 + "=="})
        if lie == "an error":
            return answer("500 Oops", b"")
        return answer("200 OK", b"<html>" if lie == "a page" else said)

    async with (
        lying_platform(terminal.parent, lied) as port,
        at_work(terminal, port, tmp_path) as (client, renewal),
    ):
        before = client.certificate
        assert await renewal.look() < LOOK_S
        assert renewal.health().failure in {reason, "tls"}
        assert client.certificate == before
    assert not (tmp_path / RENEWED).exists()


def test_nobody_is_vouched_for_under_anothers_name_or_with_the_same_key(hall: tuple[Path, int]) -> None:
    terminal, _ = hall
    keyring = Keyring.load(terminal.parent)
    renewing, mine = Renewing(keyring, now), terminal_key(terminal)
    key = new_client_key()
    present = keyring.issuer.authority.terminal(key.public_key(), TERMINAL, now())
    others = keyring.issuer.authority.terminal(key.public_key(), OTHER, now())

    def refused(by: x509.Certificate | None, name: str, request: str) -> str:
        body = canonical({"v": 1, "terminal": name, "request": request})
        with pytest.raises(Refusal) as refusal:
            renewing.answer(by, TERMINAL, mine.sign(body), body)
        return refusal.value.reason

    fresh = signing_request(TERMINAL, new_client_key())
    assert refused(others, TERMINAL, fresh) == "terminal_mismatch"
    assert refused(None, TERMINAL, fresh) == "terminal_mismatch"
    assert refused(present, OTHER, fresh) == "terminal_mismatch"
    assert refused(present, TERMINAL, signing_request(OTHER, new_client_key())) == "terminal_mismatch"
    assert refused(present, TERMINAL, signing_request(TERMINAL, key)) == "bad_request"
    assert refused(present, TERMINAL, fresh.replace("M", "N")) == "bad_request"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (10, "renewed by itself from"),
        (65, "is renewed as soon"),
        (88, "ENDS in"),
        (91, "Ask the platform's operator for an invitation with --again"),
    ],
)
def test_what_check_says_of_the_certificate(hall: tuple[Path, int], days: int, words: str) -> None:
    terminal, port = hall
    aged(terminal, days)
    said, works = words_of(in_use(settings(terminal, port), None), now())
    assert words in said
    assert works is (days < TERMINAL_DAYS)
