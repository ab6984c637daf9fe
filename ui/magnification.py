"""How much larger than the design a screen is: Qt is told before it starts, so that edges stay sharp.

Scaled within the scene, the software renderer magnifies corners and pictures that it has drawn small; told as
a scale factor, it draws everything in the screen's own pixels.
"""

from __future__ import annotations

from Xlib.display import Display
from Xlib.error import DisplayError

LONG, SHORT = 1920, 1080
"""Pixels of the design, whichever way it stands."""


def magnification(width: int, height: int) -> float:
    """Pixels of a screen of `width` × `height` for one of the design; 1 for a screen that is no larger."""
    return max(1.0, min(max(width, height) / LONG, min(width, height) / SHORT))


def of_display() -> float:
    """That of the X server in the environment; 1 where there is none."""
    try:
        display = Display()
    except (DisplayError, OSError):
        return 1.0
    try:
        screen = display.screen()
        return magnification(screen.width_in_pixels, screen.height_in_pixels)
    finally:
        display.close()
