"""One application on its way in over the pipe: its number, and what has arrived of its envelope and parts."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from kiosk.messages import MOST_CHUNKS, SEALED_CHUNK, BadMessage, ClockTrust, SealedChunk


@dataclass
class Collecting:
    """Chunks come in order, of one thing after the other; `sealed` has what is whole, by its name.

    Whether the bytes are what their name says is judged when they are kept.
    """

    application_id: str
    local_no: str
    clock_trust: ClockTrust
    sealed: dict[str, bytes] = field(default_factory=dict)
    _arriving: tuple[str, int] = ("", 0)
    _chunks: list[bytes] = field(default_factory=list)
    _taken: int = 0

    def take(self, chunk: SealedChunk) -> None:
        """Add the next chunk. Raises `BadMessage`."""
        said = chunk.sha256, chunk.count
        if chunk.index != len(self._chunks) or (self._chunks and said != self._arriving):
            raise BadMessage("sealed_chunk.index: out of order")
        if chunk.index >= chunk.count or self._taken >= MOST_CHUNKS:
            raise BadMessage("sealed_chunk.index: above count")
        data = decoded(chunk.data, "sealed_chunk.data")
        if not 0 < len(data) <= SEALED_CHUNK:
            raise BadMessage("sealed_chunk.data: wrong size")
        self._arriving = said
        self._taken += 1
        self._chunks.append(data)
        if len(self._chunks) == chunk.count:
            self.sealed[chunk.sha256] = b"".join(self._chunks)
            self._chunks.clear()

    def has(self, envelope_sha256: str) -> bool:
        """Whether all that was begun is whole, and an envelope of this name among it."""
        return not self._chunks and envelope_sha256 in self.sealed

    def parts_of(self, envelope_sha256: str) -> dict[str, bytes]:
        """Everything but the envelope."""
        return {name: sealed for name, sealed in self.sealed.items() if name != envelope_sha256}


def decoded(text: str, where: str) -> bytes:
    """Read base64. Raises `BadMessage`."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadMessage(f"{where}: not base64") from None
