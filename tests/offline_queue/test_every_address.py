"""At every address, only the platform's own answer to this very question is a yes."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central_platform.contract import canonical
from central_platform.opening import Keyring
from offline_queue.answers import Answered, CallTaken, Over, Received
from offline_queue.downstream import PublicationList
from offline_queue.platform_client import PlatformClient
from offline_queue.platform_tls import tls_to
from offline_queue.queue_values import Follower, Sealed, SealedPart
from offline_queue.signing import Case, EnvelopeKey, PlatformStatus, PlatformWord
from tests.offline_queue.conftest import RunningPlatform
from tests.offline_queue.platform_process import settings
from tests.offline_queue.samples import TERMINAL, Citizens, a_record, new_id, page, terminal_key, with_pages
from tests.offline_queue.wire import Lie, answer, lying_platform

STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NONCE = "1" * 32


@dataclass
class Terminal:
    """Asks whoever listens on `port`; `line` goes straight to the platform."""

    client: PlatformClient
    line: PlatformClient
    citizens: Citizens

    async def applies(self) -> object:
        application_id, envelope = self.citizens.envelope()
        return await self.client.put_application(application_id, _sealed(envelope))

    async def brings_a_part(self) -> object:
        name = new_id()
        _, parts = with_pages(a_record(name), self.citizens.terminal_directory, page(100))
        ((sha256, part),) = parts.items()
        assert isinstance(await self.line.put_part(name, SealedPart(part, sha256)), Over)
        return await self.client.put_part(name, SealedPart(part, sha256))

    async def rates(self) -> object:
        return await self._follows(Follower("rating", '{"level":5,"rated_at":"2026-11-21T20:01:00+08:00"}'))

    async def says_how_the_visit_was(self) -> object:
        said = '{"ended":"left","lasted_s":61,"shown_at":null,"slip":"none"}'
        return await self._follows(Follower("audit", said))

    async def _follows(self, follower: Follower) -> object:
        application_id, envelope = self.citizens.envelope()
        assert isinstance(await self.line.put_application(application_id, _sealed(envelope)), Received)
        return await self.client.put_follower(application_id, follower)

    async def asks_what_became_of_it(self) -> object:
        application_id, envelope = self.citizens.envelope()
        assert isinstance(await self.line.put_application(application_id, _sealed(envelope)), Received)
        return await self.client.case(application_id, NONCE)

    async def asks_about_somebody(self) -> object:
        question_id = new_id()
        return await self.client.ask_shared_data(question_id, canonical({"id": question_id}))


def _sealed(envelope: bytes) -> Sealed:
    return Sealed(envelope, hashlib.sha256(envelope).hexdigest(), "")


@dataclass(frozen=True)
class Address:
    """How it is asked, what a yes is, and what in the answer tells to which question it is."""

    ask: Callable[[Terminal], Awaitable[object]]
    yes: type[object]
    id: str | None = None
    hash: str | None = None
    signed: bool = True
    """False where a terminal has nothing to lose by it, or where the signature is sealed to the session."""


ADDRESSES = {
    "status": Address(lambda terminal: terminal.client.status(NONCE), PlatformStatus, "nonce"),
    "envelope key": Address(lambda terminal: terminal.client.envelope_key(), EnvelopeKey),
    "application": Address(Terminal.applies, Received, "application_id", "envelope_sha256"),
    "part": Address(Terminal.brings_a_part, Over, "application_id", "sha256", signed=False),
    "rating": Address(Terminal.rates, Over, "application_id", "sent_sha256"),
    "audit": Address(Terminal.says_how_the_visit_was, Over, "application_id", "sent_sha256"),
    "case": Address(Terminal.asks_what_became_of_it, Case, "application_id", "nonce"),
    "call": Address(
        lambda terminal: terminal.client.put_call(new_id(), wanted=True), CallTaken, "call_id", "call_sha256"
    ),
    "shared data": Address(Terminal.asks_about_somebody, Answered, "id", "question_sha256", signed=False),
    "downstream": Address(
        lambda terminal: terminal.client.downstream(NONCE, "330106"), PublicationList, "nonce"
    ),
}

Body = dict[str, Any]
Way = Callable[[Keyring, Address, Body], Body]


def other(value: str) -> str:
    """Another value of the same form."""
    return ("2" if value[0] != "2" else "3") + value[1:]


def saying(name: Callable[[Address], str | None]) -> Way:
    """The platform's answer to another question, with its own signature."""

    def changed(keyring: Keyring, address: Address, body: Body) -> Body:
        field = name(address)
        assert field is not None
        said = {key: value for key, value in body.items() if key not in {"kid", "signature"}}
        said[field] = other(str(said[field]))
        return keyring.signed(said) if address.signed else said

    return changed


