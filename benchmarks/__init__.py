"""Figures: what the terminal takes in time, memory and bytes, each beside something to compare it with."""

from __future__ import annotations

from pathlib import Path


def run(output: Path) -> int:
    """Take every figure into the folder `output` and write docs/benchmarks.md; 0 if that went well.

    `output` has to lie on a disk, not on tmpfs: commits to it are measured.
    """
    from benchmarks.command import bench  # noqa: PLC0415 - Qt and dlib only when figures are taken

    return bench(output)
