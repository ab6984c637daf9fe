"""Opening the national suite's digital envelope (GM/T 0010, GM/T 0009), which has exactly one spelling.

Its parts are taken out, the envelope is written anew from them, and whatever differs from that by one bit is
refused: what is not encrypted is thereby fixed, what is encrypted is authenticated by SM3 (the key) and
SM4-GCM (content and clear header). The layout is in `docs/integrators.md`.
"""

from __future__ import annotations

import gmssl_pyx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_KEY, _NONCE, _TAG, _HASH, _COORDINATE = 16, 12, 16, 32, 32
_SEQUENCE, _SET, _INTEGER, _OCTETS, _TEXT, _CONTENT, _INNER = 0x30, 0x31, 0x02, 0x04, 0x0C, 0x80, 0xA0
_NAMES = {
    "enveloped": "060a2a811ccf550601040203",
    "data": "060a2a811ccf550601040201",
    "sm2": "300b06092a811ccf5501822d03",
    "sm4-gcm": "06082a811ccf55016808",
    "common name": "0603550403",
}
_ONE = b"\x02\x01\x01"


class NotAnEnvelope(ValueError):
    """Not the one spelling, or it does not open; says where, never what."""


def opened(envelope: bytes, key: bytes, header: bytes, *, kid: str) -> bytes:
    """Give the plaintext. Raises `NotAnEnvelope`."""
    cipher, nonce, content = _taken_apart(envelope)
    if _written(kid, cipher, nonce, content) != envelope:
        raise NotAnEnvelope("written in another way")
    try:
        content_key = gmssl_pyx.sm2_decrypt(key, cipher)
    except gmssl_pyx.GmsslInnerError:
        raise NotAnEnvelope("the key does not open") from None
    if len(content_key) != _KEY:
        raise NotAnEnvelope("the key has another length")
    decryptor = Cipher(algorithms.SM4(content_key), modes.GCM(nonce, content[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(header)
    try:
        return decryptor.update(content[:-_TAG]) + decryptor.finalize()
    except InvalidTag:
        raise NotAnEnvelope("the content does not open") from None


def _taken_apart(envelope: bytes) -> tuple[bytes, bytes, bytes]:
    """Give the encrypted key, the nonce, and the content with its tag, where they should be."""
    (info,) = _parts(envelope, _SEQUENCE)
    _, inner = _parts(info, None, None)
    (enveloped,) = _parts(inner, _SEQUENCE)
    _, recipients, encrypted = _parts(enveloped, _INTEGER, _SET, _SEQUENCE)
    (recipient,) = _parts(recipients, _SEQUENCE)
    *_, cipher = _parts(recipient, _INTEGER, _SEQUENCE, _SEQUENCE, _OCTETS)
    _, algorithm, content = _parts(encrypted, None, _SEQUENCE, _CONTENT)
    _, parameters = _parts(algorithm, None, _SEQUENCE)
    nonce, _ = _parts(parameters, _OCTETS, _INTEGER)
    (point,) = _parts(cipher, _SEQUENCE)
    x, y, digest, wrapped = _parts(point, _INTEGER, _INTEGER, _OCTETS, _OCTETS)
    rewritten = _tlv(_SEQUENCE, _number(x), _number(y), _tlv(_OCTETS, digest), _tlv(_OCTETS, wrapped))
    if rewritten != cipher or (len(digest), len(wrapped)) != (_HASH, _KEY):
        raise NotAnEnvelope("the key is written in another way")
    if len(nonce) != _NONCE or len(content) < _TAG:
        raise NotAnEnvelope("nonce or content: another length")
    return cipher, nonce, content


def _written(kid: str, cipher: bytes, nonce: bytes, content: bytes) -> bytes:
    known = {name: bytes.fromhex(digits) for name, digits in _NAMES.items()}
    named = _tlv(_SEQUENCE, _tlv(_SET, _tlv(_SEQUENCE, known["common name"], _tlv(_TEXT, kid.encode()))))
    recipient = _tlv(_SEQUENCE, _ONE, _tlv(_SEQUENCE, named, _ONE), known["sm2"], _tlv(_OCTETS, cipher))
    parameters = _tlv(_SEQUENCE, _tlv(_OCTETS, nonce), b"\x02\x01\x10")
    encrypted = _tlv(
        _SEQUENCE, known["data"], _tlv(_SEQUENCE, known["sm4-gcm"], parameters), _tlv(_CONTENT, content)
    )
    inner = _tlv(_SEQUENCE, _ONE, _tlv(_SET, recipient), encrypted)
    return _tlv(_SEQUENCE, known["enveloped"], _tlv(_INNER, inner))


def _number(digits: bytes) -> bytes:
    """A coordinate as DER writes it: no zeros before it but one that keeps it positive."""
    value = int.from_bytes(digits, "big")
    if value.bit_length() > 8 * _COORDINATE:
        raise NotAnEnvelope("a coordinate is too long")
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _parts(data: bytes, *tags: int | None) -> list[bytes]:
    """The contents of `data`, which is a row of values with these tags; None is any."""
    found = []
    for tag in tags:
        if len(data) < 2 or (tag is not None and data[0] != tag):  # noqa: PLR2004 - a tag and a length
            raise NotAnEnvelope("another structure")
        length, start = data[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[2:start], "big")
        if len(data) < start + length:
            raise NotAnEnvelope("cut short")
        found.append(data[start : start + length])
        data = data[start + length :]
    if data:
        raise NotAnEnvelope("more than there should be")
    return found


def _tlv(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    length = len(content)
    if length < 0x80:  # noqa: PLR2004 - the short form of DER
        return bytes((tag, length)) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits + content
