"""What of a cable's bytes may be kept: the words of its protocol's document, and of all else the length.

A redactor is fed the bytes of one direction as they arrive and says of each whether it is shown. It shows
**only constants**: byte sequences that stand in the protocol's own document and are the same for everybody.
Nothing is shown because it *looks* harmless or because a length field says that it is; so a frame that is
split, cut, garbled or mixed with another one shows less, never more. The check byte of a frame with something
withheld is withheld, too: an XOR of a name tells of the name.

Bytes that may be the beginning of a constant are held (in memory) until the next ones come, or `flush`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from devices.blackbox.trace import Item, Kind, Shown, Way, Withheld

UNKNOWN_BYTES = "bytes"
"""The field of what was not understood."""


class Redactor(Protocol):
    """One direction of one cable."""

    def feed(self, data: bytes) -> list[Item]:
        """Take what arrived; give, in order, what has been decided: together as long as all that was fed."""
        ...

    def flush(self) -> list[Item]:
        """Decide about what is held: nothing more has come for a while."""
        ...


class Words:
    """Shows the words it is given wherever they stand; `other` is what everything else is called."""

    def __init__(self, words: Iterable[bytes], other: str = UNKNOWN_BYTES) -> None:
        longest_first = sorted(set(words), key=len, reverse=True)
        self._word = re.compile(b"|".join(map(re.escape, longest_first)) or b"(?!)", re.DOTALL)
        self._beginnings = {word[:size] for word in longest_first for size in range(1, len(word))}
        self._longest = max(map(len, self._beginnings), default=0)
        self._other = other
        self._held = b""

    def feed(self, data: bytes) -> list[Item]:
        """See `Redactor`."""
        self._held += data
        return self._decide(len(self._held) - self._open_end())

    def flush(self) -> list[Item]:
        """See `Redactor`."""
        return self._decide(len(self._held))

    def _decide(self, until: int) -> list[Item]:
        items: list[Item] = []
        at = 0
        for found in self._word.finditer(self._held):
            if found.start() >= until:
                break
            if found.start() > at:
                items.append(Withheld(self._other, found.start() - at))
            items.append(Shown(found[0]))
            at = found.end()
        if until > at:
            items.append(Withheld(self._other, until - at))
        self._held = self._held[max(at, until) :]
        return items

    def _open_end(self) -> int:
        """How many of the last bytes may be the beginning of a word."""
        return next(
            (
                size
                for size in range(min(self._longest, len(self._held)), 0, -1)
                if self._held[-size:] in self._beginnings
            ),
            0,
        )


def redactors(kind: Kind) -> Mapping[Way, Redactor]:
    """Both directions of a cable to a device of this kind."""
    from devices.blackbox import escpos, sam_v, scanner  # noqa: PLC0415 - they are written with `Words`

    match kind:
        case Kind.SAM_V:
            return sam_v.redactors()
        case Kind.ESCPOS:
            return escpos.redactors()
        case Kind.SCANNER:
            return scanner.redactors()
        case Kind.UNKNOWN:
            return {way: Words(()) for way in Way}
