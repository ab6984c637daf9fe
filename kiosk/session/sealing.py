"""Sealing: from here on only the platform can read an application.

HPKE (RFC 9180, base mode, single shot) with X25519, HKDF-SHA256 and AES-256-GCM. The header stays in clear
and is bound to the content as the HPKE `info`. The form is `offline_queue/contract/envelope.schema.json`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_public_key

SUITE_NAME = "HPKE-X25519-HKDF-SHA256-AES-256-GCM"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class UnreadableKey(Exception):
    """The platform's public key cannot be used: `path` and `reason` say which file and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def load_platform_key(path: Path) -> X25519PublicKey:
    """Read the platform's public X25519 key (PEM). Raises `UnreadableKey`."""
    try:
        pem = path.read_bytes()
    except OSError as error:
        raise UnreadableKey(path, error.strerror or "cannot be read") from None
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise UnreadableKey(path, "not a public key in PEM form") from None
    if not isinstance(key, X25519PublicKey):
        raise UnreadableKey(path, "a public key, but not X25519")
    return key


def seal(
    plaintext: bytes,
    *,
    application_id: str,
    item: str,
    item_version: str,
    terminal: str,
    platform_key: X25519PublicKey,
    kid: str,
    stands_for: bytes | None = None,
) -> bytes:
    """Give the envelope's bytes (canonical JSON, UTF-8).

    With `stands_for`, the whole envelope, `plaintext` is the compact content of the same application
    (`kiosk.session.restore_codes`), and the header is bound to both.

    Sealing is randomised: the same application sealed twice gives different bytes, so it is sealed once and
    these bytes are what every retry sends. `plaintext` must hold a random salt, because its hash is in clear.
    """
    header: dict[str, str | int] = {
        "v": 1,
        "id": application_id,
        "kid": kid,
        "suite": SUITE_NAME,
        "item": item,
        "item_version": item_version,
        "terminal": terminal,
        "content_sha256": hashlib.sha256(plaintext).hexdigest(),
    }
    if stands_for is not None:
        header |= {"content": "compact", "stands_for": hashlib.sha256(stands_for).hexdigest()}
    ciphertext = _SUITE.encrypt(plaintext, platform_key, info=_canonical(header))
    return _canonical({**header, "ciphertext": base64.b64encode(ciphertext).decode()})


def _canonical(values: dict[str, str | int]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
