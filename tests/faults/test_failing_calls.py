"""Each system call fails once, in each way: nobody is told what is not so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Tell
from tests.faults.figures import Figures, told_by


def failed(memory: Path, terminal: Path, envelopes: Path, stride: int, weakness: str = "") -> Figures:
    """In a process of its own: it forks, and must have no threads."""
    program: list[str | Path] = [sys.executable, "-m", "tests.faults.failing"]
    return told_by([*program, memory, terminal, envelopes, str(stride), weakness])


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
