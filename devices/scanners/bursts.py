"""One burst: everything a scanner sends until it falls silent, and the one code that is in it. Pure.

A triggered scanner sends one code at a time, so a burst is acknowledgements, one payload, its suffix, and
perhaps acknowledgements again. Anything else is told and never guessed at: two codes glued together, a line
break inside, a suffix that stayed away. Only at its ends is chatter taken off; chatter in the middle of a
payload is control bytes of that payload.

The burst knows how much silence ends it; whoever reads the line says when it has been that silent.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from devices.contracts.scanner import Scan, ScanProblem, ScanUnreadable
from devices.scanners.codes import MAX_BYTES, CodePatterns, read_payload
from devices.scanners.families import Family

GAP_S: Final = 0.04
"""Silence that ends a burst: longer than a USB adapter's latency timer (16 ms)."""

REST_S: Final = 0.5
"""Silence after which the rest of an unfinished code is not coming."""

LONGEST_REPLY: Final = 2_048
"""Bytes; a Newland lists its whole configuration."""

Suffix = Literal["any", "cr", "lf", "crlf", "none"]
"""What the scanner is set to send behind a code; `any` takes CR, LF, CRLF or nothing."""

_ENDS: Final[dict[Suffix, re.Pattern[bytes]]] = {
    "any": re.compile(rb"(?:\r\n|\r|\n)?\Z"),
    "cr": re.compile(rb"\r\Z"),
    "lf": re.compile(rb"\n\Z"),
    "crlf": re.compile(rb"\r\n\Z"),
    "none": re.compile(rb"\Z"),
}


class Burst:
    """What has come since the light went on."""

    def __init__(self, family: Family, suffix: Suffix, patterns: CodePatterns) -> None:
        self.heard = bytearray()
        """Everything so far, chatter included."""
        self._family = family
        self._suffix: Suffix = suffix
        self._patterns = patterns
        self._problem: ScanUnreadable | None = None

    @property
    def silence_s(self) -> float | None:
        """The silence that ends this burst, in seconds; None while nothing has come."""
        if not self.heard:
            return None
        return GAP_S if self._problem is None else REST_S

    def add(self, data: bytes) -> None:
        """Take what has come. Raises `ScanUnreadable(TOO_LONG)`."""
        self.heard += data
        self._problem = None
        if len(self.heard) > MAX_BYTES + LONGEST_REPLY:
            raise ScanUnreadable(ScanProblem.TOO_LONG)

    def end(self) -> Scan | None:
        """Say what it was, after `silence_s` of silence; None for chatter, or when the rest may only be late.

        Raises `ScanUnreadable` once the rest is not coming.
        """
        if self._problem is not None:
            raise self._problem
        try:
            payload = payload_of(bytes(self.heard), self._family, self._suffix)
            if payload:
                return read_payload(payload, self._patterns)
            self.heard.clear()
        except ScanUnreadable as unreadable:
            self._problem = unreadable
        return None

    def drop_chatter(self) -> None:
        """Forget the device's own answers."""
        self.heard[:] = without_chatter(bytes(self.heard), self._family)


def payload_of(burst: bytes, family: Family, suffix: Suffix) -> bytes:
    """The payload in `burst`; b"" when there is nothing but chatter and line ends.

    Raises `ScanUnreadable(NO_SUFFIX)` for a payload without the suffix that the scanner is set to send.
    """
    rest = without_chatter(burst, family)
    if not rest.strip(b"\r\n"):
        return b""
    end = _ENDS[suffix].search(rest)
    if end is None:
        raise ScanUnreadable(ScanProblem.NO_SUFFIX)
    return rest[: end.start()]


def without_chatter(burst: bytes, family: Family) -> bytes:
    """`burst` without the device's own answers at its beginning and end."""
    leading, trailing = _edges(family)
    begin = leading.match(burst)
    rest = burst[begin.end() :] if begin else burst
    end = trailing.search(rest)
    return rest[: end.start()] if end else rest


@cache
def _edges(family: Family) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    chatter = family.chatter
    return re.compile(chatter + rb"+", re.DOTALL), re.compile(chatter + rb"+\Z", re.DOTALL)
