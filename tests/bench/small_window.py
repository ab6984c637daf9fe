"""A small Qt Quick program with the controls that a terminal's screens have; it prints what is done to it.

`python small_window.py above|beneath NAME`: beneath is how a standby waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow


class Told(QObject):
    """What the window reports."""

    @Slot(str)
    def tell(self, what: str) -> None:
        print(what, flush=True)  # noqa: T201 - this is how the test hears of it


def main() -> int:
    place, name = sys.argv[1:3]
    app = QGuiApplication(sys.argv[:1])
    told = Told()
    engine = QQmlApplicationEngine()
    engine.setInitialProperties({"told": told, "name": name})
    engine.load(QUrl.fromLocalFile(str(Path(__file__).with_name("SmallWindow.qml"))))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    if place == "beneath":
        window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, on=True)
        window.showFullScreen()
        window.lower()
    else:
        window.showFullScreen()
        window.requestActivate()
    QTimer.singleShot(60_000, app.quit)
    window.frameSwapped.connect(lambda: told.tell("ready"), Qt.ConnectionType.SingleShotConnection)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
