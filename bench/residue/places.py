"""Where a person could remain: files and processes, each a place that is searched and counted.

Not searched by construction: the bench itself (it holds the cards and reads the screen), the platform (it is
meant to have the applications), and what a demo shows its audience.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.hall import Hall
from bench.leash import descendants
from bench.residue.memory import deleted_files_of, memory_of
from bench.residue.needles import Haystack, Hit

CUPS_SPOOL = Path("/var/spool/cups")
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - searched, not written to
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - searched, not written to
VISIBLE, X_SERVER = "visible", "X server"
BUS = "accessibility bus"
_X_SERVERS = frozenset({"Xvfb", "Xephyr"})
_BUSES = frozenset({"dbus-daemon", "at-spi-bus-laun", "at-spi2-registr"})
_WHOLE_FILE = 1 << 28
"""Bytes of one file read at once; longer ones are searched in parts."""


@dataclass(frozen=True)
class Searched:
    """One place: how much of it was read, and what was found."""

    place: str
    bytes: int
    hits: tuple[Hit, ...]
    role: str = ""
    """For a process: see `Process`."""
    note: str = ""

    @property
    def judged(self) -> bool:
        """Whether a hit here is residue. The buses hold by their nature what was read from the screen."""
        return self.role != BUS


@dataclass(frozen=True)
class Process:
    """One process; its role is what a technician calls it."""

    pid: int
    role: str


def processes(said: Mapping[str, Any]) -> list[Process]:
    """Everything of this hall that may hold a person: the terminal, its family, X, cupsd, the buses.

    `said` is the terminal's status. What a dead session left running has the terminal's keeper for a parent.
    """
    terminal = int(said["pid"])
    states = {int(session["pid"]): str(session["state"]) for session in said["sessions"]}
    found = [Process(terminal, "terminal")]
    for pid in sorted(descendants(_parent(terminal)) - {terminal}):
        state = states.get(_group(pid))
        part = "session" if pid in states else "face worker"
        found.append(Process(pid, "left behind" if state is None else f"{part}, {state}"))
    family = sorted(descendants(os.getpid()))
    found += [Process(pid, X_SERVER) for pid in family if is_x_server(pid)]
    found += [Process(pid, "cupsd") for pid in _all_pids() if _command(pid) == "cupsd"]
    found += [Process(pid, BUS) for pid in family if _command(pid) in _BUSES]
    return found


def is_x_server(pid: int) -> bool:
    """Whether this process is a screen."""
    return _command(pid) in _X_SERVERS


def search_process(process: Process, haystack: Haystack) -> Searched:
    """Search a process's memory, and the files without a name that it holds open."""
    searched, hits = haystack.hits(memory_of(process.pid, haystack.overlap))
    for _name, content in deleted_files_of(process.pid):
        more, others = haystack.hits(haystack.in_pieces(0, content))
        searched, hits = searched + more, hits + others
    return Searched(f"{process.role} ({process.pid})", searched, tuple(hits), process.role)


def search_files(hall: Hall, haystack: Haystack, since: float) -> list[Searched]:
    """Search the terminal's directories and logs, temporary files, and the spool of CUPS.

    A file that has not changed since `since` (seconds since 1970) cannot hold what was drawn later, and is
    not read, except in /dev/shm: there, writing through a mapping leaves no time behind.
    """
    logs = [hall.folder / "events.jsonl", hall.folder / "terminal.log", Path("/var/log")]
    shown = [hall.folder, hall.runtime_dir]
    found = [
        _search_tree("state directory", [hall.folder / "state"], haystack),
        _search_tree("runtime directory", [hall.runtime_dir], haystack),
        _search_tree("logs", logs, haystack, since=since),
        _search_tree(", ".join(map(str, _TEMPORARY)), _TEMPORARY, haystack, since=since, without=shown),
        _search_tree(str(_SHARED_MEMORY), [_SHARED_MEMORY], haystack, without=shown),
    ]
    if CUPS_SPOOL.exists():
        found.append(_search_tree(str(CUPS_SPOOL), [CUPS_SPOOL], haystack))
    else:
        found.append(Searched(str(CUPS_SPOOL), 0, (), note="no CUPS on this machine"))
    return found


def _search_tree(
    place: str, roots: Sequence[Path], haystack: Haystack, *, since: float = 0.0, without: Sequence[Path] = ()
) -> Searched:
    """Search names and contents of files under `roots`, but not under `without`."""
    names = bytearray()
    searched = 0
    hits: list[Hit] = []
    for path in _files(roots, {str(folder.resolve()) for folder in without}):
        names += os.fsencode(path) + b"\n"
        try:
            facts = os.lstat(path)
            if not stat.S_ISREG(facts.st_mode) or facts.st_ctime < since:
                continue
            with open(path, "rb") as file:  # noqa: PTH123 - a hundred thousand Path objects take seconds
                while part := file.read(_WHOLE_FILE):
                    more, others = haystack.hits(haystack.in_pieces(0, part))
                    searched, hits = searched + more, hits + others
        except OSError:
            continue  # it went while we looked
    named, in_names = haystack.hits(haystack.in_pieces(0, bytes(names)))
    return Searched(place, searched + named, (*hits, *in_names))


def _files(roots: Sequence[Path], without: set[str]) -> Iterator[str]:
    for root in roots:
        if root.is_file():
            yield str(root)
        for folder, folders, names in os.walk(root):
            # Another file system mounted in there is another place.
            folders[:] = [
                name
                for name in folders
                if (inside := f"{folder}/{name}") not in without and not os.path.ismount(inside)
            ]
            yield from (f"{folder}/{name}" for name in names)


def _command(pid: int) -> str:
    """The first fifteen characters of a program's name; empty when there is no process."""
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0  # it has just ended


def _all_pids() -> list[int]:
    return sorted(int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit())
