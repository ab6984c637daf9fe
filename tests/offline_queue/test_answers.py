"""What counts as an answer of the platform, and what only looks like one."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from central_platform.opening import Keyring
from offline_queue.answers import (
    Later,
    LineDown,
    Parked,
    PartsMissing,
    Received,
    Response,
    read_follower,
    read_receipt,
    read_upload,
)
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import PlatformWord
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import Citizens, open_outbox, terminal_key
from tests.offline_queue.wire import answer, lying_platform

ID = "11111111-1111-4111-8111-111111111111"
OTHER_ID = "22222222-2222-4222-8222-222222222222"
SHA256 = "a" * 64


@pytest.fixture(scope="module")
def word(terminal: Path) -> PlatformWord:
    return PlatformWord.load(terminal / "receipt.pem")


def a_receipt(terminal: Path, **changes: str | int) -> dict[str, str | int]:
    fields: dict[str, str | int] = {
        "v": 1,
        "application_id": ID,
        "envelope_sha256": SHA256,
        "filing_no": "33010600-20261121-000123",
        "received_at": "2026-11-21T20:00:00+08:00",
    }
    return Keyring.load(terminal.parent).signed({**fields, **changes})


def read(word: PlatformWord, status: int, body: object) -> object:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_receipt(word, ID, SHA256, Response(status, raw))


@pytest.mark.parametrize("status", [200, 201])
def test_a_signed_receipt_for_these_bytes_is_the_only_success(
    word: PlatformWord, terminal: Path, status: int
) -> None:
    received = read(word, status, a_receipt(terminal))
    assert isinstance(received, Received)
    assert received.receipt.filing_no == "33010600-20261121-000123"


@pytest.mark.parametrize(
    "changes",
    [
        {"application_id": OTHER_ID},
        {"envelope_sha256": "b" * 64},
        {"filing_no": "soon"},
        {"received_at": "yesterday"},
        {"v": 2},
        {"accepted": "yes"},
    ],
)
def test_a_signed_receipt_for_anything_else_is_none(
    word: PlatformWord, terminal: Path, changes: dict[str, str | int]
) -> None:
    assert isinstance(read(word, 201, a_receipt(terminal, **changes)), LineDown)


@pytest.mark.parametrize("field", ["filing_no", "received_at", "kid", "signature"])
def test_a_receipt_changed_on_the_way_is_none(word: PlatformWord, terminal: Path, field: str) -> None:
    receipt = a_receipt(terminal)
    value = str(receipt[field])
    receipt[field] = (
        ("B" if value[0] == "A" else "A") + value[1:]
        if field in {"kid", "signature"}
        else (value.replace("2026", "2027"))
    )
    assert read(word, 201, receipt) == LineDown("receipt: not signed by the platform", reached=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome</html>",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" * 300 + b"]" * 300,
        b'"received"',
    ],
)
def test_anything_else_that_says_ok_is_a_stranger(word: PlatformWord, body: bytes) -> None:
    assert isinstance(read(word, 200, body), LineDown)
    assert isinstance(read_follower(word, "rating", ID, SHA256, Response(200, body)), LineDown)


@pytest.mark.parametrize("status", [301, 302, 307, 401, 403, 404, 407, 408, 429, 500, 502, 503, 504, 511])
def test_trouble_that_every_application_would_meet_pauses_the_line(word: PlatformWord, status: int) -> None:
    assert read(word, status, b"<html>") == LineDown(f"http_{status}", reached=True)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refusal_in_the_contracts_form_sets_one_application_aside(word: PlatformWord, status: int) -> None:
    problem = {"v": 1, "application_id": ID, "refused": "record_invalid", "detail": ""}
    assert read(word, status, problem) == Parked("record_invalid")


@pytest.mark.parametrize(
    "body",
    [b"<html>Bad request</html>", {"v": 1, "application_id": OTHER_ID, "refused": "too_large", "detail": ""}],
)
def test_a_refusal_by_something_in_between_sets_nothing_aside(word: PlatformWord, body: object) -> None:
    assert read(word, 422, body) == Later("http_422", explained=False)


def test_an_application_in_flight_waits(word: PlatformWord) -> None:
    assert read(word, 409, b"") == Later("http_409", explained=True)


def test_parts_are_missing_only_if_the_platform_says_so_of_this_application(word: PlatformWord) -> None:
    said = {"v": 1, "application_id": ID, "refused": "parts_missing", "detail": "1 of 2"}
    assert read(word, 409, said) == PartsMissing()
    assert read(word, 409, {**said, "application_id": OTHER_ID}) == Later("http_409", explained=True)
    assert read(word, 409, {**said, "refused": "in_flight"}) == Later("http_409", explained=True)


@pytest.mark.parametrize("status", [404, 405])
def test_a_platform_that_wants_no_audits_or_no_parts_stops_nothing_else(
    word: PlatformWord, status: int
) -> None:
    assert read_upload(ID, "0" * 64, 9, Response(status, b"")) == Later(f"http_{status}", explained=False)
    answer = read_follower(word, "audit", ID, SHA256, Response(status, b""))
    assert answer == Later(f"http_{status}", explained=False)


LIES = {
    "redirect": (answer("307 Temporary Redirect", b"", "Location: https://127.0.0.1:1/"), "http_307"),
    "no_answer": (b"", "broken_off"),
    "not_http": (b"220 smtp ready\r\n", "broken_off"),
    "half_an_answer": (b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{", "broken_off"),
    "endless_answer": (answer("200 OK", b" " * 70_000), "answer_too_long"),
    "busy": (answer("503 Service Unavailable", b"", "Retry-After: 7"), "http_503"),
    "compressed": (answer("200 OK", b"\x1f\x8b\x08", "Content-Encoding: gzip"), "receipt: not JSON"),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_lying_server_is_told_from_the_platform(
    tmp_path: Path, platform: RunningPlatform, lie: str
) -> None:
    said, cause = LIES[lie]
    outbox = open_outbox(tmp_path / "queue.db", platform.terminal)
    kept = Citizens(platform.terminal).apply(outbox)
    async with lying_platform(platform.directory, lambda _head, _body: said) as port:
        client = PlatformClient(settings(platform.terminal, port), terminal_key(platform.terminal))
        failure = await client.put_application(
            kept.application_id, outbox.delivery.sealed(kept.application_id)
        )
        await client.close()
    outbox.close()
    assert isinstance(failure, LineDown)
    assert failure.cause == cause
    assert failure.retry_after_s == (7.0 if lie == "busy" else None)


def test_half_a_character_in_a_receipt_is_no_text(word: PlatformWord, terminal: Path) -> None:
    body = json.dumps({**a_receipt(terminal), "kid": "\ud800"}).encode()
    assert read(word, 201, body) == LineDown("receipt: not JSON", reached=True)


async def test_an_old_answer_to_another_question_is_no_time(platform: RunningPlatform) -> None:
    client = PlatformClient(settings(platform.terminal, platform.port), terminal_key(platform.terminal))
    assert not isinstance(await client.status("0" * 32), LineDown)
    await client.close()
    recorded = Keyring.load(platform.directory).signed(
        {"v": 1, "nonce": "0" * 32, "time": "2001-01-01T00:00:00Z", "envelope_kid": "x"}
    )
    said = answer("200 OK", json.dumps(recorded).encode())
    async with lying_platform(platform.directory, lambda _head, _body: said) as port:
        client = PlatformClient(settings(platform.terminal, port), terminal_key(platform.terminal))
        old = await client.status("1" * 32)
        assert old == LineDown("status: an answer to another question", reached=True)
        await client.close()


async def test_a_server_that_never_speaks_is_given_up_in_time(platform: RunningPlatform) -> None:

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = PlatformClient(
        settings(platform.terminal, port, request_timeout_s=0.3), terminal_key(platform.terminal)
    )
    async with asyncio.timeout(5):
        assert await client.status("0" * 32) == LineDown("timeout", reached=False)
    await client.close()
    server.close()
    await server.wait_closed()
