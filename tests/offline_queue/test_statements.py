"""A slip that proves itself: what is stated, in which order, and that nothing else passes for it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from jsonschema import Draft202012Validator

from central_platform.vouching import certificate_text
from kiosk import base45
from offline_queue import contract_files, statement, statement_chain
from offline_queue.failures import UnreadableFile
from offline_queue.outbox import Outbox
from offline_queue.signing import PlatformWord, Receipt, TerminalKey
from offline_queue.statement import BadStatement, Certificate, Signed, Statement
from offline_queue.statement_chain import Witness
from offline_queue.storage import Store
from tests.offline_queue.samples import (
    NOON,
    TERMINAL,
    Citizens,
    HandClock,
    commit,
    open_outbox,
    terminal_key,
)

EXAMPLES = json.loads((contract_files.DIRECTORY / "statement-examples.json").read_text("utf-8"))
PLATFORM = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))

SAID = Statement(
    kind="received",
    clock_trust="system",
    chain="a1b2c3d4",
    number=12,
    link="11" * 16,
    kept_at=NOON,
    envelope_sha256="ab" * 32,
    terminal="HALL-0001",
    local_no="0001-261121-0042",
    filing_no="33010600-20261122-000042",
    received_at=datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC),
)


def witness_of(terminal: Path) -> Witness:
    word = PlatformWord.load(terminal / "receipt.pem")
    return Witness.load(terminal / "certificate.txt", terminal_key(terminal), word)


def signed(said: Statement = SAID, key: Ed25519PrivateKey = KEY, by: Ed25519PrivateKey = PLATFORM) -> Signed:
    text = certificate_text(by, said.terminal, key.public_key(), NOON)
    return Signed(said, key.sign(said.signed_bytes()), Certificate.read(text))


Check = Callable[[Signed, Ed25519PublicKey | None], None]


def believed(text: str, check: Check = statement.check) -> bool:
    try:
        check(statement.read(text), PLATFORM.public_key())
    except BadStatement:
        return False
    return True


@pytest.fixture
def proving(tmp_path: Path, terminal: Path, clock: HandClock) -> Iterator[Outbox]:
    """A queue whose terminal has its certificate."""
    outbox = Outbox.open(
        tmp_path / "queue.db",
        key=terminal_key(terminal),
        clock=clock,
        queue_limit=10,
        witness=witness_of(terminal),
    )
    yield outbox
    outbox.close()


def receipt(application_id: str, envelope: bytes, **changes: str) -> Receipt:
    fields = {
        "application_id": application_id,
        "envelope_sha256": hashlib.sha256(envelope).hexdigest(),
        "filing_no": "33010600-20261122-000042",
        "received_at": "2026-11-22T09:02:03+08:00",
        "text": "{}",
        **changes,
    }
    return Receipt(**fields, members=())


def test_a_slip_says_who_kept_what_when_and_is_signed_by_a_terminal_that_the_platform_knows(
    proving: Outbox, citizens: Citizens, terminal: Path
) -> None:
    kept = citizens.apply(proving)
    assert kept.statement is not None
    found = statement.read(kept.statement)
    statement.check(found, PlatformWord.load(terminal / "receipt.pem").key)
    said = found.statement
    assert (said.kind, said.terminal, said.local_no) == ("kept", TERMINAL, kept.local_no)
    assert (said.kept_at, said.clock_trust) == (NOON, "system")
    assert said.envelope_sha256 == proving.delivery.sealed(kept.application_id).envelope_sha256


def test_statements_are_numbered_without_a_gap_and_each_holds_the_one_before(
    proving: Outbox, citizens: Citizens
) -> None:
    first, second = citizens.apply(proving), citizens.apply(proving)
    sealed = proving.delivery.sealed(first.application_id)
    third = proving.delivery.mark_delivered(
        first.application_id, receipt(first.application_id, sealed.envelope)
    )
    texts = [first.statement, second.statement, third]
    said = [statement.read(text or "").statement for text in texts]
    assert [one.number for one in said] == [1, 2, 3]
    assert len({one.chain for one in said}) == 1
    assert said[0].link == statement.FIRST_LINK.hex()
    assert [one.link for one in said[1:]] == [statement.link_to(one) for one in said[:-1]]
    assert said[2].filing_no == "33010600-20261122-000042"
    assert said[2].kept_at == said[0].kept_at


def test_asked_again_the_same_statement_is_given_and_a_refused_commit_uses_no_number(
    proving: Outbox, citizens: Citizens
) -> None:
    application_id, envelope = citizens.envelope()
    first = commit(proving, application_id, envelope, "0001-261121-0001")
    again = commit(proving, application_id, envelope, "0001-261121-0001")
    assert (again.again, again.statement) == (True, first.statement)
    other_id, other = citizens.envelope()
    with pytest.raises(Exception, match="names another application"):
        commit(proving, other_id, other, "0001-261121-0001")
    last = citizens.apply(proving)
    assert statement.read(last.statement or "").statement.number == 2


def test_a_new_disk_begins_a_new_chain(tmp_path: Path, terminal: Path, citizens: Citizens) -> None:
    chains = []
    for name in ("before", "after"):
        outbox = Outbox(
            Store.open(tmp_path / name / "queue.db"),
            terminal_key(terminal),
            HandClock(),
            10,
            witness_of(terminal),
        )
        chains.append(statement.read(citizens.apply(outbox).statement or "").statement.chain)
        outbox.close()
    assert chains[0] != chains[1]


def test_a_terminal_without_a_certificate_states_nothing(
    tmp_path: Path, terminal: Path, citizens: Citizens
) -> None:
    outbox = open_outbox(tmp_path / "plain.db", terminal)
    assert citizens.apply(outbox).statement is None
    outbox.close()


def test_a_receipt_that_no_slip_could_carry_is_kept_without_a_statement(
    proving: Outbox, citizens: Citizens
) -> None:
    for changes in ({"filing_no": "33010600-20261122-" + "1" * 60}, {"received_at": "2026-13-45T99:00:00Z"}):
        kept = citizens.apply(proving)
        envelope = proving.delivery.sealed(kept.application_id).envelope
        word = receipt(kept.application_id, envelope, **changes)
        assert proving.delivery.mark_delivered(kept.application_id, word) is None
    assert proving.counts().delivered == 2


def test_a_statement_fits_the_narrowest_paper_and_holds_only_what_a_qr_code_likes() -> None:
    longest = replace(SAID, terminal="HALL-" + "0" * 27, local_no="0001-261121-000042", number=2**32 - 1)
    text = signed(longest).text()
    assert len(text) <= 500
    assert set(text) <= set(base45.ALPHABET)
    assert statement.read(text).statement == longest


def test_no_changed_character_is_believed_and_the_weaker_checks_are_caught() -> None:
    text = signed().text()
    assert believed(text)
    for at in range(len(statement.PREFIX), len(text)):
        other = "0" if text[at] != "0" else "1"
        assert not believed(text[:at] + other + text[at + 1 :]), at
    for cut in range(len(text)):
        assert not believed(text[:cut])
    assert not believed(text + "000")

    def who_cares_who_signed(found: Signed, _platform: Ed25519PublicKey | None) -> None:
        statement.check(found, None)

    def who_cares_what_was_signed(found: Signed, platform: Ed25519PublicKey | None) -> None:
        assert platform is not None
        if not found.certificate.holds(platform):
            raise BadStatement("not_vouched_for", "")

    forged = signed(by=Ed25519PrivateKey.generate()).text()
    assert not believed(forged)
    assert believed(forged, who_cares_who_signed)
    changed = Signed(replace(SAID, number=13), signed().signature, signed().certificate).text()
    assert not believed(changed)
    assert believed(changed, who_cares_what_was_signed)


def test_a_terminal_cannot_borrow_the_certificate_of_another() -> None:
    borrowed = signed().certificate
    other = replace(SAID, terminal="HALL-0002")
    text = Signed(other, KEY.sign(other.signed_bytes()), borrowed).text()
    with pytest.raises(BadStatement) as caught:
        statement.check(statement.read(text), PLATFORM.public_key())
    assert caught.value.flaw == "not_vouched_for"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("no base64", "not a terminal's certificate"),
        (base64.b64encode(b"\x03AB").decode(), "not a terminal's certificate"),
        (certificate_text(PLATFORM, TERMINAL, KEY.public_key(), NOON), "of another key"),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused_at_the_start(
    tmp_path: Path, terminal: Path, content: str, reason: str
) -> None:
    path = tmp_path / "certificate.txt"
    path.write_text(content)
    word = PlatformWord.load(terminal / "receipt.pem")
    with pytest.raises(UnreadableFile, match=reason):
        Witness.load(path, terminal_key(terminal), word)
    path.write_text(certificate_text(PLATFORM, TERMINAL, KEY.public_key(), NOON))
    with pytest.raises(UnreadableFile, match="not signed by the platform"):
        Witness.load(path, TerminalKey(TERMINAL, KEY), word)


def test_the_chain_can_be_given_out_whole(proving: Outbox, citizens: Citizens, terminal: Path) -> None:
    texts = [citizens.apply(proving).statement for _ in range(3)]
    path = Path(proving._store._path)
    proving.close()
    store = Store.open(path)
    assert statement_chain.chain(store, witness_of(terminal)) == texts
    store.close()


def test_the_contracts_examples_are_what_is_written_here() -> None:
    schema = json.loads((contract_files.DIRECTORY / "statement.schema.json").read_text("utf-8"))
    platform = Ed25519PublicKey.from_public_bytes(bytes.fromhex(EXAMPLES["platform_public_key"]))
    for example in EXAMPLES["genuine"]:
        Draft202012Validator(schema).validate(example["statement"])
        found = statement.read(example["text"])
        statement.check(found, platform)
        assert found.statement.fields() == example["statement"]
        assert found.statement.body().hex() == example["body"]
    for example in EXAMPLES["not_genuine"]:
        with pytest.raises(BadStatement) as caught:
            statement.check(statement.read(example["text"]), platform)
        assert caught.value.flaw == example["flaw"]
