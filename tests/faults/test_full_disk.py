"""The disk has no room, or a little: what is refused is said, and what was kept is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Tell
from tests.faults.figures import Figures, told_by

_NAMESPACE = ["unshare", "--mount", "--map-root-user"]


def filled(tmp_path: Path, terminal: Path, envelopes: Path, stride: int, weakness: str = "") -> Figures:
    """In a mount namespace of its own."""
    if subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody make a mount namespace")
    disk = tmp_path / "disk"
    disk.mkdir()
    program: list[str | Path] = [*_NAMESPACE, sys.executable, "-m", "tests.faults.full_disk"]
    return told_by([*program, disk, terminal, envelopes, str(stride), weakness])


@pytest.mark.parametrize(
    "stride", [pytest.param(17, id="short"), pytest.param(1, id="long", marks=pytest.mark.long)]
)
def test_a_disk_with_so_much_room_keeps_what_it_said_it_kept(
    tmp_path: Path, terminal: Path, five_envelopes: Path, tell: Tell, stride: int
) -> None:
    figures = filled(tmp_path, terminal, five_envelopes, stride)
    tell(figures)
    assert not figures.wrong, figures.line()
    assert figures.seen["refused"]
    assert figures.seen["ended StorageFull"]


def test_the_same_disks_catch_a_terminal_that_answers_before_it_writes(
    tmp_path: Path, terminal: Path, five_envelopes: Path, tell: Tell
) -> None:
    figures = filled(tmp_path, terminal, five_envelopes, 30, "confirm_early")
    figures.suite = "weakened (answers before it writes)"
    tell(figures)
    assert figures.wrong["lost"]
