"""A simulated GM65 scanner on a pty, from the user's manual, "Serial control"."""

from __future__ import annotations

import binascii

from devices.simulators.barcode_scanner import BarcodeSimulator

_HEAD = b"\x7e\x00"
_READ, _WRITE = 0x07, 0x08
_TRIGGER_ZONE = 0x0002
_UNCHECKED = b"\xab\xcd"
_LONGEST_WRITE = 16
_BYTES_AROUND = 8
"""Head 2, type 1, length 1, address 2, check 2."""


class Gm65Simulator(BarcodeSimulator):
    """Is read and written by zones; bit 0 of zone 0002 is the trigger."""

    def _take(self, received: bytes) -> bytes:
        while True:
            begin = received.find(_HEAD)
            if begin < 0:
                return received[-1:] if received.endswith(_HEAD[:1]) else b""
            received = received[begin:]
            if len(received) < _BYTES_AROUND:
                return received
            kind, length = received[2], received[3]
            if kind not in {_READ, _WRITE} or length > _LONGEST_WRITE:
                received = received[2:]  # half a command of somebody who went away
                continue
            size = _BYTES_AROUND + (length if kind == _WRITE else 1)
            if len(received) < size:
                return received
            frame, received = received[:size], received[size:]
            if frame[-2:] in {_UNCHECKED, _check(frame[2:-2])}:
                self._obey(kind, int.from_bytes(frame[4:6], "big"), frame[6])

    def _obey(self, kind: int, zone: int, value: int) -> None:
        if kind == _READ:
            self._tell("asked")
            self._answer(
                _answer(*(int(self.lit and at == _TRIGGER_ZONE) for at in range(zone, zone + value)))
            )
        elif zone == _TRIGGER_ZONE and value & 1:
            self._switch_on(_answer(0))
        elif zone == _TRIGGER_ZONE:
            self._switch_off(_answer(0))
        else:
            self._answer(_answer(0))


def _answer(*values: int) -> bytes:
    body = bytes((0x00, len(values), *values))
    return b"\x02\x00" + body + _check(body)


def _check(body: bytes) -> bytes:
    return binascii.crc_hqx(body, 0).to_bytes(2, "big")
