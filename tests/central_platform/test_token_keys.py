"""Keys in a real PKCS#11 token (SoftHSM 2): the platform opens with one, the terminal signs with one."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central_platform import hpke_schedule, keys
from central_platform.contract import Refusal
from central_platform.enrolment import Enrolment
from central_platform.envelope_keys import BadKey, rotate
from central_platform.invitations import ENROLMENT_PORT
from central_platform.keys import BadDirectory
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.records import DATABASE
from central_platform.suites import HPKE, SM2, DoesNotOpen, KeyStoreDown
from central_platform.tables import open_database
from central_platform.token_key import TokenKey, made_in_token
from kiosk.session.suites import sealing_key
from offline_queue.clock import system_clock
from offline_queue.enrolment import enrol
from offline_queue.failures import SigningFailed
from offline_queue.outbox import Outbox
from offline_queue.signing import TerminalKey
from offline_queue.token_key import TokenSigner
from tests.central_platform.tokens import LABEL, MODULE, PIN, SoftToken, soft_token
from tests.offline_queue.inviting import InvitingHall, direct, now
from tests.offline_queue.platform_process import made
from tests.offline_queue.samples import TERMINAL, Citizens, a_record, commit, new_id, sealed, terminal_key

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HEADER: dict[str, str | int] = {"v": 1, "kid": "envelope-1", "suite": HPKE}


def h(digits: str) -> bytes:
    return bytes.fromhex(digits)


def test_the_key_schedule_gives_the_numbers_of_rfc_9180() -> None:
    """RFC 9180, appendix A.1.1; its suite has AES-128-GCM, which changes two bytes of the suite's name."""
    shared = h("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc")
    info = h("4f6465206f6e2061204772656369616e2055726e")
    key, nonce = hpke_schedule.key_schedule(shared, info, b"HPKE" + h("002000010001"), 16)
    assert (key, nonce) == (h("4531685d41d65f03dc48f6b8302c05b0"), h("56d890e5accaaf011cff4b7d"))


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftToken]:
    """With a signing key that was made in it, as an administrator would."""
    pkcs11 = pytest.importorskip("pkcs11")
    with soft_token(tmp_path_factory.mktemp("token")) as token:
        with pkcs11.lib(str(MODULE)).get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
            curve = {pkcs11.Attribute.EC_PARAMS: h("06032b6570")}
            session.create_domain_parameters(pkcs11.KeyType.EC_EDWARDS, curve, local=True).generate_keypair(
                mechanism=pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label="signing"
            )
        yield token


# ---- the platform ----------------------------------------------------------------------------------------


@pytest.mark.extra
def test_what_was_sealed_to_a_key_in_a_token_opens_and_nothing_else_does(token: SoftToken) -> None:
    uri = token.uri("envelope-sweep")
    public = made_in_token(uri)
    assert made_in_token(uri) == public
    key = TokenKey(uri)
    whole = sealing_key(public).seal(b"content", HEADER)
    assert key.open(whole, HEADER) == b"content"
    for place in range(len(whole)):
        turned = bytearray(whole)
        turned[place] ^= 1
        with pytest.raises(DoesNotOpen):
            key.open(bytes(turned), HEADER)
    for other in (whole[:-1], whole[:31], b"", bytes(len(whole)), h("01") + bytes(31) + whole[32:]):
        with pytest.raises(DoesNotOpen):
            key.open(other, HEADER)
    with pytest.raises(DoesNotOpen):
        key.open(whole, {**HEADER, "terminal": "HALL-0002"})


@pytest.mark.extra
def test_a_platform_opens_with_a_file_and_two_keys_of_one_token(token: SoftToken, tmp_path: Path) -> None:
    terminal = made(tmp_path)
    bodies = [(first := new_id(), sealed(a_record(first), terminal))]
    for name in ("envelope-a", "envelope-b"):
        rotate(tmp_path, HPKE, NOW, token.uri(name))
        (terminal / "envelope.pem").write_text(Keyring.load(tmp_path).envelopes.public)
        bodies.append((application_id := new_id(), sealed(a_record(application_id), terminal)))
    engine = open_database(tmp_path / "platform.db")
    platform = Platform(engine, Keyring.load(tmp_path), lambda: NOW)
    for application_id, body in bodies:
        platform.receive(application_id, TERMINAL, terminal_key(terminal).sign(body), body)
    engine.dispose()
    assert not list((tmp_path / "platform").glob("envelope-2027*.key"))


@pytest.mark.extra
def test_a_token_that_is_gone_is_a_platform_that_cannot_now_and_never_a_bad_envelope(
    token: SoftToken, tmp_path: Path
) -> None:
    """A 422 would set citizens' applications aside; a 503 lets them wait."""
    terminal = made(tmp_path)
    rotate(tmp_path, HPKE, NOW, token.uri("envelope-gone"))
    (terminal / "envelope.pem").write_text(Keyring.load(tmp_path).envelopes.public)
    body = sealed(a_record(application_id := new_id()), terminal)
    signature = terminal_key(terminal).sign(body)
    engine = open_database(tmp_path / "platform.db")
    platform = Platform(engine, Keyring.load(tmp_path), lambda: NOW)
    token.forget()
    try:
        with pytest.raises(Refusal) as caught:
            platform.receive(application_id, TERMINAL, signature, body)
        assert caught.value.reason == "storage"
        with pytest.raises(BadDirectory, match="token hall/envelope-gone: NoSuchKey"):
            Keyring.load(tmp_path)
    finally:
        token.remember()
    receipt = platform.receive(application_id, TERMINAL, signature, body).receipt
    assert json.loads(receipt)["application_id"] == application_id
    engine.dispose()


