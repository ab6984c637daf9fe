"""A small parent that takes its whole family with it: no process that the bench starts outlives the bench.

`Leash` starts `python leash.py … -- command` and holds the other end of its standard input. When that ends,
because it was closed or because the bench was killed, the leash ends the command and every descendant,
those in other process groups too: it is their subreaper, so an orphan becomes its child. With `restart` it
starts the command again when it dies, as systemd does (`Restart=always`, at most five starts in ten
seconds). The program half knows only the standard library, and starts in about 20 ms.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

RESTART_PAUSE_S = 0.1
RESTARTS_AT_MOST = 5
RESTARTS_WITHIN_S = 10.0
_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


class Leash:
    """One command and its family, bound to the life of this object and of this process."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        output: IO[bytes] | int | None = None,
        pass_fds: Sequence[int] = (),
        restart: bool = False,
        grace_s: float = 3.0,
        remove: Path | None = None,
    ) -> None:
        """Start `command`; what it prints goes to `output`.

        `grace_s` lies between asking it to end and killing it; `remove` is a directory that goes when it has.
        """
        options = ["--grace", str(grace_s)]
        options += ["--restart"] if restart else []
        options += ["--remove", str(remove)] if remove else []
        self._grace_s = grace_s
        report, report_write = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, *options, "--report", str(report_write), "--", *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=None if environment is None else dict(environment),
            pass_fds=[*pass_fds, report_write],
            start_new_session=True,
        )
        os.close(report_write)
        self._report = os.fdopen(report, "r", encoding="ascii")

    def started(self, within_s: float = 5.0) -> int:
        """Wait for the next start of the command; its process id. Raises `TimeoutError`."""
        ready, _, _ = select.select([self._report], [], [], within_s)
        line = self._report.readline() if ready else ""
        if not line:
            raise TimeoutError("the command did not start")
        return int(line)

    @property
    def alive(self) -> bool:
        """Whether the command runs, or will be restarted."""
        return self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """How the command ended, as a shell says it; None while it has not."""
        return self._process.poll()

    def close(self) -> None:
        """End the command and all its descendants; returns when they are gone."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(self._grace_s + 5)
        finally:
            self._report.close()


# ---- the program -----------------------------------------------------------------------------------------


def _main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--grace", type=float, required=True)
    parser.add_argument("--report", type=int, required=True)
    parser.add_argument("--restart", action="store_true")
    parser.add_argument("--remove", type=Path)
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    wake, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _noticed)
    try:
        return _hold(asked, wake)
    finally:
        if asked.remove:
            shutil.rmtree(asked.remove, ignore_errors=True)


def _noticed(_number: int, _frame: object) -> None:
    """Only the wake-up matters."""


def _hold(asked: argparse.Namespace, wake: int) -> int:
    starts: list[float] = []
    while True:
        starts = [then for then in starts if then > time.monotonic() - RESTARTS_WITHIN_S]
        if len(starts) >= RESTARTS_AT_MOST:
            return 1
        starts.append(time.monotonic())
        child = _start(asked.command, asked.report)
        status = _watch(child, wake)
        if status is None:
            return _end(child, asked.grace)
        if not asked.restart:
            _kill_family()
            return status
        ended, _, _ = select.select([0], [], [], RESTART_PAUSE_S)
        if ended:
            _kill_family()
            return status


def _start(command: list[str], report: int) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(report, False)  # noqa: FBT003 - the standard library's own signature
    defaults = [signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
    child = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 0)],
        setpgroup=0,
        setsigdef=defaults,
    )
    os.close(nothing)
    with contextlib.suppress(BrokenPipeError):
        os.write(report, f"{child}\n".encode())
    return child


def _watch(child: int, wake: int) -> int | None:
    """Wait for the command's end, its status; or for ours, None."""
    while True:
        ready, _, _ = select.select([0, wake], [], [])
        if 0 in ready:
            return None
        numbers = os.read(wake, 64)
        status = _reap(child)
        if status is not None:
            return status
        if any(number != signal.SIGCHLD for number in numbers):
            return None


def _reap(child: int) -> int | None:
    """Collect all that has ended; the status of `child` if it is among them."""
    found = None
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == child:
                code = os.waitstatus_to_exitcode(status)
                found = 128 - code if code < 0 else code
    return found


def _end(child: int, grace_s: float) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    status = None
    while status is None and time.monotonic() < deadline:
        status = _reap(child)
        time.sleep(0.01)
    _kill_family()
    return 128 + signal.SIGKILL if status is None else status


def _kill_family() -> None:
    """Kill every descendant until there is none; a killed one hands its own children on to us."""
    while True:
        family = descendants(os.getpid())
        if not family:
            return
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _reap(0)
        time.sleep(0.005)


def descendants(of: int) -> set[int]:
    """Every living process below `of`, read from /proc."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                stat = Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace")
                parent = int(stat.rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found: set[int] = set()
    waiting = [of]
    while waiting:
        for pid in children.get(waiting.pop(), []):
            found.add(pid)
            waiting.append(pid)
    return found


if __name__ == "__main__":
    sys.exit(_main())
