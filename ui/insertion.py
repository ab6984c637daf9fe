"""Puts characters into the line with the focus, as Qt's own keyboard does: an event of an input method."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent


def put(text: str) -> None:
    """Put `text` where the cursor stands, instead of what is marked; nothing happens without a line."""
    field = QGuiApplication.focusObject()
    if field is not None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(field, event)


def rub_out() -> None:
    """Take away what stands before the cursor, or what is marked."""
    field = QGuiApplication.focusObject()
    if field is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(
                field, QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
            )
