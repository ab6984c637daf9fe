"""A simulated social-security card that answers APDUs, from the specification LD/T 32; faults are fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

_SELECT = bytes.fromhex("00A404000F 7378312E73682E C9E7BBE1B1A3D5CF")
_GET_RESPONSE = bytes.fromhex("00C00000")
_OK, _LOCKED, _NO_FILE, _NO_RECORD = b"\x90\x00", b"\x69\x82", b"\x6a\x82", b"\x6a\x83"
_UNKNOWN = b"\x6d\x00"

Manner = Literal["whole", "waits", "asks_length"]


def _bcd(digits: str, size: int) -> bytes:
    return bytes.fromhex(digits.ljust(2 * size, "F"))


@dataclass
class SimulatedHolder:
    """An invented person; every value as the card's maker wrote it."""

    number: str = "110101199003070011"
    name: str = "测试甲"
    sex: bytes = b"1"
    ethnic_code: str = "01"
    birthplace: str = "110101"
    birth: str = "19900307"
    card_number: str = "A12345678"
    issued: str = "20200101"
    expires: str = "20300101"


@dataclass
class SimulatedSocialSecurityCard:
    """One card. Records with their tags, in the order of its edition."""

    holder: SimulatedHolder = field(default_factory=SimulatedHolder)
    newer_edition: bool = True
    """Has the name's extension (tag 4E) between name and sex, so that the records behind it count on."""
    manner: Manner = "whole"
    """Answers whole; or 61xx first, or 6Cxx to a length that is not its own, as cards with T=0 do."""
    locked: bool = False
    """Wants a PIN before EF06, as some regions' cards do."""
    other_application: bool = False
    """Is a bank's card."""
    replaced: dict[int, bytes | None] = field(default_factory=dict)
    """Values to store instead, by tag; None for a record that is not there."""
    spoil: Callable[[bytes], bytes] | None = None
    """Makes something else of every answer."""
    _waiting: bytes = field(default=b"", init=False)
    _selected: bool = field(default=False, init=False)

    def reset(self) -> None:
        """Power on, or the contact's reset."""
        self._waiting, self._selected = b"", False

    def answer(self, command: bytes) -> bytes:
        """The answer to one command, status included."""
        answer = self._obey(command)
        return answer if self.spoil is None else self.spoil(answer)

    def _obey(self, command: bytes) -> bytes:
        if command[:4] == _GET_RESPONSE:
            waiting, self._waiting = self._waiting[: command[4] or 256], b""
            return waiting + _OK if waiting else b"\x69\x85"
        if command[: len(_SELECT)] == _SELECT:
            self._selected = not self.other_application
            return self._selected_answer()
        if command[:2] != b"\x00\xb2":
            return _UNKNOWN
        if not self._selected:
            return b"\x69\x86"
        number, file = command[2], command[3]
        if file == 0x34 and self.locked:  # noqa: PLR2004 - EF06
            return _LOCKED
        records = {0x2C: self._issue, 0x34: self._person}.get(file)
        if records is None:
            return _NO_FILE
        stored = self._stored(records())
        return self._send(stored[number - 1], command[4]) if 0 < number <= len(stored) else _NO_RECORD

    def _selected_answer(self) -> bytes:
        if self.other_application:
            return _NO_FILE
        about = b"\x6f\x11\x84\x0f" + _SELECT[5:]
        if self.manner == "waits":
            self._waiting = about
            return bytes((0x61, len(about)))
        return about + _OK

    def _send(self, data: bytes, expected: int) -> bytes:
        if self.manner == "waits":
            self._waiting = data
            return bytes((0x61, len(data)))
        if self.manner == "asks_length" and expected != len(data):
            return bytes((0x6C, len(data)))
        return data + _OK

    def _stored(self, values: dict[int, bytes]) -> list[bytes]:
        values = {**values, **{tag: value for tag, value in self.replaced.items() if tag in values and value}}
        for tag, value in self.replaced.items():
            if value is None:
                values.pop(tag, None)
        return [bytes((tag, len(value))) + value for tag, value in values.items()]

    def _issue(self) -> dict[int, bytes]:
        holder = self.holder
        return {
            0x01: bytes.fromhex("110100D15600000500000001FFFFFFFF"),
            0x02: b"3",
            0x03: b"3.00",
            0x04: bytes.fromhex("110100000000000000000001"),
            0x05: _bcd(holder.issued, 4),
            0x06: _bcd(holder.expires, 4),
            0x07: holder.card_number.encode("ascii"),
        }

    def _person(self) -> dict[int, bytes]:
        holder = self.holder
        name = holder.name.encode("gb18030").ljust(30, b"\0")
        extension = {0x4E: bytes(20)} if self.newer_edition else {}
        return {
            0x08: holder.number.encode("ascii"),
            0x09: name,
            **extension,
            0x0A: holder.sex,
            0x0B: _bcd(holder.ethnic_code, 1),
            0x0C: _bcd(holder.birthplace, 3),
            0x0D: _bcd(holder.birth, 4),
        }
