"""What the platform's answer means for one application and for the line behind it: pure reading of bytes.

Success is a 2xx in the contract's form, for exactly this id and hash, signed by the platform: a captive
portal's friendly page is none. Only a refusal in the contract's form that names the application sets it
aside; anything else might be a box in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from config.client_certificate import CERTIFICATE_REVOKED
from offline_queue import contract_files
from offline_queue.contract_files import NotOfTheContract
from offline_queue.following import FollowerKind
from offline_queue.signing import Case, PlatformWord, Receipt

_OK = 200
_FORBIDDEN = 403
_NOT_FOUND = 404
_CONFLICT = 409
_CLIENT_ERRORS = range(400, 500)
_SUCCESSES = range(200, 300)
NO_SUCH_ADDRESS = frozenset({404, 405})
_NOT_THE_ITEMS_FAULT = frozenset({401, 403, 404, 405, 407, 408, 421, 426, 429, 451})
"""Client errors about who we are or whom we reached: every application would get the same."""


@dataclass(frozen=True)
class Response:
    """One answer, whole. `retry_after_s` is the server's wish, None without one."""

    status: int
    body: bytes
    retry_after_s: float | None = None


@dataclass(frozen=True)
class Received:
    """The platform has signed for it."""

    receipt: Receipt


@dataclass(frozen=True)
class Over:
    """The platform has a part, or what follows an application."""


@dataclass(frozen=True)
class Uploaded:
    """The platform has so many bytes of a part, from its beginning. It promises nothing."""

    received: int


@dataclass(frozen=True)
class PartsMissing:
    """The platform lacks parts of this application: send them again, then it."""


@dataclass(frozen=True)
class Later:
    """Not this one, not now; the others may go on. `explained` when the contract says so (409)."""

    cause: str
    explained: bool
    retry_after_s: float | None = None


@dataclass(frozen=True)
class Parked:
    """Never in this form: set it aside, and say so to a technician."""

    reason: str


@dataclass(frozen=True)
class LineDown:
    """Nothing can be sent now. `reached` when somebody answered, False when nobody did."""

    cause: str
    reached: bool
    retry_after_s: float | None = None


Failure = Later | Parked | LineDown


@dataclass(frozen=True)
class Answered:
    """A sealed answer to exactly this question: only the session that asked can open and believe it."""

    body: bytes


@dataclass(frozen=True)
class NotAnswered:
    """No answer: nobody was reached, it took too long, or what came back is none."""

    reason: Literal["offline", "refused", "late"]
    cause: str
    """For the technician: places and rules, never values."""


@dataclass(frozen=True)
class CallTaken:
    """The platform has a call for a guide, and says what became of it."""

    state: Literal["waiting", "coming", "done", "withdrawn"]


@dataclass(frozen=True)
class NoCase:
    """Nothing can be told of an application: nobody was reached, or no right answer came.

    `unknown`: the platform has none such from this terminal. `not_its_word`: not signed by the platform, or
    an answer to something else.
    """

    reason: Literal["unreachable", "refused", "unknown", "not_its_word"]
    cause: str
    """For the technician: places and rules, never values."""


def read_receipt(
    word: PlatformWord, application_id: str, envelope_sha256: str, response: Response
) -> Received | PartsMissing | Failure:
    """Read the answer to `PUT /v1/applications/{id}`."""
    if response.status == _CONFLICT and _refused(application_id, response) == "parts_missing":
        return PartsMissing()
    if response.status not in _SUCCESSES:
        return _read_refusal(application_id, response)
    try:
        receipt = word.receipt(response.body, application_id=application_id, envelope_sha256=envelope_sha256)
    except NotOfTheContract as error:
        return LineDown(str(error), reached=True)
    return Received(receipt)


def read_upload(application_id: str, part_sha256: str, length: int, response: Response) -> Uploaded | Failure:
    """Read the answer to `PUT /v1/applications/{id}/parts/{sha256}`."""
    if response.status in NO_SUCH_ADDRESS:
        return _not_wanted(response)
    if response.status not in _SUCCESSES:
        return _read_refusal(application_id, response)
    try:
        echo = contract_files.read("upload", response.body)
    except NotOfTheContract as error:
        return LineDown(str(error), reached=True)
    if (echo["application_id"], echo["sha256"]) != (application_id, part_sha256):
        return LineDown("upload: of another part", reached=True)
    if echo["received"] > length:
        return LineDown("upload: $.received: maximum", reached=True)
    return Uploaded(echo["received"])


