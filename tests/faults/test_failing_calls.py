"""Each system call fails once, in each way: nobody is told what is not so."""

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


def failed(memory: Path, terminal: Path, envelopes: Path, stride: int, weakness: str = "") -> Figures:
    """In a process of its own: it forks, and must have no threads."""
    argv: list[str | Path] = [sys.executable, "-m", "tests.faults.failing", memory, terminal, envelopes]
    done = subprocess.run([*argv, str(stride), weakness], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    return Figures(**{**told, "wrong": Counter(told["wrong"]), "seen": Counter(told["seen"])})


@pytest.mark.parametrize(
    "stride", [pytest.param(61, id="short"), pytest.param(1, id="long", marks=pytest.mark.long)]
)
def test_a_call_that_fails_makes_nobody_believe_what_is_not_so(
    memory: Path, terminal: Path, five_envelopes: Path, tell: Tell, stride: int
) -> None:
    figures = failed(memory, terminal, five_envelopes, stride)
    tell(figures)
    assert not figures.wrong, figures.line()
    assert figures.seen["refused"] + figures.seen["ended StorageFailed"]


def test_the_same_calls_catch_a_terminal_that_answers_before_it_writes(
    memory: Path, terminal: Path, five_envelopes: Path, tell: Tell
) -> None:
    figures = failed(memory, terminal, five_envelopes, 89, "confirm_early")
    figures.suite = "weakened (answers before it writes)"
    tell(figures)
    assert figures.wrong["lost"]
