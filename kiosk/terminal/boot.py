"""What has to be true before a terminal starts, and how it tells systemd that it is alive."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = "lock"


class BootRefused(Exception):
    """This terminal may not start; the text is one line a cause, each naming file or key and the reason."""


@contextmanager
def only_terminal(state_dir: Path) -> Iterator[None]:
    """Hold the lock on this state. Raises `BootRefused` beside a running terminal.

    The kernel drops the lock with the process, so there is no stale one after a power cut. Where there is no
    `state_dir` yet, no terminal can be running and nothing is made.
    """
    if not state_dir.exists():
        yield
        return
    path = state_dir / LOCK_NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BootRefused(f"{path}: {error.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 16, 0).decode("ascii", "replace").strip() or "unknown"
            raise BootRefused(f"{path}: another terminal is running (process {holder})") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


class ServiceManager:
    """The line to systemd (sd_notify(3), sd_watchdog_enabled(3)). Outside systemd it says nothing."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # A leading @ means the abstract namespace, whose names begin with a zero byte.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        watched_us = int(environment.get("WATCHDOG_USEC", "0"))
        self._interval_s = watched_us / 2_000_000
        self._next_s = 0.0

    def ready(self) -> None:
        """Say that the terminal is up."""
        self._say(b"READY=1")

    def alive(self, now_s: float) -> None:
        """Say that the terminal is well, at most twice a watchdog period; `now_s` is monotonic."""
        if self._interval_s and now_s >= self._next_s:
            self._next_s = now_s + self._interval_s
            self._say(b"WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the terminal is ending in an orderly way."""
        self._say(b"STOPPING=1")

    def _say(self, state: bytes) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sock:
            try:
                sock.sendto(state, self._address)
            except (BlockingIOError, ConnectionRefusedError, FileNotFoundError):
                # systemd is being re-executed or busy: it asks for nothing but the next word.
                return
