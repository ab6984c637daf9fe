"""One session as an operating-system process: its group, its throw-away home, its end.

Everything a person tells the terminal lives in this process group and in this home. `kill` ends the group
and never waits; the corpse and the home are cleared away by a task of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import structlog

from kiosk.packets import PacketEnd

HOMES = "sessions"
"""The directory in `runtime_dir` in which each session has its home."""

_LEADER = "leader"
_HOME_TRIES = 40
_HOME_RETRY_S = 0.05

_KEPT_NAMES = frozenset(
    {
        "PATH",
        "LANG",
        "LANGUAGE",
        "TZ",
        "DISPLAY",
        "XAUTHORITY",
        "DBUS_SESSION_BUS_ADDRESS",
        "AT_SPI_BUS_ADDRESS",
    }
)
_KEPT_PREFIXES = ("LC_", "QT_", "QSG_", "LIBGL_", "MESA_", "ALSA_")


class SessionProcess:
    """A running session and the terminal's end of its pipe."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], end: PacketEnd, home: Path) -> None:
        self.name = name
        self.pid = process.pid
        self.end = end
        self._process = process
        self._home = home
        self._killed = False
        self._reaper = asyncio.get_running_loop().create_task(self._reap(), name=f"reaper of {name}")

    def kill(self) -> None:
        """SIGKILL the whole process group and hang up. Does not wait; may be called again."""
        self.end.close()
        self._kill_group()

    async def cleared(self) -> None:
        """Wait until the process is reaped and its home removed."""
        await asyncio.shield(self._reaper)

    def _kill_group(self) -> None:
        # Never after the reaping: until then the number of the group cannot be given to anybody else.
        if not self._killed:
            self._killed = True
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    async def _reap(self) -> None:
        await _exit_of(self.pid)
        self._kill_group()
        status = self._process.wait()  # returns at once: the process has ended
        structlog.get_logger().info("session_reaped", session=self.name, exit_status=status)
        await _remove(self._home)


def spawn(name: str, argv: Sequence[str], runtime_dir: Path, log_file: Path) -> SessionProcess:
    """Start the session program `argv` with `--fd N` appended. Raises `OSError` when it cannot be started.

    The program gets a cleaned environment, a home of its own (0700), no core dumps, and standard error
    appended to `log_file`.
    """
    home = runtime_dir / HOMES / name
    environment = _environment(home)
    for path in (home, *(Path(environment[key]) for key in _HOME_KEYS)):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        with theirs, log_file.open("ab") as log:
            process = subprocess.Popen(
                [*argv, "--fd", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                pass_fds=(theirs.fileno(),),
                process_group=0,
            )
    except OSError:
        ours.close()
        shutil.rmtree(home)
        raise
    with contextlib.suppress(ProcessLookupError):  # it may be dead already; the reaper will say so
        resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
    (home / _LEADER).write_text(f"{process.pid} {_started(process.pid)}")
    return SessionProcess(name, process, PacketEnd(ours), home)


async def clear_old_homes(runtime_dir: Path) -> int:
    """Kill what an earlier terminal left running, remove every old home, and say how many there were.

    Only for the holder of the terminal's lock. A session whose terminal died ends by itself when its pipe
    does, but a hung one does not, and it may still hold the card reader.
    """
    homes = [path for path in (runtime_dir / HOMES).glob("*") if path.is_dir()]
    for home in homes:
        with contextlib.suppress(OSError, ValueError):
            pid, started = (home / _LEADER).read_text().split()
            # A number that now belongs to a younger process is left alone.
            if _started(int(pid)) in {started, ""}:
                os.killpg(int(pid), signal.SIGKILL)
    for home in homes:
        await _remove(home)
    return len(homes)


_HOME_KEYS = (
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)


def _environment(home: Path) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key in _KEPT_NAMES or key.startswith(_KEPT_PREFIXES)
    }
    if "XAUTHORITY" not in kept and "HOME" in os.environ:
        # Where X looks without the variable; the session's own home will not have it.
        kept["XAUTHORITY"] = str(Path(os.environ["HOME"]) / ".Xauthority")
    return kept | {"HOME": str(home)} | {key: str(home / key.lower()) for key in _HOME_KEYS}


def _started(pid: int) -> str:
    """When a process started, in clock ticks since boot (proc(5), field 22); empty if there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]


async def _exit_of(pid: int) -> None:
    """Wait for the end of a child without a thread and without reaping it."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    descriptor = os.pidfd_open(pid)
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


async def _remove(home: Path) -> None:
    """Remove a home that a dying grandchild may still be writing to for a moment."""
    for _ in range(_HOME_TRIES):
        if await asyncio.to_thread(_removed, home):
            return
        await asyncio.sleep(_HOME_RETRY_S)
    structlog.get_logger().error("session_home_left", path=str(home))


def _removed(home: Path) -> bool:
    shutil.rmtree(home, ignore_errors=True)
    return not home.exists()
