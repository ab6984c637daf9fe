"""The platform over HTTPS: one authority that can vouch for it, our certificate, no redirects, no proxies.

Every call ends within `deadline_s`, whatever the other side does, and foreseen failures are values
(`offline_queue.answers`).
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import httpx

from config.client_certificate import CERTIFICATE_ENDED, CERTIFICATE_REVOKED, ClientCertificate, in_use
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
    is_revoked,
    read_call,
    read_case,
    read_follower,
    read_receipt,
    read_shared_data,
    read_upload,
)
from offline_queue.contract_files import NotOfTheContract, canonical
from offline_queue.delivery import LANES
from offline_queue.downstream import PublicationList, Report, read_list
from offline_queue.failures import SigningFailed, UnreadableFile
from offline_queue.following import framed
from offline_queue.platform_tls import cause_of, tls_to
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.signing import Case, EnvelopeKey, PlatformStatus, PlatformWord, TerminalKey

ANSWER_LIMIT = 64 * 1024
"""Bytes; a longer answer is not the platform's."""

SLOWEST_BYTES_PER_S = 32 * 1024
"""A line this slow still gets an envelope through: each such many bytes have a second more."""

MOST_CHUNK_BYTES, LEAST_CHUNK_BYTES = 1024 * 1024, 16 * 1024
"""The worse the line, the smaller the chunks: half after one that was lost, a little more after one that
arrived."""

_BYTES = MappingProxyType({"Content-Type": "application/octet-stream"})
_APPLICATIONS = "/v1/applications/"

KEPT_S = 1.0
"""How long a delivery's connection waits for the next: a queue that empties pays for one handshake."""

_UNEXPLAINED = frozenset({"tls", "broken_off"})
"""What a platform looks like that lets nobody in; it need not say why."""

LAST_WORD_S = 1.0
"""How long a request under way may go on when the terminal stops."""


