"""The X server remembers the last places of the pointer, and so the last person's signature and key presses.

Any program on the display may ask for them (GetMotionEvents); a fresh session overwrites them. Real touches
are not remembered, but many a touch screen says it is a mouse.
"""

from __future__ import annotations

from PySide6.QtGui import QCursor, QScreen

REMEMBERED = 256
"""Places that X.Org's servers keep for each pointer (MOTION_HISTORY_SIZE)."""


def forget_pointer(screen: QScreen) -> None:
    """Move the pointer to and fro in the lower right corner until nothing else is remembered."""
    corner = screen.geometry().bottomRight()
    for move in range(REMEMBERED + 1):
        # Where it already is, Qt does not move it to.
        QCursor.setPos(screen, corner.x() - move % 2, corner.y())
