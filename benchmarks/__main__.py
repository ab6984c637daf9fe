"""`python -m benchmarks [OUTPUT]`: take every figure, write docs/benchmarks.md; OUTPUT is var/benchmarks."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import run

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "benchmarks"))
