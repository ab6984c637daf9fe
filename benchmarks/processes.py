"""Processes as /proc sees them: which belong together, what memory they have, what time they have used."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from bench.leash import descendants

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> set[int]:
    """A process and all its descendants."""
    return {pid, *descendants(pid)}


def pss_mb(pids: Iterable[int]) -> float:
    """Memory in MB (10⁶ bytes): shared pages are counted once, divided among those who share them.

    Source: /proc/PID/smaps_rollup, Pss. A process that has ended has none.
    """
    return sum(_rolled_up_mb(pid, "Pss") for pid in pids)


def own_mb(pid: int) -> float:
    """Memory in MB that the process itself wrote and shares with nobody, whatever else runs here.

    Source: /proc/PID/smaps_rollup, Private_Dirty. A process that has ended has none.
    """
    return _rolled_up_mb(pid, "Private_Dirty")


def _rolled_up_mb(pid: int, line: str) -> float:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        found = re.search(rf"^{line}:\s+(\d+) kB", told, re.MULTILINE)
        return int(found[1]) * 1024 / 1e6 if found else 0.0
    return 0.0


def rss_mb(pid: int) -> float:
    """Memory in MB (10⁶ bytes), shared pages in full: it does not change with who else lives.

    Source: /proc/PID/statm, the second field, in pages. Raises `FileNotFoundError` for one that has ended.
    """
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_s(pids: Iterable[int]) -> float:
    """Processor time used so far by all threads (proc(5), stat: utime and stime), in seconds."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total * _TICK_S


def command(pid: int) -> list[str]:
    """The command line; empty for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def parent(pid: int) -> int:
    """The parent's number; 0 for a process that has ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0
