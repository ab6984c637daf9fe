"""A sound device of ALSA's own for tests: what the sound library would play stands in files, or in a pipe."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

F_SETPIPE_SZ = 1031
PIPE_BYTES = 4096

DEADLINE_MS = 20_000
"""What has not happened by then never happens, however busy the machine is."""


def until(happened: object, what: str) -> None:
    """Turn Qt's loop until `happened()` is true."""
    assert callable(happened)
    deadline = QDeadlineTimer(DEADLINE_MS)
    while not happened():
        assert not deadline.hasExpired(), what
        QTest.qWait(5)


def _pcm(file: Path, how: str = "") -> str:
    return f'pcm.!default {{ type file file "{file}" format raw {how} slave.pcm {{ type null }} }}\n'


class Recorder:
    """ALSA's `file` PCM over its `null` PCM: each sound that is played is a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.configuration = folder / "asound.conf"
        self._file = folder / "heard.raw"
        self.configuration.write_text(_pcm(self._file, "truncate false"))

    def heard(self) -> list[bytes]:
        """Every sound so far, without the silence before and after it."""
        # ALSA counts further files: heard.raw, heard.raw.0001, …; a silent one only tried the device.
        files = sorted(self._file.parent.glob("heard.raw*"))
        return [sound for file in files if (sound := file.read_bytes().strip(b"\0"))]


class Line:
    """A device that plays as fast as it is listened to; one that nobody listens to hangs."""

    def __init__(self, folder: Path) -> None:
        self.configuration = folder / "asound.conf"
        self.pipe = folder / "line"
        os.mkfifo(self.pipe)
        self.configuration.write_text(_pcm(self.pipe))

    @contextmanager
    def listening(self) -> Iterator[Ear]:
        """Hold the other end."""
        end = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(end, F_SETPIPE_SZ, PIPE_BYTES)
        try:
            yield Ear(end)
        finally:
            os.close(end)


class Ear:
    """What comes out of the line, from its first sound on."""

    def __init__(self, end: int) -> None:
        self._end = end
        self.heard = b""

    def listen(self, most: int = 65_536) -> None:
        """Take what has come, or nothing."""
        try:
            self.heard = (self.heard + os.read(self._end, most)).lstrip(b"\0")
        except BlockingIOError:
            return

    def hear(self, least: int) -> None:
        """Listen until `least` bytes are heard."""

        def enough() -> bool:
            self.listen(PIPE_BYTES)
            return len(self.heard) >= least

        until(enough, f"{least} bytes are heard")

    def hear_out(self, sound: bytes, after: int = 0) -> int:
        """Listen until `sound` has been heard whole, from byte `after` on; gives where it began."""

        def heard() -> bool:
            self.listen(PIPE_BYTES)
            return self.heard.find(sound, after) >= 0

        until(heard, "the sound is heard to its end")
        return self.heard.index(sound, after)
