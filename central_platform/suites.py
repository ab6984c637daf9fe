"""The envelope suites as the platform has them: private keys, and how each opens what was sealed to it.

A second, independent reading of the contract that terminals seal by (`docs/integrators.md`). Keys here come
from files; one in a PKCS#11 token is `central_platform.token_key`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

import gmssl_pyx
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from central_platform import sm2_envelope
from central_platform.contract import canonical

SuiteName = Literal[
    "HPKE-X25519-HKDF-SHA256-AES-256-GCM",
    "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM",
    "SM2-SM3-SM4-GCM",
]
HPKE: Final = "HPKE-X25519-HKDF-SHA256-AES-256-GCM"
HPKE_HYBRID: Final = "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM"
SM2: Final = "SM2-SM3-SM4-GCM"

_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HYBRID = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

_SM2_PRIVATE = (
    bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420"),
    bytes.fromhex("a14403420004"),
)
"""An SM2 key as PKCS #8 has it: this, 32 bytes, this, and x and y of the public key."""
_SM2_PUBLIC = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
_SM2_DER = 138
_BLOCK = re.compile(rb"-----BEGIN PRIVATE KEY-----\s(.*?)-----END PRIVATE KEY-----", re.DOTALL)


class DoesNotOpen(ValueError):
    """Sealed to another key, or header or content were changed."""


class KeyStoreDown(Exception):
    """The store of a key cannot be used now. It says nothing about what was to be opened."""


class OpeningKey(Protocol):
    """A private key of the platform, wherever it is kept."""

    @property
    def suite(self) -> SuiteName:
        """What it opens."""

    def open(self, sealed: bytes, header: Mapping[str, Any]) -> bytes:
        """Give the plaintext that `header` was bound to. Raises `DoesNotOpen`, `KeyStoreDown`."""


@dataclass(frozen=True, repr=False)
class HpkeKey:
    """X25519, or ML-KEM-768 and X25519."""

    key: X25519PrivateKey | MLKEM768X25519PrivateKey
    suite: SuiteName = HPKE

    def open(self, sealed: bytes, header: Mapping[str, Any]) -> bytes:
        """RFC 9180, base mode, single shot; `header` is its `info`."""
        suite = _HPKE if self.suite == HPKE else _HYBRID
        try:
            return suite.decrypt(sealed, self.key, info=canonical(header))
        except (ValueError, InvalidTag) as error:
            raise DoesNotOpen(type(error).__name__) from None


@dataclass(frozen=True, repr=False)
class Sm2Key:
    """SM2, 32 bytes."""

    key: bytes
    suite: SuiteName = SM2

    def open(self, sealed: bytes, header: Mapping[str, Any]) -> bytes:
        """A digital envelope; `header` is the associated data of its SM4-GCM."""
        try:
            return sm2_envelope.opened(sealed, self.key, canonical(header), kid=header["kid"])
        except sm2_envelope.NotAnEnvelope as error:
            raise DoesNotOpen(str(error)) from None


def opening_key(pem: bytes) -> OpeningKey:
    """Read a private key of any suite. Raises `ValueError` that says what else is there."""
    keys = [_key(block) for block in _BLOCK.findall(pem)]
    match keys:
        case [X25519PrivateKey() as key]:
            return HpkeKey(key)
        case [MLKEM768PrivateKey() as first, X25519PrivateKey() as second]:
            return HpkeKey(MLKEM768X25519PrivateKey(first, second), HPKE_HYBRID)
        case [bytes() as secret]:
            return Sm2Key(secret)
        case []:
            raise ValueError("not a private key in PEM form")
        case _:
            raise ValueError("a private key, but not X25519, ML-KEM-768 with X25519, or SM2")


def new_key(suite: SuiteName) -> tuple[bytes, bytes]:
    """Make a key; give private and public PEM."""
    match suite:
        case "HPKE-X25519-HKDF-SHA256-AES-256-GCM":
            pairs = [_both(X25519PrivateKey.generate())]
        case "HPKE-MLKEM768-X25519-HKDF-SHA256-AES-256-GCM":
            pairs = [_both(MLKEM768PrivateKey.generate()), _both(X25519PrivateKey.generate())]
        case "SM2-SM3-SM4-GCM":
            public, secret = gmssl_pyx.sm2_key_generate()
            before, between = _SM2_PRIVATE
            pairs = [
                (
                    _pem("PRIVATE", before + secret + between + public),
                    _pem("PUBLIC", _SM2_PUBLIC + public),
                )
            ]
    return b"".join(private for private, _ in pairs), b"".join(public for _, public in pairs)


def _both(key: X25519PrivateKey | MLKEM768PrivateKey) -> tuple[bytes, bytes]:
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def _pem(kind: str, der: bytes) -> bytes:
    text = base64.encodebytes(der).replace(b"\n", b"")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    name = kind.encode()
    return b"\n".join((b"-----BEGIN %b KEY-----" % name, *lines, b"-----END %b KEY-----" % name, b""))


def _key(block: bytes) -> PrivateKeyTypes | bytes:
    try:
        der = base64.b64decode(b"".join(block.split()), validate=True)
        before, between = _SM2_PRIVATE
        if der.startswith(before) and len(der) == _SM2_DER and der[68:74] == between:
            return der[len(before) : len(before) + 32]
        return load_der_private_key(der, password=None)
    except (binascii.Error, ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("not a private key in PEM form") from None
