"""`python -m benchmarks [CHAPTER…]`: take these figures, or all, and write them into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.registry import ONLY_BY_NAME, PARTS

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Read the command line and measure; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    unasked = [name for name in PARTS if name not in ONLY_BY_NAME]
    none = f"none is all but {', '.join(ONLY_BY_NAME)}"
    parser.add_argument(
        "chapters", nargs="*", metavar="CHAPTER", help=f"one or several of: {', '.join(PARTS)}; {none}"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "var" / "benchmarks",
        metavar="DIR",
        help="where files are made meanwhile: on a disk, not on tmpfs, for commits to it are measured",
    )
    given = parser.parse_args()
    if unknown := [name for name in given.chapters if name not in PARTS]:
        parser.error(f"no such chapter: {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    from benchmarks.command import bench  # noqa: PLC0415 - a wrong word is told without loading Qt

    return bench(given.chapters or unasked, given.output, ROOT / "docs" / "benchmarks.md")


if __name__ == "__main__":
    sys.exit(main())
