"""What a fault suite counted, and how sure that makes us."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.calibration import upper_bound
from tests.offline_queue.platform_process import ROOT

WRONG = ("lost", "doubled", "stuck", "corrupt")


@dataclass
class Figures:
    """One suite's count. `wrong` has what must never be, each with the cases in which it was."""

    suite: str
    seed: int
    cases: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    """What else happened, for who wants to know that the cases were worth something."""
    first: str = ""
    """The first case in which something was wrong, to play it again."""

    def judged(self, wrong: set[str], case: str) -> None:
        """Count one case."""
        self.cases += 1
        self.wrong.update(wrong)
        if wrong and not self.first:
            self.first = f"{case}: {', '.join(sorted(wrong))}"

    def line(self) -> str:
        """One line for people."""
        counted = ", ".join(f"{name} {self.wrong[name]}" for name in (*WRONG, *self._others()))
        text = f"{self.suite}: {self.cases} cases, {counted} (seed {self.seed}"
        if self.cases and not self.wrong.total():
            text += f"; at most {upper_bound(0, self.cases):.2g} a case, with 95 % confidence"
        text += ")"
        if self.seen:
            text += "; " + ", ".join(f"{name} {count}" for name, count in sorted(self.seen.items()))
        return text + (f"; first: {self.first}" if self.first else "")

    def _others(self) -> list[str]:
        return sorted(set(self.wrong) - set(WRONG))


def told_by(argv: Sequence[str | Path]) -> Figures:
    """What a suite counts in a process of its own, which prints it as JSON."""
    done = subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    return Figures(**{**told, "wrong": Counter(told["wrong"]), "seen": Counter(told["seen"])})
