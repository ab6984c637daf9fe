"""An invitation's code, read as a person typed it: capital or small, an O for a 0, in any grouping.

The form is said in docs/integrators.md: `LX-0002@10.0.0.5:8444/7QK2MX-…`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_DIGITS = {digit: value for value, digit in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}
_ALIKE = str.maketrans("ILO", "110")
_GROUP, _GROUPS = 6, 8
_FINGERPRINT_BYTES, _SECRET_BYTES = 15, 10
_FIELD = 0b100101
"""x⁵+x²+1, over which the groups are checked."""

_HEAD = re.compile(r"([A-Z0-9][A-Z0-9-]{3,31})@((?:[a-z0-9.-]+|\[[0-9a-f:]+\]):[0-9]{1,5})")
_LIKELY_THE_HEAD = 3
"""So many wrong groups are hardly so many mistakes: what stands before the stroke is wrong in them all."""


class BadCode(Exception):
    """A code that cannot be right; the text says where, and what to do."""


@dataclass(frozen=True)
class Invitation:
    """Which terminal, where, whom to believe, and the secret (hexadecimal)."""

    terminal: str
    address: str
    fingerprint: bytes
    secret: str


def read_invitation(text: str) -> Invitation:
    """Read a code. Raises `BadCode`."""
    before, stroke, after = "".join(text.split()).partition("/")
    terminal, _, address = before.partition("@")
    head = f"{terminal.upper()}@{address.lower()}"
    if not stroke or _HEAD.fullmatch(head) is None:
        raise BadCode("not an invitation: it begins like LX-0002@10.0.0.5:8444/ and eight groups follow")
    digits = after.replace("-", "").upper().translate(_ALIKE)
    unknown = sorted(set(digits) - set(_DIGITS))
    if unknown:
        raise BadCode(f"{unknown[0]!r} is in no code: compare it with the one that was printed")
    if len(digits) != _GROUP * _GROUPS:
        raise BadCode(f"the code has {len(digits)} characters after the stroke, it must have 48")
    values = [_DIGITS[digit] for digit in digits]
    groups = [values[first : first + _GROUP] for first in range(0, len(values), _GROUP)]
    wrong = [index for index, group in enumerate(groups, 1) if not _holds(head, index, group)]
    if len(wrong) >= _LIKELY_THE_HEAD:
        raise BadCode(f"mistyped: compare {head} with the code that was printed, then the groups after it")
    if wrong:
        raise BadCode(f"mistyped: compare group {' and '.join(map(str, wrong))} after the stroke")
    number = 0
    for value in (value for group in groups for value in group[:-1]):
        number = number << 5 | value
    data = number.to_bytes(_FINGERPRINT_BYTES + _SECRET_BYTES, "big")
    return Invitation(
        terminal.upper(), address.lower(), data[:_FINGERPRINT_BYTES], data[_FINGERPRINT_BYTES:].hex()
    )


def _holds(head: str, index: int, group: list[int]) -> bool:
    total = hashlib.sha256(f"{index}:{head}".encode()).digest()[0] & 31
    for value in group:
        total = _times_x(total) ^ value
    return total == 0


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 32 else value
