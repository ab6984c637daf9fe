"""Signatures: the terminal's over what it sends, and the platform's, checked, over what it answers.

Ed25519 (RFC 8032). A `Receipt` or a `PlatformTime` can only be made here, from bytes whose signature held, so
whoever has one need not check again.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from config.settings import TerminalSettings
from offline_queue import contract_files
from offline_queue.contract_files import Form, NotOfTheContract, canonical
from offline_queue.failures import SigningFailed, UnreadableFile
from offline_queue.token_key import TokenSigner

_OTHERS = 0o077


@dataclass(frozen=True)
class ReceiptMember:
    """A matter of a joint application, with its own filing number; `state`: received, taken_over."""

    item: str
    filing_no: str
    state: Literal["received", "taken_over"]


@dataclass(frozen=True)
class Receipt:
    """The platform holds the application: its verified word. `text` is kept as it came."""

    application_id: str
    envelope_sha256: str
    filing_no: str
    received_at: str
    text: str
    members: tuple[ReceiptMember, ...] = ()
    """Each matter of a joint application; none of any other."""


@dataclass(frozen=True)
class CaseMember:
    """What became of one matter of a joint application; `reason_zh` where it was returned."""

    item: str
    filing_no: str
    state: Literal["received", "taken_over", "accepted", "in_progress", "returned", "concluded"]
    reason_zh: str | None


@dataclass(frozen=True)
class Case:
    """What became of an application: the platform's verified word, of now."""

    filing_no: str
    members: tuple[CaseMember, ...]
    """Each matter of a joint application; none of any other."""


@dataclass(frozen=True)
class PlatformStatus:
    """The platform's time, the key that it wants new envelopes to be sealed to, how much it has published."""

    time: datetime
    envelope_kid: str
    published: int = 0


@dataclass(frozen=True)
class EnvelopeKey:
    """The platform's announcement of that key; `text` is kept as it came."""

    kid: str
    suite: str
    text: str


class TerminalKey:
    """The terminal's private key, and the name the platform knows it by."""

    def __init__(self, terminal_id: str, key: Ed25519PrivateKey | TokenSigner) -> None:
        self.terminal_id = terminal_id
        self._key = key

    @classmethod
    def of(cls, terminal: TerminalSettings) -> TerminalKey:
        """Take the key from where the settings say: a token, or a file. Raises `UnreadableFile`."""
        if not terminal.signing_token:
            return cls.load(terminal.id, terminal.signing_key)
        try:
            return cls(terminal.id, TokenSigner(terminal.signing_token))
        except SigningFailed as error:
            raise UnreadableFile("terminal.signing_token", str(error)) from None

    @classmethod
    def load(cls, terminal_id: str, path: Path) -> TerminalKey:
        """Read the key (PEM, readable by its owner only). Raises `UnreadableFile`."""
        pem = read_private(path)
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise UnreadableFile(path, "not a private key in PEM form") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise UnreadableFile(path, "a private key, but not Ed25519")
        return cls(terminal_id, key)

    def sign(self, body: bytes) -> str:
        """Give the base64 signature over `body`, as it goes into the header `Terminal-Signature`.

        Raises `SigningFailed` where the key is in a token.
        """
        return base64.b64encode(self._key.sign(body)).decode()

    def public_bytes(self) -> bytes:
        """Give the public key, 32 bytes."""
        return self._key.public_key().public_bytes_raw()


class PlatformWord:
    """Tells what the platform signed from what anybody else might have sent."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self.key = key

    @classmethod
    def load(cls, path: Path) -> PlatformWord:
        """Read the platform's public receipt key (PEM). Raises `UnreadableFile`."""
        try:
            key = load_pem_public_key(path.read_bytes())
        except OSError as error:
            raise UnreadableFile(path, error.strerror or "cannot be read") from None
        except (ValueError, UnsupportedAlgorithm):
            raise UnreadableFile(path, "not a public key in PEM form") from None
        if not isinstance(key, Ed25519PublicKey):
            raise UnreadableFile(path, "a public key, but not Ed25519")
        return cls(key)

    def receipt(self, body: bytes, *, application_id: str, envelope_sha256: str) -> Receipt:
        """Read a receipt for exactly these bytes. Raises `NotOfTheContract`."""
        value = contract_files.read("receipt", body)
        if (value["application_id"], value["envelope_sha256"]) != (application_id, envelope_sha256):
            raise NotOfTheContract("receipt: for another application")
        self._verify("receipt", value)
        return Receipt(
            application_id,
            envelope_sha256,
            value["filing_no"],
            value["received_at"],
            body.decode(),
            tuple(ReceiptMember(**each) for each in value.get("members", ())),
        )

    def case(self, body: bytes, *, application_id: str, nonce: str) -> Case:
        """Read what became of this application, in answer to `nonce`. Raises `NotOfTheContract`."""
        value = contract_files.read("case", body)
        if (value["application_id"], value["nonce"]) != (application_id, nonce):
            raise NotOfTheContract("case: an answer to another question")
        self._verify("case", value)
        return Case(value["filing_no"], tuple(CaseMember(**each) for each in value["members"]))

    def status(self, body: bytes, *, nonce: str) -> PlatformStatus:
        """Read an answer to `nonce`. Raises `NotOfTheContract`."""
        value = contract_files.read("status", body)
        if value["nonce"] != nonce:
            raise NotOfTheContract("status: an answer to another question")
        self._verify("status", value)
        try:
            time = datetime.fromisoformat(value["time"])
        except ValueError:
            raise NotOfTheContract("status: $.time: no such time") from None
        return PlatformStatus(time, value["envelope_kid"], value.get("published", 0))

    def envelope_key(self, body: bytes) -> EnvelopeKey:
        """Read an announcement. Raises `NotOfTheContract`."""
        value = contract_files.read("envelope-key", body)
        self._verify("envelope-key", value)
        return EnvelopeKey(value["envelope_kid"], value["suite"], body.decode())

    def read(self, form: Form, body: bytes) -> dict[str, Any]:
        """Read whatever else the platform signs. Raises `NotOfTheContract`."""
        value = contract_files.read(form, body)
        self._verify(form, value)
        return value

    def certificate(self, body: bytes, *, terminal: str, request: str) -> str:
        """Read a certificate, PEM, that answers exactly this request. Raises `NotOfTheContract`."""
        value = contract_files.read("certificate", body)
        digest = hashlib.sha256(request.encode()).hexdigest()
        if (value["terminal"], value["request_sha256"]) != (terminal, digest):
            raise NotOfTheContract("certificate: an answer to another request")
        self._verify("certificate", value)
        return str(value["certificate"])

    def _verify(self, form: str, value: dict[str, Any]) -> None:
        signed = {name: field for name, field in value.items() if name != "signature"}
        try:
            self.key.verify(base64.b64decode(value["signature"]), canonical(signed))
        except InvalidSignature:
            raise NotOfTheContract(f"{form}: not signed by the platform") from None


def read_private(path: Path) -> bytes:
    """Read a secret file that nobody but its owner may read. Raises `UnreadableFile`."""
    try:
        if path.stat().st_mode & _OTHERS:
            raise UnreadableFile(path, "others may read it; its mode must be 0600")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, error.strerror or "cannot be read") from None
