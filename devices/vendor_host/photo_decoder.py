"""The chip's photo through a vendor's decoder: 1,024 coded bytes in, a PNG out.

The decoder's BMP is read here, strictly and without a library: it comes from a process that nobody trusts.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from devices.contracts.eyes import PhotoNotDecodable
from devices.vendor_host import operations as ops
from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import BMP_BYTES, CARD_PHOTO_BYTES
from devices.vendor_host.wire import Values

ANSWER_S = 3.0
"""A decoder needs some milliseconds."""

WIDTH_PX: Final = 102
HEIGHT_PX: Final = 126
_ROW_BYTES: Final = WIDTH_PX * 3
_PADDED_ROW_BYTES: Final = 308
_HEAD: Final = struct.Struct("<2sI4xIIiiHHI")
"""Magic, size, offset of the pixels; size of the second head, width, height, planes, bits, compression."""
_SECOND_HEAD_BYTES: Final = 40


class VendorPhotoDecoder:
    """A decoder of kind `WLT`; `flag` is the third argument that its vendor's manual wants."""

    def __init__(self, host: VendorHost, flag: int) -> None:
        self._host = host
        self._flag = flag

    async def decode(self, coded: bytes) -> bytes:
        """Give the photo as PNG, 102×126 px.

        Raises `PhotoNotDecodable` where the decoder gives no picture, and `DeviceFault` where it fails.
        """
        if len(coded) != CARD_PHOTO_BYTES:
            raise PhotoNotDecodable(f"{len(coded)} bytes instead of {CARD_PHOTO_BYTES}")
        answer = await self._host.call(
            ops.WLT_UNPACK, Values((self._flag,), blobs=(coded,)), answer_s=ANSWER_S
        )
        (bmp,) = answer.blobs
        if not any(bmp):
            returned = answer.numbers[0]
            raise PhotoNotDecodable(f"{self._host.library}: unpack returned {returned} and no picture")
        try:
            return png_of_bmp(bmp)
        except ValueError as bad:
            raise await self._host.discredit(f"unpack: {bad}") from None

    async def close(self) -> None:
        """End the decoder's process."""
        await self._host.close()


def png_of_bmp(bmp: bytes) -> bytes:
    """The same picture as PNG; raises `ValueError` for any but an uncompressed BMP of 102×126 px, 24 bits."""
    if len(bmp) != BMP_BYTES or not bmp.startswith(b"BM"):
        raise ValueError("what it wrote is no BMP")
    _, _, offset, head, width, height, planes, bits, compression = _HEAD.unpack_from(bmp)
    if (head, planes, bits, compression) != (_SECOND_HEAD_BYTES, 1, 24, 0):
        raise ValueError("its BMP is not uncompressed with 24 bits")
    if width != WIDTH_PX or abs(height) != HEIGHT_PX:
        raise ValueError(f"its BMP has {width}×{abs(height)} px, not {WIDTH_PX}×{HEIGHT_PX}")
    if offset != BMP_BYTES - HEIGHT_PX * _PADDED_ROW_BYTES:
        raise ValueError(f"its BMP's pixels begin at {offset}")
    rows = [bmp[at : at + _ROW_BYTES] for at in range(offset, BMP_BYTES, _PADDED_ROW_BYTES)]
    if height > 0:
        rows.reverse()  # a BMP stands on its head
    return _png(rows)


def _png(rows: list[bytes]) -> bytes:
    """Rows of blue, green, red as a PNG."""
    lines = bytearray()
    for row in rows:
        line = bytearray(row)
        line[0::3], line[2::3] = row[2::3], row[0::3]
        lines += b"\0" + line
    head = struct.pack(">IIBBBBB", WIDTH_PX, len(rows), 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
