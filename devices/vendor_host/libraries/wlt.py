"""The decoder of the chip's photo: `int unpack(char *coded, char *bmp, int flag)`.

Source: vendors' libwlt. 1,024 bytes in; out comes a BMP of 102×126 px, 24 bits, 38,862 bytes. Vendors
disagree about the returned number and about `flag`: the picture itself says whether there is one, and the
flag comes from the settings.
"""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int

from devices.vendor_host.loading import Library
from devices.vendor_host.operations import BMP_BYTES, Operation
from devices.vendor_host.wire import Values

_ROOM = 4 * BMP_BYTES


class WltModule:
    """A decoder's library."""

    def __init__(self, library: Library) -> None:
        self._unpack = library.function("unpack", c_char_p, c_char_p, c_int)

    def answer(self, _operation: Operation, values: Values) -> Values:
        """Decode; see `Module.answer`."""
        (flag,), (coded,) = values.numbers, values.blobs
        # Its own copy, with room: vendors' decoders are known to write into what they are given to read.
        source = ctypes.create_string_buffer(coded, 4 * len(coded) + 1)
        bmp = ctypes.create_string_buffer(_ROOM)
        returned = self._unpack(source, bmp, flag)
        return Values((returned,), blobs=(bmp.raw[:BMP_BYTES],))
