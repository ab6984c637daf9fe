"""What the platform takes in, what it refuses, and what it signs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from central_platform import records
from central_platform.contract import Refusal, canonical
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.tables import open_database
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, a_record, new_id, sealed, terminal_key

LATE_EVENING_UTC = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("platform")
    made(directory)
    return directory


@pytest.fixture(scope="module")
def platform(directory: Path) -> Iterator[Platform]:
    engine = open_database(directory / "platform.db")
    yield Platform(engine, Keyring.load(directory), lambda: LATE_EVENING_UTC)
    engine.dispose()


def send(platform: Platform, directory: Path, body: bytes, application_id: str) -> dict[str, Any]:
    signature = terminal_key(directory / "terminal").sign(body)
    receipt: dict[str, Any] = json.loads(platform.receive(application_id, TERMINAL, signature, body).receipt)
    return receipt


def refusal(platform: Platform, directory: Path, body: bytes, application_id: str) -> str:
    with pytest.raises(Refusal) as caught:
        send(platform, directory, body, application_id)
    return f"{caught.value.reason}: {caught.value.detail}"


def test_a_receipt_is_signed_over_everything_it_says(platform: Platform, directory: Path) -> None:
    application_id = new_id()
    receipt = send(
        platform, directory, sealed(a_record(application_id), directory / "terminal"), application_id
    )
    key = load_pem_public_key((directory / "terminal" / "receipt.pem").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    signature = base64.b64decode(receipt.pop("signature"))
    key.verify(signature, canonical(receipt))


def test_a_filing_number_carries_area_the_day_in_china_and_a_running_number(
    platform: Platform, directory: Path
) -> None:
    numbers = []
    for _ in range(2):
        application_id = new_id()
        body = sealed(a_record(application_id), directory / "terminal")
        numbers.append(send(platform, directory, body, application_id)["filing_no"])
    assert all(number.startswith("33010600-20261122-") for number in numbers)
    assert int(numbers[1][-6:]) == int(numbers[0][-6:]) + 1


def test_the_same_bytes_again_get_the_same_receipt_and_other_bytes_none(
    platform: Platform, directory: Path
) -> None:
    application_id = new_id()
    body = sealed(a_record(application_id), directory / "terminal")
    first = send(platform, directory, body, application_id)
    assert send(platform, directory, body, application_id) == first
    again = sealed(a_record(application_id), directory / "terminal")
    assert refusal(platform, directory, again, application_id).startswith("other_bytes")
    assert records.all_ids(directory).count(application_id) == 1


def test_a_resend_that_overtakes_the_first_try_makes_one_record(platform: Platform, directory: Path) -> None:
    application_id = new_id()
    body = sealed(a_record(application_id), directory / "terminal")
    with ThreadPoolExecutor(4) as tries:
        receipts = list(
            tries.map(lambda _: send(platform, directory, body, application_id)["filing_no"], range(8))
        )
    assert len(set(receipts)) == 1


@pytest.mark.parametrize(
    "offset", [None, {"offset_ms": -10_800_000, "uncertainty_ms": 12, "age_s": 3}, "none"]
)
def test_the_record_comes_out_as_it_went_in(
    platform: Platform, directory: Path, offset: dict[str, int] | str | None
) -> None:
    application_id = new_id()
    record = a_record(application_id)
    if offset != "none":  # as an older terminal has it
        record["clock_offset"] = offset
    send(platform, directory, sealed(record, directory / "terminal"), application_id)
    assert records.decrypted(directory, application_id) == record
    with pytest.raises(KeyError):
        records.decrypted(directory, new_id())


Change = Callable[[dict[str, Any]], object]

WRONG_RECORDS: dict[str, tuple[Change, str]] = {
    "claims to be accepted": (lambda r: r.update(state="accepted"), "$.state"),
    "gives itself a filing number": (lambda r: r.update(filing_no="1"), "$.filing_no"),
    "brings a photo": (lambda r: r["card"].update(photo=""), "$.card"),
    "knows something extra": (lambda r: r.update(remark="hello"), "$"),
    "has no applicant": (lambda r: r["parties"][0].update(role="co_signatory"), "$.parties"),
    "has an agent without authority": (
        lambda r: r["parties"].append({**r["parties"][0], "role": "agent"}),
        "$.parties[1].authority",
    ),
    "holds half a character": (lambda r: r["form"]["lines"][0].update(value="\ud800"), "not JSON"),
    "was verified by nobody": (lambda r: r.update(identity_method="staff"), "$.verified_by"),
    "says face and has a guide": (lambda r: r.update(verified_by="0042"), "$.verified_by"),
    "claims a card it has not": (lambda r: r.update(card=None), "$.card"),
    "is certain of more than can be": (
        lambda r: r.update(clock_offset={"offset_ms": 0, "uncertainty_ms": -1, "age_s": 0}),
        "$.clock_offset",
    ),
    "has no time zone": (lambda r: r.update(made_at="2026-11-21T20:00:00"), "$.made_at"),
    "shows another form": (lambda r: r["form"]["lines"].pop(), "$.form.sha256"),
    "signs another form": (lambda r: r["signatures"][0].update(form_sha256="0" * 64), "$.signatures[0]"),
    "is signed by nobody there": (lambda r: r["signatures"][0].update(party=1), "$.signatures[0].party"),
    "points at no signature": (lambda r: r["parties"][0].update(signature_ref=1), "signature_ref"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_RECORDS)
def test_a_record_is_refused_with_the_place_and_no_value_when_it(
    platform: Platform, directory: Path, case: str
) -> None:
    change, place = WRONG_RECORDS[case]
    application_id = new_id()
    record = a_record(application_id)
    change(record)
    said = refusal(platform, directory, sealed(record, directory / "terminal"), application_id)
    assert said.startswith("record_invalid")
    assert place in said
    assert "买买提" not in said
    assert "11010519491231002X" not in said


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"application_id": "00000000-0000-4000-8000-000000000000"}, "id_mismatch"),
        ({"terminal": "HALL-0002"}, "terminal_mismatch"),
        ({"item": "another_item"}, "record_differs"),
        ({"item_version": "2"}, "record_differs"),
        ({"kid": "an-old-key"}, "key_unknown"),
    ],
)
def test_a_header_that_says_something_else_is_refused(
    platform: Platform, directory: Path, header: dict[str, Any], reason: str
) -> None:
    application_id = new_id()
    body = sealed(a_record(application_id), directory / "terminal", kid=header.get("kid"), header=header)
    assert refusal(platform, directory, body, application_id).startswith(reason)


def test_a_header_changed_after_sealing_does_not_open(platform: Platform, directory: Path) -> None:
    application_id = new_id()
    envelope = json.loads(sealed(a_record(application_id), directory / "terminal"))
    body = canonical({**envelope, "item": "another_item"})
    assert refusal(platform, directory, body, application_id).startswith("not_decryptable")


def test_a_stranger_and_a_forged_signature_are_not_let_in(platform: Platform, directory: Path) -> None:
    application_id = new_id()
    body = sealed(a_record(application_id), directory / "terminal")
    signature = terminal_key(directory / "terminal").sign(body)
    for terminal, signed, reason in (
        ("HALL-0002", signature, "terminal_unknown"),
        (TERMINAL, terminal_key(directory / "terminal").sign(body + b" "), "signature_wrong"),
        (TERMINAL, "no base64", "signature_wrong"),
    ):
        with pytest.raises(Refusal) as caught:
            platform.receive(application_id, terminal, signed, body)
        assert caught.value.reason == reason
    assert application_id not in records.all_ids(directory)


def test_the_first_rating_stands_and_needs_its_application(platform: Platform, directory: Path) -> None:
    application_id = new_id()
    key = terminal_key(directory / "terminal")

    def rate(level: int) -> dict[str, Any]:
        body = canonical(
            {
                "v": 1,
                "application_id": application_id,
                "terminal": TERMINAL,
                "level": level,
                "rated_at": "2026-11-21T20:01:00+08:00",
            }
        )
        kept: dict[str, Any] = json.loads(
            platform.followers.keep("rating", application_id, TERMINAL, key.sign(body), body)
        )
        return kept

    with pytest.raises(Refusal, match="application_unknown"):
        rate(5)
    send(platform, directory, sealed(a_record(application_id), directory / "terminal"), application_id)
    first, second = rate(5), rate(1)
    assert first["sent_sha256"] != second["sent_sha256"], "each answer is to what was sent"
    assert (first["kind"], first["application_id"]) == ("rating", application_id)
    with pytest.raises(Refusal, match="bad_rating"):
        rate(6)
    assert records.rating(directory, application_id) == 5
