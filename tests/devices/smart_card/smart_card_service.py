"""A real pcscd of the tests' own, with a virtual reader: started, stopped and seen to from here.

The service takes its socket from whoever starts it (systemd's socket activation), so it needs no public path.
It gets a /run of its own, because it tidies up /run/pcscd at its end, which may be another pcscd's.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

READER = "Virtual PCD 00 00"
"""The first slot of the virtual reader; it always has two."""

_DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
_START = """
import os, subprocess, sys
subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
os.mkdir("/run/pcscd")
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"], os.environ["LISTEN_FDS"] = str(os.getpid()), "1"
os.execv("/usr/sbin/pcscd", ["pcscd", "--foreground", "--config", sys.argv[2]])
"""


def free_ports() -> int:
    """A TCP port that is free, and so is the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class SmartCardService:
    """pcscd with one virtual reader of two slots, the first of which listens on `card_port`."""

    def __init__(self, folder: Path) -> None:
        self.socket_path = folder / "pcscd.socket"
        self.card_port = free_ports()
        self._config = folder / "readers"
        self._config.mkdir()
        self._log = folder / "pcscd.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, plugged_in: bool = True) -> None:
        """Start it, with the reader or without; it answers at once, because its socket is there already."""
        (self._config / "virtual").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{self.card_port:#x}\n'
            f"LIBPATH {_DRIVER}\nCHANNELID {self.card_port:#x}\n"
            if plugged_in
            else ""
        )
        self.socket_path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening, self._log.open("ab") as log:
            listening.bind(str(self.socket_path))
            listening.listen()
            private = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
            self._process = subprocess.Popen(
                [*private, sys.executable, "-c", _START, str(listening.fileno()), str(self._config)],
                pass_fds=[listening.fileno()],
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        """Stop it, as `systemctl stop` does."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:  # a driver of its own may hang
                process.kill()
                process.wait()
        self.socket_path.unlink(missing_ok=True)
