"""A certified liveness module with visible and infra-red cameras of its own.

There is no API that such vendors share, so this is ours, small enough to be written around any of theirs
(`hall_liveness.h` in docs/vendor-modules.md).
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int

from devices.vendor_host import operations as ops
from devices.vendor_host.loading import Library, NotLoadable, taken
from devices.vendor_host.operations import Operation
from devices.vendor_host.wire import Values

VERSION = 1


class LivenessModule:
    """A module's library."""

    def __init__(self, library: Library) -> None:
        function = library.function
        self._version = function("hall_liveness_version")
        self._open = function("hall_liveness_open", c_char_p, c_int)
        self._look = function(
            "hall_liveness_look", c_int, POINTER(c_int), c_char_p, c_int, c_char_p, POINTER(c_int)
        )
        self._close = function("hall_liveness_close", gives=None)
        if (version := self._version()) != VERSION:
            raise NotLoadable(f"hall_liveness_version is {version}, {VERSION} is spoken here")

    def answer(self, operation: Operation, values: Values) -> Values:
        """See `Module.answer`."""
        match operation:
            case ops.LIVENESS_OPEN:
                name = ctypes.create_string_buffer(ops.NAME_BYTES + 1)
                returned = self._open(name, ops.NAME_BYTES)
                return Values((returned,), blobs=(_text(name),))
            case ops.LIVENESS_LOOK:
                verdict, size = c_int(0), c_int(ops.JPEG_BYTES)
                reason = ctypes.create_string_buffer(ops.REASON_BYTES + 1)
                jpeg = ctypes.create_string_buffer(ops.JPEG_BYTES)
                returned = self._look(
                    *values.numbers, byref(verdict), reason, ops.REASON_BYTES, jpeg, byref(size)
                )
                picture = taken(jpeg, size.value, ops.JPEG_BYTES, "hall_liveness_look")
                return Values((returned, verdict.value), blobs=(_text(reason), picture))
            case _:
                self._close()
                return Values()


def _text(buffer: ctypes.Array[ctypes.c_char]) -> bytes:
    """Up to the first NUL; a buffer without one is used whole."""
    return buffer.raw[:-1].split(b"\0", 1)[0]
