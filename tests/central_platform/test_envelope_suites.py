"""Every envelope suite carries an application; changed by one bit, cut or renamed, none opens."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from central_platform.contract import Refusal, canonical
from central_platform.envelope_keys import rotate
from central_platform.opening import Keyring, opened
from central_platform.receiving import Platform
from central_platform.suites import HPKE, HPKE_HYBRID, SM2, DoesNotOpen, SuiteName, new_key, opening_key
from central_platform.tables import open_database
from config.envelope_keys import read_envelope_key
from config.envelope_suites import EnvelopeSuite
from kiosk.session.restore_codes import codes, compact_content
from kiosk.session.sealing import UnreadableKey, load_platform_key, seal
from kiosk.session.suites import sealing_key
from offline_queue.restore import read_codes
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, a_record, envelope_kid, new_id, sealed, terminal_key

SUITES: tuple[SuiteName, ...] = (HPKE, HPKE_HYBRID, SM2)
HEADER: dict[str, str | int] = {"v": 1, "kid": "envelope-1", "terminal": TERMINAL, "content_sha256": "0" * 64}


@dataclass(frozen=True)
class Place:
    """A platform whose terminals seal with one suite."""

    suite: SuiteName
    directory: Path
    platform: Platform

    def send(self, body: bytes) -> dict[str, Any]:
        signature = terminal_key(self.directory / "terminal").sign(body)
        received = self.platform.receive(json.loads(body)["id"], TERMINAL, signature, body, signature)
        receipt: dict[str, Any] = json.loads(received.receipt)
        return receipt

    def refusal(self, body: bytes) -> str:
        with pytest.raises(Refusal) as caught:
            self.send(body)
        return caught.value.reason


@pytest.fixture(scope="module", params=SUITES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    directory = tmp_path_factory.mktemp("platform")
    made(directory, request.param)
    engine = open_database(directory / "platform.db")
    yield Place(request.param, directory, Platform(engine, Keyring.load(directory), lambda: LATE_EVENING_UTC))
    engine.dispose()


def test_both_sides_know_the_same_suites() -> None:
    assert get_args(SuiteName) == get_args(EnvelopeSuite) == SUITES


def test_an_application_is_received_whatever_it_was_sealed_with(place: Place) -> None:
    record = a_record(new_id())
    body = sealed(record, place.directory / "terminal")
    assert json.loads(body)["suite"] == place.suite
    receipt = place.send(body)
    assert receipt == place.send(body)
    assert opened(Keyring.load(place.directory), body) == record


def test_an_application_comes_back_from_a_slip_whatever_it_was_sealed_with(place: Place) -> None:
    record = a_record(new_id())
    terminal = place.directory / "terminal"
    whole = sealed(record, terminal)
    compact = seal(
        compact_content(json.dumps(record).encode()),
        application_id=record["application_id"],
        item=record["item"]["id"],
        item_version=record["item"]["version"],
        terminal=TERMINAL,
        platform_key=load_platform_key(terminal / "envelope.pem", place.suite),
        kid=envelope_kid(terminal),
        stands_for=whole,
    )
    printed = codes(compact, terminal_key(terminal).sign(compact), record["local_no"], 576)
    assert printed is not None
    (rescued,), unreadable = read_codes(printed)
    assert not unreadable
    assert rescued.envelope == compact
    first, second = place.send(rescued.envelope), place.send(whole)
    assert first["filing_no"] == second["filing_no"]


# ---- hostile bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("suite", SUITES)
def test_a_ciphertext_with_any_bit_turned_does_not_open(suite: SuiteName) -> None:
    private, public = new_key(suite)
    key = opening_key(private)
    header = {**HEADER, "suite": suite}
    whole = sealing_key(public).seal(b"content", header)
    dice = random.Random(suite)  # noqa: S311 - the same bits in every run
    # Every byte of it; of the 8 bits of each, one here and all in the long form.
    for place in range(len(whole)):
        turned = bytearray(whole)
        turned[place] ^= 1 << dice.randrange(8)
        with pytest.raises(DoesNotOpen):
            key.open(bytes(turned), header)
    assert key.open(whole, header) == b"content"


@pytest.mark.long
@pytest.mark.parametrize("suite", SUITES)
def test_each_single_bit_of_a_ciphertext_counts(suite: SuiteName) -> None:
    private, public = new_key(suite)
    key = opening_key(private)
    header = {**HEADER, "suite": suite}
    whole = sealing_key(public).seal(b"content", header)
    for bit in range(8 * len(whole)):
        turned = bytearray(whole)
        turned[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DoesNotOpen):
            key.open(bytes(turned), header)


@pytest.mark.parametrize("suite", SUITES)
def test_a_ciphertext_cut_anywhere_or_longer_does_not_open(suite: SuiteName) -> None:
    private, public = new_key(suite)
    key = opening_key(private)
    header = {**HEADER, "suite": suite}
    whole = sealing_key(public).seal(b"content", header)
    others = [whole[:end] for end in range(len(whole))]
    for other in (*others, whole + b"\0", b"\0" + whole, whole + whole, bytes(len(whole))):
        with pytest.raises(DoesNotOpen):
            key.open(other, header)


@pytest.mark.parametrize("suite", SUITES)
def test_every_word_of_the_header_is_bound_to_the_content(suite: SuiteName) -> None:
    private, public = new_key(suite)
    key = opening_key(private)
    header = {**HEADER, "suite": suite}
    whole = sealing_key(public).seal(b"content", header)
    others: list[dict[str, Any]] = [{**header, name: f"{value}0"} for name, value in header.items()]
    others += [{**header, "more": "1"}, {name: header[name] for name in header if name != "terminal"}]
    for other in others:
        with pytest.raises(DoesNotOpen):
            key.open(whole, {"kid": "envelope-1", **other})


def test_another_suites_name_in_the_header_is_refused(place: Place) -> None:
    envelope = json.loads(sealed(a_record(new_id()), place.directory / "terminal"))
    for suite in (*SUITES, "HPKE-X25519-HKDF-SHA256-AES-128-GCM", "none"):
        if suite != place.suite:
            wanted = "key_unknown" if suite in SUITES else "bad_envelope"
            assert place.refusal(canonical({**envelope, "suite": suite})) == wanted


def test_an_envelope_handed_to_a_weaker_key_of_the_same_platform_does_not_open(tmp_path: Path) -> None:
    """Who changes the suite must change the key's name, too, and then has an envelope for nobody."""
    made(tmp_path, SM2)
    strong = envelope_kid(tmp_path / "terminal")
    weak = rotate(tmp_path, HPKE, LATE_EVENING_UTC)
    engine = open_database(tmp_path / "platform.db")
    here = Place(SM2, tmp_path, Platform(engine, Keyring.load(tmp_path), lambda: LATE_EVENING_UTC))
    envelope = json.loads(sealed(a_record(new_id()), tmp_path / "terminal", kid=strong))
    assert here.refusal(canonical({**envelope, "kid": weak})) == "key_unknown"
    assert here.refusal(canonical({**envelope, "kid": weak, "suite": HPKE})) == "not_decryptable"
    assert here.refusal(canonical({**envelope, "suite": HPKE})) == "key_unknown"
    assert here.send(canonical(envelope))["application_id"] == envelope["id"]
    engine.dispose()


