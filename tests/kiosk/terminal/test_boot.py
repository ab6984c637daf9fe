"""Before a terminal starts, and what it tells systemd."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kiosk.terminal.boot import BootRefused, ServiceManager, only_terminal


def test_the_lock_is_free_again_when_its_holder_is_done(tmp_path: Path) -> None:
    for _ in range(2):
        with only_terminal(tmp_path), pytest.raises(BootRefused, match=r"lock: another terminal is running"):
            only_terminal(tmp_path).__enter__()


def test_looking_for_a_terminal_where_none_ever_ran_makes_nothing(tmp_path: Path) -> None:
    with only_terminal(tmp_path / "state"):
        assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_ready_and_then_a_sign_of_life_twice_a_period(
    tmp_path: Path, *, abstract: bool
) -> None:
    name = f"@{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as systemd:
        systemd.bind(name.replace("@", "\0"))
        manager = ServiceManager({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "10000000"})
        manager.ready()
        for now_s in (100.0, 101.0, 104.9, 105.0, 106.0):
            manager.alive(now_s)
        manager.stopping()
        assert [systemd.recv(100) for _ in range(4)] == [
            b"READY=1",
            b"WATCHDOG=1",
            b"WATCHDOG=1",
            b"STOPPING=1",
        ]
        with pytest.raises(BlockingIOError):
            systemd.recv(100)


def test_outside_systemd_nothing_is_said_and_a_systemd_that_is_away_is_no_fault(tmp_path: Path) -> None:
    ServiceManager({}).ready()
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()
