"""What a process holds in memory now: every readable page that is there, read through /proc/PID/mem.

Left out are pages that only mirror a program's own file (libraries, fonts, models) and were never written to:
they are that file. Everything else counts: heaps, stacks, shared memory, and files mapped for sharing.

Source: proc(5), proc_pid_maps(5), proc_pid_pagemap(5).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.residue.needles import PIECE

PAGE = os.sysconf("SC_PAGESIZE")
_ENTRY = 8
_PRESENT = np.uint64(0b11 << 62)  # in memory, or in swap
_OF_A_FILE = np.uint64(1 << 61)


@dataclass(frozen=True)
class _Mapping:
    start: int
    end: int
    private: bool


def memory_of(pid: int, overlap: int) -> Iterator[tuple[int, bytes]]:
    """Yield (address, bytes) of everything in memory, in pieces that overlap. Nothing if there is no process.

    Raises `PermissionError` when this user may not look.
    """
    try:
        mappings = _mappings(pid)
        with (
            Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory,
            Path(f"/proc/{pid}/pagemap").open("rb", buffering=0) as pages,
        ):
            for mapping in mappings:
                for first, end in _runs(pages.fileno(), mapping):
                    for start in range(first, end, PIECE):
                        yield start, _read(memory.fileno(), start, min(PIECE + overlap, end - start))
    except (FileNotFoundError, ProcessLookupError):
        return


def deleted_files_of(pid: int) -> Iterator[tuple[str, bytes]]:
    """Yield (what it was called, bytes) of files without a name that the process still has open."""
    try:
        links = list(Path(f"/proc/{pid}/fd").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return
    for link in links:
        try:
            target = str(link.readlink())
            if target.endswith(" (deleted)") and link.is_file():
                yield target, link.read_bytes()
        except OSError:
            continue  # closed while we looked


def _mappings(pid: int) -> list[_Mapping]:
    found = []
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        place, rights, *_ = line.split(maxsplit=5)
        # The kernel's own pages belong to nobody, and cannot be read.
        if not rights.startswith("r") or line.endswith(("[vvar]", "[vvar_vclock]", "[vsyscall]")):
            continue
        start, end = (int(part, 16) for part in place.split("-"))
        found.append(_Mapping(start, end, rights[3] == "p"))
    return found


def _runs(pages: int, mapping: _Mapping) -> list[tuple[int, int]]:
    """Where the mapping has pages of its own: (start, end) of each stretch without a gap."""
    count = (mapping.end - mapping.start) // PAGE
    raw = os.pread(pages, count * _ENTRY, mapping.start // PAGE * _ENTRY)
    entries = np.frombuffer(raw[: len(raw) // _ENTRY * _ENTRY], np.uint64)
    own = (entries & _PRESENT) != 0
    if mapping.private:
        own &= (entries & _OF_A_FILE) == 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], own, [False])).astype(np.int8)))
    bounds = mapping.start + edges * PAGE
    return [(int(first), int(end)) for first, end in bounds.reshape(-1, 2)]


def _read(memory: int, start: int, length: int) -> bytes:
    try:
        return os.pread(memory, length, start)
    except OSError:
        return b""  # unmapped between map and read
