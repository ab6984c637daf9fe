"""Large envelopes go over in chunks: cut anywhere, killed anywhere, they arrive once and whole."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some

from central_platform import records
from central_platform.contract import Refusal
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from central_platform.uploads import CHUNK_LIMIT, MOST_UPLOADS, Uploads
from offline_queue.answers import Later, LineDown, Received, Response, Uploaded, read_upload
from offline_queue.platform_client import LEAST_CHUNK_BYTES, WHOLE_BYTES, PlatformClient
from offline_queue.queue_values import Sealed
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key
from tests.offline_queue.wire import answer, lossy_proxy, lying_platform

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def large(terminal: Path, more_bytes: int = WHOLE_BYTES) -> tuple[str, Sealed]:
    """An application with a page of so many bytes."""
    application_id = new_id()
    record = a_record(application_id)
    if more_bytes:
        record["form"]["pdf_base64"] = base64.b64encode(os.urandom(more_bytes * 9 // 16)).decode()
    envelope = sealed(record, terminal)
    digest = hashlib.sha256(envelope).hexdigest()
    return application_id, Sealed(envelope, digest, terminal_key(terminal).sign(envelope), None)


@dataclass
class Counter:
    """A platform in this process, and one terminal that sends chunks to it."""

    directory: Path
    platform: Platform

    def chunk(self, application_id: str, sealed: Sealed, offset: int, data: bytes) -> int:
        key = terminal_key(self.directory / "terminal")
        length = len(sealed.envelope)
        said = json.loads(
            self.platform.uploads.take(
                application_id, TERMINAL, key.sign(data), data,
                sha256=sealed.envelope_sha256, offset=offset, length=length,
            )
        )  # fmt: skip
        assert (said["application_id"], said["sha256"]) == (application_id, sealed.envelope_sha256)
        return int(said["received"])

    def finish(self, application_id: str, sealed: Sealed) -> dict[str, Any]:
        signature = terminal_key(self.directory / "terminal").sign(sealed.envelope)
        received = self.platform.receive_uploaded(application_id, TERMINAL, signature, sealed.envelope_sha256)
        receipt: dict[str, Any] = json.loads(received.receipt)
        return receipt


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    engine = open_database(directory / "platform.db")
    yield Counter(directory, Platform(engine, Keyring.load(directory), lambda: NOW))
    engine.dispose()


# ---- the platform's side ---------------------------------------------------------------------------------


@trying(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_chunks_in_any_order_size_and_number_make_the_envelope_or_nothing(
    counter: Counter, data: some.DataObject
) -> None:
    """A model of what is there: chunks that leave no gap add, all others change nothing."""
    application_id, envelope = large(counter.directory / "terminal", 0)
    whole, have = envelope.envelope, 0
    for _ in range(data.draw(some.integers(0, 8))):
        offset = data.draw(some.integers(0, len(whole)))
        chunk = whole[offset : offset + data.draw(some.integers(0, len(whole)))]
        if offset <= have < offset + len(chunk):
            have = offset + len(chunk)
        assert counter.chunk(application_id, envelope, offset, chunk) == have
        if have < len(whole):
            with pytest.raises(Refusal, match="in_flight"):
                counter.finish(application_id, envelope)
    assert counter.chunk(application_id, envelope, have, whole[have:]) == len(whole)
    receipt = counter.finish(application_id, envelope)
    assert counter.finish(application_id, envelope) == receipt
    # What was received needs no upload any more.
    assert counter.chunk(application_id, envelope, 0, b"") == len(whole)
    assert records.all_ids(counter.directory).count(application_id) == 1


def test_bytes_that_are_not_the_ones_that_were_named_are_thrown_away(counter: Counter) -> None:
    application_id, envelope = large(counter.directory / "terminal", 0)
    whole = envelope.envelope
    assert counter.chunk(application_id, envelope, 0, whole[:100]) == 100
    assert counter.chunk(application_id, envelope, 100, bytes(len(whole) - 100)) == 0
    with pytest.raises(Refusal, match="in_flight"):
        counter.finish(application_id, envelope)
    assert counter.chunk(application_id, envelope, 0, whole) == len(whole)
    assert counter.finish(application_id, envelope)["application_id"] == application_id


def test_a_believer_in_lengths_would_take_what_was_never_sealed(counter: Counter) -> None:
    """The weakened variant: without the hash, any bytes of the right length are an upload."""
    application_id, envelope = large(counter.directory / "terminal", 0)
    junk = bytes(len(envelope.envelope))
    fitting = Sealed(junk, hashlib.sha256(junk).hexdigest(), "", None)
    assert counter.chunk(application_id, fitting, 0, junk) == len(junk)
    with pytest.raises(Refusal, match="signature_wrong"):
        counter.finish(application_id, Sealed(envelope.envelope, fitting.envelope_sha256, "", None))
    assert counter.chunk(application_id, envelope, 0, junk) == 0


def test_uploads_that_nobody_finishes_do_not_fill_the_platform(counter: Counter) -> None:
    begun = [large(counter.directory / "terminal", 0) for _ in range(MOST_UPLOADS + 1)]
    for application_id, envelope in begun:
        assert counter.chunk(application_id, envelope, 0, envelope.envelope[:10]) == 10
    assert [counter.chunk(*each, 0, b"") for each in begun[-2:]] == [10, 10]
    assert counter.chunk(*begun[0], 0, b"") == 0


def test_what_no_right_terminal_sends_is_refused(counter: Counter) -> None:
    application_id, envelope = large(counter.directory / "terminal", 0)
    uploads: Uploads = counter.platform.uploads
    digest, length = envelope.envelope_sha256, len(envelope.envelope)
    key = terminal_key(counter.directory / "terminal")
    for terminal, signature, body, offset, reason in (
        ("HALL-0002", key.sign(b"x"), b"x", 0, "terminal_unknown"),
        (TERMINAL, key.sign(b"y"), b"x", 0, "signature_wrong"),
        (TERMINAL, key.sign(b"x"), b"x", length, "malformed"),
        (TERMINAL, key.sign(bytes(CHUNK_LIMIT + 1)), bytes(CHUNK_LIMIT + 1), 0, "too_large"),
    ):
        with pytest.raises(Refusal) as caught:
            uploads.take(
                application_id, terminal, signature, body, sha256=digest, offset=offset, length=length
            )
        assert caught.value.reason == reason
    with pytest.raises(Refusal, match="terminal_unknown"):
        counter.platform.receive_uploaded(application_id, "HALL-0002", key.sign(b""), digest)


# ---- over the wire ---------------------------------------------------------------------------------------


def client_to(terminal: Path, port: int) -> PlatformClient:
    return PlatformClient(settings(terminal, port), terminal_key(terminal))


async def cut_at(places: list[int], platform: RunningPlatform) -> None:
    """Cut each exchange once, after so many bytes of a connection; then let it through."""
    async with lossy_proxy(platform.port) as (proxy, port):
        client = client_to(platform.terminal, port)
        for place in places:
            application_id, envelope = large(platform.terminal)
            proxy.cuts_above = place
            first = await client.put_application(application_id, envelope)
            assert isinstance(first, LineDown | Received), (place, first)
            proxy.cuts_above = None
            again = await client.put_application(application_id, envelope)
            assert isinstance(again, Received), (place, again)
            assert isinstance(first, LineDown) or first.receipt == again.receipt
            assert records.all_ids(platform.directory).count(application_id) == 1
        await client.close()


def places(count: int) -> list[int]:
    """From the first byte of a handshake to behind the last chunk's end, by chance but seeded."""
    dice = random.Random(20261122)  # noqa: S311 - the same in every run
    return [dice.randrange(2 * WHOLE_BYTES) for _ in range(count // 2)] + [
        dice.randrange(8_000) for _ in range(count - count // 2)
    ]


async def test_an_upload_that_is_cut_after_any_byte_arrives_once_and_whole(platform: RunningPlatform) -> None:
    await cut_at(places(8), platform)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_an_upload_that_is_cut_at_a_thousand_places_arrives_once_and_whole(
    platform: RunningPlatform,
) -> None:
    await cut_at([*range(0, 8_000, 9), *places(200)], platform)


async def test_an_upload_goes_on_where_it_was_cut_and_with_smaller_chunks(platform: RunningPlatform) -> None:
    async with lossy_proxy(platform.port) as (proxy, port):
        client = client_to(platform.terminal, port)
        application_id, envelope = large(platform.terminal)
        proxy.cuts_above = 100_000  # as a whole, or begun anew each time, it would never come through
        assert isinstance(await client.put_application(application_id, envelope), Received)
        proxy.cuts_above = LEAST_CHUNK_BYTES - 2048
        other, too_much = large(platform.terminal)
        assert isinstance(await client.put_application(other, too_much), LineDown)
        await client.close()
    ids = records.all_ids(platform.directory)
    assert (ids.count(application_id), ids.count(other)) == (1, 0)


async def test_a_platform_that_is_killed_in_the_middle_goes_on_where_it_was(tmp_path: Path) -> None:
    terminal = made(tmp_path)
    application_id, envelope = large(terminal)
    whole, digest = envelope.envelope, envelope.envelope_sha256
    half = len(whole) // 2
    with running(tmp_path) as port:
        client = client_to(terminal, port)
        query = f"sha256={digest}&offset=0&length={len(whole)}"
        path = f"/v1/applications/{application_id}/upload?{query}"
        response = await client._send("PUT", path, whole[:half])
        assert isinstance(response, Response)
        assert read_upload(application_id, digest, len(whole), response) == Uploaded(half)
        await client.close()
    with running(tmp_path) as there:  # another process
        async with lossy_proxy(there) as (proxy, port):
            client = client_to(terminal, port)
            assert isinstance(await client.put_application(application_id, envelope), Received)
            await client.close()
        assert proxy.connections == 1  # for how much is there, the rest, and the application
        assert len(whole) - half < proxy.bytes_there < len(whole) - half + 10_000
    assert records.all_ids(tmp_path) == [application_id]


async def test_a_platform_that_takes_no_chunks_gets_the_envelope_whole(platform: RunningPlatform) -> None:
    application_id, envelope = large(platform.terminal)
    asked: list[tuple[str, int]] = []

    def lie(head: bytes, body: bytes) -> bytes:
        path = head.split(b" ")[1].decode().partition("?")[0]
        asked.append((path, len(body)))
        return answer("404 Not Found" if path.endswith("/upload") else "503 Busy", b"{}")

    async with lying_platform(platform.directory, lie) as port:
        client = client_to(platform.terminal, port)
        assert await client.put_application(application_id, envelope) == LineDown("http_503", reached=True)
        await client.close()
    address = f"/v1/applications/{application_id}"
    assert asked == [(f"{address}/upload", 0), (address, len(envelope.envelope))]


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ({"received": 10**9}, "upload: $.received: maximum"),
        ({"sha256": "0" * 64, "received": 0}, "upload: of another envelope"),
        ({"application_id": "00000000-0000-4000-8000-000000000000", "received": 0}, "upload: of another"),
        ({"received": -1}, "upload: $.received: minimum"),
        ({"received": 0, "html": ""}, "upload: $: additionalProperties"),
        ({"received": 0}, "upload_thrown_away"),
    ],
)
async def test_an_answer_that_is_none_ends_the_upload_and_nothing_is_claimed(
    platform: RunningPlatform, said: dict[str, Any], cause: str
) -> None:
    application_id, envelope = large(platform.terminal)
    frame = {"v": 1, "application_id": application_id, "sha256": envelope.envelope_sha256}
    body = json.dumps({**frame, **said}).encode()
    async with lying_platform(platform.directory, lambda _head, _body: answer("200 OK", body)) as port:
        client = client_to(platform.terminal, port)
        failure = await asyncio.wait_for(client.put_application(application_id, envelope), 20)
        await client.close()
    assert isinstance(failure, LineDown | Later)
    assert failure.cause.startswith(cause)
