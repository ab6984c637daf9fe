"""Commands to a chip card and its answers: bytes only, and one exchange with all its follow-ups.

Source: ISO/IEC 7816-4 (SELECT, READ RECORD, GET RESPONSE; 61xx: xx bytes wait; 6Cxx: ask again for xx).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from devices.contracts.social_security_card import ChipTrouble, ChipUnreadable

_MAX_FOLLOW_UPS: Final = 16
"""One answer has at most 256 bytes; a card that keeps promising more is broken."""

_STATUS_BYTES: Final = 2


class Status(IntEnum):
    """SW1 SW2, as far as they mean something here."""

    OK = 0x9000
    LOCKED = 0x6982
    """Security status not satisfied: a PIN comes first."""
    NO_FUNCTION = 0x6A81
    NO_FILE = 0x6A82
    NO_RECORD = 0x6A83
    NO_INSTRUCTION = 0x6D00
    NO_CLASS = 0x6E00


class CardChannel(Protocol):
    """A powered card."""

    async def transmit(self, command: bytes) -> bytes:
        """Send one command and give the answer with its status. Raises `ChipUnreadable`, `DeviceFault`."""
        ...


@dataclass(frozen=True)
class Answer:
    """What a card said: `data`, and its `status` SW1 SW2."""

    data: bytes
    status: int

    def __repr__(self) -> str:
        """The status only: the data may be personal."""
        return f"Answer(…, {self.status:04X})"


def select(application: bytes) -> bytes:
    """SELECT by name (AID)."""
    return bytes((0x00, 0xA4, 0x04, 0x00, len(application))) + application


def read_record(number: int, short_file: int) -> bytes:
    """READ RECORD `number` (from 1) of the file with short identifier `short_file`; all its bytes."""
    return bytes((0x00, 0xB2, number, short_file << 3 | 0x04, 0x00))


def get_response(length: int) -> bytes:
    """GET RESPONSE: `length` bytes that wait, 0 for 256."""
    return bytes((0x00, 0xC0, 0x00, 0x00, length))


async def exchange(channel: CardChannel, command: bytes) -> Answer:
    """Send `command`, fetch what waits, ask again with the right length; give the whole answer.

    `command` must end with its expected length where it has one. Raises `ChipUnreadable`, `DeviceFault`.
    """
    data, asked = b"", command
    for _ in range(_MAX_FOLLOW_UPS):
        raw = await channel.transmit(asked)
        if len(raw) < _STATUS_BYTES:
            raise ChipUnreadable(ChipTrouble.GARBLED, "an answer without status")
        sw1, sw2 = raw[-2], raw[-1]
        data += raw[:-2]
        if sw1 == 0x61:  # noqa: PLR2004 - the status is its own name
            asked = get_response(sw2)
        elif sw1 == 0x6C:  # noqa: PLR2004 - the status is its own name
            asked = asked[:-1] + bytes((sw2,))
        else:
            return Answer(data, sw1 << 8 | sw2)
    raise ChipUnreadable(ChipTrouble.GARBLED, "an answer without end")
