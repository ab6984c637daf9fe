"""The write-ahead log, looked at before SQLite opens it: SQLite forgets whatever follows a damaged place.

It has to, because a power cut may leave half of the last transaction there. But only of the last one: each
commit was synced before the next began. So two transactions at and behind a place where the checksum breaks
mean that the disk has changed what was kept. Format: "WAL-mode File Format", sqlite.org/walformat.html.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_MASK = 0xFFFFFFFF
_SECTOR, _SALTS_AT = 512, 8
"""What a disk writes whole, in bytes, and where in a frame's head the salts begin."""


@dataclass(frozen=True)
class _Frame:
    """One page in the log."""

    page: int
    commits: bool
    """It is the last one of its transaction."""
    whole: bool
    """Nothing is damaged from the log's beginning to its end."""


def damage(log: Path) -> str | None:
    """Say what is wrong with a log, None where nothing is or no log is there. Raises `OSError`."""
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return None
    if len(content) <= _HEADER:
        return None
    magic, *_, one, two = struct.unpack(">8I", content[:_HEADER])
    order = {_LITTLE: "<", _BIG: ">"}.get(magic)
    if order is None or _checksum(content[: _HEADER - 8], order, (0, 0)) != (one, two):
        return "the log's beginning is damaged"  # it is synced before anything follows it
    return "the log is damaged in its midst" if _two_are_broken(_frames(content, order)) else None


def _two_are_broken(frames: Iterator[_Frame]) -> bool:
    """Whether two transactions are not whole: two of them end, or one holds a page twice.

    SQLite writes a page again in the same transaction in its old place; only what ends it may come twice.
    """
    pages: set[int] = set()
    twice = ended = False
    for frame in frames:
        if frame.commits and frame.whole:
            pages.clear()
            twice = False
        elif frame.commits:
            if ended or twice:
                return True
            ended = True
        else:
            twice = twice or frame.page in pages
            pages.add(frame.page)
    return False


def _frames(content: bytes, order: str) -> Iterator[_Frame]:
    """Every frame of this log whose head is as SQLite wrote it."""
    _, _, page_size, _, *salts, one, two = struct.unpack(">8I", content[:_HEADER])
    sums, whole = (one, two), True
    for at in range(_HEADER, len(content) - _FRAME - page_size + 1, _FRAME + page_size):
        page, pages_after, *of_log, one, two = struct.unpack(">6I", content[at : at + _FRAME])
        if of_log != salts:
            whole = False  # of an earlier log in the same file, and long in the database; or changed
            continue
        if whole:
            sums = _checksum(content[at : at + _SALTS_AT], order, sums)
            sums = _checksum(content[at + _FRAME : at + _FRAME + page_size], order, sums)
            whole = sums == (one, two)
        # Where a sector ends before the salts, a power cut may put them behind the number of an older page.
        if whole or (at + _SALTS_AT) % _SECTOR:
            yield _Frame(page, pages_after > 0, whole)


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for first in words:
        one = (one + first + two) & _MASK
        two = (two + next(words) + one) & _MASK
    return one, two
