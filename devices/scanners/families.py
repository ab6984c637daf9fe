"""The three families of serial scanners: their commands, and how their answers look on the wire.

Sources: Honeywell, user's guides of the Xenon and N-series, "Serial Programming Commands" (trigger SYN T CR,
stop SYN U CR, menu command SYN M CR, a query is answered by its echo with ACK, ENQ or NAK before the
punctuation); Newland, serial programming manual (7E 01 "0000" … 3B 03, answered by the echo with 02 first and
06, 15 or 05 before 3B 03); GM65 family, user's manual, "Serial control" (zone bits; CRC-CCITT over type,
length and data, and AB CD for "unchecked").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Family:
    """One way of talking to a scanner."""

    name: str
    query: bytes
    """A question that changes nothing."""
    reply: re.Pattern[bytes]
    """The answer to `query`, unlike any other: it proves that what was sent before has been obeyed."""
    trigger: bytes
    """Turns the light on for one code."""
    stop: bytes
    """Turns the light off."""
    acknowledged: re.Pattern[bytes] | None
    """The answer to `trigger` and `stop`, whatever it says; None for a family that gives none."""
    refused: re.Pattern[bytes] | None
    """The answer to a `trigger` that the device does not obey."""

    @property
    def chatter(self) -> bytes:
        """A regular expression for all that the device says beside codes."""
        said = [self.reply.pattern] + ([self.acknowledged.pattern] if self.acknowledged else [])
        return b"(?:" + b"|".join(said) + b")"


def _honeywell() -> Family:
    return Family(
        name="honeywell",
        query=b"\x16M\rCBRENA?.",  # is Codabar on? The manual's own example of a query
        reply=re.compile(rb"[Cc][Bb][Rr][Ee][Nn][Aa][ -~]{0,8}?[\x05\x06\x15]\."),
        trigger=b"\x16T\r",
        stop=b"\x16U\r",
        acknowledged=None,
        refused=None,
    )


def _newland() -> Family:
    def command(name: bytes) -> bytes:
        return b"\x7e\x010000@" + name + b";\x03"

    return Family(
        name="newland",
        query=command(b"QRYSYS"),
        reply=re.compile(rb"\x02\x01[0-9]{4}[@#]QRYSYS[^\x02\x03]{0,2048}?[\x05\x06\x15];\x03"),
        trigger=command(b"SCNTRG1"),
        stop=command(b"SCNTRG0"),
        acknowledged=re.compile(rb"\x02\x01[0-9]{4}[@#]SCNTRG[01][\x05\x06\x15];\x03"),
        refused=re.compile(rb"\x02\x01[0-9]{4}[@#]SCNTRG1[\x05\x15];\x03"),
    )


def _gm65() -> Family:
    return Family(
        name="gm65",
        query=bytes.fromhex("7E00 07 01 0002 02 ABCD"),  # two zones: unlike an acknowledgement of one
        reply=re.compile(rb"\x02\x00\x00\x02[\x00-\xff]{4}"),
        trigger=bytes.fromhex("7E00 08 01 0002 01 ABCD"),
        stop=bytes.fromhex("7E00 08 01 0002 00 ABCD"),
        acknowledged=re.compile(re.escape(bytes.fromhex("0200 00 01 00 3331"))),
        refused=None,
    )


FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family for family in (_honeywell(), _newland(), _gm65())
}
"""By the name that the settings use."""
