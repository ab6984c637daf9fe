"""Eyes on the glass: a part of the X root, read again and again, tells when a screen is really there.

Nothing of the product is asked: what counts is what a person in front of it could see.
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
from Xlib import X
from Xlib import display as xlib

from bench.display import HEIGHT, BenchDisplay

LOOK_EVERY_S = 0.0005
_MOTION_LOOK_EVERY_S = 0.003
SETTLED_S = 0.35


@dataclass(frozen=True)
class Region:
    """A rectangle of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


BODY = Region(184, 376, 16, HEIGHT - 376)
"""From beneath title and lead to the foot, through headings, buttons and the way back: no two screens are
alike in it. The welcome page's line on what works is above it: that comes when the devices have answered."""

HEADING = Region(64, 168, 300, 110)
"""Five characters of the title: settled at once, whatever moves further down."""


class NeverShown(Exception):
    """The screen that was waited for did not come."""


Look = npt.NDArray[np.int16]
"""The pixels of a region: blue, green and red of each, one after the other."""

CLEARLY = 48
"""Of 255. OpenGL does not smooth the edges of letters twice in the same way."""

NOT_ALIKE = 0.002
"""Share of a region's values that may differ clearly; a single letter is more."""


def alike(one: Look, other: Look) -> bool:
    """Whether a person would call them the same screen."""
    return float(np.mean(np.abs(one - other) > CLEARLY)) < NOT_ALIKE


def paint(colour: str, region: Region) -> Look:
    """How a region looks when it is all of one colour, `#rrggbb`."""
    red, green, blue = bytes.fromhex(colour[1:])
    return _values(bytes((blue, green, red, 0)) * (region.width * region.height))


def _values(pixels: bytes) -> Look:
    # The X server's fourth byte says nothing.
    return np.frombuffer(pixels, np.uint8).reshape(-1, 4)[:, :3].astype(np.int16)


class Glass:
    """Looks at one bench display, on a connection of its own. One watch at a time."""

    def __init__(self, display: BenchDisplay) -> None:
        self._x = xlib.Display(display.name)
        self._root = self._x.screen().root

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.close()

    def look(self, region: Region) -> Look:
        """What a region shows now."""
        shot = self._root.get_image(region.x, region.y, region.width, region.height, X.ZPixmap, 0xFFFFFFFF)
        return _values(bytes(shot.data))

    async def settled(self, region: Region, within_s: float = 5.0) -> Look:
        """What a region shows once it has not changed for a while. Raises `NeverShown`."""
        give_up_s = time.monotonic() + within_s
        look, since_s = self.look(region), time.monotonic()
        while (now := time.monotonic()) - since_s < SETTLED_S:
            if now > give_up_s:
                raise NeverShown("the screen does not come to rest")
            await asyncio.sleep(0.02)
            if not alike(seen := self.look(region), look):
                look, since_s = seen, time.monotonic()
        return look

    async def watch(self, look: Look, region: Region, within_s: float = 10.0) -> asyncio.Task[float]:
        """Begin to watch; the task gives the monotonic moment at which the region looked so."""
        began = threading.Event()
        task = asyncio.create_task(asyncio.to_thread(self._watch, look, region, within_s, began))
        await asyncio.to_thread(began.wait)
        return task

    def _watch(self, look: Look, region: Region, within_s: float, began: threading.Event) -> float:
        give_up_s = time.monotonic() + within_s
        began.set()
        while not alike(self.look(region), look):
            if time.monotonic() > give_up_s:
                raise NeverShown(f"not within {within_s:g} s")
            time.sleep(LOOK_EVERY_S)
        return time.monotonic()


def gaps_ms(glass: Glass, region: Region, seconds: float) -> list[float]:
    """Look until the time is over; what lies between two changes."""
    ends_s = time.monotonic() + seconds
    look, changed_s, gaps = glass.look(region).tobytes(), None, []
    while (now := time.monotonic()) < ends_s:
        seen = glass.look(region).tobytes()
        if seen != look:
            if changed_s is not None:
                gaps.append(1000 * (now - changed_s))
            look, changed_s = seen, now
        time.sleep(_MOTION_LOOK_EVERY_S)
    return gaps
