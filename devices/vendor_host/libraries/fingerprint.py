"""Sensor and matcher for the chip's fingerprint templates, as GA/T 1011 and GA/T 1012 name their functions.

A function returns 1 when it did what it was asked. A picture has 256×360 px of 8 bits, a template 512 bytes.
The picture of a finger stays in this process.
"""

from __future__ import annotations

import ctypes
import math
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_ubyte

from devices.vendor_host import operations as ops
from devices.vendor_host.loading import Library, Nonsense
from devices.vendor_host.operations import TEMPLATE_BYTES, Operation
from devices.vendor_host.wire import Values

PICTURE_BYTES = 256 * 360
_BEST_QUALITY = 100
_ROOM = 4
"""Times what a function should write: some sensors want room for two pictures."""


class FingerprintModule:
    """A sensor's and matcher's library."""

    def __init__(self, library: Library) -> None:
        function = library.function
        self._init = function("LIVESCAN_Init")
        self._channels = function("LIVESCAN_GetChannelCount")
        self._begin = function("LIVESCAN_BeginCapture", c_int)
        self._picture = function("LIVESCAN_GetFPRawData", c_int, c_char_p)
        self._end = function("LIVESCAN_EndCapture", c_int)
        self._matcher = function("FP_Begin")
        self._quality = function("FP_GetQualityScore", c_char_p, c_char_p)
        self._extract = function("FP_FeatureExtract", c_ubyte, c_ubyte, c_char_p, c_char_p)
        self._match = function("FP_FeatureMatch", c_char_p, c_char_p, POINTER(c_float))
        self._opened: tuple[int, int] | None = None
        self._seen = ctypes.create_string_buffer(_ROOM * PICTURE_BYTES)

    def answer(self, operation: Operation, values: Values) -> Values:
        """See `Module.answer`."""
        match operation:
            case ops.FINGERPRINT_OPEN:
                if self._opened is None:
                    self._opened = self._init(), self._matcher()
                return Values((*self._opened, self._channels()))
            case ops.FINGERPRINT_BEGIN:
                return Values((self._begin(*values.numbers),))
            case ops.FINGERPRINT_LOOK:
                return self._look(*values.numbers)
            case ops.FINGERPRINT_COMPARE:
                return self._compare(values)
            case _:
                ctypes.memset(self._seen, 0, len(self._seen))
                return Values((self._end(*values.numbers),))

    def _look(self, channel: int) -> Values:
        seen = self._picture(channel, self._seen)
        score = ctypes.create_string_buffer(
            8
        )  # a byte by one vendor, an int by another: the first byte is both
        judged = self._quality(self._seen, score)
        quality = score.raw[0]
        if quality > _BEST_QUALITY:
            raise Nonsense(f"FP_GetQualityScore says {quality} of {_BEST_QUALITY}")
        return Values((seen, judged, quality))

    def _compare(self, values: Values) -> Values:
        (scanner_type, finger), (template,) = values.numbers, values.blobs
        live = ctypes.create_string_buffer(_ROOM * TEMPLATE_BYTES)
        extracted = self._extract(scanner_type, finger, self._seen, live)
        similarity = c_float(0.0)
        matched = self._match(
            ctypes.create_string_buffer(template, _ROOM * TEMPLATE_BYTES), live, byref(similarity)
        )
        if not math.isfinite(similarity.value):
            raise Nonsense("FP_FeatureMatch gives a similarity that is no number")
        return Values((extracted, matched), (similarity.value,))
