"""The text of an invitation, for a person who types it: `LX-0002@10.0.0.5:8444/7QK2MX-…`, eight groups.

Before the stroke stand the terminal and where it is to enrol. After it, in Crockford's base 32 (no I, L, O,
U), the first 15 bytes of the SHA-256 of the server authority's certificate (DER), then the 10 bytes of the
secret. Each group has five characters of these 25 bytes and one to check them: with x⁵+x²+1 over GF(32), the
group read as a polynomial, led by a start of its own, is zero at x. So any one wrong character and any two
that changed places are noticed, and in which group. The start is the low five bits of the first byte of
SHA-256 of `<number of the group, from 1>:<what stands before the stroke>`.
"""

from __future__ import annotations

import hashlib

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FINGERPRINT_BYTES, SECRET_BYTES = 15, 10
_GROUP, _BITS, _FIELD = 5, 5, 0b100101


def invitation_code(terminal: str, address: str, authority_der: bytes, secret: bytes) -> str:
    """Write an invitation; `address` is host and port, `secret` has `SECRET_BYTES`."""
    head = f"{terminal}@{address}"
    data = hashlib.sha256(authority_der).digest()[:FINGERPRINT_BYTES] + secret
    number = int.from_bytes(data, "big")
    count = len(data) * 8 // _BITS
    values = [number >> _BITS * place & 31 for place in reversed(range(count))]
    groups = []
    for index, first in enumerate(range(0, count, _GROUP), 1):
        group = values[first : first + _GROUP]
        groups.append("".join(DIGITS[value] for value in [*group, _check(head, index, group)]))
    return f"{head}/{'-'.join(groups)}"


def _check(head: str, index: int, group: list[int]) -> int:
    total = hashlib.sha256(f"{index}:{head}".encode()).digest()[0] & 31
    for value in group:
        total = _times_x(total) ^ value
    return _times_x(total)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 32 else value
