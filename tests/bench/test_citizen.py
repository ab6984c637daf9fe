from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bench.display import HEIGHT, WIDTH, BenchDisplay
from bench.sight import NotSeen, Sight
from bench.touch import Finger
from tests.bench.windows import Window

FRAME_S = 10


async def test_a_citizen_finds_a_button_by_name_and_touches_it(
    display: BenchDisplay, sight: Sight, window: Window
) -> None:
    with Finger(display) as finger:
        button = await sight.wait_for("push button", "申请办理", FRAME_S)
        await finger.touch(*button.middle)
        window.hears("上 申请办理")
        assert (await sight.wait_for("label", "已收到", FRAME_S)).pid == window.pid


async def test_what_does_not_show_is_not_seen_and_the_report_says_what_is_there(
    sight: Sight, window: Window
) -> None:
    del window
    await sight.wait_for("push button", "申请办理", FRAME_S)
    with pytest.raises(NotSeen) as report:
        await sight.wait_for("push button", "藏", 0.1)
    assert "push button “申请办理”" in report.value.on_screen


async def test_a_disabled_button_is_seen_and_not_waited_for_as_usable(sight: Sight, window: Window) -> None:
    del window
    assert not (await sight.wait_for("push button", "打印", FRAME_S, enabled=False)).enabled
    with pytest.raises(NotSeen):
        await sight.wait_for("push button", "打印", 0.1)


async def test_a_stroke_reaches_the_signing_area_as_one_line(
    display: BenchDisplay, sight: Sight, window: Window
) -> None:
    area = await sight.wait_for("canvas", "签名区", FRAME_S)
    with Finger(display) as finger:
        x, y = area.middle
        await finger.stroke([(x + step, y) for step in range(0, 300, 10)])
    window.hears("stroke true")


async def test_only_the_window_on_top_is_seen_also_when_it_dies(
    display: BenchDisplay, sight: Sight, window: Window
) -> None:
    standby = Window(display, "beneath", "下")
    assert (await sight.wait_for("heading", "上", FRAME_S)).pid == window.pid
    assert await sight.find("heading", "下") is None
    os.kill(window.pid, signal.SIGKILL)
    assert (await sight.wait_for("heading", "下", FRAME_S)).pid == standby.pid
    standby.close()


async def test_a_frozen_program_is_not_waited_for(sight: Sight, window: Window) -> None:
    await sight.wait_for("heading", "上", FRAME_S)
    os.kill(window.pid, signal.SIGSTOP)
    assert await sight.find("heading", "上") is None
    os.kill(window.pid, signal.SIGCONT)


async def test_the_photograph_shows_what_the_citizen_sees(
    display: BenchDisplay, sight: Sight, window: Window, tmp_path: Path
) -> None:
    del window
    await sight.wait_for("heading", "上", FRAME_S)
    display.photograph(tmp_path / "screens" / "01.png")
    picture = display.picture()
    assert picture.size == (WIDTH, HEIGHT)
    assert picture.getpixel((10, 10)) == (0xF4, 0xF1, 0xE8)
    assert (tmp_path / "screens" / "01.png").stat().st_size > 5000


def test_nothing_is_left_when_the_screen_goes() -> None:
    with BenchDisplay() as display:
        scratch = display.scratch
        ask = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus"]
        ask += ["/org/a11y/bus", "org.a11y.Bus.GetAddress"]
        subprocess.run(ask, env=display.environment(), check=True, capture_output=True)
    assert not scratch.exists()
    left = [
        command
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and (command := _command(entry)) and str(scratch) in command
    ]
    assert left == []


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_text(errors="replace").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
