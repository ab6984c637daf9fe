"""Sealing: from here on only the platform can read an application.

The header stays in clear and is bound to the content by whichever suite the platform's key is for
(`kiosk.session.suites`). The form is `offline_queue/contract/envelope.schema.json`.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from config.envelope_suites import HPKE, EnvelopeSuite
from kiosk.session.suites import SealingKey, canonical, sealing_key

_SALT_BYTES = 32


class UnreadableKey(Exception):
    """The platform's public key cannot be used: `path` and `reason` say which file and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def load_platform_key(path: Path, suite: EnvelopeSuite = HPKE) -> SealingKey:
    """Read the platform's public key (PEM), to seal to with `suite`. Raises `UnreadableKey`."""
    try:
        key = sealing_key(_read(path))
    except ValueError as error:
        raise UnreadableKey(path, str(error)) from None
    if key.suite != suite:
        raise UnreadableKey(path, f"a key for {key.suite}, not for {suite}")
    return key


def load_platform_word(path: Path) -> Ed25519PublicKey:
    """Read the platform's public Ed25519 key (PEM), which shows what it said. Raises `UnreadableKey`."""
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm):
        raise UnreadableKey(path, "not a public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnreadableKey(path, "a public key, but not Ed25519")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableKey(path, error.strerror or "cannot be read") from None


def seal(
    plaintext: bytes,
    *,
    application_id: str,
    item: str,
    item_version: str,
    terminal: str,
    platform_key: SealingKey,
    kid: str,
    parts: Sequence[bytes] = (),
    is_part: bool = False,
    stands_for: bytes | None = None,
) -> bytes:
    """Give the envelope's bytes (canonical JSON, UTF-8).

    `parts` are the sealed pages that the record in `plaintext` names, which become the header's manifest; a
    page (`page_content`) is sealed with `is_part`. With `stands_for`, the whole envelope, `plaintext` is the
    compact content of the same application (`kiosk.session.restore_codes`), and the header is bound to both.

    Sealing is randomised: the same application sealed twice gives different bytes, so it is sealed once and
    these bytes are what every retry sends. `plaintext` must hold a random salt, because its hash is in clear.
    """
    header: dict[str, Any] = {
        "v": 1,
        "id": application_id,
        "kid": kid,
        "suite": platform_key.suite,
        "item": item,
        "item_version": item_version,
        "terminal": terminal,
        "content_sha256": hashlib.sha256(plaintext).hexdigest(),
    }
    if parts:
        header["parts"] = [{"sha256": sealed_name(part), "bytes": len(part)} for part in parts]
    if is_part:
        header["content"] = "part"
    if stands_for is not None:
        header |= {"content": "compact", "stands_for": hashlib.sha256(stands_for).hexdigest()}
    ciphertext = platform_key.seal(plaintext, header)
    return canonical({**header, "ciphertext": base64.b64encode(ciphertext).decode()})


def page_content(jpeg: bytes) -> bytes:
    """What is sealed of a page: a random salt before it, because the hash of all this is in clear."""
    return secrets.token_bytes(_SALT_BYTES) + jpeg


def sealed_name(sealed: bytes) -> str:
    """How what is sealed is named by everybody who does not open it: by the SHA-256 of its bytes."""
    return hashlib.sha256(sealed).hexdigest()
