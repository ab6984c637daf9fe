"""`make demo` at a desk: the terminal in a nested X server, and beside it the bench window with the hall."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from bench.display import BenchError
from bench.nested import Desk, NestedDisplay, arranged, has_display
from bench.window.hall_thread import HallThread
from bench.window.model import BenchModel
from config.hall_time import hall_today
from ui.immortal import keep_singletons

__all__ = ["has_display", "run_desk"]

_BENCH = Path(__file__).parent / "window" / "Bench.qml"

_ENVIRONMENT = {
    # No picture here needs a graphics card, and not every desk has one that works.
    "QT_QUICK_BACKEND": "software",
    # Xephyr is an X program: the window beside it had better be one too.
    "QT_QPA_PLATFORM": "xcb",
}


class _Calls(QObject):
    """Carries what the hall's thread says over to Qt's."""

    board = Signal(object)
    said = Signal(object)
    ended = Signal(str)


def run_desk(output: Path) -> int:
    """Open terminal and bench on this desk until one of them is closed; what they leave goes to `output`.

    0, or 1 with one line when it could not begin.
    """
    try:
        desk = arranged()
    except BenchError as error:
        sys.stderr.write(f"The bench could not open: {error}\n")
        return 1
    os.environ.update(_ENVIRONMENT)
    # Interrupted, this process just goes: its leashes take the hall down with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    keep_singletons()
    application = QGuiApplication(sys.argv[:1])
    status = _Desk(application, desk, output.resolve()).run()
    sys.stdout.write(f"Slips, logs and the platform's keys are in {output}\n")
    return status


class _Desk:
    """Window, model and hall, wired."""

    def __init__(self, application: QGuiApplication, desk: Desk, output: Path) -> None:
        self._application = application
        self._trouble = ""
        calls = self._calls = _Calls()
        self._hall = HallThread(
            output,
            partial(NestedDisplay, desk.terminal),
            on_board=calls.board.emit,
            on_said=calls.said.emit,
            on_end=calls.ended.emit,
        )
        self._model = BenchModel(self._hall.do, hall_today())
        calls.board.connect(self._model.take_board)
        calls.said.connect(self._model.take_said)
        calls.ended.connect(self._ended)
        self._engine = QQmlApplicationEngine()
        self._engine.setInitialProperties({"model": self._model})
        self._engine.load(QUrl.fromLocalFile(str(_BENCH)))
        (window,) = self._engine.rootObjects()
        assert isinstance(window, QQuickWindow)  # noqa: S101 - Bench.qml is one
        place = desk.bench
        window.setGeometry(place.x, place.y, place.width, place.height)
        window.show()

    def run(self) -> int:
        """Until a window is closed; the exit status."""
        self._hall.start()
        self._application.exec()
        self._hall.stop()
        del self._engine  # before the model that its views look at
        if self._trouble:
            sys.stderr.write(f"The bench ended: {self._trouble}\n")
        return 1 if self._trouble else 0

    def _ended(self, trouble: str) -> None:
        self._trouble = trouble
        self._application.quit()
