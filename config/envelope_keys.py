"""Public keys of the envelope suites, read from PEM: which suite a key is for is in the key itself.

| suite | PEM |
|---|---|
| `HPKE-X25519-HKDF-SHA256-AES-256-GCM` | one block, X25519 (RFC 8410) |
| `HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM` | two blocks, ML-KEM-768 (RFC 9935), then X25519 |
| `SM2-SM3-SM4-GCM` | one block, SM2 (RFC 5480 with the curve 1.2.156.10197.1.301), as OpenSSL writes it |
"""

from __future__ import annotations

import base64
import binascii
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from config.envelope_suites import HPKE, HPKE_HYBRID, SM2, EnvelopeSuite

ENVELOPE_KEY_OF: dict[EnvelopeSuite, str] = {HPKE: "X25519", HPKE_HYBRID: "ML-KEM-768 and X25519", SM2: "SM2"}
"""The kind of key that each suite needs."""

_SM2_BEGINNING = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
"""Of an SM2 public key in DER; x and y follow, 32 bytes each."""

_POINT = 64
_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
"""The curve of SM2 (GB/T 32918.5): y² = x³ - 3x + b modulo p."""

_BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----\s(.*?)-----END PUBLIC KEY-----", re.DOTALL)


class UnknownKind(ValueError):
    """A public key that no suite seals to."""


class Sm2Point(bytes):
    """An SM2 public key: x and y, 32 bytes each, a point of the curve."""

    __slots__ = ()


EnvelopeKey = X25519PublicKey | MLKEM768X25519PublicKey | Sm2Point


def read_envelope_key(pem: bytes) -> tuple[EnvelopeSuite, EnvelopeKey]:
    """Give the suite and the key. Raises `ValueError` that says what else is there."""
    keys = [_key(block) for block in _BLOCK.findall(pem)]
    match keys:
        case [X25519PublicKey() as key]:
            return HPKE, key
        case [MLKEM768PublicKey() as first, X25519PublicKey() as second]:
            return HPKE_HYBRID, MLKEM768X25519PublicKey(first, second)
        case [Sm2Point() as point]:
            return SM2, point
        case []:
            raise ValueError("not a public key in PEM form")
        case _:
            raise UnknownKind("a public key, but not X25519, ML-KEM-768 and X25519, or SM2")


def _key(block: bytes) -> PublicKeyTypes | Sm2Point:
    try:
        der = base64.b64decode(b"".join(block.split()), validate=True)
        if der.startswith(_SM2_BEGINNING):
            return _point(der.removeprefix(_SM2_BEGINNING))
        return load_der_public_key(der)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise ValueError("not a public key in PEM form") from None


def _point(data: bytes) -> Sm2Point:
    x, y = int.from_bytes(data[:32], "big"), int.from_bytes(data[32:], "big")
    if len(data) != _POINT or not (x < _P and y < _P) or (y * y - x**3 + 3 * x - _B) % _P:
        raise ValueError("no point of the curve")
    return Sm2Point(data)