def by_a_stranger(_keyring: Keyring, _address: Address, body: Body) -> Body:
    said = {key: value for key, value in body.items() if key != "signature"}
    return {**said, "signature": base64.b64encode(STRANGER.sign(canonical(said))).decode()}


WAYS: dict[str, Way] = {
    "right": lambda _keyring, _address, body: body,
    "another form": lambda keyring, _address, _body: keyring.signed({"v": 1, "nonce": NONCE, "waiting": 0}),
    "another version": lambda _keyring, _address, body: {**body, "v": 2},
    "something more": lambda _keyring, _address, body: {**body, "advertisement": "cheap"},
    "another id": saying(lambda address: address.id),
    "another hash": saying(lambda address: address.hash),
    "a stranger's signature": by_a_stranger,
    "no signature": lambda _keyring, _address, body: {
        key: value for key, value in body.items() if key != "signature"
    },
}
STATUSES = ("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect", "500 Broken")


def applies(way: str, address: Address) -> bool:
    match way:
        case "another id":
            return address.id is not None
        case "another hash":
            return address.hash is not None
        case "a stranger's signature" | "no signature":
            return address.signed
        case _:
            return True


class Gullible(PlatformWord):
    """The weakened variant: whatever is in the contract's form is believed."""

    def _verify(self, form: str, value: Body) -> None: ...


async def asked(
    platform: RunningPlatform,
    address: Address,
    lie: Callable[[int, Body], bytes],
    word: type[PlatformWord] = PlatformWord,
) -> object:
    """Ask through somebody who has the platform's certificate, asks it, and then answers as `lie` does."""
    key = terminal_key(platform.terminal)
    straight = settings(platform.terminal, platform.port)
    line = PlatformClient(straight, key)
    with httpx.Client(base_url=straight.url, verify=tls_to(straight)) as http:
        async with lying_platform(platform.directory, _passing_on(http, lie)) as port:
            client = PlatformClient(settings(platform.terminal, port), key)
            client._word = word.load(straight.receipt_key)
            try:
                return await address.ask(Terminal(client, line, Citizens(platform.terminal)))
            finally:
                await client.close()
                await line.close()


def _passing_on(http: httpx.Client, lie: Callable[[int, Body], bytes]) -> Lie:
    def pass_on(head: bytes, body: bytes) -> bytes:
        first, *rest = head.decode().strip().split("\r\n")
        method, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in rest)
        if path == "/v1/shared-data":
            return lie(200, _an_answer(body))
        said = http.request(method, path, headers=headers, content=body)
        return lie(said.status_code, said.json())

    return pass_on


def _an_answer(question: bytes) -> Body:
    """What only the session can open, and only its frame is the terminal's business."""
    return {
        "v": 1,
        "kind": "answer",
        "id": json.loads(question)["id"],
        "suite": "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
        "terminal": TERMINAL,
        "question_sha256": hashlib.sha256(question).hexdigest(),
        "ciphertext": "A" * 64,
    }


@pytest.mark.parametrize(
    ("name", "way"), [(name, way) for name in ADDRESSES for way in WAYS if applies(way, ADDRESSES[name])]
)
async def test_only_the_right_answer_is_a_yes(platform: RunningPlatform, name: str, way: str) -> None:
    address, keyring = ADDRESSES[name], Keyring.load(platform.directory)

    def lie(status: int, body: Body) -> bytes:
        return answer(f"{status} So", canonical(WAYS[way](keyring, address, body)))

    assert isinstance(await asked(platform, address, lie), address.yes) == (way == "right")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("status", STATUSES)
async def test_a_right_answer_with_a_status_that_is_no_success_is_no_yes(
    platform: RunningPlatform, name: str, status: str
) -> None:
    def lie(_status: int, body: Body) -> bytes:
        return answer(status, canonical(body), "Location: /")

    assert not isinstance(await asked(platform, ADDRESSES[name], lie), ADDRESSES[name].yes)


@pytest.mark.parametrize("name", [name for name in ADDRESSES if ADDRESSES[name].signed])
async def test_a_terminal_that_checks_no_signature_is_caught(platform: RunningPlatform, name: str) -> None:
    address, keyring = ADDRESSES[name], Keyring.load(platform.directory)

    def lie(status: int, body: Body) -> bytes:
        return answer(f"{status} So", canonical(by_a_stranger(keyring, address, body)))

    assert isinstance(await asked(platform, address, lie, Gullible), address.yes)
