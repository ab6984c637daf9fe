"""What a terminal asks of the platform, address by address, and how each answer is read.

Foreseen failures are values (`offline_queue.answers`); nothing is believed but by the contract and the
platform's signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from config.client_certificate import ClientCertificate
from config.settings import PlatformSettings
from offline_queue.answers import (
    NO_SUCH_ADDRESS,
    Answered,
    CallTaken,
    Failure,
    Later,
    LineDown,
    NoCase,
    NotAnswered,
    Over,
    PartsMissing,
    Received,
    Response,
    Uploaded,
    read_call,
    read_case,
    read_follower,
    read_receipt,
    read_shared_data,
    read_upload,
)
from offline_queue.contract_files import NotOfTheContract, canonical
from offline_queue.downstream import PublicationList, Report, read_list
from offline_queue.following import framed
from offline_queue.platform_line import APPLICATIONS, PlatformLine, utc_now
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.signing import Case, EnvelopeKey, PlatformStatus, PlatformWord, TerminalKey

MOST_CHUNK_BYTES, LEAST_CHUNK_BYTES = 1024 * 1024, 16 * 1024
"""The worse the line, the smaller the chunks: half after one that was lost, a little more after one that
arrived."""

_Answer = TypeVar("_Answer")

_BYTES = MappingProxyType({"Content-Type": "application/octet-stream"})


class PlatformClient:
    """What a terminal asks of the platform."""

    def __init__(
        self,
        settings: PlatformSettings,
        key: TerminalKey,
        state_dir: Path | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Read keys and certificates; renewed ones are in `state_dir`. Raises `UnreadableFile`."""
        self._key = key
        self._settings = settings
        self._now = now
        self._word = PlatformWord.load(settings.receipt_key)
        self._line = PlatformLine(settings, key, state_dir, now)
        self._chunk_bytes = MOST_CHUNK_BYTES

    @property
    def certificate(self) -> ClientCertificate:
        """What this terminal is known by there."""
        return self._line.certificate

    async def status(self, nonce: str) -> PlatformStatus | LineDown:
        """Ask how the platform is; `nonce` is 32 fresh hexadecimal digits."""
        response = await self._line.ask(f"/v1/status?nonce={nonce}")
        return _read(response, partial(self._word.status, nonce=nonce))

    async def envelope_key(self) -> EnvelopeKey | LineDown:
        """Ask what new envelopes are to be sealed to."""
        return _read(await self._line.ask("/v1/envelope-key"), self._word.envelope_key)

    async def downstream(self, nonce: str, area_code: str) -> PublicationList | LineDown:
        """Ask what is current for this terminal."""
        path = f"/v1/downstream?nonce={nonce}&area_code={area_code}"
        response = await self._line.get(path, f"downstream:{area_code}:{nonce}")
        return _read(response, partial(read_list, self._word, nonce=nonce, terminal=self._key.terminal_id))

    async def downstream_piece(
        self, sha256: str, offset: int, length: int, into: Callable[[bytes], object]
    ) -> LineDown | None:
        """Fetch some bytes of a publication. `into` gets them as they come: what broke off is not lost."""
        path = f"/v1/downstream/{sha256}?offset={offset}&length={length}"
        response = await self._line.get(path, f"{sha256}:{offset}:{length}", into, length)
        return _read(response, lambda _body: None)

    async def put_downstream_report(self, report: Report) -> LineDown | None:
        """Say what became of it here. A platform that has no such address need not be told again."""
        body = report.body(self._key.terminal_id)
        response = await self._line.send("PUT", "/v1/downstream", body)
        if isinstance(response, LineDown) or response.status in NO_SUCH_ADDRESS:
            return response if isinstance(response, LineDown) else None
        if response.status != HTTPStatus.OK or response.body != body:
            return LineDown(f"http_{response.status}", reached=True)
        return None

    async def put_application(self, application_id: str, sealed: Sealed) -> Received | PartsMissing | Failure:
        """Send one envelope, signed now: a terminal enrolled anew has another key than when it kept it."""
        origin = {} if sealed.origin_signature is None else {"Origin-Signature": sealed.origin_signature}
        response = await self._line.send("PUT", f"{APPLICATIONS}{application_id}", sealed.envelope, origin)
        if isinstance(response, LineDown):
            return response
        return read_receipt(self._word, application_id, sealed.envelope_sha256, response)

    async def put_part(self, application_id: str, part: SealedPart) -> Over | Failure:
        """Bring a part over in chunks, from wherever the last try ended."""
        whole = part.sealed
        offset, chunk = 0, b""  # an empty one asks how many bytes are there
        while True:
            query = f"offset={offset}&length={len(whole)}"
            path = f"{APPLICATIONS}{application_id}/parts/{part.sha256}?{query}"
            response = await self._line.send("PUT", path, chunk, _BYTES)
            if isinstance(response, LineDown):
                if not chunk or response.reached or self._chunk_bytes == LEAST_CHUNK_BYTES:
                    return response
                self._chunk_bytes = max(LEAST_CHUNK_BYTES, self._chunk_bytes // 2)
                chunk = b""  # is anybody there, and what has arrived?
                continue
            answer = read_upload(application_id, part.sha256, len(whole), response)
            if not isinstance(answer, Uploaded):
                return answer
            if answer.received == len(whole):
                return Over()
            if chunk and answer.received <= offset:
                return Later("part_thrown_away", explained=False)
            if chunk:
                self._chunk_bytes = min(MOST_CHUNK_BYTES, self._chunk_bytes + LEAST_CHUNK_BYTES)
            offset = answer.received
            chunk = whole[offset : offset + self._chunk_bytes]

    async def put_follower(self, application_id: str, follower: Follower) -> Over | Failure:
        """Send a rating, or what became of a visit."""
        body = canonical(framed(application_id, self._key.terminal_id, follower.said))
        response = await self._line.send("PUT", f"{APPLICATIONS}{application_id}/{follower.kind}", body)
        if isinstance(response, LineDown):
            return response
        digest = hashlib.sha256(body).hexdigest()
        return read_follower(self._word, follower.kind, application_id, digest, response)

    async def case(self, application_id: str, nonce: str) -> Case | NoCase:
        """Ask what became of an application that was received; `nonce` is 32 fresh hexadecimal digits."""
        path = f"{APPLICATIONS}{application_id}/case?nonce={nonce}"
        response = await self._line.get(path, f"{application_id}:{nonce}")
        if isinstance(response, LineDown):
            return NoCase("refused" if response.reached else "unreachable", response.cause)
        return read_case(self._word, application_id, nonce, response)

    async def ask_shared_data(self, question_id: str, question: bytes) -> Answered | NotAnswered:
        """Pass on one sealed question. It is sent once: a session that hears nothing asks another one."""
        response = await self._line.send("POST", "/v1/shared-data", question)
        if isinstance(response, LineDown):
            return _unanswered(response)
        return read_shared_data(question_id, hashlib.sha256(question).hexdigest(), response)

    async def put_call(self, call_id: str, *, wanted: bool) -> CallTaken | NotAnswered:
        """Call a guide, ask what became of the call, or say that nobody waits any more."""
        body = canonical({"v": 1, "call_id": call_id, "terminal": self._key.terminal_id, "wanted": wanted})
        response = await self._line.send("PUT", f"/v1/calls/{call_id}", body)
        if isinstance(response, LineDown):
            return _unanswered(response)
        return read_call(self._word, call_id, hashlib.sha256(body).hexdigest(), response)

    async def next_certificate(self, request: str) -> str | LineDown:
        """Ask for a certificate for a new key: `request` is PKCS#10, the answer a certificate, both PEM."""
        body = canonical({"v": 1, "terminal": self._key.terminal_id, "request": request})
        response = await self._line.send("POST", "/v1/certificate", body)
        reading = partial(self._word.certificate, terminal=self._key.terminal_id, request=request)
        return _read(response, reading)

    async def tried(self, certificate: ClientCertificate, nonce: str) -> LineDown | None:
        """See whether the platform lets a new certificate in; the present one stays in use."""
        other = PlatformClient(self._settings, self._key, now=self._now)
        try:
            other.take_up(certificate)
            status = await other.status(nonce)
        except OSError:
            return LineDown("certificate_unusable", reached=True)
        finally:
            await other.close()
        return status if isinstance(status, LineDown) else None

    def take_up(self, certificate: ClientCertificate) -> None:
        """Be known by this one, which was read before, from the next connection on. Raises `OSError`."""
        self._line.take_up(certificate)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._line.close()


def _read(response: Response | LineDown, reading: Callable[[bytes], _Answer]) -> _Answer | LineDown:
    """Read the body of a good answer; whatever else comes says that the line is of no use now."""
    if isinstance(response, LineDown):
        return response
    if response.status != HTTPStatus.OK:
        return LineDown(f"http_{response.status}", reached=True)
    try:
        return reading(response.body)
    except NotOfTheContract as error:
        return LineDown(str(error), reached=True)


def _unanswered(down: LineDown) -> NotAnswered:
    if down.reached:
        return NotAnswered("refused", down.cause)
    return NotAnswered("late" if down.cause == "timeout" else "offline", down.cause)