def read_follower(
    word: PlatformWord, kind: FollowerKind, application_id: str, sent_sha256: str, response: Response
) -> Over | Failure:
    """Read the answer to `PUT /v1/applications/{id}/rating` or `/audit`."""
    if response.status in NO_SUCH_ADDRESS:
        return _not_wanted(response)
    if response.status not in _SUCCESSES:
        return _read_refusal(application_id, response)
    try:
        kept = word.read("kept", response.body)
    except NotOfTheContract as error:
        return LineDown(str(error), reached=True)
    if (kept["kind"], kept["application_id"], kept["sent_sha256"]) != (kind, application_id, sent_sha256):
        return LineDown("kept: something else", reached=True)
    return Over()


def read_case(word: PlatformWord, application_id: str, nonce: str, response: Response) -> Case | NoCase:
    """Read the answer to `GET /v1/applications/{id}/case`."""
    if response.status != _OK:
        unknown = (
            response.status == _NOT_FOUND and _refused(application_id, response) == "application_unknown"
        )
        return NoCase("unknown" if unknown else "refused", f"http_{response.status}")
    try:
        return word.case(response.body, application_id=application_id, nonce=nonce)
    except NotOfTheContract as error:
        return NoCase("not_its_word", str(error))


def read_shared_data(question_id: str, question_sha256: str, response: Response) -> Answered | NotAnswered:
    """Read the answer to `POST /v1/shared-data`."""
    if response.status != _OK:
        return NotAnswered("refused", f"http_{response.status}")
    try:
        echo = contract_files.read("sealed-answer", response.body)
    except NotOfTheContract as error:
        return NotAnswered("refused", str(error))
    if (echo["id"], echo["question_sha256"]) != (question_id, question_sha256):
        return NotAnswered("refused", "sealed-answer: to another question")
    return Answered(response.body)


def read_call(
    word: PlatformWord, call_id: str, call_sha256: str, response: Response
) -> CallTaken | NotAnswered:
    """Read the answer to `PUT /v1/calls/{id}`."""
    if response.status != _OK:
        return NotAnswered("refused", f"http_{response.status}")
    try:
        echo = word.read("call-state", response.body)
    except NotOfTheContract as error:
        return NotAnswered("refused", str(error))
    if (echo["call_id"], echo["call_sha256"]) != (call_id, call_sha256):
        return NotAnswered("refused", "call-state: of another call")
    return CallTaken(echo["state"])


def is_revoked(status: int, body: bytes) -> bool:
    """Whether the platform says that our certificate was taken back: then it says nothing else."""
    if status != _FORBIDDEN:
        return False
    try:
        return bool(contract_files.read("problem", body)["refused"] == CERTIFICATE_REVOKED)
    except NotOfTheContract:
        return False


def _not_wanted(response: Response) -> Later:
    """A platform without this address: others than this one are not to wait for that."""
    return Later(f"http_{response.status}", explained=False, retry_after_s=response.retry_after_s)


def _read_refusal(application_id: str, response: Response) -> Failure:
    cause = f"http_{response.status}"
    if response.status == _CONFLICT:
        return Later(cause, explained=True, retry_after_s=response.retry_after_s)
    if response.status not in _CLIENT_ERRORS or response.status in _NOT_THE_ITEMS_FAULT:
        return LineDown(cause, reached=True, retry_after_s=response.retry_after_s)
    refused = _refused(application_id, response)
    if refused is None:
        return Later(cause, explained=False, retry_after_s=response.retry_after_s)
    return Parked(refused)


def _refused(application_id: str, response: Response) -> str | None:
    """Why the platform refuses this application; None unless it says so in the contract's form."""
    try:
        problem = contract_files.read("problem", response.body)
    except NotOfTheContract:
        return None
    return str(problem["refused"]) if problem["application_id"] == application_id else None
