"""What a trace keeps of an identity-card reader's cable.

Shown are the requests, and of responses the preamble, a head (length and SW1 SW2 SW3) that stands in the
response table, and the inner lengths. Text, photo, fingerprints, address and every serial number are
withheld, the reader's own among them.

Source: the SAM_V serial protocol, command, response and status tables; ISO/IEC 7816-4 (the card's status).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from devices.blackbox.redaction import UNKNOWN_BYTES, Redactor, Words
from devices.blackbox.trace import Check, Item, Shown, Way, Withheld
from devices.sam_v.frames import PREAMBLE, Sw3, checksum, enclose

_COMMANDS: Final = tuple(
    map(
        bytes.fromhex,
        (
            "10ff", "11ff", "12ff", "2001", "2002", "3001", "3010", "3003", "3005",
            "6000", "6001", "6002", "6003", "6004", "61ff50",
        ),
    )
)  # fmt: skip
REQUESTS: Final = (*(enclose(command) for command in _COMMANDS), PREAMBLE + bytes.fromhex("0003200121"))
"""Every request of the command table, and `20 01` with the wrong check of a public sample."""

_CARD_STATUS: Final = tuple(
    map(
        bytes.fromhex,
        ("6200", "6300", "6400", "6581", "6700", "6982", "6985", "6a82", "6d00", "6e00", "6f00"),
    )
)
_HEAD_BYTES: Final = 5


@dataclass(frozen=True)
class _Part:
    """A piece of a frame behind its head; `constant` is what it has to be in order to be shown."""

    field: str
    length: int
    constant: bytes = b""


_CHECK: Final = _Part("check", 1)


def _record(head: str, fingerprints: int | None) -> tuple[bytes, tuple[_Part, ...]]:
    lengths = bytes.fromhex("01000400") + (b"" if fingerprints is None else fingerprints.to_bytes(2, "big"))
    parts = [_Part("lengths", len(lengths), lengths), _Part("text", 256), _Part("photo", 1024)]
    if fingerprints:
        parts.append(_Part("fingerprints", fingerprints))
    return bytes.fromhex(head), (*parts, _CHECK)


def _heads() -> dict[bytes, tuple[_Part, ...]]:
    """Length and SW1 SW2 SW3 of every known response, and what follows."""
    heads: dict[bytes, tuple[_Part, ...]] = {}
    heads |= {bytes((0, 4, 0, 0, status)): (_CHECK,) for status in Sw3}
    heads |= {
        bytes((0, 4)) + card + bytes((status,)): (_CHECK,)
        for card in _CARD_STATUS
        for status in (Sw3.CARD_REJECTED_SAM, Sw3.READ_FAILED, Sw3.RANDOM_FAILED, Sw3.SELECT_FAILED)
    }
    heads |= {
        bytes.fromhex("000800009f"): (_Part("iin", 4), _CHECK),
        bytes.fromhex("000c000090"): (_Part("sn", 8), _CHECK),
        bytes.fromhex("0014000090"): (_Part("sam-id", 16), _CHECK),
        bytes.fromhex("0010000090"): (_Part("card-numbers", 12), _CHECK),
        bytes.fromhex("0020000090"): (_Part("card-numbers", 28), _CHECK),
    }
    heads |= {
        (4 + size).to_bytes(2, "big") + b"\0\0\x90": (_Part("address", size), _CHECK)
        for size in range(70, 281, 70)
    }
    heads |= dict(
        _record(head, fingerprints)
        for head, fingerprints in (
            ("0508000090", None),
            ("050a000090", 0),
            ("070a000090", 512),
            ("090a000090", 1024),
        )
    )
    # A cable that gives back what is sent on it, as a wrong adapter does, is worth seeing.
    return heads | {frame[len(PREAMBLE) :]: () for frame in REQUESTS if len(frame) == _HEAD_BYTES * 2}


_HEADS: Final = _heads()


class Responses:
    """From the reader. A preamble begins a frame wherever it stands: what came before it was cut short."""

    def __init__(self) -> None:
        self._held = b""
        self._at_head = False
        self._parts: list[_Part] = []
        self._parity = 0
        self._plain = True  # nothing of this frame was withheld

    def feed(self, data: bytes) -> list[Item]:
        """See `Redactor`."""
        self._held += data
        return self._decide(final=False)

    def flush(self) -> list[Item]:
        """See `Redactor`."""
        return self._decide(final=True)

    def _decide(self, *, final: bool) -> list[Item]:
        items: list[Item] = []
        while self._held:
            if self._at_head:
                if len(self._held) < _HEAD_BYTES and not final:
                    break
                items += self._head()
                continue
            at = self._held.find(PREAMBLE)
            until = at if at >= 0 else len(self._held) - (0 if final else self._open_end())
            while until:
                taken = self._part(until, cut=final or at >= 0)
                if taken is None:
                    return items
                items.append(taken)
                until -= taken.length
            if at < 0:
                break
            items.append(Shown(self._take(len(PREAMBLE))))
            self._at_head, self._parts = True, []
        return items

    def _head(self) -> list[Item]:
        self._at_head = False
        parts = _HEADS.get(self._held[:_HEAD_BYTES])
        if parts is None:
            return []  # whatever it is: not of the table
        head = self._take(_HEAD_BYTES)
        self._parts, self._parity, self._plain = list(parts), checksum(head), True
        return [Shown(head)]

    def _part(self, available: int, *, cut: bool) -> Item | None:
        """Decide about the next bytes, at most `available`; None to wait for more of a constant."""
        if not self._parts:
            self._take(available)
            return Withheld(UNKNOWN_BYTES, available)
        part = self._parts[0]
        if part.constant and available < part.length and not cut:
            return None
        data = self._take(min(part.length, available))
        left = part.length - len(data)
        self._parts[:1] = [_Part(part.field, left)] if left else []
        before, self._parity = self._parity, self._parity ^ checksum(data)
        if part is _CHECK:
            good = before == data[0]
            return Shown(data) if good and self._plain else Check(good)
        if part.constant and data == part.constant:
            return Shown(data)
        self._plain = False
        return Withheld(part.field, len(data))

    def _take(self, count: int) -> bytes:
        data, self._held = self._held[:count], self._held[count:]
        return data

    def _open_end(self) -> int:
        return next(
            (size for size in range(len(PREAMBLE) - 1, 0, -1) if self._held.endswith(PREAMBLE[:size])), 0
        )


def redactors() -> Mapping[Way, Redactor]:
    """Both directions."""
    return {Way.TO_DEVICE: Words(REQUESTS), Way.FROM_DEVICE: Responses()}
