"""SAM_V frames as values: the requests, and a decoder that finds whole responses in whatever a line brings.

Source: the SAM_V serial protocol, framing, command and response tables. UART 8N1.

    request    AA AA AA 96 69 | Len, 2 bytes | CMD PARA | CHK            Len = 3
    response   AA AA AA 96 69 | Len, 2 bytes | SW1 SW2 SW3 data | CHK    Len = 4 + data
    CHK        XOR of everything between the preamble and itself, so XOR up to and with CHK is 0

Example: `FIND` is AA AA AA 96 69 00 03 20 01 22, "no card" is AA AA AA 96 69 00 04 00 00 80 84.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import xor
from typing import Final

PREAMBLE: Final = b"\xaa\xaa\xaa\x96\x69"
_HEAD: Final = len(PREAMBLE) + 2
_SHORTEST: Final = 4
"""SW1 SW2 SW3 CHK."""
SHORTEST_BYTES: Final = _HEAD + _SHORTEST
"""The fewest bytes that an answer can have on the wire."""

_LONGEST: Final = 0x090A
"""Text, photo and two fingerprints: the longest body of the response table, in bytes."""

TEXT_BYTES: Final = 256
PHOTO_BYTES: Final = 1024
FINGERPRINT_BYTES: Final = 512
MOST_FINGERPRINTS: Final = 2
ADDRESS_BYTES: Final = 70


class Sw3(IntEnum):
    """The status byte of a response (SAM_V serial protocol, status table)."""

    OK = 0x90
    FOUND = 0x9F
    REQUEST_CHECKSUM = 0x10
    REQUEST_LENGTH = 0x11
    BAD_COMMAND = 0x21
    PRIVILEGE = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REJECTED_SAM = 0x31
    SAM_REJECTED_CARD = 0x32
    VERIFICATION_ERROR = 0x33
    UNRECOGNISED_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81
    NO_CONTENT = 0x91


CARD_TROUBLE: Final = frozenset(
    {
        Sw3.CARD_REJECTED_SAM, Sw3.SAM_REJECTED_CARD, Sw3.VERIFICATION_ERROR, Sw3.UNRECOGNISED_CARD,
        Sw3.READ_FAILED, Sw3.RANDOM_FAILED, Sw3.SELECT_FAILED, Sw3.NO_CONTENT,
    }
)  # fmt: skip
"""What a reader in good health may answer about a card."""

NOT_OFFERED: Final = frozenset({Sw3.REQUEST_LENGTH, Sw3.BAD_COMMAND, Sw3.PRIVILEGE})
"""What a reader answers to a command that it does not have, or does not give to us."""

READER_TROUBLE: Final = NOT_OFFERED | {
    Sw3.REQUEST_CHECKSUM, Sw3.UNKNOWN_ERROR, Sw3.SELF_TEST_FAILED, Sw3.NOT_AUTHORISED
}  # fmt: skip
"""What a reader may answer to any command; it is about itself or the line."""


@dataclass(frozen=True)
class Response:
    """One whole response with the right checksum. SW1 and SW2 are the card's own status after some errors."""

    sw1: int
    sw2: int
    sw3: int
    data: bytes

    def __repr__(self) -> str:
        """Give status and length: the data may be a person."""
        return f"Response(SW3 {self.sw3:02X}, {len(self.data)} bytes)"


@dataclass(frozen=True)
class Command:
    """A request, and the responses that can belong to it: any other on the line is somebody else's."""

    code: bytes
    """CMD and PARA."""
    answers: frozenset[tuple[int, int]]
    """Pairs of SW3 and data length in bytes, beside the empty ones of `READER_TROUBLE`."""

    @property
    def frame(self) -> bytes:
        """The bytes to send."""
        return enclose(self.code)

    @property
    def longest_answer(self) -> int:
        """The most bytes an answer can have on the wire."""
        return _HEAD + _SHORTEST + max(length for _sw3, length in self.answers)

    def fits(self, response: Response) -> bool:
        """Whether `response` can be the answer."""
        found = (response.sw3, len(response.data))
        return found in self.answers or (response.sw3 in READER_TROUBLE and not response.data)


