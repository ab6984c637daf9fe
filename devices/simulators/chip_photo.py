"""Codes a picture the way simulated cards carry it; `devices.eyes.photo_decoders` describes the coding."""

from __future__ import annotations

from pathlib import Path

import cv2

from devices.eyes.photo_decoders import (
    CODED_BYTES,
    HEIGHT_PX,
    SIMULATOR_HEAD,
    SIMULATOR_MAGIC,
    WIDTH_PX,
)

_ROOM = CODED_BYTES - SIMULATOR_HEAD.size


def code_photo(picture: Path) -> bytes:
    """Give 1,024 bytes for a picture file whose middle is a portrait, in the best WebP quality that fits.

    The picture is cut to the chip photo's shape around its centre. Raises `ValueError` naming the file if it
    is no picture or does not fit at any quality.
    """
    read = cv2.imread(str(picture), cv2.IMREAD_COLOR)
    if read is None:
        raise ValueError(f"{picture}: no picture")
    height, width = read.shape[:2]
    cut_width = min(width, height * WIDTH_PX // HEIGHT_PX)
    cut_height = min(height, width * HEIGHT_PX // WIDTH_PX)
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    portrait = cv2.resize(
        read[top : top + cut_height, left : left + cut_width],
        (WIDTH_PX, HEIGHT_PX),
        interpolation=cv2.INTER_AREA,
    )
    for quality in range(100, 0, -1):
        webp = cv2.imencode(".webp", portrait, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()
        if len(webp) <= _ROOM:
            return (SIMULATOR_HEAD.pack(SIMULATOR_MAGIC, len(webp)) + webp).ljust(CODED_BYTES, b"\0")
    raise ValueError(f"{picture}: does not fit into {_ROOM} bytes")
