"""The contract as this side reads it: the schema files, the answers as types, and typed refusals."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field

from central_platform import strict_json

DIRECTORY = Path(__file__).parents[1] / "offline_queue" / "contract"

BODY_LIMIT = 8 * 1024 * 1024 + 4096
"""Bytes; the largest request body."""

Reason = Literal[
    "terminal_unknown", "signature_wrong", "malformed", "too_large", "bad_envelope", "id_mismatch",
    "terminal_mismatch", "key_unknown", "not_decryptable", "content_mismatch", "record_invalid",
    "record_differs", "other_bytes", "application_unknown", "bad_rating", "bad_audit", "parts_missing",
    "in_flight", "storage", "bad_question", "question_known", "purpose", "bad_call", "not_published",
    "bad_report",
    "bad_request", "certificate_revoked", "invitation_unknown", "invitation_ended", "invitation_used",
    "invitation_withdrawn", "invitation_locked", "terminal_known",
]  # fmt: skip

STATUS_OF: dict[Reason, int] = {
    "terminal_unknown": 401,
    "signature_wrong": 401,
    "certificate_revoked": 403,
    "invitation_unknown": 403,
    "invitation_ended": 403,
    "invitation_used": 403,
    "invitation_withdrawn": 403,
    "invitation_locked": 403,
    "terminal_known": 403,
    "purpose": 403,
    "application_unknown": 404,
    "not_published": 404,
    "parts_missing": 409,
    "in_flight": 409,
    "too_large": 413,
    "storage": 503,
}
"""HTTP status of a refusal; every other reason is 422."""

_Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
_Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Kid = Annotated[str, Field(min_length=1, max_length=64)]
_Signature = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{86}==$")]
_Moment = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
    ),
]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1]


_FilingNo = Annotated[str, Field(pattern=r"^[0-9]{8}-[0-9]{8}-[0-9]{6,}$")]
_Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class ReceiptMember(BaseModel):
    """A matter of a joint application: passed on to an authority, or taken over by a company."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: _Identifier
    filing_no: _FilingNo
    state: Literal["received", "taken_over"]


class CaseMember(BaseModel):
    """What became of a matter of a joint application."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: _Identifier
    filing_no: _FilingNo
    state: Literal["received", "taken_over", "accepted", "in_progress", "returned", "concluded"]
    reason_zh: Annotated[str, Field(max_length=400)] | None


class Receipt(_Answer):
    """收件: the platform holds these bytes for ever."""

    application_id: _Uuid
    envelope_sha256: _Hex32
    filing_no: _FilingNo
    received_at: _Moment
    members: Annotated[list[ReceiptMember], Field(max_length=16)] = Field(default=[])
    kid: _Kid
    signature: _Signature


class Case(_Answer):
    """What became of each matter of an application."""

    application_id: _Uuid
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    filing_no: _FilingNo
    members: Annotated[list[CaseMember], Field(max_length=16)]
    kid: _Kid
    signature: _Signature


class Status(_Answer):
    """The platform answers, and says what time it is."""

    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    time: _Moment
    envelope_kid: _Kid
    published: Annotated[int, Field(ge=0)] = 0
    kid: _Kid
    signature: _Signature


class EnvelopeKey(_Answer):
    """What new envelopes are sealed to; earlier keys still open."""

    kind: Literal["envelope_key"]
    envelope_kid: _Kid
    suite: Literal[
        "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
        "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM",
        "SM2-SM3-SM4-GCM",
    ]
    public_key: Annotated[str, Field(pattern=r"^-----BEGIN PUBLIC KEY-----\n", max_length=4096)]
    kid: _Kid
    signature: _Signature


_Terminal = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")]


class Publication(BaseModel):
    """What is current of one kind, and how its bytes are had."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["revocations", "configuration", "catalogue"]
    number: Annotated[int, Field(ge=1)]
    sha256: _Hex32
    bytes: Annotated[int, Field(ge=1)]