@pytest.mark.extra
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"object": "nobody"}, "token hall/nobody: NoSuchKey"),
        ({"token": "elsewhere"}, "token elsewhere/envelope-a: NoSuchToken"),
        ({"pin_source": "/nowhere/pin"}, "token hall/envelope-a: FileNotFoundError"),
        ({"module_path": "/nowhere/lib.so"}, "token hall/envelope-a: "),
        ({"pin_source": ""}, "does not say pin-source"),
        ({"object": ""}, "does not say object"),
    ],
)
def test_a_token_that_cannot_be_used_is_named(token: SoftToken, changes: dict[str, str], reason: str) -> None:
    made_in_token(token.uri("envelope-a"))
    with pytest.raises(KeyStoreDown) as caught:
        TokenKey(token.uri("envelope-a", **changes))
    assert reason in str(caught.value)
    with pytest.raises(SigningFailed) as failed:
        TokenSigner(token.uri("envelope-a", **changes))
    assert reason in str(failed.value)


@pytest.mark.extra
def test_a_pin_that_others_may_read_is_refused(token: SoftToken, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text(PIN)
    (tmp_path / "pin").chmod(0o640)
    uri = token.uri("signing", pin_source=f"file:{tmp_path}/pin")
    for use, failure in ((TokenSigner, SigningFailed), (TokenKey, KeyStoreDown)):
        with pytest.raises(failure, match="must be 0600"):
            use(uri)


@pytest.mark.extra
def test_only_one_suite_can_be_in_a_token(token: SoftToken, tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(BadKey, match="opens HPKE-X25519"):
        rotate(tmp_path, SM2, NOW, token.uri("envelope-sm2"))


# ---- the terminal ----------------------------------------------------------------------------------------


@pytest.mark.extra
def test_a_machine_enrols_with_the_signing_key_that_its_token_has(token: SoftToken, tmp_path: Path) -> None:
    keys.init(tmp_path / "hall", terminal_id="HALL-0009")
    (tmp_path / "hall" / ENROLMENT_PORT).write_text("1\n")
    engine = open_database(tmp_path / "hall" / DATABASE)
    keyring, uri = Keyring.load(tmp_path / "hall"), token.uri("signing")
    platform = Enrolment(engine, keyring, tmp_path / "hall", "https://127.0.0.1:1", now)
    code = InvitingHall(tmp_path / "hall", 1, 1).invites()
    layer = enrol(code, tmp_path / "here", signing_token=uri, now=now, wire_to=direct(platform)).layer
    engine.dispose()
    assert keyring.terminals[TERMINAL] == TokenSigner(uri).public_key()
    assert f'signing_token = "{uri}"' in layer.read_text("utf-8")
    assert not list((tmp_path / "here").rglob("signing.key"))


@pytest.mark.extra
def test_a_terminal_signs_with_a_key_in_a_token(token: SoftToken) -> None:
    key = TerminalKey(TERMINAL, TokenSigner(token.uri("signing")))
    public = Ed25519PublicKey.from_public_bytes(key.public_bytes())
    public.verify(base64.b64decode(key.sign(b"body")), b"body")


@pytest.mark.extra
def test_a_token_that_is_gone_refuses_an_application_and_keeps_it_when_it_is_back(
    token: SoftToken, tmp_path: Path
) -> None:
    key = TerminalKey(TERMINAL, TokenSigner(token.uri("signing")))
    outbox = Outbox.open(tmp_path / "queue.sqlite", key=key, clock=system_clock, queue_limit=10)
    citizens = Citizens(made(tmp_path / "platform"))
    application_id, envelope = citizens.envelope()
    token.forget()
    try:
        with pytest.raises(SigningFailed, match="token hall/signing: "):
            commit(outbox, application_id, envelope)
        assert outbox.counts().kept == 0
    finally:
        token.remember()
    commit(outbox, application_id, envelope)
    signature = base64.b64decode(outbox.delivery.sealed(application_id).terminal_signature)
    Ed25519PublicKey.from_public_bytes(key.public_bytes()).verify(signature, envelope)
    outbox.close()


WITHOUT_THE_PART = """
import sys
sys.modules["pkcs11"] = None  # as where the optional parts are not installed
from offline_queue.clock import system_clock
from offline_queue.failures import SigningFailed
from offline_queue.token_key import TokenSigner
from central_platform.suites import KeyStoreDown
from central_platform.token_key import TokenKey
for use, failure in ((TokenSigner, SigningFailed), (TokenKey, KeyStoreDown)):
    try:
        use("pkcs11:token=a;object=b?module-path=/c&pin-source=/d")
    except failure as error:
        print(error)
"""


def test_without_the_optional_part_a_token_is_refused_with_what_to_do() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_PART], capture_output=True, text=True, check=True
    )
    assert ended.stdout.count("run `make extras`\n") == 2
