"""The national suite's ciphertext: a digital envelope after GM/T 0010, in DER.

```
ContentInfo            SEQUENCE { envelopedData 1.2.156.10197.6.1.4.2.3, [0] EnvelopedData }
EnvelopedData          SEQUENCE { 1, SET { RecipientInfo }, EncryptedContentInfo }
RecipientInfo          SEQUENCE { 1, IssuerAndSerialNumber, sm2-3 1.2.156.10197.1.301.3,
                                  OCTET STRING: SM2Cipher }
EncryptedContentInfo   SEQUENCE { data 1.2.156.10197.6.1.4.2.1,
                                  SEQUENCE { sm4-gcm 1.2.156.10197.1.104.8, SEQUENCE { nonce, 16 } },
                                  [0] IMPLICIT OCTET STRING: ciphertext and tag }
SM2Cipher (GM/T 0009)  SEQUENCE { x INTEGER, y INTEGER, SM3 hash OCTET STRING, OCTET STRING }
```

A random SM4 key is encrypted with SM2 (GB/T 32918.4); the content with SM4-GCM (parameters as in RFC 8998: a
nonce of 12 bytes, a tag of 16), with the envelope's clear header as associated data, for which GM/T 0010 has
no place of its own. The platform's key has no certificate: its name stands as the issuer's common name, with
serial number 1. There is exactly one way to write an envelope; an opener refuses every other.
"""

from __future__ import annotations

import secrets

import gmssl_pyx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from config.envelope_keys import Sm2Point

_KEY, _NONCE, _TAG = 16, 12, 16
_ENVELOPED_DATA = bytes.fromhex("060a2a811ccf550601040203")
_DATA = bytes.fromhex("060a2a811ccf550601040201")
_SM2_ENCRYPTION = bytes.fromhex("300b06092a811ccf5501822d03")
_SM4_GCM = bytes.fromhex("06082a811ccf55016808")
_COMMON_NAME = bytes.fromhex("0603550403")
_ONE = bytes.fromhex("020101")
_SEQUENCE, _SET, _OCTETS, _TEXT = 0x30, 0x31, 0x04, 0x0C
_FIRST, _FIRST_IMPLICIT = 0xA0, 0x80
_SHORT_LENGTH = 0x80


def sealed(plaintext: bytes, key: Sm2Point, header: bytes, *, kid: str) -> bytes:
    """Give the digital envelope's bytes; `header` is bound to them."""
    content_key, nonce = secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE)
    encryptor = Cipher(algorithms.SM4(content_key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(header)
    content = encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag
    return digital_envelope(kid, gmssl_pyx.sm2_encrypt(key, content_key), nonce, content)


def digital_envelope(kid: str, encrypted_key: bytes, nonce: bytes, content: bytes) -> bytes:
    """Write the structure above; `encrypted_key` is an SM2Cipher, `content` ends with its tag."""
    name = _der(_SEQUENCE, _der(_SET, _der(_SEQUENCE, _COMMON_NAME, _der(_TEXT, kid.encode()))))
    recipient = _der(
        _SEQUENCE, _ONE, _der(_SEQUENCE, name, _ONE), _SM2_ENCRYPTION, _der(_OCTETS, encrypted_key)
    )
    parameters = _der(_SEQUENCE, _der(_OCTETS, nonce), bytes((2, 1, _TAG)))
    encrypted = _der(_SEQUENCE, _DATA, _der(_SEQUENCE, _SM4_GCM, parameters), _der(_FIRST_IMPLICIT, content))
    enveloped = _der(_SEQUENCE, _ONE, _der(_SET, recipient), encrypted)
    return _der(_SEQUENCE, _ENVELOPED_DATA, _der(_FIRST, enveloped))


def _der(tag: int, *contents: bytes) -> bytes:
    length = sum(map(len, contents))
    if length < _SHORT_LENGTH:
        return b"".join((bytes((tag, length)), *contents))
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return b"".join((bytes((tag, _SHORT_LENGTH | len(digits))), digits, *contents))
