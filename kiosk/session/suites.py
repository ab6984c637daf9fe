"""The envelope suites as a session has them: ways to seal bytes so that only the platform can read them.

All bind the clear header to the content: changed, the envelope does not open. HPKE (RFC 9180, base mode,
single shot, X25519 or ML-KEM-768 with X25519) takes it as `info`; the national suite, described in
`kiosk.session.sm2_envelope`, as associated data of SM4-GCM.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from config.envelope_keys import Sm2Point, read_envelope_key
from config.envelope_suites import HPKE, HPKE_HYBRID, SM2, EnvelopeSuite
from kiosk.session import sm2_envelope

HPKE_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HYBRID_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealingKey(Protocol):
    """A public key of the platform."""

    @property
    def suite(self) -> EnvelopeSuite:
        """The name that goes into the header."""

    def seal(self, plaintext: bytes, header: Mapping[str, Any]) -> bytes:
        """Give the ciphertext, bound to `header`, which names the key as `kid`."""


@dataclass(frozen=True)
class HpkeKey:
    """Seals with X25519."""

    key: X25519PublicKey
    suite: EnvelopeSuite = HPKE

    def seal(self, plaintext: bytes, header: Mapping[str, Any]) -> bytes:
        """Give `enc` (32 bytes) and the AEAD's output."""
        return HPKE_SUITE.encrypt(plaintext, self.key, info=canonical(header))


@dataclass(frozen=True)
class HybridKey:
    """Seals with ML-KEM-768 and X25519: safe while either of the two is."""

    key: MLKEM768X25519PublicKey
    suite: EnvelopeSuite = HPKE_HYBRID

    def seal(self, plaintext: bytes, header: Mapping[str, Any]) -> bytes:
        """Give `enc` (1,120 bytes) and the AEAD's output."""
        return _HYBRID_SUITE.encrypt(plaintext, self.key, info=canonical(header))


@dataclass(frozen=True)
class Sm2Key:
    """Seals with SM2, SM3 and SM4-GCM."""

    key: Sm2Point
    suite: EnvelopeSuite = SM2

    def seal(self, plaintext: bytes, header: Mapping[str, Any]) -> bytes:
        """Give a digital envelope, DER."""
        return sm2_envelope.sealed(plaintext, self.key, canonical(header), kid=str(header["kid"]))


def sealing_key(pem: bytes) -> SealingKey:
    """Read a public key of any suite. Raises `ValueError` that says what else is there."""
    match read_envelope_key(pem):
        case _, Sm2Point() as point:
            return Sm2Key(point)
        case _, X25519PublicKey() as key:
            return HpkeKey(key)
        case _, MLKEM768X25519PublicKey() as key:
            return HybridKey(key)


def canonical(values: Mapping[str, Any]) -> bytes:
    """The one way to write a value: keys sorted, no spaces, UTF-8, no escapes for non-ASCII."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
