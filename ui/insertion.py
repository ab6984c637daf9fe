"""Puts characters into the line that is typed in, as Qt's own keyboard does: an event of an input method."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtQuick import QQuickItem

_LINE = "QQuickTextInput"


def put(text: str) -> None:
    """Put `text` where the cursor stands, instead of what is marked; nothing happens without a line."""
    line = _line()
    if line is not None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(line, event)


def rub_out() -> None:
    """Take away what stands before the cursor, or what is marked."""
    line = _line()
    if line is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(
                line, QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
            )


def take_up_line(beside: QQuickItem) -> None:
    """Give the focus to the line on the screen that `beside` is on, if it is elsewhere."""
    line = _first_line(_root(beside))
    if line is not None and not line.hasActiveFocus():
        line.forceActiveFocus()


def _line() -> QQuickItem | None:
    """The line with the focus, or the one on the screen where the Tab key has brought the focus to a key."""
    focus = QGuiApplication.focusObject()
    if not isinstance(focus, QQuickItem) or focus.inherits(_LINE):
        return focus if isinstance(focus, QQuickItem) else None
    return _first_line(_root(focus))


def _root(item: QQuickItem) -> QQuickItem:
    # Not `window()`: PySide would own the window from then on, and delete it.
    while (parent := item.parentItem()) is not None:
        item = parent
    return item


def _first_line(item: QQuickItem) -> QQuickItem | None:
    for child in item.childItems():
        if child.isVisible():
            found = child if child.inherits(_LINE) else _first_line(child)
            if found is not None:
                return found
    return None
