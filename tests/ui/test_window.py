"""The real window on a real X server without a window manager: standby beneath, promotion, Pinyin."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from ui.guard import SETTLE_S

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_S = 20.0
KEYBOARD_ROWS = (("qwertyuiop", 54, 1307), ("asdfghjkl", 107, 1431), ("zxcvbnm", 214, 1555))
KEY_WIDTH = 107.4


class Window:
    """One session window's process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.window_process"],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())

    def show(self, scene: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(scene + "\n")
        self._process.stdin.flush()

    def wait_for(self, wanted: str) -> None:
        deadline = time.monotonic() + DEADLINE_S
        heard = []
        while wanted not in heard:
            try:
                heard.append(self._lines.get(timeout=max(0.01, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"{wanted!r} was not among {heard}")

    def heard(self, wanted: str) -> bool:
        """Whether that has been said, looking for half a second."""
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            try:
                if self._lines.get(timeout=0.1) == wanted:
                    return True
            except queue.Empty:
                continue
        return False

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def display() -> Iterator[str]:
    ends = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(ends[1]), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
        pass_fds=[ends[1]],
        stderr=subprocess.DEVNULL,
    )
    os.close(ends[1])
    with os.fdopen(ends[0]) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait()


@pytest.fixture
def windows(display: str, tmp_path: Path) -> Iterator[Callable[[], Window]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_")}
    environment |= {"DISPLAY": display, "QT_QUICK_BACKEND": "software", "XDG_CONFIG_HOME": str(tmp_path)}
    open_windows: list[Window] = []

    def start() -> Window:
        open_windows.append(Window(environment))
        return open_windows[-1]

    yield start
    for window in open_windows:
        window.kill()


@pytest.fixture
def server(display: str) -> Iterator[Display]:
    connection = Display(display)
    yield connection
    connection.close()


def picture(server: Display) -> bytes:
    root = server.screen().root
    return bytes(root.get_image(0, 200, 1080, 900, X.ZPixmap, 0xFFFFFFFF).data)


def touch(server: Display, x: int, y: int) -> None:
    xtest.fake_input(server, X.MotionNotify, x=x, y=y)
    xtest.fake_input(server, X.ButtonPress, 1)
    xtest.fake_input(server, X.ButtonRelease, 1)
    server.sync()


def until_changed(server: Display, before: bytes) -> None:
    until(lambda: field(server) != before)


def place(letter: str) -> tuple[int, int]:
    for letters, left, top in KEYBOARD_ROWS:
        if letter in letters:
            return round(left + letters.index(letter) * KEY_WIDTH), top
    raise ValueError(letter)


def field(server: Display) -> bytes:
    """Show where the typed text stands."""
    root = server.screen().root
    return bytes(root.get_image(0, 400, 1080, 130, X.ZPixmap, 0xFFFFFFFF).data)


def candidates(server: Display) -> set[bytes]:
    """Colours in the row where the keyboard offers characters."""
    root = server.screen().root
    data = bytes(root.get_image(0, 1190, 1080, 2, X.ZPixmap, 0xFFFFFFFF).data)
    return {data[at : at + 3] for at in range(0, len(data), 4)}


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not what():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def test_a_standby_is_beneath_before_it_is_mapped_and_never_covers_a_citizens_screen(
    server: Display, windows: Callable[[], Window]
) -> None:
    windows().wait_for("rendered")
    server.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
    server.sync()
    windows().wait_for("rendered")
    server.sync()
    happened = [server.next_event() for _ in range(server.pending_events())]
    places = [
        place
        for place, event in enumerate(happened)
        if event.type == X.MapNotify and event.window.get_geometry().width == 1080
    ]
    (mapped,) = places
    lowered = [
        event
        for event in happened[:mapped]
        if event.type == X.ConfigureNotify and event.window == happened[mapped].window
    ]
    assert lowered
    assert lowered[-1].above_sibling == X.NONE


def test_the_next_session_waits_beneath_and_a_crash_uncovers_it(
    server: Display, windows: Callable[[], Window]
) -> None:
    first = windows()
    first.wait_for("rendered")
    first.show("welcome")
    first.wait_for("shown welcome")
    first.show("rating")
    first.wait_for("shown rating")
    serving = picture(server)
    standby = windows()
    standby.wait_for("rendered")
    assert picture(server) == serving, "the standby covers the citizen's screen"
    first.kill()
    until(lambda: picture(server) != serving)
    standby.show("welcome")
    standby.wait_for("shown welcome")
    while not standby.heard("event MatterChosen"):  # the first moments after a change are deaf on purpose
        touch(server, 540, 970)


def test_a_name_is_typed_in_pinyin_by_touch_alone(server: Display, windows: Callable[[], Window]) -> None:
    window = windows()
    window.wait_for("rendered")
    window.show("welcome")
    window.wait_for("shown welcome")
    window.show("question_former_names")
    window.wait_for("shown question:former_names")
    until(lambda: len(candidates(server)) > 3)  # characters are offered: Pinyin is ready
    threading.Event().wait(SETTLE_S)  # the first moments after a change are deaf on purpose
    for letter in "nihao":
        before = field(server)
        touch(server, *place(letter))
        until_changed(server, before)
    touch(server, 540, 940)  # "continue" takes the first candidate
    window.wait_for("event Answered 你好")