class InForce(BaseModel):
    """What a terminal has in force."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["revocations", "configuration", "catalogue"]
    number: Annotated[int, Field(ge=1)]


class RefusedPublication(InForce):
    """What a terminal refused, and why."""

    reason: Annotated[str, Field(min_length=1, max_length=400)]


class DownstreamReport(_Answer):
    """What became of the publications on one terminal."""

    kind: Literal["downstream_report"]
    terminal: _Terminal
    in_force: Annotated[list[InForce], Field(max_length=3)]
    refused: Annotated[list[RefusedPublication], Field(max_length=3)]


class Downstream(_Answer):
    """What is current for one terminal."""

    kind: Literal["downstream"]
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    terminal: _Terminal
    published: Annotated[int, Field(ge=0)]
    current: Annotated[list[Publication], Field(max_length=3)]
    kid: _Kid
    signature: _Signature


class Upload(_Answer):
    """How much of a part is here."""

    application_id: _Uuid
    sha256: _Hex32
    received: Annotated[int, Field(ge=0)]


class Kept(_Answer):
    """There is a rating, or a word on what became of the visit; the first one stands."""

    kind: Literal["rating", "audit"]
    application_id: _Uuid
    sent_sha256: _Hex32
    kid: _Kid
    signature: _Signature


class CallState(_Answer):
    """What became of a call for a guide."""

    call_id: _Uuid
    call_sha256: _Hex32
    terminal: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")]
    state: Literal["waiting", "coming", "done", "withdrawn"]
    kid: _Kid
    signature: _Signature


class SealedAnswer(_Answer):
    """What is known of a verified person, readable by the session that asked and by nobody else."""

    kind: Literal["answer"]
    id: _Uuid
    suite: Literal["HPKE-X25519-HKDF-SHA256-AES-256-GCM"]
    terminal: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")]
    question_sha256: _Hex32
    ciphertext: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", min_length=64, max_length=24576)]


_Pem = Annotated[str, Field(max_length=8192)]
_TerminalId = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{3,31}$")]


class Authority(_Answer):
    """Who vouches for the platform's servers; believed only by whoever knows its fingerprint."""

    authority: _Pem
    time: _Moment


class Enrolled(_Answer):
    """Everything that a new terminal needs."""

    terminal: _TerminalId
    url: Annotated[str, Field(pattern=r"^https://[^\s/]+$")]
    client_certificate: _Pem
    certificate: Annotated[str, Field(max_length=1024)]
    envelope_key: _Pem
    envelope_kid: _Kid
    envelope_suite: Literal[
        "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
        "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM",
        "SM2-SM3-SM4-GCM",
    ]
    receipt_key: _Pem


class Confirmed(_Answer):
    """The invitation is used up."""

    terminal: _TerminalId
    confirmed: Literal[True]


class Certificate(_Answer):
    """A terminal's next certificate."""

    kind: Literal["certificate"]
    terminal: _TerminalId
    request_sha256: _Hex32
    certificate: _Pem
    kid: _Kid
    signature: _Signature


class Problem(_Answer):
    """Why something was refused, without quoting anything personal."""

    application_id: Annotated[str, Field(max_length=64)] | None
    refused: Reason
    detail: Annotated[str, Field(max_length=400)]


class Refusal(Exception):
    """A request that is not granted; `detail` names places and rules, never values."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@cache
def _validator(form: str) -> Draft202012Validator:
    return strict_json.validator_of(DIRECTORY / f"{form}.schema.json")


Form = Literal[
    "envelope", "record", "rating", "audit", "call", "sealed-question", "shared-data-question",
    "configuration", "revocations", "downstream-report", "enrolment", "enrolment-confirmation",
    "certificate-request",
]  # fmt: skip


def parse(form: Form, body: bytes, reason: Reason) -> dict[str, Any]:
    """Read `body` by the schema of `form`; raises `Refusal(reason)`."""
    try:
        value: dict[str, Any] = strict_json.loads(body)
        canonical(value)  # half a surrogate pair is JSON, but no text
    except (ValueError, RecursionError):
        raise Refusal(reason, f"{form}: not JSON") from None
    error = next(_validator(form).iter_errors(value), None)
    if error is not None:
        raise Refusal(reason, f"{form}: {error.json_path}: {error.validator}")
    return value


def canonical(value: object) -> bytes:
    """Give the one way to write a value: keys sorted, no spaces, UTF-8, no escapes for non-ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