def enclose(body: bytes) -> bytes:
    """Put preamble, length and checksum around `body`."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def checksum(data: bytes) -> int:
    """XOR of all bytes."""
    return reduce(xor, data, 0)


def _empty(statuses: frozenset[Sw3]) -> frozenset[tuple[int, int]]:
    return frozenset((sw3, 0) for sw3 in statuses)


def _ok(*lengths: int) -> frozenset[tuple[int, int]]:
    return frozenset((Sw3.OK, length) for length in lengths)


STATUS: Final = Command(b"\x11\xff", _ok(0))
SAM_ID: Final = Command(b"\x12\xff", _ok(16))
FIND: Final = Command(b"\x20\x01", frozenset({(Sw3.FOUND, 4), (Sw3.FIND_FAILED, 0)}))
SELECT: Final = Command(b"\x20\x02", _ok(8) | _empty(CARD_TROUBLE))
READ: Final = Command(b"\x30\x01", _ok(4 + TEXT_BYTES + PHOTO_BYTES) | _empty(CARD_TROUBLE))
READ_ALL: Final = Command(
    b"\x30\x10",
    _ok(*(6 + TEXT_BYTES + PHOTO_BYTES + FINGERPRINT_BYTES * count for count in range(MOST_FINGERPRINTS + 1)))
    | _empty(CARD_TROUBLE),
)
"""Text, photo and fingerprints."""

NEW_ADDRESS: Final = Command(
    b"\x30\x03",
    _ok(*(ADDRESS_BYTES * count for count in (1, 2, 3, 4))) | _empty(CARD_TROUBLE | {Sw3.FIND_FAILED}),
)
"""The latest additional address, 70 bytes each; also tells whether the card already read still lies there."""

MANAGEMENT: Final = Command(b"\x30\x05", _ok(12, 28) | _empty(CARD_TROUBLE))
"""IIN (4 bytes) and SN (8) of the card; some readers add its 16-byte DN. One source only, not tried."""


class ResponseDecoder:
    """Bytes in, whole responses out; anything else is skipped.

    A frame with a wrong checksum costs nothing of the next good one. A frame that was cut short does, until
    as many bytes have come as its head announced: so whoever gives up waiting starts a new decoder.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        self.skipped = 0
        """Bytes that were part of no good response."""
        self.damaged = 0
        """Whole frames with a wrong checksum: the rate is right, the line is bad."""

    def feed(self, data: bytes) -> list[Response]:
        """Take what arrived and return the responses that are now whole."""
        self._bytes += data
        found = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    @property
    def pending(self) -> int:
        """Bytes of a response that is not whole yet."""
        return len(self._bytes)

    def _next(self) -> Response | None:
        while self._at_preamble():
            if len(self._bytes) < _HEAD:
                return None
            length = int.from_bytes(self._bytes[len(PREAMBLE) : _HEAD], "big")
            if not _SHORTEST <= length <= _LONGEST:
                self._skip(1)
                continue
            if len(self._bytes) < _HEAD + length:
                return None
            frame = bytes(self._bytes[: _HEAD + length])
            if checksum(frame[len(PREAMBLE) :]) != 0:
                self.damaged += 1
                self._skip(1)
                continue
            del self._bytes[: len(frame)]
            body = frame[_HEAD:-1]
            return Response(body[0], body[1], body[2], body[3:])
        return None

    def _at_preamble(self) -> bool:
        """Skip to the next place where a preamble stands, or may be beginning; False when nothing is left."""
        at = self._bytes.find(PREAMBLE)
        if at < 0:
            at = next(
                start
                for start in range(max(0, len(self._bytes) - len(PREAMBLE) + 1), len(self._bytes) + 1)
                if PREAMBLE.startswith(self._bytes[start:])
            )
        self._skip(at)
        return bool(self._bytes)

    def _skip(self, count: int) -> None:
        self.skipped += count
        del self._bytes[:count]


@dataclass(frozen=True, repr=False)
class Record:
    """The parts of a card's record as the chip has them. Its repr says nothing."""

    text: bytes
    photo: bytes
    fingerprints: bytes | None
    """None where they were not asked for."""


def split_record(command: Command, data: bytes) -> Record | None:
    """Part the data of a `READ` or `READ_ALL` answer; None where the inner lengths do not add up."""
    count = 3 if command == READ_ALL else 2
    lengths = [int.from_bytes(data[2 * place : 2 * place + 2], "big") for place in range(count)]
    if len(data) != 2 * count + sum(lengths) or lengths[:2] != [TEXT_BYTES, PHOTO_BYTES]:
        return None
    text_at = 2 * count
    photo_at, fingerprints_at = text_at + TEXT_BYTES, text_at + TEXT_BYTES + PHOTO_BYTES
    fingerprints = data[fingerprints_at:]
    if len(fingerprints) % FINGERPRINT_BYTES:
        return None
    return Record(
        data[text_at:photo_at],
        data[photo_at:fingerprints_at],
        fingerprints if command == READ_ALL else None,
    )


def sam_number(data: bytes) -> str:
    """The SAM's number as it is printed on it, from the 16 bytes of a `SAM_ID` answer.

    >>> sam_number(bytes.fromhex("05000300A53A34010100000015CD5B07"))
    '05.03-20200101-0000000001-0123456789'
    """
    return "{:02d}.{:02d}-{:08d}-{:010d}-{:010d}".format(*struct.unpack("<HHIII", data))
