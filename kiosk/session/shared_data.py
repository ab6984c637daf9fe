"""A question for shared data and its answer: sealed to the platform, sealed back to this question alone.

The key of the answer is made for one question and is in no other hands, and the question that names it can
only be opened by the platform. The answer is signed over the very bytes of the question, so another one's
answer, an old one, or one that somebody made up, is a `NotTheAnswer`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal, TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.assurance import is_enough
from config.item import Lookup
from kiosk.session.journey import Journey
from kiosk.session.record_card import ID_TYPE
from kiosk.session.suites import HPKE_SUITE, SealingKey, canonical
from kiosk.session.verification import Verified

BLOCK: Final = 1024
"""Bytes: a question is filled up with spaces to a multiple of this, so that its length says nothing."""


class NotTheAnswer(Exception):
    """What came back is no answer to this question; its text names place and rule, never a value."""


@dataclass(frozen=True)
class Asker:
    """Which terminal asks, and the key of the platform it asks: `kid` is that key's name."""

    terminal_id: str
    area_code: str
    platform_key: SealingKey
    kid: str


@dataclass(frozen=True, repr=False)
class Asking:
    """One question on its way: the bytes that travel, and the key that opens the answer."""

    question_id: str
    terminal_id: str
    data: str
    sealed: bytes
    reply_key: X25519PrivateKey


@dataclass(frozen=True, repr=False)
class Answer:
    """What the platform told. Without facts: `missing` says why."""

    told: Mapping[str, str]
    missing: Literal["no_record", "holder_unavailable"] | None
    told_at: datetime
    proof: str
    """To check the facts by later: the question's id and hash, the name of the key, the signature."""


def question(
    journey: Journey,
    lookup: Lookup,
    sent: Mapping[str, str],
    *,
    asker: Asker,
    question_id: str,
    asked_at: datetime,
) -> Asking:
    """Seal one question about the person who was verified; `sent` are the answers that go with it.

    Raises `ValueError` where nobody was verified, or not as surely as the matter needs: nothing is asked.
    """
    verified = _surely(journey)
    reply_key = X25519PrivateKey.generate()
    plaintext = canonical(
        {
            "v": 1,
            "question_id": question_id,
            "terminal": asker.terminal_id,
            "area_code": asker.area_code,
            "item": journey.item.id,
            "item_version": journey.item.version,
            "data": lookup.data,
            "facts": [fact.id for fact in lookup.facts],
            "person": {
                "id_type": ID_TYPE[journey.holder.type],
                "id_number": journey.holder.id_number,
                "identity_method": verified.method,
                "assurance_level": verified.level,
                "verified_by": verified.staff_no,
            },
            "needs": dict(sent),
            "consents": [
                {"text_id": given.text_id, "version": given.version, "at": _moment(given.at)}
                for given in journey.consents
                if given.given
            ],
            "reply_key": _base64(reply_key.public_key().public_bytes_raw()),
            "asked_at": _moment(asked_at),
        }
    )
    plaintext += b" " * (-len(plaintext) % BLOCK)
    header: dict[str, str | int] = {
        "v": 1,
        "kind": "question",
        "id": question_id,
        "kid": asker.kid,
        "suite": asker.platform_key.suite,
        "terminal": asker.terminal_id,
    }
    ciphertext = asker.platform_key.seal(plaintext, header)
    sealed = canonical({**header, "ciphertext": _base64(ciphertext)})
    return Asking(question_id, asker.terminal_id, lookup.data, sealed, reply_key)


def answer(asking: Asking, body: bytes, platform: Ed25519PublicKey) -> Answer:
    """Open what came back. Raises `NotTheAnswer` for all that the platform did not say to this question."""
    digest = hashlib.sha256(asking.sealed).hexdigest()
    frame = _read(_Frame, body, "frame")
    if (frame.id, frame.terminal, frame.question_sha256) != (asking.question_id, asking.terminal_id, digest):
        raise NotTheAnswer("frame: to another question")
    header = frame.model_dump(exclude={"ciphertext"})
    try:
        ciphertext = base64.b64decode(frame.ciphertext, validate=True)
        plaintext = HPKE_SUITE.decrypt(ciphertext, asking.reply_key, info=canonical(header))
    except (ValueError, InvalidTag):
        raise NotTheAnswer("frame: does not open") from None
    content = _read(_Content, plaintext, "content")
    signed = content.model_dump(exclude={"signature"})
    try:
        platform.verify(base64.b64decode(content.signature, validate=True), canonical(signed))
    except (ValueError, InvalidSignature):
        raise NotTheAnswer("content: not signed by the platform") from None
    if (content.question_id, content.question_sha256, content.data) != (
        asking.question_id,
        digest,
        asking.data,
    ):
        raise NotTheAnswer("content: to another question")
    proof = f"{content.question_id} {digest} {content.kid} {content.signature}"
    return Answer(content.told, content.missing, _aware(content.told_at), proof)


def _surely(journey: Journey) -> Verified:
    verified = journey.verified
    if verified is None or not is_enough(verified.method, journey.item.assurance_level):
        raise ValueError("a question about a person who was not verified as the matter needs")
    return verified


# ---- the contract's forms, as this side reads them: sealed-answer and shared-data-answer -----------------


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    v: Literal[1]


class _Frame(_Form):
    kind: Literal["answer"]
    id: str
    suite: Literal["HPKE-X25519-HKDF-SHA256-AES-256-GCM"]
    terminal: str
    question_sha256: str
    ciphertext: str


_FactId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class _Content(_Form):
    kind: Literal["shared_data_answer"]
    question_id: str
    question_sha256: str
    data: str
    told: dict[_FactId, str]
    missing: Literal["no_record", "holder_unavailable"] | None
    holder: str
    told_at: str
    kid: str
    signature: str


_Read = TypeVar("_Read", bound=_Form)


def _read(form: type[_Read], body: bytes, what: str) -> _Read:
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise NotTheAnswer(
            f"{what}: {first['loc'][0] if first['loc'] else 'json'}: {first['type']}"
        ) from None


def _aware(moment: str) -> datetime:
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise NotTheAnswer("content: told_at is no moment") from None
    if read.tzinfo is None or _moment(read) != moment:
        raise NotTheAnswer("content: told_at is not in whole seconds with an offset")
    return read


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
