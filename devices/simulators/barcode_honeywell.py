"""A simulated Honeywell scanner on a pty, from the user's guide, "Serial Programming Commands"."""

from __future__ import annotations

import re

from devices.simulators.barcode_scanner import BarcodeSimulator

_COMMAND = re.compile(rb"\x16(?:([TU])\r|M\r([^.!]*)([.!]))", re.DOTALL)
_ACK, _ENQ = b"\x06", b"\x05"


class HoneywellSimulator(BarcodeSimulator):
    """Triggered by SYN T CR, stopped by SYN U CR, neither of which it acknowledges."""

    def _take(self, received: bytes) -> bytes:
        end = 0
        for command in _COMMAND.finditer(received):
            end = command.end()
            light, menu, storage = command.groups()
            if light == b"T":
                self._switch_on(b"")
            elif light == b"U":
                self._switch_off()
            else:
                self._tell("asked")
                known = menu.upper() == b"CBRENA?"
                self._answer(b"CBRENA1" + _ACK + storage if known else menu + _ENQ + storage)
        rest = received[end:]
        return rest[rest.rfind(b"\x16") :] if b"\x16" in rest else b""
