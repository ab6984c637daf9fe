"""Plays one sound at a time through ALSA's own player, in a child that may hang without anybody waiting.

`aplay` opens the terminal's sound card itself: no sound server, no desktop. It belongs to the session's
process group, so it dies with the session; killed, it is silent at once. Why: decision 12.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from kiosk.voice.sound import Sound

PLAYER = "aplay"

_LATE_S = 4.0
"""A device that has not played a sound so long after its end never will."""
_DYING_MS = 2000
"""A killed child that lives longer is held by its driver, and so is the device."""

_HELD: list[QProcess] = []
"""Children that a driver does not let go. Qt would wait for them where their objects are destroyed."""


class Ending(Enum):
    """How a sound ended that nobody stopped."""

    PLAYED = "played"
    REFUSED = "no_sound_device"
    HUNG = "sound_device_hung"
    NO_PLAYER = "no_player"


class Player(QObject):
    """One sound at a time. `ended` tells how it ended, unless it was stopped or another took its place."""

    ended = Signal(Ending)

    def __init__(self, parent: QObject | None = None, *, late_s: float = _LATE_S) -> None:
        super().__init__(parent)
        self._late_s = late_s
        self._child: QProcess | None = None
        self._next: Sound | None = None
        self._killed = self._hung = False
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._late)

    @property
    def playing(self) -> bool:
        """Whether something is heard, or about to be."""
        return self._next is not None or (self._child is not None and not self._killed)

    def play(self, sound: Sound) -> None:
        """Play `sound` now; what is playing stops first."""
        if self._child is None:
            self._start(sound)
        else:
            self._next = sound
            self._kill()

    def stop(self) -> None:
        """Be silent."""
        self._next = None
        self._kill()

    def close(self) -> None:
        """Be silent, and let go of the child without waiting for it."""
        self.stop()
        if self._child is not None:
            self._watch.stop()
            self._child.finished.disconnect(self._finished)
            self._child.errorOccurred.disconnect(self._failed)
            self._child.setParent(None)
            _HELD.append(self._child)
            self._child = None

    def _start(self, sound: Sound) -> None:
        child = QProcess(self)
        # Nothing of the session's: no pipe to the terminal, no display.
        child.setUnixProcessParameters(QProcess.UnixProcessFlag.CloseFileDescriptors)
        child.setStandardOutputFile(QProcess.nullDevice())
        child.setStandardErrorFile(QProcess.nullDevice())
        child.finished.connect(self._finished)
        child.errorOccurred.connect(self._failed)
        self._child, self._killed, self._hung = child, False, False
        child.start(PLAYER, ["-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(sound.rate_hz)])
        child.write(sound.samples.astype("<i2").tobytes())
        child.closeWriteChannel()
        self._watch.start(round(1000 * (sound.seconds + self._late_s)))

    def _kill(self) -> None:
        if self._child is not None and not self._killed:
            self._killed = True
            self._watch.start(_DYING_MS)
            self._child.kill()

    def _late(self) -> None:
        if self._killed:
            self.close()
            self.ended.emit(Ending.HUNG)
        else:
            self._hung = True
            self._kill()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._gone()
            self._next = None
            self.ended.emit(Ending.NO_PLAYER)

    def _finished(self, exit_code: int, status: QProcess.ExitStatus) -> None:
        stopped = self._killed and not self._hung
        self._gone()
        if self._hung:
            self._next = None
            self.ended.emit(Ending.HUNG)
        elif self._next is not None:
            sound, self._next = self._next, None
            self._start(sound)
        elif not stopped:
            well = exit_code == 0 and status is QProcess.ExitStatus.NormalExit
            self.ended.emit(Ending.PLAYED if well else Ending.REFUSED)

    def _gone(self) -> None:
        self._watch.stop()
        if self._child is not None:
            self._child.deleteLater()
        self._child = None
