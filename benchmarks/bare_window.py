"""The least that Qt Quick can do, to compare with: one window of one colour, which a touch changes.

`python -m benchmarks.bare_window`. It has no words, no styles and no Python behind the touch.
"""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

FIRST, SECOND = "#3050c0", "#c05030"

QML = f"""
import QtQuick
Window {{
    id: window
    flags: Qt.FramelessWindowHint
    color: "{FIRST}"
    width: 1080
    height: 1920
    visible: true
    MouseArea {{
        anchors.fill: parent
        onClicked: window.color = window.color == "{FIRST}" ? "{SECOND}" : "{FIRST}"
    }}
}}
"""


def main() -> int:
    """Show it until ended."""
    application = QGuiApplication(sys.argv[:1])
    engine = QQmlApplicationEngine()
    engine.loadData(QML.encode())
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
