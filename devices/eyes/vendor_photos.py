"""The face worker's client on a terminal whose photo decoder is a vendor's, in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence

from devices.eyes.client import FaceWorkerEyes
from devices.vendor_host.photo_decoder import VendorPhotoDecoder


class EyesWithVendorDecoder(FaceWorkerEyes):
    """As `FaceWorkerEyes`, but chip photos are decoded by `photos`, and the worker sees only pictures."""

    def __init__(self, argv: Sequence[str], photos: VendorPhotoDecoder) -> None:
        super().__init__(argv)
        self._photos = photos

    async def decode_photo(self, coded: bytes) -> bytes:
        """See `Eyes.decode_photo`."""
        return await self._photos.decode(coded)

    async def close(self) -> None:
        """End the worker and the decoder."""
        await super().close()
        await self._photos.close()