def test_a_platform_that_believed_the_suite_beside_the_key_would_still_open_nothing() -> None:
    """The weakened variant: no check of name against key. The name is bound to the content all the same."""
    private, public = new_key(HPKE)
    key = opening_key(private)
    whole = sealing_key(public).seal(b"content", {**HEADER, "suite": HPKE})
    for other in (HPKE_HYBRID, SM2):
        with pytest.raises(DoesNotOpen):
            key.open(whole, {**HEADER, "suite": other})


def test_an_sm2_envelope_spelled_another_way_does_not_open() -> None:
    """A lenient reader of DER would let bits be changed that nobody vouches for."""
    private, public = new_key(SM2)
    header = {**HEADER, "suite": SM2}
    whole = sealing_key(public).seal(b"content", header)
    assert whole[1] == 0x82  # the length in two bytes; the same in three is no DER
    with pytest.raises(DoesNotOpen, match="another way"):
        opening_key(private).open(whole[:1] + b"\x83\x00" + whole[2:], header)


# ---- keys that are none ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suite", SUITES)
def test_a_key_for_another_suite_than_the_settings_name_is_refused(suite: SuiteName, tmp_path: Path) -> None:
    path = tmp_path / "envelope.pem"
    path.write_bytes(new_key(suite)[1])
    for wanted in SUITES:
        if wanted == suite:
            assert load_platform_key(path, wanted).suite == suite
        else:
            with pytest.raises(UnreadableKey, match=f"a key for {suite}, not for {wanted}"):
                load_platform_key(path, wanted)


def test_an_sm2_key_that_is_no_point_of_the_curve_is_refused() -> None:
    _, public = new_key(SM2)
    der = base64.b64decode(b"".join(public.splitlines()[1:-1]))
    for wrong in (der[:-1] + bytes((der[-1] ^ 1,)), der[:27] + bytes(64), der[:-1], der + b"\0"):
        text = base64.b64encode(wrong)
        with pytest.raises(ValueError, match="PEM"):
            read_envelope_key(b"-----BEGIN PUBLIC KEY-----\n" + text + b"\n-----END PUBLIC KEY-----\n")
    assert read_envelope_key(public)[0] == SM2
