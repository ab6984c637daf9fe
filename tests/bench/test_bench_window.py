"""The bench window on a desk: the terminal in a window of its own, and hands that reach it by its wires."""

from __future__ import annotations

import asyncio
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.citizen import Citizen
from bench.display import BenchDisplay, BenchError
from bench.leash import Leash
from bench.nested import fitted
from bench.sight import Sight
from bench.touch import Finger
from kiosk.terminal.control import NoTerminal, ask

DESK = (1600, 1000)
STARTS_S = 30.0
SEES_S = 10.0

RUN = """
import sys
from pathlib import Path
from bench.desk import run_desk
sys.exit(run_desk(Path(sys.argv[1])))
"""


class Desk(BenchDisplay):
    """A screen on which only the bench window is looked at."""

    looked_at: int | None = None

    def topmost_pid(self) -> int | None:
        return self.looked_at


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk(*DESK) as desk:
        yield desk


async def test_a_visitor_cuts_the_network_and_kills_a_session_with_the_mouse(
    desk: Desk, tmp_path: Path
) -> None:
    said, hall = tmp_path / "said.log", tmp_path / "hall"
    async with await Sight.open(desk) as sight:
        with said.open("wb") as log, Finger(desk) as finger:
            bench = Leash([sys.executable, "-c", RUN, str(hall)], environment=desk.environment(), output=log)
            try:
                desk.looked_at = bench.started()
                hand = Citizen(sight, finger)
                # Asked at its socket, not looked for: looking twenty times a second slows the window down.
                before = await becomes(
                    hall, lambda now: now["reach"] == "online" and visible(now) is not None
                )
                await hand.touches("切断网络")
                await becomes(hall, lambda now: now["reach"] == "offline")
                await hand.sees(None, "断网 offline", SEES_S)
                await hand.touches("杀死这个会话")
                await becomes(hall, lambda now: visible(now) not in {None, visible(before)})
                await hand.sees(None, "会话已被杀死 · The session was killed", SEES_S)
                picture = desk.picture()
            finally:
                bench.close()
    assert said.read_text("utf-8") == ""
    # The terminal's paper on the left, the bench's own grey on the right: both windows are there.
    assert picture.getpixel((28, DESK[1] // 2)) == (0xFA, 0xF6, 0xEE)
    assert picture.getpixel((DESK[0] - 30, 40)) == (0xE9, 0xED, 0xF0)


def visible(status: dict[str, Any]) -> int | None:
    """The process that a citizen stands before."""
    pids = [seat["pid"] for seat in status["sessions"] if seat["state"] == "visible"]
    return pids[0] if pids else None


async def becomes(hall: Path, true_of: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Wait until the terminal of this hall says so."""
    deadline = time.monotonic() + STARTS_S
    while True:
        try:
            site = tomllib.loads((hall / "hall.toml").read_text("utf-8"))
            status = await asyncio.to_thread(ask, Path(site["terminal"]["runtime_dir"]), "status")
            if true_of(status):
                return status
        except (FileNotFoundError, tomllib.TOMLDecodeError, NoTerminal):
            status = {}
        assert time.monotonic() < deadline, status
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("size", [(1440, 900), (1600, 1000), (1920, 1080), (2560, 1440), (3840, 2160)])
def test_both_windows_fit_on_a_usual_desk_side_by_side(size: tuple[int, int]) -> None:
    places = fitted(*size)
    terminal, bench = places.terminal, places.bench
    assert abs(terminal.width * 16 - terminal.height * 9) <= 16
    assert terminal.x + terminal.width < bench.x
    assert bench.width >= 1000
    for place in (terminal, bench):
        assert place.x + place.width <= size[0]
        assert place.y + place.height <= size[1]


def test_a_desk_that_is_too_small_is_told_so() -> None:
    with pytest.raises(BenchError, match="1024 × 768 pixels is too small"):
        fitted(1024, 768)
