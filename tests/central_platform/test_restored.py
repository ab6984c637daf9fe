"""Applications from a slip: one with the whole one they stand for, and nothing else under its id."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from central_platform import records
from central_platform.compact import LONGEST, expand
from central_platform.contract import Refusal
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from kiosk.session.restore_codes import compact_content, dictionary
from kiosk.session.sealing import load_platform_key, seal
from offline_queue.signing import TerminalKey
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, a_record, envelope_kid, new_id, sealed, terminal_key

OTHER = TerminalKey("HALL-0002", Ed25519PrivateKey.generate())


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    return directory


@pytest.fixture(scope="module")
def platform(directory: Path) -> Iterator[Platform]:
    engine = open_database(directory / "platform.db")
    keyring = Keyring.load(directory)
    keyring.terminals[OTHER.terminal_id] = OTHER._key.public_key()
    yield Platform(engine, keyring, lambda: datetime(2026, 11, 21, 17, 30, tzinfo=UTC))
    engine.dispose()


def compacted(record: dict[str, Any], directory: Path, whole: bytes, content: bytes | None = None) -> bytes:
    terminal = directory / "terminal"
    return seal(
        compact_content(json.dumps(record).encode()) if content is None else content,
        application_id=record["application_id"],
        item=record["item"]["id"],
        item_version=record["item"]["version"],
        terminal=record["terminal"],
        platform_key=load_platform_key(terminal / "envelope.pem"),
        kid=envelope_kid(terminal),
        stands_for=whole,
    )


def from_slip(platform: Platform, directory: Path, body: bytes, origin: str | None = None) -> dict[str, Any]:
    """Send a compact envelope from another terminal than the one that printed it."""
    origin = terminal_key(directory / "terminal").sign(body) if origin is None else origin
    application_id = json.loads(body)["id"]
    received = platform.receive(application_id, OTHER.terminal_id, OTHER.sign(body), body, origin)
    receipt: dict[str, Any] = json.loads(received.receipt)
    return receipt


def from_terminal(platform: Platform, directory: Path, body: bytes) -> dict[str, Any]:
    signature = terminal_key(directory / "terminal").sign(body)
    received = platform.receive(json.loads(body)["id"], TERMINAL, signature, body)
    receipt: dict[str, Any] = json.loads(received.receipt)
    return receipt


def a_pair(directory: Path) -> tuple[dict[str, Any], bytes, bytes]:
    """A record, its whole envelope and its compact one."""
    record = a_record(new_id())
    whole = sealed(record, directory / "terminal")
    return record, whole, compacted(record, directory, whole)


@pytest.mark.parametrize("slip_first", [True, False])
def test_both_forms_of_an_application_are_one_with_a_receipt_for_each(
    platform: Platform, directory: Path, *, slip_first: bool
) -> None:
    record, whole, compact = a_pair(directory)
    ways = [
        lambda: from_slip(platform, directory, compact),
        lambda: from_terminal(platform, directory, whole),
    ]
    first, second = (way() for way in (ways if slip_first else reversed(ways)))
    assert (first["filing_no"], first["received_at"]) == (second["filing_no"], second["received_at"])
    hashes = {hashlib.sha256(body).hexdigest() for body in (whole, compact)}
    assert {first["envelope_sha256"], second["envelope_sha256"]} == hashes
    assert [way() for way in (ways if slip_first else reversed(ways))] == [first, second]
    assert records.all_ids(directory).count(record["application_id"]) == 1
    assert records.decrypted(directory, record["application_id"]) == record
    assert not records.restored(directory, record["application_id"])


def test_what_came_from_a_slip_only_is_marked(platform: Platform, directory: Path) -> None:
    record, _, compact = a_pair(directory)
    from_slip(platform, directory, compact)
    assert records.restored(directory, record["application_id"])
    with pytest.raises(KeyError):
        records.restored(directory, new_id())


def test_who_printed_a_slip_must_have_signed_what_is_on_it(platform: Platform, directory: Path) -> None:
    record, _, compact = a_pair(directory)
    for origin in ("", "no base64", OTHER.sign(compact)):
        with pytest.raises(Refusal, match="signature_wrong"):
            from_slip(platform, directory, compact, origin)
    stranger = {**record, "terminal": "HALL-0003"}
    with pytest.raises(Refusal, match="terminal_unknown"):
        from_slip(platform, directory, compacted(stranger, directory, b""))
    assert record["application_id"] not in records.all_ids(directory)


def test_a_whole_envelope_is_still_its_own_terminals_only(platform: Platform, directory: Path) -> None:
    record, whole, _ = a_pair(directory)
    for _ in range(2):
        with pytest.raises(Refusal, match="terminal_mismatch"):
            from_slip(platform, directory, whole)
        from_terminal(platform, directory, whole)
    assert records.all_ids(directory).count(record["application_id"]) == 1


@pytest.mark.parametrize("known_is_compact", [True, False])
def test_a_form_that_stands_for_something_else_is_refused(
    platform: Platform, directory: Path, *, known_is_compact: bool
) -> None:
    record, whole, compact = a_pair(directory)
    if known_is_compact:
        from_slip(platform, directory, compact)
        with pytest.raises(Refusal, match="other_bytes"):
            from_terminal(platform, directory, sealed(record, directory / "terminal"))
    else:
        from_terminal(platform, directory, whole)
    with pytest.raises(Refusal, match="other_bytes"):
        from_slip(platform, directory, compacted(record, directory, b"another"))


def test_another_application_does_not_slip_in_under_a_known_id(platform: Platform, directory: Path) -> None:
    record, whole, _ = a_pair(directory)
    from_terminal(platform, directory, whole)
    other = {**record, "made_at": "2026-11-22T20:00:00+08:00"}
    with pytest.raises(Refusal, match="record_differs"):
        from_slip(platform, directory, compacted(other, directory, whole))


def deflated(plain: bytes) -> bytes:
    small = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary())
    return small.compress(plain) + small.flush()


def said(value: object, strokes: bytes = b"") -> bytes:
    text = json.dumps(value).encode()
    return deflated(len(text).to_bytes(4, "big") + text + strokes)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no deflate",
        compact_content(json.dumps(a_record(new_id())).encode())[:-1],
        compact_content(json.dumps(a_record(new_id())).encode()) + b"x",
        deflated(bytes(LONGEST + 1)),
        said([]),
        said({"record": {"signatures": [{}]}, "pdf_sha256": None}),
        said({"record": {"signatures": [{}]}, "pdf_sha256": None}, b"\x02\xfe\xff\xff\x7f"),
        said({"record": {"signatures": []}, "pdf_sha256": None}, b"\x00"),
    ],
)
def test_content_that_is_no_record_is_refused_and_nothing_of_it_is_quoted(
    platform: Platform, directory: Path, content: bytes
) -> None:
    record = a_record(new_id())
    with pytest.raises(Refusal) as caught:
        from_slip(platform, directory, compacted(record, directory, b"", content))
    assert caught.value.reason == "record_invalid"
    assert caught.value.detail.startswith("compact: ")


_POINT = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(
    lambda p: [p[0] / 10_000, p[1] / 10_000]
)


@settings(max_examples=40)
@given(strokes=st.lists(st.lists(_POINT, min_size=1, max_size=30), min_size=1, max_size=8), name=st.text())
def test_every_stroke_and_every_letter_comes_back_as_it_was(strokes: list[Any], name: str) -> None:
    record = a_record(new_id())
    record["signatures"][0]["strokes"] = strokes
    record["parties"][0]["name"] = name.encode("utf-8", "replace").decode()
    assert expand(compact_content(json.dumps(record).encode())).record == record


@given(st.binary(max_size=300))
def test_any_bytes_are_a_record_or_a_plain_refusal(content: bytes) -> None:
    for tried in (content, deflated(content)):
        with pytest.raises(ValueError, match=r"^(no |not |too |more )"):
            expand(tried)
