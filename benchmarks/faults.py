"""The part "faults": what the long forms of the fault suites counted, and how sure that makes us."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.hall import ROOT
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Samples
from benchmarks.registry import Say
from config.calibration import upper_bound

COUNTED = ROOT / "var" / "faults" / "counted.jsonl"
"""Written by the suites: a line a run."""

Run = Mapping[str, Any]


def take(folder: Path, say: Say) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`. Nothing is run: `make faults` has, for hours."""
    del folder
    say(f"what stands in {COUNTED.relative_to(ROOT)}")
    try:
        runs = [json.loads(line) for line in COUNTED.read_text("utf-8").splitlines()]
    except FileNotFoundError:
        raise NotTaken("no long form of a fault suite was run here: make faults") from None
    return [chapter(runs)]


def chapter(runs: Sequence[Run]) -> Chapter:
    """One line a suite and commit; several runs of one are counted together."""
    return Chapter(
        "Nothing lost, nothing twice",
        "Wrong is what was lost, doubled, stuck or corrupt (docs/faults.md). Where nothing was wrong, the "
        "rate that would show nothing in so many cases one time in twenty stands behind the cases "
        "(Clopper–Pearson). Each suite also catches weakened variants in every `make test`.",
        list(_figures(runs)),
    )


def _figures(runs: Sequence[Run]) -> Iterator[Figure]:
    def same(run: Run) -> tuple[str, str]:
        return run["suite"], run["commit"]

    for (suite, commit), several in groupby(sorted(runs, key=same), key=same):
        counted = list(several)
        cases, wrong = (sum(run[name] for run in counted) for name in ("cases", "wrong"))
        bound = "" if wrong else f", at most {upper_bound(0, cases):.2g} a case"
        seeds = ", ".join(str(seed) for seed in sorted({run["seed"] for run in counted}))
        name = f"{suite}: {cases:,} cases{bound} (seed {seeds}; commit {commit}, {counted[-1]['day']})"
        yield Figure(name, Samples.of([wrong], "wrong"), aim=Aim(0, as_ratio=False))
