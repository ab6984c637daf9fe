"""Sealing: from here on only the platform can read an application.

HPKE (RFC 9180, base mode, single shot) with X25519, HKDF-SHA256 and AES-256-GCM. The header stays in clear
and is bound to the content as the HPKE `info`. The form is `offline_queue/contract/envelope.schema.json`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_pem_public_key

SUITE_NAME = "HPKE-X25519-HKDF-SHA256-AES-256-GCM"

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class UnreadableKey(Exception):
    """The platform's public key cannot be used: `path` and `reason` say which file and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def load_platform_key(path: Path) -> X25519PublicKey:
    """Read the platform's public X25519 key (PEM), to seal to. Raises `UnreadableKey`."""
    key = _public_key(path)
    if not isinstance(key, X25519PublicKey):
        raise UnreadableKey(path, "a public key, but not X25519")
    return key


def load_platform_word(path: Path) -> Ed25519PublicKey:
    """Read the platform's public Ed25519 key (PEM), which shows what it said. Raises `UnreadableKey`."""
    key = _public_key(path)
    if not isinstance(key, Ed25519PublicKey):
        raise UnreadableKey(path, "a public key, but not Ed25519")
    return key


def _public_key(path: Path) -> PublicKeyTypes:
    try:
        return load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise UnreadableKey(path, error.strerror or "cannot be read") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnreadableKey(path, "not a public key in PEM form") from None


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
    ciphertext = SUITE.encrypt(plaintext, platform_key, info=canonical(header))
    return canonical({**header, "ciphertext": base64.b64encode(ciphertext).decode()})


def canonical(values: Mapping[str, Any]) -> bytes:
    """The one way to write a value: keys sorted, no spaces, UTF-8, no escapes for non-ASCII."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
