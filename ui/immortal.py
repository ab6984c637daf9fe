"""Keeps None, True and False alive beneath PySide6 6.12 on Python 3.11.

There, every call of a Qt method without a result takes a reference to None that it does not own, and every
`emit` one to True: `sys.getrefcount(None)` falls by one a call, and at zero the interpreter aborts. From 3.12
on these objects are immortal and nothing is lost. Here they get a count that no session can use up.
"""

from __future__ import annotations

import ctypes
import sys

RESERVE = 1 << 40
"""References; at a thousand calls a second enough for thirty years."""


def keep_singletons() -> None:
    """Raise the counts once a process, before Qt is used. Does nothing where Python does it."""
    if sys.version_info >= (3, 12):
        return
    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < RESERVE:
            ctypes.c_ssize_t.from_address(id(singleton)).value += RESERVE
