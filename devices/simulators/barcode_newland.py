"""A simulated Newland scanner on a pty, from the serial programming manual."""

from __future__ import annotations

import re

from devices.simulators.barcode_scanner import BarcodeSimulator

_COMMAND = re.compile(rb"\x7e\x01([0-9]{4})([@#])([^;]*);\x03", re.DOTALL)
_OK, _BAD_VALUE, _UNKNOWN = b"\x06", b"\x15", b"\x05"
_ABOUT = b"Product Name: simulated\r\nFirmware Version: 1.0\r\n"


class NewlandSimulator(BarcodeSimulator):
    """Echoes every command with 02 in front and its verdict before the end."""

    def _take(self, received: bytes) -> bytes:
        end = 0
        for command in _COMMAND.finditer(received):
            end = command.end()
            address, storage, name = command.groups()
            head = b"\x02\x01" + address + storage + name
            match name:
                case b"SCNTRG1" if self.refuses:
                    self._answer(head + _BAD_VALUE + b";\x03")
                case b"SCNTRG1":
                    self._switch_on(head + _OK + b";\x03")
                case b"SCNTRG0":
                    self._switch_off(head + _OK + b";\x03")
                case b"QRYSYS":
                    self._tell("asked")
                    self._answer(head + _ABOUT + _OK + b";\x03")
                case _:
                    self._answer(head + _UNKNOWN + b";\x03")
        rest = received[end:]
        return rest[rest.rfind(b"\x7e") :] if b"\x7e" in rest else b""
