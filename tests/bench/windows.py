"""A small Qt program on the bench display, as a process with ears."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.display import BenchDisplay
from bench.leash import Leash

PROGRAM = str(Path(__file__).with_name("small_window.py"))


class Window:
    """A small window on the bench display and what it has said."""

    def __init__(self, display: BenchDisplay, place: str, name: str) -> None:
        read, write = os.pipe()
        command = [sys.executable, PROGRAM, place, name]
        self.leash = Leash(command, environment=display.environment(), output=write)
        os.close(write)
        self.said = os.fdopen(read)
        self.pid = self.leash.started()
        self.hears("ready")

    def hears(self, wanted: str) -> None:
        for line in self.said:
            if line.strip() == wanted:
                return
        raise AssertionError(wanted)

    def close(self) -> None:
        self.leash.close()
        self.said.close()
