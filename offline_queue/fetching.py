"""Fetching a publication: piece by piece into a file, over as many connections as it takes, on a bad line.

Every byte that came is kept, so the next try goes on where the last one broke off, after a restart too. What
is there at last is held against its hash. What it is worth, only its own signature says, and not this module.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from offline_queue.answers import LineDown
from offline_queue.downstream import Kind, Publication

PIECE_BYTES: Final = 256 * 1024
MOST_BYTES: MappingProxyType[Kind, int] = MappingProxyType(
    {"revocations": 1_000_000, "configuration": 200_000, "catalogue": 66_000_000}
)
"""More than this is no publication of its kind."""

_PART = ".part"

AskPiece = Callable[[str, int, int, Callable[[bytes], object]], Awaitable[LineDown | None]]
"""Takes hash, offset and length, and where the bytes go as they come."""

GoOn = Callable[[], Awaitable[bool]]
"""Waits for its turn before each piece; False when there is something better to do."""


class NotFetched(Exception):
    """Not now; the text is the cause. What came of it so far is kept."""


class NotAsListed(Exception):
    """The platform has other bytes under this hash, or more than a publication of this kind has."""


async def fetch(ask: AskPiece, wanted: Publication, folder: Path, go_on: GoOn) -> Path:
    """Give the file with exactly the listed bytes. Raises `NotFetched`, `NotAsListed`."""
    if wanted.bytes > MOST_BYTES[wanted.kind]:
        raise NotAsListed("too_large")
    part = folder / f"{wanted.sha256}{_PART}"
    resumed = part.exists()
    try:
        await _filled(ask, wanted, part, go_on)
        if await asyncio.to_thread(_digest, part) != wanted.sha256 and resumed:
            # A power cut may have left what never came: once more from the beginning.
            part.unlink()
            await _filled(ask, wanted, part, go_on)
        if await asyncio.to_thread(_digest, part) != wanted.sha256:
            part.unlink()
            raise NotAsListed("other_bytes")
    except OSError as error:
        raise NotFetched(error.strerror or "disk") from None
    return part


def sweep(folder: Path, wanted: Iterable[Publication]) -> None:
    """Remove what was begun and is wanted no more."""
    kept = {f"{each.sha256}{_PART}" for each in wanted}
    for part in folder.glob(f"*{_PART}"):
        if part.name not in kept:
            part.unlink()


async def _filled(ask: AskPiece, wanted: Publication, part: Path, go_on: GoOn) -> None:
    with part.open("ab") as file:
        while (offset := file.tell()) < wanted.bytes:
            if not await go_on():
                raise NotFetched("newer_list")
            down = await ask(wanted.sha256, offset, min(PIECE_BYTES, wanted.bytes - offset), file.write)
            if down is not None:
                raise NotFetched(down.cause)
            if file.tell() == offset:
                raise NotFetched("nothing_came")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
