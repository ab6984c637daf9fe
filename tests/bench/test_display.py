"""What lies on top of a bench's screen, while others are put beneath it."""

from __future__ import annotations

import os
import threading

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.xobject.drawable import Window

from bench.display import BenchDisplay

BENEATH = os.getpid() + 1


def window(server: Display, display: BenchDisplay, pid: int) -> Window:
    """A window of the whole screen, made on top as every window is, and not mapped yet."""
    made: Window = server.screen().root.create_window(
        0, 0, display.width, display.height, 0, X.CopyFromParent, override_redirect=True
    )
    made.change_property(server.intern_atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [pid])
    return made


def test_a_window_that_is_lowered_before_it_is_mapped_never_counts_as_on_top(display: BenchDisplay) -> None:
    server = Display(display.name)
    window(server, display, os.getpid()).map()
    server.sync()
    looking = threading.Event()

    def standbys_come_and_go() -> None:
        while not looking.is_set():
            standby = window(server, display, BENEATH)
            standby.configure(stack_mode=X.Below)
            standby.map()
            server.sync()
            standby.destroy()
            server.sync()

    beneath = threading.Thread(target=standbys_come_and_go)
    beneath.start()
    try:
        assert {display.topmost_pid() for _ in range(400)} == {os.getpid()}
    finally:
        looking.set()
        beneath.join()
        server.close()
