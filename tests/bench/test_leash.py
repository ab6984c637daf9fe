from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.leash import Leash, descendants

# A command whose grandchild runs in a session of its own and ignores SIGTERM: the hardest to take along.
STUBBORN = """
import os, signal, subprocess, sys, time
if sys.argv[1:] == ["grandchild"]:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(os.getpid(), flush=True)
    time.sleep(60)
subprocess.Popen([sys.executable, __file__, "grandchild"], start_new_session=True)
time.sleep(60)
"""


def gone(pid: int, within_s: float = 5.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def stubborn(tmp_path: Path) -> Path:
    program = tmp_path / "stubborn.py"
    program.write_text(STUBBORN)
    return program


def test_closing_the_leash_takes_a_grandchild_in_another_session_along(stubborn: Path) -> None:
    read, write = os.pipe()
    leash = Leash([sys.executable, str(stubborn)], output=write, grace_s=1)
    os.close(write)
    command = leash.started()
    with os.fdopen(read) as said:
        grandchild = int(said.readline())
        leash.close()
        assert said.read() == ""
    assert gone(command)
    assert gone(grandchild)


def test_a_killed_bench_leaves_nothing_and_the_scratch_directory_goes(stubborn: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = (
        "import sys, time; from pathlib import Path; from bench.leash import Leash\n"
        f"leash = Leash([sys.executable, {str(stubborn)!r}], grace_s=1, remove=Path({str(scratch)!r}))\n"
        "time.sleep(60)\n"
    )
    bench = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert bench.stdout is not None
    grandchild = int(bench.stdout.readline())
    family = descendants(bench.pid)
    assert grandchild in family
    assert len(family) == 3
    bench.send_signal(signal.SIGKILL)
    bench.wait()
    assert all(gone(pid) for pid in family)
    assert bench.stdout.read() == ""
    bench.stdout.close()
    assert not scratch.exists()


def test_a_terminal_that_is_killed_is_started_again() -> None:
    leash = Leash([sys.executable, "-c", "import time; time.sleep(60)"], restart=True, grace_s=1)
    first = leash.started()
    os.kill(first, signal.SIGKILL)
    second = leash.started()
    assert second != first
    assert leash.alive
    leash.close()
    assert gone(second)


def test_a_terminal_that_cannot_start_is_given_up_after_five_tries() -> None:
    leash = Leash(["/bin/false"], restart=True)
    for _ in range(5):
        leash.started()
    with pytest.raises(TimeoutError):
        leash.started()
    leash.close()
    assert leash.exit_status == 1


def test_the_exit_status_of_the_command_is_the_exit_status_of_the_leash() -> None:
    leash = Leash(["/bin/sh", "-c", "exit 7"])
    leash.started()
    with pytest.raises(TimeoutError):
        leash.started()
    leash.close()
    assert leash.exit_status == 7
