"""The write-ahead log, looked at before SQLite opens it: SQLite forgets whatever follows a damaged place.

It has to, because a power cut may leave half of the last transaction there. But only of the last one: each
commit was synced before the next began. So two commits behind a place where the checksum breaks mean that the
disk has changed what was kept. Format: "WAL-mode File Format", sqlite.org/walformat.html.
"""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_MASK = 0xFFFFFFFF
_UNFINISHED = 1
"""As many commits may be left of a transaction that a power cut broke off."""


def damage(log: Path) -> str | None:
    """Say what is wrong with a log, None where nothing is or no log is there. Raises `OSError`."""
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return None
    if len(content) <= _HEADER:
        return None
    magic, _, page_size, _, salt_1, salt_2, *check = struct.unpack(">8I", content[:_HEADER])
    order = {_LITTLE: "<", _BIG: ">"}.get(magic)
    if order is None or list(_checksum(content[: _HEADER - 8], order, (0, 0))) != check:
        return "the log's beginning is damaged"  # it is synced before anything follows it
    sums, broken, behind = (check[0], check[1]), False, 0
    for at in range(_HEADER, len(content) - _FRAME - page_size + 1, _FRAME + page_size):
        _, commits, frame_1, frame_2, *found = struct.unpack(">6I", content[at : at + _FRAME])
        if (frame_1, frame_2) != (salt_1, salt_2):
            broken = True  # of an earlier log in the same file, and long in the database; or changed
            continue
        if not broken:
            sums = _checksum(content[at : at + 8], order, sums)
            sums = _checksum(content[at + _FRAME : at + _FRAME + page_size], order, sums)
            broken = list(sums) != found
        behind += broken and commits > 0
    return "the log is damaged in its midst" if behind > _UNFINISHED else None


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for first in words:
        one = (one + first + two) & _MASK
        two = (two + next(words) + one) & _MASK
    return one, two
