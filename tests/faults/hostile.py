"""A server with the platform's own certificate that answers in every wrong way we could think of.

A behaviour is a status, a body and a manner. Only a 2xx whose body is the platform's true receipt, brought
whole, means that the platform has the application.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import random
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central_platform.contract import STATUS_OF, Problem, Refusal, canonical
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from tests.offline_queue.samples import TERMINAL, new_id
from tests.offline_queue.wire import listening

STATUSES: Final = (
    200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299,
    300, 301, 302, 303, 304, 305, 307, 308,
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422,
    423, 424, 425, 426, 428, 429, 431, 451, 499,
    500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 599, 600, 999,
)  # fmt: skip

_STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_BOMB = gzip.compress(bytes(4_000_000))


@dataclass(frozen=True)
class Behaviour:
    """One way to answer."""

    status: int
    body: str
    manner: str

    def __str__(self) -> str:
        return f"{self.status} {self.body}, {self.manner}"

    @property
    def true(self) -> bool:
        """Whether this is an answer of the platform, if it arrives."""
        return self.status in range(200, 300) and self.body in _TRUE and self.manner not in _BROKEN


def few() -> Iterator[Behaviour]:
    """Every status, every body and every manner, each with what suits it."""
    for status in (200, 422):
        yield from (Behaviour(status, body, "plainly") for body in BODIES)
    for body in ("true", "html"):
        yield from (Behaviour(status, body, "plainly") for status in STATUSES)
        yield from (Behaviour(201, body, manner) for manner in MANNERS)


def of_parts() -> Iterator[Behaviour]:
    """The same for a part: nobody signs for it, so the worst lie is that all of it is there."""
    yield from (Behaviour(status, "all of it", "plainly") for status in (200, 201, 204, 299))
    yield from few()


def all_pairs() -> Iterator[Behaviour]:
    """Every two of them together."""
    for body in BODIES:
        yield from (Behaviour(status, body, "plainly") for status in STATUSES)
        yield from (Behaviour(200, body, manner) for manner in MANNERS)
    for manner in MANNERS:
        yield from (Behaviour(status, "true", manner) for status in STATUSES)


@dataclass(frozen=True)
class _Question:
    application_id: str
    receipt: dict[str, Any]
    keyring: Keyring

    def changed(self, **fields: Any) -> bytes:
        return canonical({**self.receipt, **fields})

    def signed(self, **fields: Any) -> bytes:
        """Signed by the platform, but not this."""
        said = {name: value for name, value in self.receipt.items() if name not in {"kid", "signature"}}
        return canonical(self.keyring.signed({**said, **fields}))

    def by_stranger(self) -> bytes:
        said = {name: value for name, value in self.receipt.items() if name != "signature"}
        return self.changed(signature=base64.b64encode(_STRANGER.sign(canonical(said))).decode())

    def problem(self, application_id: str) -> bytes:
        return canonical({"v": 1, "application_id": application_id, "refused": "other_bytes", "detail": ""})

    def without(self, name: str) -> bytes:
        return canonical({each: value for each, value in self.receipt.items() if each != name})


_SHA = "a" * 64
_Body = Callable[[_Question], bytes]

BODIES: Final[Mapping[str, _Body]] = {
    "true": lambda asked: canonical(asked.receipt),
    "true, spaced": lambda asked: json.dumps(asked.receipt, indent=4).encode(),
    "empty": lambda _: b"",
    "html": lambda _: b"<!doctype html><title>Welcome to the hall's Wi-Fi</title>",
    "null": lambda _: b"null",
    "true as a word": lambda _: b"true",
    "list": lambda asked: canonical([asked.receipt]),
    "text": lambda asked: json.dumps(canonical(asked.receipt).decode()).encode(),
    "number": lambda _: b"1e999",
    "empty object": lambda _: b"{}",
    "cut short": lambda asked: canonical(asked.receipt)[:-9],
    "twice": lambda asked: canonical(asked.receipt) * 2,
    "with more behind it": lambda asked: canonical(asked.receipt) + b"\0",
    "other id": lambda asked: asked.changed(application_id=new_id()),
    "other hash": lambda asked: asked.changed(envelope_sha256=_SHA),
    "hash in capitals": lambda asked: asked.changed(
        envelope_sha256=str(asked.receipt["envelope_sha256"]).upper()
    ),
    "signed for another id": lambda asked: asked.signed(application_id=new_id()),
    "signed for other bytes": lambda asked: asked.signed(envelope_sha256=_SHA),
    "signed for nothing": lambda asked: asked.signed(envelope_sha256=None),
    "unsigned": lambda asked: asked.without("signature"),
    "empty signature": lambda asked: asked.changed(signature=""),
    "signature of zeros": lambda asked: asked.changed(signature="A" * 86 + "=="),
    "signature of another receipt": lambda asked: asked.changed(
        signature=json.loads(asked.signed(envelope_sha256=_SHA))["signature"]
    ),
    "signed by a stranger": _Question.by_stranger,
    "other number": lambda asked: asked.changed(filing_no="33010600-20261121-999999"),
    "other time": lambda asked: asked.changed(received_at="2036-11-21T20:00:00+08:00"),
    "more than was signed": lambda asked: asked.changed(paid=True),
    "members nobody signed": lambda asked: asked.changed(
        members=[{"item": "x", "filing_no": "33010600-20261121-999999", "state": "received"}]
    ),
    "less than was signed": lambda asked: asked.without("filing_no"),
    "version 2": lambda asked: asked.changed(v=2),
    "version true": lambda asked: asked.changed(v=True),
    "two ids": lambda asked: b'{"application_id":"' + new_id().encode() + b'",' + asked.signed(v=2)[1:],
    "a status": lambda asked: canonical(
        asked.keyring.signed({"v": 1, "nonce": "0" * 32, "time": "2026-11-21T20:00:00+08:00"})
    ),
    "a rating": lambda asked: canonical(
        {
            "v": 1,
            "application_id": asked.application_id,
            "terminal": TERMINAL,
            "level": 5,
            "rated_at": "2026-11-21T20:00:00+08:00",
        }
    ),
    "problem": lambda asked: asked.problem(asked.application_id),
    "problem of another": lambda asked: asked.problem(new_id()),
    "deep": lambda _: b"[" * 60_000,
    "not a number": lambda asked: canonical(asked.receipt).replace(b'"v":1', b'"v":NaN'),
    "UTF-16": lambda asked: json.dumps(asked.receipt).encode("utf-16"),
    "with a mark": lambda asked: b"\xef\xbb\xbf" + canonical(asked.receipt),
    "no UTF-8": lambda asked: canonical(asked.receipt).replace(b"3301", b"\xff\xfe01"),
    "half a character": lambda asked: canonical(asked.receipt).replace(b'"v":1', b'"v":1,"kid":"\\ud800"'),
    "bomb": lambda _: _BOMB,
}
_TRUE = frozenset({"true", "true, spaced"})


@dataclass
class _Answering:
    writer: asyncio.StreamWriter
    status: int
    body: bytes
    patience_s: float

    def head(self, *headers: str, length: int | None = -1) -> bytes:
        lines = [f"HTTP/1.1 {self.status} So", "Connection: close", *headers]
        if length is not None:
            lines.append(f"Content-Length: {len(self.body) if length < 0 else length}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def for_ever(self, data: bytes) -> None:
        """Longer than any client waits."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + 3 * self.patience_s
        while loop.time() < end_s and not self.writer.transport.is_closing():
            await self.send(data)
            # To a client that says goodbye asyncio writes nothing more, and lets nobody else have a turn.
            await asyncio.sleep(0.001)

    async def plainly(self, *headers: str, length: int | None = -1) -> None:
        await self.send(self.head(*headers, length=length) + self.body)

    async def chunked(self) -> None:
        pieces = [self.body[at : at + 7] for at in range(0, len(self.body), 7)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        await self.send(self.head("Transfer-Encoding: chunked", length=None) + body + b"0\r\n\r\n")

    async def chunked_without_end(self) -> None:
        body = b"%x\r\n%s\r\n" % (len(self.body), self.body)
        await self.send(self.head("Transfer-Encoding: chunked", length=None) + body)

    async def drop_by_drop(self) -> None:
        for each in self.head():
            await self.send(bytes([each]))
        await self.send(self.body)

    async def too_slowly(self) -> None:
        await self.send(self.head())
        for each in self.body or b".":
            await self.send(bytes([each]))
            await asyncio.sleep(self.patience_s / 10)
        await asyncio.sleep(self.patience_s)

    async def silently(self) -> None:
        await asyncio.sleep(2 * self.patience_s)

    async def half(self) -> None:
        await self.send(self.head() + self.body[: len(self.body) // 2])
        await asyncio.sleep(2 * self.patience_s)

    async def cut_in_the_head(self) -> None:
        await self.send(self.head()[:20])

    async def cut_in_the_body(self) -> None:
        await self.send(self.head() + self.body[:-1] if self.body else self.head(length=9))

    async def reset(self) -> None:
        await self.send(self.head() + self.body[:-1] if self.body else self.head(length=9))
        self.writer.transport.abort()

    async def hang_up(self) -> None:
        self.writer.transport.abort()

    async def endlessly(self) -> None:
        await self.send(self.head(length=1 << 40))
        await self.for_ever(bytes(65536))

    async def endless_headers(self) -> None:
        await self.send(b"HTTP/1.1 200 OK\r\n")
        await self.for_ever(b"X: " + b"y" * 60_000 + b"\r\n")

    async def endless_promises(self) -> None:
        await self.for_ever(b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" * 1000)

    async def after_a_promise(self) -> None:
        await self.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n")
        await self.plainly()

    async def twice(self) -> None:
        await self.plainly()
        await self.plainly()

    async def old_http(self) -> None:
        await self.send(self.body)

    async def http2(self) -> None:
        await self.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(64))

    async def noise(self) -> None:
        await self.send(random.Random(len(self.body)).randbytes(5000))  # noqa: S311 — noise to hear again

    async def upgrade(self) -> None:
        await self.send(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + self.body)


def _with(*headers: str, length: int | None = -1) -> Callable[[_Answering], Any]:
    return lambda answering: answering.plainly(*headers, length=length)


MANNERS: Final[Mapping[str, Callable[[_Answering], Any]]] = {
    "plainly": _Answering.plainly,
    "in chunks": _Answering.chunked,
    "in chunks without end": _Answering.chunked_without_end,
    "without length": _with(length=None),
    "with length 0": _with(length=0),
    "with length 9": _with(length=9),
    "with too much length": _with(length=1 << 20),
    "with two lengths": _with("Content-Length: 3"),
    "with length and chunks": _with("Transfer-Encoding: chunked"),
    "said to be gzip": _with("Content-Encoding: gzip"),
    "said to be in two codings": _with("Content-Encoding: br, gzip"),
    "with another address": _with("Location: https://127.0.0.1:1/"),
    "with an address without TLS": _with("Location: http://127.0.0.1:1/"),
    "with a wait of years": _with("Retry-After: 999999999999"),
    "with a wait below zero": _with("Retry-After: -1"),
    "with a wait until a date": _with("Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"),
    "with a wait of words": _with("Retry-After: soon"),
    "with a cookie": _with("Set-Cookie: a=b"),
    "with a large header": _with("X: " + "y" * 20_000),
    "with a broken header": _with("no colon here"),
    "drop by drop": _Answering.drop_by_drop,
    "too slowly": _Answering.too_slowly,
    "silently": _Answering.silently,
    "half": _Answering.half,
    "cut in the head": _Answering.cut_in_the_head,
    "cut in the body": _Answering.cut_in_the_body,
    "reset": _Answering.reset,
    "hung up": _Answering.hang_up,
    "endlessly": _Answering.endlessly,
    "with endless headers": _Answering.endless_headers,
    "with endless promises": _Answering.endless_promises,
    "after a promise": _Answering.after_a_promise,
    "twice": _Answering.twice,
    "in old HTTP": _Answering.old_http,
    "in HTTP/2": _Answering.http2,
    "in noise": _Answering.noise,
    "with an upgrade": _Answering.upgrade,
}
_BROKEN = frozenset(
    {
        "with length 0",
        "with length 9",
        "with too much length",
        "with two lengths",
        "too slowly",
        "silently",
        "half",
        "cut in the head",
        "cut in the body",
        "reset",
        "hung up",
        "endlessly",
        "with endless headers",
        "with endless promises",
        "in old HTTP",
        "in HTTP/2",
        "in noise",
        "with an upgrade",
        "in chunks without end",
        "with length and chunks",
        "with a broken header",
    }
)


class HostileServer:
    """Answers each application's next try, or its part's, as `behaviours` says, and truly without a word."""

    def __init__(self, platform: Platform, keyring: Keyring, patience_s: float) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.asked = asyncio.Event()
        """Set once an application has arrived."""
        self._platform = platform
        self._keyring = keyring
        self._patience_s = patience_s

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                await self._hear(reader, writer)
                writer.close()
                async with asyncio.timeout(self._patience_s):
                    await writer.wait_closed()
        except TimeoutError:
            pass
        finally:
            writer.transport.abort()  # whoever does not say goodbye is not waited for

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _ = head.split(" ", 2)
        headers = {
            name.lower(): value
            for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if method == "GET":
            await _Answering(writer, 200, self._platform.status(target.rpartition("=")[2]), 0).plainly()
        else:
            await self._answer(writer, target, headers, body)

    async def _answer(
        self, writer: asyncio.StreamWriter, target: str, headers: dict[str, str], body: bytes
    ) -> None:
        self.asked.set()
        application_id = target.split("/")[3]
        who = headers["terminal-id"], headers["terminal-signature"]
        behaviour = self.behaviours.pop(application_id, None) or Behaviour(200, "true", "plainly")
        if "/parts/" in target:
            said = self._of_part(behaviour, target, who, body)
        elif behaviour.body in _TRUE:
            try:
                receipt = json.loads(self._platform.receive(application_id, *who, body).receipt)
            except Refusal as refusal:
                problem = Problem(v=1, application_id=application_id, refused=refusal.reason, detail="")
                said = problem.model_dump_json().encode()
                behaviour = Behaviour(STATUS_OF.get(refusal.reason, 422), "true", "plainly")
            else:
                said = BODIES[behaviour.body](_Question(application_id, receipt, self._keyring))
        elif behaviour.body in BODIES:
            asked = _Question(application_id, self._invented(application_id, body), self._keyring)
            said = BODIES[behaviour.body](asked)
        else:
            raise ConnectionResetError(f"{behaviour.body} can be said of a part only")
        await MANNERS[behaviour.manner](_Answering(writer, behaviour.status, said, self._patience_s))

    def _of_part(self, behaviour: Behaviour, target: str, who: tuple[str, str], body: bytes) -> bytes:
        """A part's answer; the worst lie is that all of it is here."""
        address, _, query = target.partition("?")
        _, _, _, application_id, _, sha256 = address.split("/")
        asked = {name: int(value) for name, value in parse_qsl(query)}
        echo = {"v": 1, "application_id": application_id, "sha256": sha256}
        if behaviour.body == "all of it":
            return canonical({**echo, "received": asked["length"]})
        if behaviour.body in _TRUE:
            return self._platform.parts.take(
                application_id, *who, body, sha256=sha256, offset=asked["offset"], length=asked["length"]
            )
        invented = {**self._invented(application_id, body), **echo, "received": 0}
        return BODIES[behaviour.body](_Question(application_id, invented, self._keyring))

    def _invented(self, application_id: str, body: bytes) -> dict[str, Any]:
        """What a true receipt would be; the platform knows nothing of it."""
        return self._keyring.signed(
            {
                "v": 1,
                "application_id": application_id,
                "envelope_sha256": hashlib.sha256(body).hexdigest(),
                "filing_no": "33010600-20261121-000001",
                "received_at": "2026-11-21T20:00:00+08:00",
            }
        )


@asynccontextmanager
async def serving(directory: Path, server: HostileServer) -> AsyncIterator[int]:
    """Serve with the platform's own certificate, and give the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "platform/server.pem", directory / "platform/server.key")
    context.load_verify_locations(directory / "platform/client_ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    async with listening(server.handle, context) as port:
        yield port
