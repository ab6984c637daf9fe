"""A session's process: its own group, its own home, gone without a trace."""

from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from kiosk.terminal.session_process import clear_old_homes, spawn
from tests.kiosk.terminal.stage import Stage, homes, mode, runs, until


async def test_a_killed_session_takes_its_children_and_its_home_along(stage: Stage, tmp_path: Path) -> None:
    session = spawn("s1", stage.argv(), tmp_path, tmp_path / "log")
    await stage.note("s1", "started")
    stage.order("s1", grandchild=True)
    grandchild = (await stage.note("s1", "grandchild"))["pid"]
    stage.order("s1", write="answers.txt")
    home = Path((await stage.note("s1", "wrote"))["home"])
    assert home == tmp_path / "sessions" / "s1"
    assert mode(home) == 0o700
    before_s = time.monotonic()
    session.kill()
    assert time.monotonic() - before_s < 0.1
    await session.cleared()
    assert not runs(session.pid)
    await until(lambda: not runs(grandchild), "the grandchild is dead")
    assert homes(tmp_path) == []


async def test_a_session_that_dies_by_itself_takes_its_children_along_too(
    stage: Stage, tmp_path: Path
) -> None:
    session = spawn("s1", stage.argv(), tmp_path, tmp_path / "log")
    await stage.note("s1", "started")
    stage.order("s1", grandchild=True)
    grandchild = (await stage.note("s1", "grandchild"))["pid"]
    os.kill(session.pid, signal.SIGSEGV)
    await session.cleared()
    await until(lambda: not runs(grandchild), "the grandchild is dead")
    assert homes(tmp_path) == []
    session.kill()


async def test_a_session_finds_nothing_of_the_terminals_surroundings(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMINAL_SECRET", "7 7 7")
    monkeypatch.setenv("QT_QUICK_BACKEND", "software")
    session = spawn("s1", stage.argv(), tmp_path, tmp_path / "log")
    environment = (await stage.note("s1", "started"))["environment"]
    home = tmp_path / "sessions" / "s1"
    assert "TERMINAL_SECRET" not in environment
    assert environment["QT_QUICK_BACKEND"] == "software"
    assert environment["HOME"] == str(home)
    for key in ("TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        assert Path(environment[key]).parent == home
    assert resource.prlimit(session.pid, resource.RLIMIT_CORE) == (0, 0)
    assert os.getpgid(session.pid) == session.pid
    session.kill()
    await session.cleared()


async def test_what_an_earlier_terminal_left_is_killed_and_removed_at_boot(
    stage: Stage, tmp_path: Path
) -> None:
    left_running = spawn("s1", stage.argv(), tmp_path, tmp_path / "log")
    await stage.note("s1", "started")
    stage.order("s1", hang=True)
    left_behind = tmp_path / "sessions" / "s0"
    (left_behind / "cache").mkdir(parents=True)
    (left_behind / "leader").write_text(f"{os.getpid()} 1")  # a number that is somebody else's by now
    assert await clear_old_homes(tmp_path) == 2
    await left_running.cleared()
    assert homes(tmp_path) == []
    left_running.kill()


async def test_a_session_that_cannot_be_started_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        spawn("s1", [str(tmp_path / "no such program")], tmp_path, tmp_path / "log")
    assert homes(tmp_path) == []


async def test_what_a_session_says_on_standard_error_is_in_the_log(tmp_path: Path) -> None:
    session = spawn("s1", ["/bin/sh", "-c", "echo lost a screw >&2"], tmp_path, tmp_path / "log")
    await session.cleared()
    assert "lost a screw" in (tmp_path / "log").read_text()
    session.kill()
