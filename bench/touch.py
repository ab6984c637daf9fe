"""A finger on the glass: presses, holds and strokes at points of the screen, through the XTEST extension.

XTEST has one pointer and no multi-touch. After each touch the pointer is parked in a corner, for a finger
that has been lifted hovers over nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from Xlib import X
from Xlib import display as xlib
from Xlib.error import ConnectionClosedError
from Xlib.ext import xtest

from bench.display import BenchDisplay

HOLD_S = 0.06
"""How long a quick touch lasts."""

STROKE_POINT_S = 0.008
"""Between two points of a stroke: 125 Hz, as touch screens report."""

_FINGER = 1


class Finger:
    """One finger on one bench display."""

    def __init__(self, display: BenchDisplay) -> None:
        self._x = xlib.Display(display.name)
        self._corner = display.width - 1, display.height - 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the X server, if it has not left before."""
        with contextlib.suppress(ConnectionClosedError):
            self._x.close()

    async def touch(self, x: int, y: int) -> float:
        """Press at a point and release after 60 ms; the release's moment on the monotonic clock, seconds."""
        self._move(x, y)
        self._send(X.ButtonPress)
        await asyncio.sleep(HOLD_S)
        released_s = time.monotonic()
        self._send(X.ButtonRelease)
        self._move(*self._corner)
        return released_s

    async def stroke(self, points: Sequence[tuple[int, int]]) -> None:
        """Draw one line without lifting; `points` in pixels of the screen, at least two."""
        self._move(*points[0])
        self._send(X.ButtonPress)
        for point in points[1:]:
            await asyncio.sleep(STROKE_POINT_S)
            self._move(*point)
        self._send(X.ButtonRelease)
        self._move(*self._corner)

    def _move(self, x: int, y: int) -> None:
        xtest.fake_input(self._x, X.MotionNotify, x=x, y=y)
        self._x.sync()

    def _send(self, kind: int) -> None:
        xtest.fake_input(self._x, kind, _FINGER)
        self._x.sync()
