"""Stands before the window and lets through only what a citizen's finger and keyboard can mean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickWindow

from ui.aim import Aim

SETTLE_S = 0.3
"""A press this soon after a changed screen was first seen was meant for the screen before."""

LATEST_S = 2.0
"""After so long a frame that has not come never comes; a screen must not stay deaf for want of one."""

_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_MOUSE = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease}
)
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_REFUSED = frozenset({QEvent.Type.Close, QEvent.Type.ContextMenu, QEvent.Type.Shortcut, QEvent.Type.Wheel})
_WITH = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ARROWS = {
    Qt.Key.Key_Down: Qt.Key.Key_Tab,
    Qt.Key.Key_Right: Qt.Key.Key_Tab,
    Qt.Key.Key_Up: Qt.Key.Key_Backtab,
    Qt.Key.Key_Left: Qt.Key.Key_Backtab,
}
_EDITING = frozenset(
    {
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Shift,
        Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_CapsLock,
    }
)  # fmt: skip


class Guard(QObject):
    """An event filter for the window. `clock` gives monotonic seconds.

    `touched` hears of good presses, `missed` of touches that hit nothing.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        touched: Callable[[], None],
        missed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._clock, self._touched, self._missed = clock, touched, missed
        self._aim = Aim()
        self._changed_at = float("-inf")
        self._shown = True

    def screen_changed(self) -> None:
        """Start the time in which presses are ignored: nobody has seen yet what is there now."""
        self._changed_at, self._shown = self._clock(), False

    def screen_shown(self) -> None:
        """Hear that a frame is on the window: from now on a person can look at what has changed."""
        if not self._shown:
            self._changed_at, self._shown = self._clock(), True

    def settled(self) -> bool:
        """Whether what is there has been there long enough for a touch to be meant for it."""
        return self._clock() - self._changed_at >= (SETTLE_S if self._shown else LATEST_S)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow (True) what no citizen means."""
        kind = event.type()
        if kind in _REFUSED:
            event.ignore()
            return True
        if kind in _MOUSE and isinstance(event, QMouseEvent) and event.button() != Qt.MouseButton.LeftButton:
            return True
        if kind in _KEYS and isinstance(event, QKeyEvent):
            if not _is_typing(event):
                return True
            if kind == QEvent.Type.KeyPress:
                self._touched()
                return _begins(watched, event)
            return False
        if kind in _PRESSES:
            if not self.settled():
                return True
            self._touched()
        if self._aim.missed(watched, event):
            self._missed()
        return False


def _begins(window: QObject, event: QKeyEvent) -> bool:
    """Whether an arrow has just brought the focus onto a screen where nothing had it, as Tab does."""
    tab = _ARROWS.get(Qt.Key(event.key()))
    if tab is None or not isinstance(window, QQuickWindow):
        return False
    if window.activeFocusItem() not in {None, window.contentItem()}:
        return False
    none = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, tab, none))
    return True


def _is_typing(event: QKeyEvent) -> bool:
    if event.modifiers() & _WITH:
        return False
    return (event.text().isprintable() and event.text() != "") or event.key() in _EDITING
