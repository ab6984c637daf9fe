"""Keeping an envelope so that it stays: how long one takes, in this outbox and in other ways, in turns."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.queue_losses import SEED
from benchmarks.queue_ways import Appended, Item, Way

BLOCK = 20
"""Envelopes that one way keeps in its turn."""

PREALLOCATED = "bare write into a file that need not grow"


def preallocated(room_bytes: int) -> Way:
    """The least that a disk can be asked: to write where there is room."""
    return Way(
        f"{PREALLOCATED} + fdatasync",
        lambda directory: Appended(directory, synced=True, room_bytes=room_bytes),
    )


def put_ms(ways: Sequence[Way], items: Sequence[Item], folder: Path) -> Mapping[str, list[float]]:
    """Let every way keep all `items`, in turns of `BLOCK`; milliseconds of each, by way.

    Before each turn the disk brings everybody's writes home, so that none pays for another's. The first turn
    is not counted: it makes files grow that others find grown.
    """
    queues = {}
    for number, way in enumerate(ways):
        directory = folder / f"way-{number}"
        directory.mkdir(parents=True)
        queues[way.name] = way.open(directory)
    taken: dict[str, list[float]] = {name: [] for name in queues}
    order, chance = list(queues), random.Random(SEED)  # noqa: S311 - whose turn it is
    for turn, block in enumerate(_blocks(items)):
        chance.shuffle(order)
        for name in order:
            os.sync()
            spans = taken[name] if turn else []
            for item in block:
                began_s = time.perf_counter()
                queues[name].put(item)
                spans.append(1000 * (time.perf_counter() - began_s))
    for queue in queues.values():
        queue.close()
    return taken


def _blocks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), BLOCK):
        yield items[at : at + BLOCK]
