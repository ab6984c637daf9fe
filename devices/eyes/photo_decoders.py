"""Who turns the 1,024 coded bytes of a chip's photo into a picture.

A real chip carries the WLT coding of 102×126 pixels, for which only vendors' closed libraries exist; none is
shipped. One that the settings name is never loaded here: it runs in a process of its own, which the session
asks (`devices.eyes.vendor_photos`). Without one the photo is said to be not decodable: never a blank picture.
Simulated cards carry the coding described at `SimulatorPhotoDecoder`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Protocol

import cv2
import numpy as np

from devices.contracts.eyes import PhotoNotDecodable

CODED_BYTES = 1024
WIDTH_PX, HEIGHT_PX = 102, 126

SIMULATOR_MAGIC = b"SIMPHOTO"
SIMULATOR_HEAD = struct.Struct(">8sH")
"""Magic and the number of bytes of WebP that follow."""


class PhotoDecoder(Protocol):
    """Turns a chip's coded photo into a PNG."""

    def decode(self, coded: bytes) -> bytes:
        """Give the photo as PNG; raises `PhotoNotDecodable`."""
        ...


class NoPhotoDecoder:
    """This terminal has no decoder."""

    def decode(self, coded: bytes) -> bytes:
        """Raise `PhotoNotDecodable`, always."""
        del coded
        raise PhotoNotDecodable("no decoder on this terminal")


class SimulatorPhotoDecoder:
    """The coding of simulated cards.

    1,024 bytes: `SIMPHOTO`, u16 big-endian length, that many bytes of WebP (102×126 px), zeros.
    """

    def decode(self, coded: bytes) -> bytes:
        """Give the photo as PNG; raises `PhotoNotDecodable`."""
        if len(coded) != CODED_BYTES:
            raise PhotoNotDecodable(f"{len(coded)} bytes instead of {CODED_BYTES}")
        magic, length = SIMULATOR_HEAD.unpack_from(coded)
        if magic != SIMULATOR_MAGIC:
            raise PhotoNotDecodable("not in the simulator's coding")
        webp, padding = coded[SIMULATOR_HEAD.size :][:length], coded[SIMULATOR_HEAD.size + length :]
        if len(webp) != length or any(padding):
            raise PhotoNotDecodable("its length is wrong")
        picture = cv2.imdecode(np.frombuffer(webp, np.uint8), cv2.IMREAD_COLOR) if webp else None
        if picture is None or picture.shape[:2] != (HEIGHT_PX, WIDTH_PX):
            raise PhotoNotDecodable(f"no picture of {WIDTH_PX}×{HEIGHT_PX} px inside")
        return cv2.imencode(".png", picture)[1].tobytes()


PHOTO_DECODERS: Mapping[str, Callable[[], PhotoDecoder]] = {
    "none": NoPhotoDecoder,
    "simulator": SimulatorPhotoDecoder,
    "vendor": NoPhotoDecoder,  # the session does not ask this process
}
"""The decoders that `face.photo_decoder` of the settings can name."""
