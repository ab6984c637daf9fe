"""Whether a touch has hit anything: told to whoever counts, never where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.items import SignaturePad

STILL_PX = 40.0
"""A touch that moves further is a scroll, and no miss."""

_BEGINS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_ENDS = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd})
_TOUCHED = (
    "QQuickAbstractButton", "QQuickTextInput", "QQuickTextEdit", "QQuickMouseArea",
    "QQuickMultiPointTouchArea",
)  # fmt: skip
"""What Qt calls the items that take a touch."""


class Aim:
    """Follows one finger from its press to its release."""

    def __init__(self) -> None:
        self._missed_at: QPointF | None = None

    def missed(self, window: QObject, event: QEvent) -> bool:
        """Whether this event ends a touch that has hit nothing: a tap beside, or on what is off.

        A touch that nobody takes comes a second time, as a mouse: it is one miss.
        """
        place = _place(event)
        if place is None or not isinstance(window, QQuickWindow):
            return False
        if event.type() in _BEGINS:
            self._missed_at = None if _hit(window.contentItem(), place) else place
            return False
        began, self._missed_at = self._missed_at, None
        return began is not None and _apart(began, place) <= STILL_PX


def _place(event: QEvent) -> QPointF | None:
    if event.type() not in _BEGINS | _ENDS:
        return None
    if isinstance(event, QMouseEvent):
        return event.scenePosition()
    if isinstance(event, QTouchEvent) and event.points():
        return event.points()[0].scenePosition()
    return None


def _apart(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()


def _hit(item: QQuickItem, point: QPointF) -> bool:
    """Whether something that can be touched lies there."""
    for child in item.childItems():
        if not child.isVisible() or not child.isEnabled():
            continue
        within = child.contains(child.mapFromScene(point))
        if within and (isinstance(child, SignaturePad) or any(child.inherits(name) for name in _TOUCHED)):
            return True
        if (within or not child.clip()) and _hit(child, point):
            return True
    return False
