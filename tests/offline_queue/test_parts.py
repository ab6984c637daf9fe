"""Pages go over as parts, in chunks: cut anywhere, killed anywhere, they arrive once and whole."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some

from central_platform import records
from central_platform.contract import Refusal
from central_platform.keys import init
from central_platform.opening import Keyring
from central_platform.parts import CHUNK_LIMIT, MOST_UNFILED, PART_LIMIT
from central_platform.receiving import Platform
from central_platform.suites import HPKE_HYBRID, SM2, SuiteName
from central_platform.tables import open_database
from offline_queue.answers import (
    Later,
    LineDown,
    Over,
    PartsMissing,
    Received,
    Response,
    Uploaded,
    read_upload,
)
from offline_queue.platform_client import LEAST_CHUNK_BYTES, MOST_CHUNK_BYTES, PlatformClient
from offline_queue.queue_values import Sealed, SealedPart
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import (
    TERMINAL,
    a_record,
    new_id,
    page,
    sealed,
    terminal_key,
    with_pages,
)
from tests.offline_queue.wire import answer, lossy_proxy, lying_platform

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Application:
    """A whole one, sealed."""

    id: str
    sealed: Sealed
    parts: list[SealedPart]
    jpegs: list[bytes]


def application(terminal: Path, *page_bytes: int, **changes: Any) -> Application:
    name, jpegs = new_id(), [page(each) for each in page_bytes]
    envelope, parts = with_pages({**a_record(name), **changes}, terminal, *jpegs)
    digest = hashlib.sha256(envelope).hexdigest()
    whole = Sealed(envelope, digest, terminal_key(terminal).sign(envelope))
    return Application(name, whole, [SealedPart(part, sha256) for sha256, part in parts.items()], jpegs)


@dataclass
class Counter:
    """A platform in this process, and one terminal that sends to it."""

    directory: Path
    platform: Platform

    @property
    def terminal(self) -> Path:
        return self.directory / "terminal"

    def chunk(self, name: str, part: SealedPart, offset: int, data: bytes) -> int:
        said = json.loads(
            self.platform.parts.take(
                name, TERMINAL, terminal_key(self.terminal).sign(data), data,
                sha256=part.sha256, offset=offset, length=len(part.sealed),
            )
        )  # fmt: skip
        assert (said["application_id"], said["sha256"]) == (name, part.sha256)
        return int(said["received"])

    def brings(self, applied: Application, *parts: SealedPart) -> None:
        for part in parts:
            assert self.chunk(applied.id, part, 0, part.sealed) == len(part.sealed)

    def finish(self, applied: Application) -> dict[str, Any]:
        envelope = applied.sealed.envelope
        signature = terminal_key(self.terminal).sign(envelope)
        receipt: dict[str, Any] = json.loads(
            self.platform.receive(applied.id, TERMINAL, signature, envelope).receipt
        )
        return receipt

    def refuses(self, applied: Application) -> str:
        with pytest.raises(Refusal) as caught:
            self.finish(applied)
        return caught.value.reason


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
def test_chunks_in_any_order_size_and_number_make_the_part_or_nothing(
    counter: Counter, data: some.DataObject
) -> None:
    """A model of what is there: chunks that leave no gap add, all others change nothing."""
    applied = application(counter.terminal, 500)
    (part,) = applied.parts
    whole, have = part.sealed, 0
    for _ in range(data.draw(some.integers(0, 8))):
        offset = data.draw(some.integers(0, len(whole)))
        chunk = whole[offset : offset + data.draw(some.integers(0, len(whole)))]
        if offset <= have < offset + len(chunk):
            have = offset + len(chunk)
        assert counter.chunk(applied.id, part, offset, chunk) == have
        if have < len(whole):
            assert counter.refuses(applied) == "parts_missing"
    assert counter.chunk(applied.id, part, have, whole[have:]) == len(whole)
    receipt = counter.finish(applied)
    assert counter.finish(applied) == receipt
    assert counter.chunk(applied.id, part, 0, b"") == len(whole)
    assert records.all_ids(counter.directory).count(applied.id) == 1
    assert records.page(counter.directory, applied.id, part.sha256) == applied.jpegs[0]


def test_the_receipt_is_given_only_when_every_part_is_there(counter: Counter) -> None:
    applied = application(counter.terminal, 300, 400, 500)
    for missing in (3, 2, 1):
        assert counter.refuses(applied) == "parts_missing"
        counter.brings(applied, applied.parts[3 - missing])
    assert counter.finish(applied)["application_id"] == applied.id


@pytest.mark.parametrize("suite", [HPKE_HYBRID, SM2])
def test_pages_are_sealed_with_every_suite(tmp_path: Path, suite: SuiteName) -> None:
    init(tmp_path, terminal_id=TERMINAL, suite=suite)
    engine = open_database(tmp_path / "platform.db")
    counter = Counter(tmp_path, Platform(engine, Keyring.load(tmp_path), lambda: NOW))
    applied = application(counter.terminal, 500)
    counter.brings(applied, *applied.parts)
    assert counter.finish(applied)["application_id"] == applied.id
    engine.dispose()


def test_bytes_that_are_not_the_ones_that_were_named_are_thrown_away(counter: Counter) -> None:
    applied = application(counter.terminal, 500)
    (part,) = applied.parts
    assert counter.chunk(applied.id, part, 0, part.sealed[:100]) == 100
    assert counter.chunk(applied.id, part, 100, bytes(len(part.sealed) - 100)) == 0
    assert counter.refuses(applied) == "parts_missing"
    counter.brings(applied, part)
    assert counter.finish(applied)["application_id"] == applied.id


def spoilt(terminal: Path) -> dict[str, tuple[Application, str]]:
    """Applications whose parts are not what they should be, and why each is refused."""
    other = application(terminal, 300)
    record = a_record(new_id())
    jpeg = page(100)
    content = bytes(32) + jpeg

    def with_part(part: bytes, jpeg: bytes = jpeg, listed: bytes | None = None) -> Application:
        entry = {"width_px": 1, "height_px": 1, "dpi": 200, "part": hashlib.sha256(part).hexdigest()}
        pages = [{**entry, "sha256": hashlib.sha256(jpeg).hexdigest()}]
        material = {"id": "lease", "name_zh": "租赁合同", "obtained": "scan", "trust": "C", "pages": pages}
        sent = listed or part
        envelope = sealed({**record, "materials": [material]}, terminal, parts=[sent])
        whole = Sealed(envelope, hashlib.sha256(envelope).hexdigest(), "")
        return Application(
            record["application_id"], whole, [SealedPart(sent, hashlib.sha256(sent).hexdigest())], [jpeg]
        )

    def part(kid: str | None = None, **header: str) -> bytes:
        return sealed(record, terminal, content=content, kid=kid, header=header)

    right = json.loads(part())
    cut = json.dumps({**right, "ciphertext": "AAAA" + right["ciphertext"]}).encode()
    renamed = json.dumps({**right, "item_version": "2"}).encode()
    return {
        "of another application": (with_part(other.parts[0].sealed, other.jpegs[0]), "record_differs"),
        "another page than the record says": (with_part(part(), page(100)), "content_mismatch"),
        "a whole record": (with_part(sealed(record, terminal)), "bad_envelope"),
        "no envelope": (with_part(b"x" * 500), "bad_envelope"),
        "sealed to nobody": (with_part(part(kid="x")), "key_unknown"),
        "a changed header": (with_part(renamed), "record_differs"),
        "a changed ciphertext": (with_part(cut), "not_decryptable"),
        "listed, not named": (with_part(part(), listed=part()), "record_differs"),
        "of another terminal": (with_part(part(terminal="HALL-0002")), "record_differs"),
        "of another matter": (with_part(part(item="another")), "record_differs"),
    }


def test_what_is_not_the_page_that_the_record_names_gets_no_receipt(counter: Counter) -> None:
    for what, (applied, reason) in spoilt(counter.terminal).items():
        counter.brings(applied, *applied.parts)
        assert (what, counter.refuses(applied)) == (what, reason)


def test_a_believer_in_hashes_would_take_a_page_that_nobody_can_read(counter: Counter) -> None:
    """The weakened variant: a part that has arrived is a part that opens."""
    applied = spoilt(counter.terminal)["a changed ciphertext"][0]
    counter.brings(applied, *applied.parts)  # as a believer would: all bytes are there
    assert counter.refuses(applied) == "not_decryptable"


def test_a_part_is_no_application(counter: Counter) -> None:
    applied = application(counter.terminal, 300)
    part = applied.parts[0].sealed
    assert counter.refuses(replace(applied, sealed=Sealed(part, "", ""))) == "bad_envelope"


def test_parts_that_nobody_finishes_do_not_fill_the_platform(counter: Counter) -> None:
    filed = application(counter.terminal, 100)
    counter.brings(filed, *filed.parts)
    receipt = counter.finish(filed)
    begun = [application(counter.terminal, 10) for _ in range(MOST_UNFILED + 1)]
    for applied in begun:
        assert counter.chunk(applied.id, applied.parts[0], 0, applied.parts[0].sealed[:10]) == 10
    assert [counter.chunk(each.id, each.parts[0], 0, b"") for each in begun[-2:]] == [10, 10]
    assert counter.chunk(begun[0].id, begun[0].parts[0], 0, b"") == 0
    assert counter.finish(filed) == receipt
    assert records.page(counter.directory, filed.id, filed.parts[0].sha256) == filed.jpegs[0]


def test_what_no_right_terminal_sends_is_refused(counter: Counter) -> None:
    applied = application(counter.terminal, 100)
    (part,) = applied.parts
    key = terminal_key(counter.terminal)
    length = len(part.sealed)
    for terminal, signature, body, offset, whole, reason in (
        ("HALL-0002", key.sign(b"x"), b"x", 0, length, "terminal_unknown"),
        (TERMINAL, key.sign(b"y"), b"x", 0, length, "signature_wrong"),
        (TERMINAL, key.sign(b"x"), b"x", length, length, "malformed"),
        (TERMINAL, key.sign(b"x"), b"x", 0, PART_LIMIT + 1, "too_large"),
        (TERMINAL, key.sign(bytes(CHUNK_LIMIT + 1)), bytes(CHUNK_LIMIT + 1), 0, PART_LIMIT, "too_large"),
    ):
        with pytest.raises(Refusal) as caught:
            counter.platform.parts.take(
                applied.id, terminal, signature, body, sha256=part.sha256, offset=offset, length=whole
            )
        assert caught.value.reason == reason


# ---- over the wire ---------------------------------------------------------------------------------------


def client_to(terminal: Path, port: int) -> PlatformClient:
    return PlatformClient(settings(terminal, port), terminal_key(terminal))


async def send(client: PlatformClient, applied: Application) -> object:
    """All of it, in its order; gives the first failure, or what the application got."""
    for part in applied.parts:
        over = await client.put_part(applied.id, part)
        if not isinstance(over, Over):
            return over
    return await client.put_application(applied.id, applied.sealed)


async def cut_at(places: list[int], platform: RunningPlatform) -> None:
    """Cut each exchange once, after so many bytes of a connection; then let it through."""
    async with lossy_proxy(platform.port) as (proxy, port):
        client = client_to(platform.terminal, port)
        for place in places:
            applied = application(platform.terminal, 200_000)
            proxy.cuts_above = place
            first = await send(client, applied)
            assert isinstance(first, LineDown | Received), (place, first)
            proxy.cuts_above = None
            again = await send(client, applied)
            assert isinstance(again, Received), (place, again)
            assert isinstance(first, LineDown) or first.receipt == again.receipt
            assert records.all_ids(platform.directory).count(applied.id) == 1
        await client.close()


def places(count: int) -> list[int]:
    """From the first byte of a handshake to behind the last chunk's end, by chance but seeded."""
    dice = random.Random(20261122)  # noqa: S311 - the same in every run
    return [dice.randrange(500_000) for _ in range(count // 2)] + [
        dice.randrange(8_000) for _ in range(count - count // 2)
    ]


async def test_a_part_that_is_cut_after_any_byte_arrives_once_and_whole(platform: RunningPlatform) -> None:
    await cut_at(places(8), platform)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_a_part_that_is_cut_at_a_thousand_places_arrives_once_and_whole(
    platform: RunningPlatform,
) -> None:
    await cut_at([*range(0, 8_000, 9), *places(200)], platform)


async def test_a_part_goes_on_where_it_was_cut_and_with_smaller_chunks(platform: RunningPlatform) -> None:
    async with lossy_proxy(platform.port) as (proxy, port):
        client = client_to(platform.terminal, port)
        applied = application(platform.terminal, MOST_CHUNK_BYTES // 2)
        proxy.cuts_above = 100_000  # as a whole, or begun anew each time, it would never come through
        assert isinstance(await send(client, applied), Received)
        proxy.cuts_above = LEAST_CHUNK_BYTES - 2048
        too_much = application(platform.terminal, MOST_CHUNK_BYTES // 2)
        assert isinstance(await send(client, too_much), LineDown)
        await client.close()
    ids = records.all_ids(platform.directory)
    assert (ids.count(applied.id), ids.count(too_much.id)) == (1, 0)


async def test_a_platform_that_is_killed_in_the_middle_goes_on_where_it_was(tmp_path: Path) -> None:
    terminal = made(tmp_path)
    applied = application(terminal, 100_000)
    (part,) = applied.parts
    whole, half = part.sealed, len(part.sealed) // 2
    with running(tmp_path) as port:
        client = client_to(terminal, port)
        path = f"/v1/applications/{applied.id}/parts/{part.sha256}?offset=0&length={len(whole)}"
        response = await client._line.send("PUT", path, whole[:half])
        assert isinstance(response, Response)
        assert read_upload(applied.id, part.sha256, len(whole), response) == Uploaded(half)
        await client.close()
    with running(tmp_path) as there:  # another process
        async with lossy_proxy(there) as (proxy, port):
            client = client_to(terminal, port)
            assert isinstance(await client.put_application(applied.id, applied.sealed), PartsMissing)
            assert isinstance(await send(client, applied), Received)
            await client.close()
        assert proxy.connections == 1  # for too early, how much is there, the rest, and the application
        assert (
            len(whole) - half
            < proxy.bytes_there
            < len(whole) - half + 2 * len(applied.sealed.envelope) + 10_000
        )
    assert records.all_ids(tmp_path) == [applied.id]


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ({"received": 10**9}, "upload: $.received: maximum"),
        ({"sha256": "0" * 64, "received": 0}, "upload: of another part"),
        ({"application_id": "00000000-0000-4000-8000-000000000000", "received": 0}, "upload: of another"),
        ({"received": -1}, "upload: $.received: minimum"),
        ({"received": 0, "html": ""}, "upload: $: additionalProperties"),
        ({"received": 0}, "part_thrown_away"),
    ],
)
async def test_an_answer_that_is_none_ends_the_upload_and_nothing_is_claimed(
    platform: RunningPlatform, said: dict[str, Any], cause: str
) -> None:
    applied = application(platform.terminal, 1000)
    (part,) = applied.parts
    body = json.dumps({"v": 1, "application_id": applied.id, "sha256": part.sha256, **said}).encode()
    async with lying_platform(platform.directory, lambda _head, _body: answer("200 OK", body)) as port:
        client = client_to(platform.terminal, port)
        async with asyncio.timeout(20):
            failure = await client.put_part(applied.id, part)
        await client.close()
    assert isinstance(failure, LineDown | Later)
    assert failure.cause.startswith(cause)
