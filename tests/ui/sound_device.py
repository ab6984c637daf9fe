"""A sound device of ALSA's own for tests: what the sound library would play stands in files, or in a pipe."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

F_SETPIPE_SZ = 1031
PIPE_BYTES = 4096
HEADER_BYTES = 44
"""Of a WAV file as ALSA writes it."""

DEADLINE_MS = 20_000
"""What has not happened by then never happens, however busy the machine is."""


def until(happened: object, what: str) -> None:
    """Turn Qt's loop until `happened()` is true."""
    assert callable(happened)
    deadline = QDeadlineTimer(DEADLINE_MS)
    while not happened():
        assert not deadline.hasExpired(), what
        QTest.qWait(5)


def _pcm(file: Path, form: str, how: str = "") -> str:
    return f'pcm.!default {{ type file file "{file}" format {form} {how} slave.pcm {{ type null }} }}\n'


class Recorder:
    """ALSA's `file` PCM over its `null` PCM: each sound that is played is a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.configuration = folder / "asound.conf"
        self._file = folder / "heard.wav"
        self.configuration.write_text(_pcm(self._file, "wav", "truncate false"))

    def heard(self) -> list[bytes]:
        """Every sound so far, without the silence before and after it."""
        # A silent one only tried the device.
        return [sound for file in self._files() if (sound := file[HEADER_BYTES:].strip(b"\0"))]

    def rates_hz(self) -> set[int]:
        """At which rates they were played; all in one channel of 16 bits."""
        headers = [file[:HEADER_BYTES] for file in self._files() if file[HEADER_BYTES:].strip(b"\0")]
        assert {struct.unpack("<HH4x4x2xH", header[20:36]) for header in headers} == {(1, 1, 16)}
        return {int.from_bytes(header[24:28], "little") for header in headers}

    def _files(self) -> list[bytes]:
        # ALSA counts further files: heard.wav, heard.wav.0001, …
        return [file.read_bytes() for file in sorted(self._file.parent.glob("heard.wav*"))]


class Line:
    """A device that plays as fast as it is listened to; one that nobody listens to hangs."""

    def __init__(self, folder: Path) -> None:
        self.configuration = folder / "asound.conf"
        self.pipe = folder / "line"
        os.mkfifo(self.pipe)
        self.configuration.write_text(_pcm(self.pipe, "raw"))

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
