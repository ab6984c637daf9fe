"""Base45: bytes as the characters that a QR code holds most densely (two bytes in three characters).

Pure. Source: RFC 9285.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_BASE = 45


def encode(data: bytes) -> str:
    """Write `data` in Base45."""
    text = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        rest = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            rest, digit = divmod(rest, _BASE)
            text.append(ALPHABET[digit])
    return "".join(text)


def decode(text: str) -> bytes:
    """Read Base45. Raises `ValueError` for anything that `encode` does not write."""
    data = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if len(group) == 1:
            raise ValueError("Base45: a character is left over")
        try:
            value = sum(_VALUE[character] * _BASE**place for place, character in enumerate(group))
        except KeyError:
            raise ValueError("Base45: a character that is none of the 45") from None
        try:
            data += value.to_bytes(len(group) - 1, "big")
        except OverflowError:
            raise ValueError("Base45: a group that is too large") from None
    return bytes(data)