class PlatformClient:
    """What a terminal asks of the platform. `certificate` is what it is known by there."""

    def __init__(
        self,
        settings: PlatformSettings,
        key: TerminalKey,
        state_dir: Path | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Read keys and certificates; renewed ones are in `state_dir`. Raises `UnreadableFile`."""
        self._key = key
        self._word = PlatformWord.load(settings.receipt_key)
        self._timeout_s = settings.request_timeout_s
        self._chunk_bytes = MOST_CHUNK_BYTES
        self._settings = settings
        self._now = now
        self._tls = tls_to(settings)
        try:
            self.certificate = in_use(settings, state_dir)
        except (OSError, ValueError):
            raise UnreadableFile(settings.client_certificate, "holds no certificate in PEM form") from None
        if self.certificate.file != settings.client_certificate:
            self.take_up(self.certificate)
        # No connection is kept: every probe then tests name, route and certificate, and none is stale.
        self._http = _http(settings, self._tls, httpx.Limits(max_keepalive_connections=0))
        kept = httpx.Limits(max_keepalive_connections=len(LANES), keepalive_expiry=KEPT_S)
        self._deliveries = _http(settings, self._tls, kept)

    async def status(self, nonce: str) -> PlatformStatus | LineDown:
        """Ask how the platform is; `nonce` is 32 fresh hexadecimal digits."""
        response = await self._ask("GET", f"/v1/status?nonce={nonce}")
        if isinstance(response, LineDown):
            return response
        if response.status != httpx.codes.OK:
            return LineDown(f"http_{response.status}", reached=True)
        try:
            return self._word.status(response.body, nonce=nonce)
        except NotOfTheContract as error:
            return LineDown(str(error), reached=True)

    async def envelope_key(self) -> EnvelopeKey | LineDown:
        """Ask what new envelopes are to be sealed to."""
        response = await self._ask("GET", "/v1/envelope-key")
        if isinstance(response, LineDown):
            return response
        if response.status != httpx.codes.OK:
            return LineDown(f"http_{response.status}", reached=True)
        try:
            return self._word.envelope_key(response.body)
        except NotOfTheContract as error:
            return LineDown(str(error), reached=True)

    async def downstream(self, nonce: str, area_code: str) -> PublicationList | LineDown:
        """Ask what is current for this terminal."""
        path = f"/v1/downstream?nonce={nonce}&area_code={area_code}"
        response = await self._fetch(path, f"downstream:{area_code}:{nonce}")
        if isinstance(response, LineDown):
            return response
        try:
            return read_list(self._word, response.body, nonce=nonce, terminal=self._key.terminal_id)
        except NotOfTheContract as error:
            return LineDown(str(error), reached=True)

    async def downstream_piece(
        self, sha256: str, offset: int, length: int, into: Callable[[bytes], object]
    ) -> LineDown | None:
        """Fetch some bytes of a publication. `into` gets them as they come: what broke off is not lost."""
        path = f"/v1/downstream/{sha256}?offset={offset}&length={length}"
        response = await self._fetch(path, f"{sha256}:{offset}:{length}", into, length)
        return response if isinstance(response, LineDown) else None

    async def put_downstream_report(self, report: Report) -> LineDown | None:
        """Say what became of it here. A platform that has no such address need not be told again."""
        body = report.body(self._key.terminal_id)
        response = await self._send("PUT", "/v1/downstream", body)
        if isinstance(response, LineDown) or response.status in NO_SUCH_ADDRESS:
            return response if isinstance(response, LineDown) else None
        if response.status != httpx.codes.OK or response.body != body:
            return LineDown(f"http_{response.status}", reached=True)
        return None

    async def put_application(self, application_id: str, sealed: Sealed) -> Received | PartsMissing | Failure:
        """Send one envelope, signed now: a terminal enrolled anew has another key than when it kept it."""
        origin = {} if sealed.origin_signature is None else {"Origin-Signature": sealed.origin_signature}
        response = await self._send("PUT", f"/v1/applications/{application_id}", sealed.envelope, origin)
        if isinstance(response, LineDown):
            return response
        return read_receipt(self._word, application_id, sealed.envelope_sha256, response)

    async def put_part(self, application_id: str, part: SealedPart) -> Over | Failure:
        """Bring a part over in chunks, from wherever the last try ended."""
        whole = part.sealed
        offset, chunk = 0, b""  # an empty one asks how many bytes are there
        while True:
            query = f"offset={offset}&length={len(whole)}"
            path = f"/v1/applications/{application_id}/parts/{part.sha256}?{query}"
            response = await self._send("PUT", path, chunk, _BYTES)
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
        response = await self._send("PUT", f"/v1/applications/{application_id}/{follower.kind}", body)
        if isinstance(response, LineDown):
            return response
        digest = hashlib.sha256(body).hexdigest()
        return read_follower(self._word, follower.kind, application_id, digest, response)

    async def case(self, application_id: str, nonce: str) -> Case | NoCase:
        """Ask what became of an application that was received; `nonce` is 32 fresh hexadecimal digits."""
        path = f"{_APPLICATIONS}{application_id}/case?nonce={nonce}"
        response = await self._get(path, f"{application_id}:{nonce}")
        if isinstance(response, LineDown):
            return NoCase("refused" if response.reached else "unreachable", response.cause)
        return read_case(self._word, application_id, nonce, response)

    async def ask_shared_data(self, question_id: str, question: bytes) -> Answered | NotAnswered:
        """Pass on one sealed question. It is sent once: a session that hears nothing asks another one."""
        response = await self._send("POST", "/v1/shared-data", question)
        if isinstance(response, LineDown):
            return _unanswered(response)
        return read_shared_data(question_id, hashlib.sha256(question).hexdigest(), response)

    async def put_call(self, call_id: str, *, wanted: bool) -> CallTaken | NotAnswered:
        """Call a guide, ask what became of the call, or say that nobody waits any more."""
        body = canonical({"v": 1, "call_id": call_id, "terminal": self._key.terminal_id, "wanted": wanted})
        response = await self._send("PUT", f"/v1/calls/{call_id}", body)
        if isinstance(response, LineDown):
            return _unanswered(response)
        return read_call(self._word, call_id, hashlib.sha256(body).hexdigest(), response)

    async def next_certificate(self, request: str) -> str | LineDown:
        """Ask for a certificate for a new key: `request` is PKCS#10, the answer a certificate, both PEM."""
        body = canonical({"v": 1, "terminal": self._key.terminal_id, "request": request})
        response = await self._send("POST", "/v1/certificate", body)
        if isinstance(response, LineDown):
            return response
        if response.status != httpx.codes.OK:
            return LineDown(f"http_{response.status}", reached=True)
        try:
            return self._word.certificate(response.body, terminal=self._key.terminal_id, request=request)
        except NotOfTheContract as error:
            return LineDown(str(error), reached=True)

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
        self._tls.load_cert_chain(certificate.file, certificate.key_file)
        self.certificate = certificate

    async def close(self) -> None:
        """Let go of every connection."""
        await self._http.aclose()
        await self._deliveries.aclose()

    async def _fetch(
        self, path: str, said: str, into: Callable[[bytes], object] | None = None, most: int = ANSWER_LIMIT
    ) -> Response | LineDown:
        """Get; any status but 200 is no answer."""
        response = await self._get(path, said, into, most)
        if isinstance(response, Response) and response.status != httpx.codes.OK:
            return LineDown(f"http_{response.status}", reached=True)
        return response

    async def _get(
        self, path: str, said: str, into: Callable[[bytes], object] | None = None, most: int = ANSWER_LIMIT
    ) -> Response | LineDown:
        """Sign `said`, which stands for the question, and get."""
        try:
            headers = self._signed(self._key.sign(said.encode()))
        except SigningFailed:
            return LineDown("key_store", reached=True)
        return await _unhurried(self._exchange("GET", path, None, headers, into, most))

    async def _send(
        self,
        method: str,
        path: str,
        body: bytes,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Response | LineDown:
        """Sign `body`, and send."""
        try:
            signature = self._key.sign(body)
        except SigningFailed:
            return LineDown("key_store", reached=True)
        return await self._ask(method, path, body, {**self._signed(signature), **more})

    def _signed(self, signature: str) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Terminal-Id": self._key.terminal_id,
            "Terminal-Signature": signature,
        }

    async def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Response | LineDown:
        return await _unhurried(self._exchange(method, path, body, headers))

    async def _exchange(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str] | None,
        into: Callable[[bytes], object] | None = None,
        most: int = ANSWER_LIMIT,
    ) -> Response | LineDown:
        """With `into`, the body of a good answer goes there; of any, at most `most` bytes are taken."""
        http = self._deliveries if method == "PUT" and path.startswith(_APPLICATIONS) else self._http
        try:
            async with (
                asyncio.timeout(deadline_s(self._timeout_s, body, most)),
                http.stream(method, path, content=body, headers=headers) as answer,
            ):
                content, count = bytearray(), 0
                take = content.extend if into is None or answer.status_code != httpx.codes.OK else into
                async for part in answer.aiter_raw():
                    count += len(part)
                    if count > most:
                        return LineDown("answer_too_long", reached=True)
                    take(part)
                if is_revoked(answer.status_code, bytes(content)):
                    return LineDown(CERTIFICATE_REVOKED, reached=True)
                return Response(answer.status_code, bytes(content), _retry_after_s(answer.headers))
        except TimeoutError:
            return LineDown("timeout", reached=False)
        except httpx.TransportError as error:
            cause = cause_of(error)
            if cause in _UNEXPLAINED and self.certificate.standing(self._now()) == "ended":
                cause = CERTIFICATE_ENDED
            return LineDown(cause, reached=False)


