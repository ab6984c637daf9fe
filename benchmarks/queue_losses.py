"""What a queue loses: told to be kept, and neither arrived nor there, after a power cut or a SIGKILL."""

from __future__ import annotations

import os
import pickle
import random
import select
import signal
import sqlite3
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.power import AfterCut, laid_down, power_cuts
from bench.traced import recorded
from benchmarks.queue_ways import Item, Way, emptied, name_of
from offline_queue.failures import QueueFailure

SEED = 20261122
SENDING_S = 0.002
"""How long an envelope is on its way, between being taken and having arrived."""

LIFE_S = 0.03
"""A process is killed at most so long after it has kept its first envelope."""

LIVES_ITEMS = 12
"""Envelopes that each life may keep."""

_FIRST_WORD_S = 20.0
_MEMORY = Path("/dev/shm")  # noqa: S108 - many small disks that are thrown away

NOT_OPENED = (
    QueueFailure, sqlite3.Error, OSError, EOFError, pickle.UnpicklingError, struct.error, MemoryError,
    ValueError, LookupError, TypeError, AttributeError, ImportError,
)  # fmt: skip
"""What a library says of files that it cannot read; those that unpickle can say almost anything."""


@dataclass
class Cuts:
    """What became of one way after many power cuts."""

    disks: int = 0
    lost: int = 0
    """Disks from which an envelope was missing that had been told to be kept."""
    not_opened: int = 0


def power_losses(way: Way, items: Sequence[Item], terminal: Path, folder: Path, states: int) -> Cuts:
    """Keep `items`, and cut the power `states` times. Raises `NotFollowed`."""
    top = folder / "disk"
    top.mkdir(parents=True)
    envelopes = folder / "envelopes"
    envelopes.write_bytes(b"\n".join(item.envelope for item in items))
    recording = recorded(top, ["benchmarks.queue_worker", way.name, top, envelopes, terminal])
    cuts = Cuts()
    chance = random.Random(SEED)  # noqa: S311 - a run to repeat
    with _quiet_ends():
        for state in power_cuts(recording, chance, states):
            with _in_memory(folder) as directory:
                laid_down(state, directory)
                _judge(way, directory, state, cuts)
    return cuts


def _judge(way: Way, directory: Path, state: AfterCut, cuts: Cuts) -> None:
    told = {line.split()[1] for line in state.said}
    cuts.disks += 1
    try:
        queue = way.open(directory)
        there = emptied(queue)
        queue.close()
    except NOT_OPENED:
        cuts.not_opened += 1
    else:
        cuts.lost += not told <= there


@dataclass
class Kills:
    """What was told of one way's envelopes while its process was killed again and again."""

    kept: set[str] = field(default_factory=set)
    arrived: set[str] = field(default_factory=set)
    there: set[str] = field(default_factory=set)
    """What was still there in the end."""

    @property
    def lost(self) -> int:
        """Told to be kept, never arrived, and not there."""
        return len(self.kept - self.arrived - self.there)


def kill_losses(way: Way, items: Sequence[Item], folder: Path, kills: int) -> Kills:
    """Kill whoever keeps, takes and sends `kills` times; each life has the next `LIVES_ITEMS` of `items`."""
    folder.mkdir(parents=True)
    chance = random.Random(SEED)  # noqa: S311 - a run to repeat, as far as processes repeat
    told = Kills()
    for life in range(kills):
        block = items[life * LIVES_ITEMS : (life + 1) * LIVES_ITEMS]
        for line in _killed(way, block, folder, chance.uniform(0, LIFE_S)):
            what, name = line.split()
            (told.kept if what == "kept" else told.arrived).add(name)
    queue = way.open(folder)
    told.there = emptied(queue)
    queue.close()
    return told


def _killed(way: Way, items: Sequence[Item], folder: Path, after_s: float) -> list[str]:
    """Let a process live until `after_s` after its first word; all that it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            _live(way, items, folder, writing)
        finally:
            os._exit(0)  # whatever happened, the child must not go on as a second of these
    os.close(writing)
    if select.select([reading], [], [], _FIRST_WORD_S)[0]:
        time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        *lines, _half = said.read().decode().split("\n")
    return lines


def _live(way: Way, items: Sequence[Item], folder: Path, writing: int) -> None:
    queue = way.open(folder)
    for item in items:
        queue.put(item)
        os.write(writing, f"kept {item.name}\n".encode())
        if (envelope := queue.take()) is not None:
            time.sleep(SENDING_S)
            os.write(writing, f"arrived {name_of(envelope)}\n".encode())
            queue.done()
    signal.pause()


@contextmanager
def _quiet_ends() -> Iterator[None]:
    """Let no object that was never whole complain on standard error when it goes."""
    hook, sys.unraisablehook = sys.unraisablehook, lambda _said: None
    try:
        yield
    finally:
        sys.unraisablehook = hook


@contextmanager
def _in_memory(folder: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else folder, prefix="cut-") as directory:
        disk = Path(directory) / "disk"
        disk.mkdir()
        yield disk
