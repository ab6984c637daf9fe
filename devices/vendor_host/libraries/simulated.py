"""Modules without a vendor, for a desk and for tests: a library's work, with a simulated device behind it.

`SIMULATED` and the path of that device's socket stand where a library's path would. One line of JSON goes out
(`{"do": "look"}`), one comes back. `devices.simulators.vendor_modules` is the other end.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
from pathlib import Path
from typing import Any, Final

from devices.vendor_host import operations as ops
from devices.vendor_host.loading import NotLoadable
from devices.vendor_host.operations import TEMPLATE_BYTES, Operation
from devices.vendor_host.wire import Values

DONE, NOT_DONE = 1, 0
_SAME, _OTHER = 0.97, 0.12

_TEMPLATE_HEAD: Final = b"SIM\0"
_REGISTERED: Final = b"\x01"


def simulated_template(finger: str, code: int) -> bytes:
    """The chip's block for a simulated finger: head, result, finger code, SHA-256 of the name, zeros."""
    coded = _TEMPLATE_HEAD + _REGISTERED + bytes([code]) + hashlib.sha256(finger.encode()).digest()
    return coded.ljust(TEMPLATE_BYTES, b"\0")


class _Device:
    """The simulated device's socket."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None

    def ask(self, question: str) -> dict[str, Any] | None:
        """What it answers; None when it is not there."""
        try:
            if self._socket is None:
                self._socket = socket.socket(socket.AF_UNIX)
                self._socket.connect(str(self._path))
            self._socket.sendall(json.dumps({"do": question}).encode() + b"\n")
            line = self._socket.makefile("rb").readline()
        except OSError:
            line = b""
        if not line:
            self._socket = None
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer


class SimulatedFingerprint:
    """A sensor and matcher for simulated fingers."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise NotLoadable(f"{path}: does not exist")
        self._device = _Device(path)
        self._finger = ""

    def answer(self, operation: Operation, values: Values) -> Values:
        """See `Module.answer`."""
        match operation:
            case ops.FINGERPRINT_OPEN:
                there = self._device.ask("open") is not None
                return Values((DONE, DONE, 1) if there else (NOT_DONE, DONE, 0))
            case ops.FINGERPRINT_LOOK:
                return self._look()
            case ops.FINGERPRINT_COMPARE:
                return self._compare(*values.blobs)
            case _:
                return Values((DONE if self._device.ask(operation.name) is not None else NOT_DONE,))

    def _look(self) -> Values:
        seen = self._device.ask("look")
        if seen is None:
            return Values((NOT_DONE, NOT_DONE, 0))
        self._finger = seen["finger"]
        return Values((DONE, DONE, seen["quality"]))

    def _compare(self, template: bytes) -> Values:
        if not template.startswith(_TEMPLATE_HEAD):
            return Values((DONE, NOT_DONE), (0.0,))
        same = simulated_template(self._finger, template[len(_TEMPLATE_HEAD) + 1]) == template
        return Values((DONE, DONE), (_SAME if same else _OTHER,))


class SimulatedLiveness:
    """A liveness module whose verdict is told to it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise NotLoadable(f"{path}: does not exist")
        self._device = _Device(path)

    def answer(self, operation: Operation, _values: Values) -> Values:
        """See `Module.answer`."""
        told = self._device.ask(operation.name)
        match operation:
            case ops.LIVENESS_OPEN:
                if told is None:
                    return Values((1,), blobs=(b"",))
                return Values((0,), blobs=(told["name"].encode(),))
            case ops.LIVENESS_LOOK:
                if told is None:
                    return Values((1, 0), blobs=(b"", b""))
                picture = base64.b64decode(told["jpeg"])
                return Values((0, told["verdict"]), blobs=(told["reason"].encode(), picture))
            case _:
                return Values()
