"""Compact content: a record as a slip's restore codes bring it, made a record again.

The form's page is not in it; `left_out` proves one that is drawn again. Layout: `docs/proof.md`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from central_platform.contract import DIRECTORY

LONGEST = 1_000_000
"""Bytes; no record from a slip is longer."""

_STEPS = 10_000


@dataclass(frozen=True)
class Expanded:
    """The record, canonical but for its missing page; `pdf_sha256` is that page's, None if there was none."""

    record: dict[str, Any]
    pdf_sha256: str | None
    member_pdf_sha256: tuple[str | None, ...] = ()
    """The same for each member of a joint matter that has a form."""


def expand(content: bytes) -> Expanded:
    """Make a record of compact content. Raises `ValueError`, saying nothing of what is in it."""
    inflating = zlib.decompressobj(-15, _dictionary())
    try:
        plain = inflating.decompress(content, LONGEST)
    except zlib.error:
        raise ValueError("not compressed as it should be") from None
    if not inflating.eof or inflating.unused_data:
        raise ValueError("too long, or it does not end where it should")
    length = int.from_bytes(plain[:4], "big")
    try:
        said = json.loads(plain[4 : 4 + length])
        record = said["record"]
        numbers = _numbers(plain[4 + length :])
        for signature in record["signatures"]:
            signature["strokes"] = [_stroke(numbers) for _ in range(next(numbers))]
        expanded = Expanded(record, said["pdf_sha256"], tuple(said.get("member_pdf_sha256", ())))
    except (ValueError, KeyError, TypeError, StopIteration, RecursionError):
        raise ValueError("no record in it") from None
    if next(numbers, None) is not None:
        raise ValueError("more strokes than signatures")
    return expanded


@cache
def _dictionary() -> bytes:
    return (DIRECTORY / "compact-dictionary.txt").read_bytes()


def _stroke(numbers: Iterator[int]) -> list[list[float]]:
    points, x, y = [], 0, 0
    for _ in range(next(numbers)):
        x += next(numbers)
        y += next(numbers)
        points.append([x / _STEPS, y / _STEPS])
    return points


def _numbers(data: bytes) -> Iterator[int]:
    value, shift = 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value >> 1 if not value & 1 else ~(value >> 1)
            value, shift = 0, 0
