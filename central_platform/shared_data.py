"""Shared data: a sealed question about a verified person, answered once, sealed to the session that asked.

Told or not told looks the same to everybody between: an answer of the same kind and length. What was asked
is written down, what was told is not.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from central_platform.cases_of_person import CasesOfPerson
from central_platform.contract import Refusal, canonical, parse
from central_platform.opening import Keyring
from central_platform.receiving import CHINA_TIME
from central_platform.shared_data_sets import CASES_OF_PERSON, DataSet, DataSets, told
from central_platform.suites import HPKE, DoesNotOpen
from central_platform.tables import SharedDataQuestion

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

ANSWER_SUITE = HPKE
"""Of answers, to a question's own X25519 key, whatever the question itself was sealed with."""

BLOCK = 1024
"""Bytes: plaintexts are filled up with spaces to a multiple of this."""

CASES_BLOCK = 5 * BLOCK
"""The same for `cases.of_person`: what the fullest answer has, so that nobody between can count."""


class SharedData:
    """What the platform tells of people, and to whom."""

    def __init__(
        self,
        engine: Engine,
        keyring: Keyring,
        now: Callable[[], datetime],
        data_sets: Callable[[], DataSets],
    ) -> None:
        self._engine = engine
        self._keyring = keyring
        self._now = now
        self._data_sets = data_sets
        self._cases = CasesOfPerson(engine, keyring)
        self._tag_key = HKDF(SHA256(), 32, None, b"shared-data audit").derive(keyring.audit_key)

    def answer(self, terminal: str, signature: str, body: bytes) -> bytes:
        """Answer one sealed question with one sealed answer. Raises `Refusal`."""
        self._keyring.refuse_strangers(terminal, signature, body)
        question = self._opened(terminal, body)
        now = self._now().astimezone(CHINA_TIME).isoformat(timespec="seconds")
        known = self._data_sets()
        allowed = known.allows(question["item"], question["data"], question["person"]["assurance_level"])
        content = _content(self._data_set(question, known), question) if allowed else {}
        outcome = (content["missing"] or "told") if allowed else "purpose"
        self._write_down(question, outcome, now)
        if not allowed:
            raise Refusal("purpose", "item and data set: not for this matter, or not at this level")
        digest = hashlib.sha256(body).hexdigest()
        said = {
            "v": 1,
            "kind": "shared_data_answer",
            "question_id": question["question_id"],
            "question_sha256": digest,
            "data": question["data"],
            **content,
            "told_at": now,
            "kid": self._keyring.receipt_kid,
        }
        signed = {**said, "signature": base64.b64encode(self._keyring.receipt.sign(canonical(said))).decode()}
        header = {
            "v": 1,
            "kind": "answer",
            "id": question["question_id"],
            "suite": ANSWER_SUITE,
            "terminal": terminal,
            "question_sha256": digest,
        }
        block = CASES_BLOCK if question["data"] == CASES_OF_PERSON else BLOCK
        return _sealed(signed, header, question["reply_key"], block)

    def _data_set(self, question: dict[str, Any], known: DataSets) -> DataSet:
        if question["data"] == CASES_OF_PERSON:
            person = question["person"]
            return self._cases.data_set(person["id_type"], person["id_number"])
        return known.sets[question["data"]]

    def _opened(self, terminal: str, body: bytes) -> dict[str, Any]:
        frame = parse("sealed-question", body, "bad_question")
        if frame["terminal"] != terminal:
            raise Refusal("terminal_mismatch", "the question names another terminal than its sender")
        try:
            plaintext = self._keyring.decrypt(frame)
        except DoesNotOpen:
            raise Refusal("not_decryptable", "the question does not open") from None
        question = parse("shared-data-question", plaintext, "bad_question")
        if (question["question_id"], question["terminal"]) != (frame["id"], terminal):
            raise Refusal("bad_question", "header and question disagree")
        return question

    def _write_down(self, question: dict[str, Any], outcome: str, now: str) -> None:
        """Keep that it was asked. The id is unique for ever, so that no question is answered twice."""
        person = question["person"]
        row = SharedDataQuestion(
            question_id=question["question_id"],
            terminal=question["terminal"],
            item=question["item"],
            item_version=question["item_version"],
            data=question["data"],
            person_tag=self._tag(person["id_type"], person["id_number"]),
            identity_method=person["identity_method"],
            assurance_level=person["assurance_level"],
            outcome=outcome,
            answered_at=now,
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError:
            raise Refusal("question_known", "this question was answered before") from None
        except OperationalError:
            raise Refusal("storage", "the platform cannot store anything now") from None

    def _tag(self, id_type: str, id_number: str) -> str:
        """The same for the same person, and no number: who asks "who asked about me?" can be told."""
        mac = HMAC(self._tag_key, SHA256())
        mac.update(canonical([id_type, id_number]))
        return mac.finalize().hex()


def _content(data_set: DataSet, question: dict[str, Any]) -> dict[str, Any]:
    """What the answer says. Raises `Refusal` where the question does not fit the data set."""
    if not set(question["facts"]) <= set(data_set.facts):
        raise Refusal("bad_question", "$.facts: not all of this data set")
    if set(question["needs"]) != data_set.needs:
        raise Refusal("bad_question", "$.needs: not those of this data set")
    answer: dict[str, Any] = {"told": {}, "missing": None, "holder": data_set.holder.zh}
    if data_set.unavailable:
        return {**answer, "missing": "holder_unavailable"}
    record = data_set.find(question["person"]["id_number"], question["needs"])
    facts = {} if record is None else told(data_set, record, question["facts"])
    return {**answer, "told": facts} if facts else {**answer, "missing": "no_record"}


def _sealed(content: dict[str, Any], header: dict[str, Any], reply_key: str, block: int) -> bytes:
    plaintext = canonical(content)
    plaintext += b" " * (-len(plaintext) % block)
    try:
        key = X25519PublicKey.from_public_bytes(base64.b64decode(reply_key))
        ciphertext = _SUITE.encrypt(plaintext, key, info=canonical(header))
    except ValueError:
        raise Refusal("bad_question", "$.reply_key: no key that can be answered to") from None
    return canonical({**header, "ciphertext": base64.b64encode(ciphertext).decode()})
