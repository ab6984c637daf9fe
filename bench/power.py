"""The power fails: every disk that a recording may leave behind, at every step, with a model that is harsh.

What was not synced may be there, or not, in any order, or torn: a write may have brought only some of its
512-byte sectors. A name is durable only when its directory was synced; a rename is one stroke.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from bench.traced import Name, Recording, Resize, Said, Step, Sync, Tree, Write, applied

SECTOR = 512

Fate = Literal["dropped", "kept", "cut", "shuffled", "torn"]
"""Of the unsynced steps: none, all, the first few, some, or some and torn."""

_BY_CHANCE: tuple[Fate, ...] = ("dropped", "kept", "cut", "shuffled", "torn", "torn")
_STAYS = 0.7
_BARREN = 3
"""Rounds in a row without a new state: there are no more."""
_Some = TypeVar("_Some", Name, "Write | Resize")


@dataclass(frozen=True)
class AfterCut:
    """What a disk holds after a power cut, and what the world had been told until then."""

    step: int
    tree: Tree
    said: tuple[str, ...]


def without_directory_syncs(recording: Recording) -> Recording:
    """The weakened variant: the same process, had it never synced a directory."""
    written = {step.node for step in recording.steps if isinstance(step, Write | Resize)}
    kept = [step for step in recording.steps if not isinstance(step, Sync) or step.node in written]
    return replace(recording, steps=kept)


def power_cuts(recording: Recording, chance: random.Random, count: int) -> Iterator[AfterCut]:
    """Give up to `count` different states: all dropped and all kept at each step, then others by chance.

    Where `count` is too small for that, only some of the steps, but from the first to the last.
    """
    seen: set[bytes] = set()
    barren = 0
    fates: Sequence[tuple[Fate, ...]] = (("dropped",), ("kept",), _BY_CHANCE)
    every = len(fates) * len(recording.steps) // count + 1
    while len(seen) < count and barren < _BARREN:
        before = len(seen)
        for state in _round(recording, chance, fates, every):
            name = _digest(state)
            if name not in seen:
                seen.add(name)
                yield state
            if len(seen) >= count:
                return
        barren = barren + 1 if len(seen) == before else 0
        fates, every = [_BY_CHANCE] * max(1, (count - len(seen)) // len(recording.steps)), 1


def laid_down(state: AfterCut, directory: Path) -> None:
    """Make a state's files in an empty directory."""
    for path, content in state.tree.flat():
        whole = directory / path
        if content is None:
            whole.mkdir(mode=0o700)
        elif isinstance(content, str):
            whole.symlink_to(content)
        else:
            whole.write_bytes(content)


def _round(
    recording: Recording, chance: random.Random, fates: Sequence[tuple[Fate, ...]], every: int
) -> Iterator[AfterCut]:
    disk = _Disk(recording.before)
    said: tuple[str, ...] = ()
    for number, step in enumerate(recording.steps, 1):
        if isinstance(step, Said):
            said = (*said, step.line)
        disk.do(step)
        for each in fates if number % every == 0 else ():
            yield AfterCut(number, disk.after_cut(chance, each), said)


def _digest(state: AfterCut) -> bytes:
    digest = hashlib.sha256(str(len(state.said)).encode())
    for path, content in state.tree.flat():
        digest.update(f"\0{path}\0{type(content).__name__}\0".encode())
        digest.update(content.encode() if isinstance(content, str) else content or b"")
    return digest.digest()


class _Disk:
    """What is durable, and what only the kernel knows of."""

    def __init__(self, before: Tree) -> None:
        self._durable = before.copied()
        self._bytes: dict[int, list[Write | Resize]] = {}
        self._names: list[Name] = []

    def do(self, step: Step) -> None:
        match step:
            case Write(node) | Resize(node):
                self._bytes.setdefault(node, []).append(step)
            case Name():
                self._names.append(step)
            case Sync(node):
                for each in self._bytes.pop(node, ()):
                    applied(self._durable, each)
                for name in self._names:
                    if node in _directories(name):
                        applied(self._durable, name)
                self._names = [name for name in self._names if node not in _directories(name)]
            case Said():
                pass

    def after_cut(self, chance: random.Random, fates: Sequence[Fate]) -> Tree:
        """What a power cut at this moment may leave."""
        tree = self._durable.copied()
        for name in _left(self._names, chance.choice(fates), chance):
            applied(tree, name)
        for node, steps in self._bytes.items():
            fate = chance.choice(fates)
            content = bytearray(tree.files.get(node, b""))
            for step in _left(steps, fate, chance):
                if isinstance(step, Resize):
                    content[:] = content[: step.size].ljust(step.size, b"\0")
                elif fate == "torn":
                    for offset, data in _sectors(step):
                        if chance.random() < _STAYS:
                            _put(content, offset, data)
                else:
                    _put(content, step.offset, step.data)
            tree.files[node] = bytes(content)
        return tree


def _directories(name: Name) -> set[int]:
    return {name.directory} if name.also is None else {name.directory, name.also[0]}


def _left(steps: list[_Some], fate: Fate, chance: random.Random) -> list[_Some]:
    match fate:
        case "dropped":
            return []
        case "kept":
            return steps
        case "cut":
            return steps[: chance.randrange(len(steps) + 1)]
        case "shuffled" | "torn":
            return [step for step in steps if chance.random() < _STAYS]


def _sectors(write: Write) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(write.data):
        end = at + SECTOR - (write.offset + at) % SECTOR
        yield write.offset + at, write.data[at:end]
        at = end


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data
