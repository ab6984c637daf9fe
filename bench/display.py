"""A screen of its own for the terminal: X server, session bus and accessibility bus, gone when closed.

Nothing of it touches the desk it runs on: Xvfb listens on no network, the buses are private, their sockets
lie in one scratch directory on tmpfs that goes with them.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image
from Xlib import X
from Xlib import display as xlib
from Xlib.error import BadDrawable, BadWindow, ConnectionClosedError
from Xlib.xobject.drawable import Window

from bench.leash import Leash

WIDTH, HEIGHT = 1080, 1920
"""Pixels: the portrait screen of a hall terminal."""

START_S = 10.0


class BenchError(Exception):
    """The bench itself could not do its part; one line that says which and why."""


class BenchDisplay:
    """Xvfb with a private D-Bus; `environment()` is what a program on it needs."""

    program = "Xvfb"

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Start everything, with a screen of `width` × `height` pixels; raises `BenchError`."""
        self.width, self.height = width, height
        for program in (self.program, "dbus-daemon"):
            if shutil.which(program) is None:
                raise BenchError(f"{program} is missing: run `make setup`")
        # On tmpfs, and short: a socket's path has at most 107 characters.
        self.scratch = Path(tempfile.mkdtemp(prefix="hall-bench-", dir="/dev/shm"))
        self._log = (self.scratch / "display.log").open("ab")
        self._leashes: list[Leash] = []
        self.renderer = "software"
        """Qt Quick's renderer of the programs to come; "rhi" is OpenGL, which Mesa draws on the processor."""
        try:
            self.name = f":{self._x_server()}"
            self.bus_address = self._session_bus()
        except BaseException:
            self.close()
            raise
        self._x = xlib.Display(self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def environment(self) -> dict[str, str]:
        """The environment of a program on this display: this process's own with the screen replaced."""
        inherited = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("QT_", "XDG_", "DBUS_", "WAYLAND_", "GTK_", "LD_", "AT_SPI_"))
        }
        return inherited | {
            "DISPLAY": self.name,
            "DBUS_SESSION_BUS_ADDRESS": self.bus_address,
            "XDG_RUNTIME_DIR": str(self.scratch),
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": self.renderer,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }

    @property
    def alive(self) -> bool:
        """Whether X server and bus run."""
        return all(leash.alive for leash in self._leashes)

    def picture(self) -> Image.Image:
        """What the screen shows now, taken from the X root: every window as a citizen sees it."""
        raw = self._x.screen().root.get_image(0, 0, self.width, self.height, X.ZPixmap, 0xFFFFFFFF)
        return Image.frombytes("RGB", (self.width, self.height), raw.data, "raw", "BGRX")

    def photograph(self, path: Path) -> None:
        """Write `picture()` to `path` as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.picture().save(path, compress_level=3)

    def topmost_pid(self) -> int | None:
        """The process whose window lies on top, as it says itself (_NET_WM_PID); None for the bare root."""
        # Held still meanwhile: a window that is lowered and then mapped between two questions, or whose
        # number another one gets, would seem to lie on top.
        self._x.grab_server()
        try:
            return self._first_shown(self._x.screen().root.query_tree().children)
        finally:
            self._x.ungrab_server()
            self._x.flush()

    def _first_shown(self, order: Sequence[Window]) -> int | None:
        for window in reversed(order):
            try:
                attributes, box = window.get_attributes(), window.get_geometry()
                if attributes.map_state != X.IsViewable or attributes.win_class != X.InputOutput:
                    continue
                if box.width < self.width or box.height < self.height:
                    continue  # a cursor or a menu is no screen
                stated = window.get_full_property(self._x.intern_atom("_NET_WM_PID"), X.AnyPropertyType)
            except (BadWindow, BadDrawable):
                continue  # it closed between the two questions
            if stated is not None:
                return int(stated.value[0])
        return None

    def close(self) -> None:
        """End all of it, and everything that D-Bus started."""
        if hasattr(self, "_x"):
            with contextlib.suppress(ConnectionClosedError):  # somebody closed a nested server's window
                self._x.close()
        for leash in reversed(self._leashes):
            leash.close()
        self._log.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def screen_options(self) -> list[str]:
        """What this X server is told of its screen."""
        return ["-screen", "0", f"{self.width}x{self.height}x24"]

    def _x_server(self) -> str:
        def command(answer: int) -> list[str]:
            quiet = ["-nolisten", "tcp", "-noreset", "-s", "0"]
            return [self.program, "-displayfd", str(answer), *self.screen_options(), *quiet]

        return self._start("the X server", command, dict(os.environ))

    def _session_bus(self) -> str:
        def command(answer: int) -> list[str]:
            listen = f"--address=unix:path={self.scratch}/bus"
            return [
                "dbus-daemon",
                "--session",
                "--nofork",
                "--nopidfile",
                listen,
                f"--print-address={answer}",
            ]

        # What the bus activates (the accessibility bus) inherits this: no desktop's settings, no home.
        private = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.scratch),
            "XDG_RUNTIME_DIR": str(self.scratch),
            "DISPLAY": self.name,
            "GSETTINGS_BACKEND": "memory",
        }
        return self._start("the session bus", command, private)

    def _start(self, what: str, command: Callable[[int], list[str]], environment: dict[str, str]) -> str:
        """Start a program that says on a descriptor when and where it listens; its answer."""
        read, write = os.pipe()
        try:
            remove = self.scratch if not self._leashes else None
            leash = Leash(
                command(write), environment=environment, output=self._log, pass_fds=[write], remove=remove
            )
            self._leashes.append(leash)
        finally:
            os.close(write)
        answer = b""
        deadline = time.monotonic() + START_S
        with os.fdopen(read, "rb", buffering=0) as said:
            while not answer.endswith(b"\n"):
                ready, _, _ = select.select([said], [], [], max(0.0, deadline - time.monotonic()))
                part = said.read(256) if ready else b""
                if not part:
                    reason = (self.scratch / "display.log").read_text(errors="replace").strip()[-400:]
                    raise BenchError(f"{what} did not start: {reason or 'no answer'}")
                answer += part
        return answer.decode().strip()
