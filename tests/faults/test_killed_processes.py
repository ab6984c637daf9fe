"""Terminal, session and platform are killed at any moment: what was told is what the platform has."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.conftest import Tell
from tests.faults.figures import Figures
from tests.offline_queue.platform_process import ROOT

SEED = 20261122


def killed(folder: Path, rounds: int, weakness: str = "") -> Figures:
    """In a process of its own: it forks, and must have no threads."""
    argv: list[str | Path] = [sys.executable, "-m", "tests.faults.nursery", folder]
    done = subprocess.run(
        [*argv, str(rounds), str(SEED), weakness], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    told = json.loads(done.stdout)
    return Figures(**{**told, "wrong": Counter(told["wrong"]), "seen": Counter(told["seen"])})


@pytest.mark.parametrize(
    "rounds",
    [
        pytest.param(10, id="short"),
        pytest.param(10_000, id="long", marks=[pytest.mark.long, pytest.mark.timeout(4 * 3600)]),
    ],
)
def test_who_is_killed_loses_and_doubles_nothing(memory: Path, tell: Tell, rounds: int) -> None:
    figures = killed(memory, rounds)
    tell(figures)
    assert not figures.wrong, figures.line()
    assert figures.seen["told kept"] >= rounds // 10


def test_the_same_kills_catch_a_terminal_that_answers_first_and_writes_behind(
    memory: Path, tell: Tell
) -> None:
    figures = killed(memory, 12, "write_behind")
    figures.suite = "weakened (writes behind)"
    tell(figures)
    assert figures.wrong["lost"]
