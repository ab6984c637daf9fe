"""What is noted of a run: the blows that fell, each citizen's round, each hall's rounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.kills.applicant import MATTER
from bench.kills.plan import Plan, Strike
from bench.kills.told import WELCOME
from bench.kills.verdict import Fault, Held, Story
from bench.kills.witness import Look


@dataclass
class Blow:
    """One strike that fell. `welcome_s`: from it to the next welcome screen, if it took the screen away."""

    strike: Strike
    at_s: float
    on_top: int | None
    """The process whose screen stood there when it fell."""
    welcome_s: float | None = None

    def hears(self, look: Look) -> None:
        """Note the first usable welcome screen of another process."""
        taken = self.strike.victim in {"session", "terminal"} and self.welcome_s is None
        fresh = look.at_s >= self.at_s and look.pid != self.on_top
        if taken and fresh and WELCOME in look.headings and look.button(MATTER):
            self.welcome_s = look.at_s - self.at_s


@dataclass
class Round:
    """One citizen: plan, story, and what was done to the hall meanwhile."""

    plan: Plan
    story: Story
    blows: list[Blow] = field(default_factory=list)
    took_s: float = 0.0


@dataclass
class HallRun:
    """One hall's rounds, and in the end what its platform holds."""

    rounds: list[Round] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
