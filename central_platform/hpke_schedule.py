"""HPKE for a key that never leaves its token: the token does the Diffie-Hellman, this does the rest.

RFC 9180, base mode, single shot, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: §4.1
`ExtractAndExpand`, §5.1 `KeySchedule`, §5.2 `Open`. Every output here fits into one block of HKDF.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEM_SUITE = b"KEM" + bytes.fromhex("0020")
_SUITE = b"HPKE" + bytes.fromhex("0020 0001 0002")
_KEY, _NONCE, _SECRET = 32, 12, 32
_BASE = b"\x00"


def opened(sealed: bytes, dh: bytes, *, enc: bytes, public: bytes, info: bytes) -> bytes:
    """Open what follows `enc`. Raises `cryptography.exceptions.InvalidTag`.

    `dh` is the token's X25519 of `enc`, `public` the key's own public half, 32 bytes each.
    """
    secret = _expand(
        _KEM_SUITE, _extract(_KEM_SUITE, b"", b"eae_prk", dh), b"shared_secret", enc + public, _SECRET
    )
    key, nonce = key_schedule(secret, info)
    return AESGCM(key).decrypt(nonce, sealed, b"")


def key_schedule(
    shared_secret: bytes, info: bytes, suite: bytes = _SUITE, key: int = _KEY
) -> tuple[bytes, bytes]:
    """Give the AEAD's key and its first nonce; `key` is the key's length in bytes."""
    context = b"".join(
        (_BASE, _extract(suite, b"", b"psk_id_hash", b""), _extract(suite, b"", b"info_hash", info))
    )
    secret = _extract(suite, shared_secret, b"secret", b"")
    return _expand(suite, secret, b"key", context, key), _expand(
        suite, secret, b"base_nonce", context, _NONCE
    )


def _extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    return hmac.digest(salt or bytes(_SECRET), b"HPKE-v1" + suite + label + key, hashlib.sha256)


def _expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labeled + b"\x01", hashlib.sha256)[:length]
