"""What the long forms counted, written down for `python -m benchmarks faults`: a line a run in var/faults."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime

from benchmarks.faults import COUNTED
from tests.faults.figures import Figures
from tests.offline_queue.platform_process import ROOT


def publish(figures: Figures) -> None:
    """Write one run down, with the commit that it tried."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    line = {
        "suite": figures.suite,
        "seed": figures.seed,
        "cases": figures.cases,
        "wrong": figures.wrong.total(),
        "commit": commit,
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    COUNTED.parent.mkdir(parents=True, exist_ok=True)
    with COUNTED.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