async def _unhurried(exchanging: Coroutine[None, None, Response | LineDown]) -> Response | LineDown:
    """Wait for an exchange; when it is cancelled, let it end by itself for a moment."""
    exchange = asyncio.create_task(exchanging)
    try:
        return await asyncio.shield(exchange)
    except asyncio.CancelledError:
        # httpcore forgets to close its socket when it is cancelled within a TLS handshake.
        await asyncio.wait([exchange], timeout=LAST_WORD_S)
        exchange.cancel()
        await asyncio.gather(exchange, return_exceptions=True)
        raise


def _unanswered(down: LineDown) -> NotAnswered:
    if down.reached:
        return NotAnswered("refused", down.cause)
    return NotAnswered("late" if down.cause == "timeout" else "offline", down.cause)


def deadline_s(request_timeout_s: float, body: bytes | None, most: int = ANSWER_LIMIT) -> float:
    """How long a request with `body` may take, to the last byte of an answer of at most `most`."""
    more = len(body or b"") + most - ANSWER_LIMIT
    return request_timeout_s + max(0, more) / SLOWEST_BYTES_PER_S


def _http(settings: PlatformSettings, tls: ssl.SSLContext, limits: httpx.Limits) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=settings.url,
        verify=tls,
        http2=False,
        follow_redirects=False,
        trust_env=False,
        # Name, route and TLS have a quarter each at most: only the answer meets the whole deadline.
        timeout=httpx.Timeout(settings.request_timeout_s, connect=settings.request_timeout_s / 4),
        limits=limits,
        headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "terminal"},
    )


def _retry_after_s(headers: httpx.Headers) -> float | None:
    """The delay form of Retry-After; the date form would need a clock both sides believe in."""
    text = headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else None
