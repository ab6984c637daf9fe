"""The terminal's screen as a window on somebody's desk: Xephyr, as large as fits beside the bench window.

The terminal fills whatever screen it is given and scales its own design, so a smaller screen is all it takes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from Xlib import display as xlib
from Xlib import error
from Xlib.xobject.drawable import Window

from bench.display import HEIGHT, WIDTH, BenchDisplay, BenchError

_TITLE = "Hall terminal"
_TITLE_ON_THE_BAR = "政务服务终端 · Terminal"
"""Xephyr takes its title as Latin 1; desks read this one, in UTF-8, before it (EWMH, _NET_WM_NAME)."""

BENCH_WIDTH = 1000
"""Pixels that the bench window needs beside the terminal."""

_EDGE = 24
"""Pixels of the desk that stay free around both windows."""
_BARS = 72
"""Pixels that a desk's own bars and a title bar take of the height."""
_SMALLEST = 360
"""Pixels of width below which the terminal's letters cannot be read."""


@dataclass(frozen=True)
class Place:
    """Where a window stands on the desk, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Desk:
    """Both windows' places on a desk."""

    terminal: Place
    bench: Place


def has_display() -> bool:
    """Whether there is a desk to open windows on: an X server that answers, also a Wayland desktop's own."""
    return _size_of_desk() is not None


def arranged() -> Desk:
    """Where the windows go on this desk. Raises `BenchError` when there is none, or none large enough."""
    size = _size_of_desk()
    if size is None:
        raise BenchError(f"no X server answers at DISPLAY={os.environ.get('DISPLAY', '')!r}")
    return fitted(*size)


def fitted(width: int, height: int) -> Desk:
    """Divide a desk of `width` × `height` pixels: the terminal in its own shape on the left, the bench right.

    Raises `BenchError` for a desk on which the terminal could not be read.
    """
    room = (width - BENCH_WIDTH - 3 * _EDGE, height - _EDGE - _BARS)
    scale = min(1.0, room[0] / WIDTH, room[1] / HEIGHT)
    terminal = Place(_EDGE, _BARS // 2, round(WIDTH * scale), round(HEIGHT * scale))
    if terminal.width < _SMALLEST:
        raise BenchError(f"this desk of {width} × {height} pixels is too small for terminal and bench")
    left = terminal.x + terminal.width + _EDGE
    return Desk(terminal, Place(left, terminal.y, min(width - left - _EDGE, 1200), room[1]))


class NestedDisplay(BenchDisplay):
    """Xephyr on the desk, with a private D-Bus, where `place` says."""

    program = "Xephyr"

    def __init__(self, place: Place) -> None:
        """Start everything; raises `BenchError`."""
        super().__init__(place.width, place.height)
        _settle(place)

    def screen_options(self) -> list[str]:
        """What Xephyr is told: its size, its title, and to leave the desk's keyboard and pointer alone.

        The desk's own pointer shows on it, for the terminal hides its own as a touch screen does.
        """
        size = f"{self.width}x{self.height}x24"
        return ["-screen", size, "-title", _TITLE, "-no-host-grab", "-host-cursor"]


def _size_of_desk() -> tuple[int, int] | None:
    if not os.environ.get("DISPLAY"):
        return None
    try:
        desk = xlib.Display()
    except (error.DisplayError, OSError):
        return None
    try:
        screen = desk.screen()
        return screen.width_in_pixels, screen.height_in_pixels
    finally:
        desk.close()


def _settle(place: Place) -> None:
    """Put the window in its place and name it: Xephyr leaves both to the desk, which may disagree."""
    desk = xlib.Display()
    try:
        for window in _everything_below(desk.screen().root):
            if window.get_wm_name() == _TITLE:
                window.configure(x=place.x, y=place.y)
                name, utf8 = desk.intern_atom("_NET_WM_NAME"), desk.intern_atom("UTF8_STRING")
                window.change_property(name, utf8, 8, _TITLE_ON_THE_BAR.encode())
        desk.sync()
    finally:
        desk.close()


def _everything_below(window: Window) -> Iterator[Window]:
    """Every window, also those that a window manager has put into a frame."""
    try:
        children = window.query_tree().children
    except error.BadWindow:
        return  # it closed while we looked
    for child in children:
        yield child
        yield from _everything_below(child)
