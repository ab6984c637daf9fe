"""The SDT API that vendors of identity-card readers share.

Source: the vendors' common sdtapi.h. Every function returns what the SAM said (SW3: 90, 9F, 80 …) or a small
number of its own: 01 the port cannot be opened or is not open, 02 no answer in time, 03 damaged answer.
Ports: 1 to 16 are serial, 1001 to 1016 USB. The last argument, `iIfOpen`, is 0: the port is open already.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_uint
from typing import Any

from devices.vendor_host import operations as ops
from devices.vendor_host.loading import Library, taken
from devices.vendor_host.operations import Operation
from devices.vendor_host.wire import Values

_PORT_IS_OPEN = 0
_ROOM = 4096
"""For every buffer: a library that writes a little more than it should harms nothing."""


class SdtModule:
    """A reader's library."""

    def __init__(self, library: Library) -> None:
        length = POINTER(c_uint)
        function = library.function
        self._open = function("SDT_OpenPort", c_int)
        self._close = function("SDT_ClosePort", c_int)
        self._status = function("SDT_GetSAMStatus", c_int, c_int)
        self._sam_id = function("SDT_GetSAMIDToStr", c_int, c_char_p, c_int)
        self._find = function("SDT_StartFindIDCard", c_int, c_char_p, c_int)
        self._select = function("SDT_SelectIDCard", c_int, c_char_p, c_int)
        self._new_address = function("SDT_ReadNewAppMsg", c_int, c_char_p, length, c_int)
        self._read = function("SDT_ReadBaseMsg", c_int, c_char_p, length, c_char_p, length, c_int)
        # Older libraries know nothing of fingerprints.
        self._read_fingerprints = library.optional(
            "SDT_ReadBaseFPMsg", c_int, c_char_p, length, c_char_p, length, c_char_p, length, c_int
        )

    def answer(self, operation: Operation, values: Values) -> Values:
        """See `Module.answer`."""
        (port,) = values.numbers
        match operation:
            case ops.SDT_OPEN:
                return Values((self._open(port),))
            case ops.SDT_CLOSE:
                return Values((self._close(port),))
            case ops.SDT_STATUS:
                return Values((self._status(port, _PORT_IS_OPEN),))
            case ops.SDT_FIND:
                return Values((self._find(port, ctypes.create_string_buffer(_ROOM), _PORT_IS_OPEN),))
            case ops.SDT_SELECT:
                return Values((self._select(port, ctypes.create_string_buffer(_ROOM), _PORT_IS_OPEN),))
            case ops.SDT_SAM_ID:
                return self._read_sam_id(port)
            case ops.SDT_READ_FINGERPRINTS if self._read_fingerprints is not None:
                return self._blobs(self._read_fingerprints, port, operation)
            case ops.SDT_READ_FINGERPRINTS:
                return Values((ops.NO_SUCH_FUNCTION,), blobs=(b"", b"", b""))
            case ops.SDT_READ:
                return self._blobs(self._read, port, operation)
            case _:
                return self._blobs(self._new_address, port, operation)

    def _read_sam_id(self, port: int) -> Values:
        text = ctypes.create_string_buffer(_ROOM)
        returned = self._sam_id(port, text, _PORT_IS_OPEN)
        limit = ops.SDT_SAM_ID.gives.blobs[0]
        return Values((returned,), blobs=(taken(text, len(text.value), limit, ops.SDT_SAM_ID.name),))

    @staticmethod
    def _blobs(function: Any, port: int, operation: Operation) -> Values:
        """Call a function that fills a buffer and says its length for each blob of `operation`."""
        limits = operation.gives.blobs
        buffers = [ctypes.create_string_buffer(_ROOM) for _ in limits]
        lengths = [c_uint(0) for _ in limits]
        pairs = [
            each for buffer, length in zip(buffers, lengths, strict=True) for each in (buffer, byref(length))
        ]
        returned = function(port, *pairs, _PORT_IS_OPEN)
        blobs = zip(buffers, lengths, limits, strict=True)
        return Values(
            (returned,),
            blobs=tuple(
                taken(buffer, length.value, limit, operation.name) for buffer, length, limit in blobs
            ),
        )
