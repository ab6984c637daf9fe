"""A verified citizen with something to look up, and a platform that answers as the test likes."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bench import people
from bench.people import Person
from bench.shared_data import write_shared_data
from config.item import Item, Lookup
from devices.contracts.id_cards import ResidentCard
from kiosk.session.journey import Journey
from kiosk.session.shared_data import Asker, Asking, question
from kiosk.session.suites import HpkeKey
from kiosk.session.verification import Consent, Verified
from tests.kiosk.session.conftest import NOW, TODAY
from tests.offline_queue.samples import TERMINAL, new_id

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
BY_FACE = Verified("card_and_face", "card_and_face")
RESIDENT = people.resident(TODAY)


def journey_of(item: Item, person: Person = RESIDENT, verified: Verified | None = BY_FACE) -> Journey:
    """This person, verified for this matter, with nothing answered yet."""
    card = ResidentCard(
        name=person.name,
        sex=person.sex,
        ethnicity="汉",
        birth=person.birth,
        address=person.address,
        id_number=person.id_number,
        authority=person.authority,
        valid_from=person.valid_from,
        valid_to=person.valid_to,
        long_term=person.valid_to is None,
        photo=bytes(1024),
    )
    consents = (
        Consent("processing_notice", "1", given=True, at=NOW),
        Consent("face_comparison", "1", given=True, at=NOW),
        Consent("fingerprint_comparison", "1", given=False, at=NOW),
    )
    return Journey(item, card, verified=verified, consents=consents)


def lookup_for(item: Item, data: str) -> Lookup:
    """The lookup of this matter that asks for `data`."""
    return next(lookup for lookup in item.lookups if lookup.data == data)


def with_data(platform_directory: Path) -> Path:
    """Give a platform that `tests.offline_queue.platform_process.made` made the bench's data."""
    return write_shared_data(platform_directory / "shared_data", TODAY)


@dataclass(frozen=True)
class Oracle:
    """A platform's keys in the hands of a test, which answers with them whatever it likes."""

    envelope: X25519PrivateKey
    word: Ed25519PrivateKey

    @classmethod
    def new(cls) -> Oracle:
        return cls(X25519PrivateKey.generate(), Ed25519PrivateKey.generate())

    @classmethod
    def of(cls, platform_directory: Path) -> Oracle:
        """With the keys of a platform that runs."""
        keys = platform_directory / "platform"
        envelope = load_pem_private_key((keys / "envelope.key").read_bytes(), None)
        word = load_pem_private_key((keys / "receipt.key").read_bytes(), None)
        assert isinstance(envelope, X25519PrivateKey)
        assert isinstance(word, Ed25519PrivateKey)
        return cls(envelope, word)

    def asker(self, terminal: str = TERMINAL) -> Asker:
        """A terminal that asks this platform."""
        return Asker(terminal, "330199", HpkeKey(self.envelope.public_key()), "envelope-1")

    def asks(self, journey: Journey, lookup: Lookup, sent: Mapping[str, str] | None = None) -> Asking:
        """A question of this journey."""
        asker = self.asker()
        return question(journey, lookup, sent or {}, asker=asker, question_id=new_id(), asked_at=NOW)

    def read(self, sealed: bytes) -> dict[str, Any]:
        """What a question says."""
        frame = json.loads(sealed)
        header = {key: value for key, value in frame.items() if key != "ciphertext"}
        plaintext = SUITE.decrypt(
            base64.b64decode(frame["ciphertext"]), self.envelope, info=canonical(header)
        )
        asked: dict[str, Any] = json.loads(plaintext)
        return asked

    def says(self, asking: Asking, told: Mapping[str, str], **changes: Any) -> Answering:
        """The right answer to this question, but for `changes`."""
        digest = hashlib.sha256(asking.sealed).hexdigest()
        content = {
            "v": 1,
            "kind": "shared_data_answer",
            "question_id": asking.question_id,
            "question_sha256": digest,
            "data": asking.data,
            "told": dict(told),
            "missing": None if told else "no_record",
            "holder": "临溪区某局",
            "told_at": datetime(2026, 11, 21, 17, 30, tzinfo=UTC).isoformat(),
            "kid": "receipt-1",
        }
        header = {
            "v": 1,
            "kind": "answer",
            "id": asking.question_id,
            "suite": "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
            "terminal": asking.terminal_id,
            "question_sha256": digest,
        }
        reply_key = base64.b64decode(self.read(asking.sealed)["reply_key"])
        whole = Answering(content, header, X25519PublicKey.from_public_bytes(reply_key), self.word)
        return replace(whole, **changes)


@dataclass(frozen=True)
class Answering:
    """An answer before it is signed and sealed, so that a test can spoil any of it."""

    content: dict[str, Any]
    header: dict[str, Any]
    reply_key: X25519PublicKey
    word: Ed25519PrivateKey
    signed: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    def saying(self, **content: Any) -> Answering:
        """The same with other content, signed as it stands."""
        return replace(self, content={**self.content, **content})

    def addressed(self, **header: Any) -> Answering:
        """The same in another frame."""
        return replace(self, header={**self.header, **header})

    @property
    def body(self) -> bytes:
        """The bytes that travel."""
        signature = base64.b64encode(self.word.sign(canonical(self.content))).decode()
        content = {**self.content, "signature": signature}
        if self.signed is not None:
            content = self.signed(content)
        ciphertext = SUITE.encrypt(canonical(content), self.reply_key, info=canonical(self.header))
        return canonical({**self.header, "ciphertext": base64.b64encode(ciphertext).decode()})


def canonical(value: object) -> bytes:
    """As the contract has it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
