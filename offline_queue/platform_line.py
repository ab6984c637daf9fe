"""The line to the platform: HTTPS to one authority's name, with our certificate, no redirects and no proxies.

Every exchange ends within `deadline_s`, whatever the other side does, and foreseen failures are values
(`offline_queue.answers.LineDown`).
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import httpx

from config.client_certificate import CERTIFICATE_ENDED, CERTIFICATE_REVOKED, ClientCertificate, in_use
from config.settings import PlatformSettings
from offline_queue.answers import LineDown, Response, is_revoked
from offline_queue.delivery import LANES
from offline_queue.failures import SigningFailed, UnreadableFile
from offline_queue.platform_tls import cause_of, tls_to
from offline_queue.signing import TerminalKey

APPLICATIONS = "/v1/applications/"
"""Below it lies what is delivered."""

ANSWER_LIMIT = 64 * 1024
"""Bytes; a longer answer is not the platform's."""

SLOWEST_BYTES_PER_S = 32 * 1024
"""A line this slow still gets an envelope through: each such many bytes have a second more."""

KEPT_S = 1.0
"""How long a delivery's connection waits for the next: a queue that empties pays for one handshake."""

LAST_WORD_S = 1.0
"""How long a request under way may go on when the terminal stops."""

_UNEXPLAINED = frozenset({"tls", "broken_off"})
"""What a platform looks like that lets nobody in; it need not say why."""


@dataclass(frozen=True)
class Request:
    """One question. With `into`, the body of a good answer goes there as it comes."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None
    into: Callable[[bytes], object] | None = None
    most: int = ANSWER_LIMIT
    """Bytes that are taken of any answer."""


def utc_now() -> datetime:
    """What certificates are held against."""
    return datetime.now(UTC)


class PlatformLine:
    """Says something under this terminal's name and gives what is answered, unread."""

    def __init__(
        self,
        settings: PlatformSettings,
        key: TerminalKey,
        state_dir: Path | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Read certificates; renewed ones are in `state_dir`. Raises `UnreadableFile`."""
        self._key = key
        self._timeout_s = settings.request_timeout_s
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

    async def ask(self, path: str) -> Response | LineDown:
        """Get what anybody may ask for."""
        return await self._exchange(Request("GET", path))

    async def get(
        self, path: str, said: str, into: Callable[[bytes], object] | None = None, most: int = ANSWER_LIMIT
    ) -> Response | LineDown:
        """Sign `said`, which stands for the question, and get."""
        try:
            headers = self._signed(self._key.sign(said.encode()))
        except SigningFailed:
            return LineDown("key_store", reached=True)
        return await self._exchange(Request("GET", path, None, headers, into, most))

    async def send(
        self, method: str, path: str, body: bytes, more: Mapping[str, str] = MappingProxyType({})
    ) -> Response | LineDown:
        """Sign `body`, and send."""
        try:
            signature = self._key.sign(body)
        except SigningFailed:
            return LineDown("key_store", reached=True)
        return await self._exchange(Request(method, path, body, {**self._signed(signature), **more}))

    def take_up(self, certificate: ClientCertificate) -> None:
        """Be known by this one, which was read before, from the next connection on. Raises `OSError`."""
        self._tls.load_cert_chain(certificate.file, certificate.key_file)
        self.certificate = certificate

    async def close(self) -> None:
        """Let go of every connection."""
        await self._http.aclose()
        await self._deliveries.aclose()

    def _signed(self, signature: str) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Terminal-Id": self._key.terminal_id,
            "Terminal-Signature": signature,
        }

    async def _exchange(self, request: Request) -> Response | LineDown:
        return await _unhurried(self._stream(request))

    async def _stream(self, request: Request) -> Response | LineDown:
        delivers = request.method == "PUT" and request.path.startswith(APPLICATIONS)
        http = self._deliveries if delivers else self._http
        try:
            async with (
                asyncio.timeout(deadline_s(self._timeout_s, request.body, request.most)),
                http.stream(
                    request.method, request.path, content=request.body, headers=request.headers
                ) as answer,
            ):
                content, count = bytearray(), 0
                good = answer.status_code == httpx.codes.OK
                take = request.into if good and request.into is not None else content.extend
                async for part in answer.aiter_raw():
                    count += len(part)
                    if count > request.most:
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
