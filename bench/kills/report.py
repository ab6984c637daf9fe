"""What a run of kills leaves behind: a line a round, a table, and kills.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.table import Table

from bench.kills.notes import HallRun, Round
from bench.kills.plan import VICTIMS
from bench.kills.verdict import Fault, Wrong, told_nothing
from bench.report import versions

WRONGS: tuple[Wrong, ...] = get_args(Wrong)


@dataclass(frozen=True)
class Count:
    """The figures of the rounds in which one victim was struck, or of all."""

    rounds: int
    blows: int
    told: int
    held: int
    untold: int
    """Applications that arrived, and of which nobody was told: allowed, and better seldom."""
    wrong: dict[str, int]
    longest_welcome_s: float | None


def print_round(console: Console, each: Round) -> None:
    """One line: number, seed, plan, and what the citizen was told."""
    told = ", ".join(dict.fromkeys(heard.said.claim for heard in each.story.heard)) or "nothing"
    fell = "" if each.blows else " (nothing fell)"
    console.print(
        f"round {each.plan.number:>3}  seed {each.plan.seed:<10}  {each.plan}{fell}  →  {told}"
        f"  [{each.took_s:.1f} s]",
        markup=False,
        highlight=False,
    )


def print_table(console: Console, runs: Sequence[HallRun]) -> None:
    """The figures by victim, and the bound that they prove."""
    table = Table(title="Killed at any moment", title_justify="left", header_style="bold")
    table.add_column("struck")
    names = ("rounds", "blows", "told", "held", "untold", "lost", "doubled", "told falsely", "seen later")
    for name in (*names, "stuck", "longest to welcome"):
        table.add_column(name, justify="right")
    for victim, count in counts(runs).items():
        if victim == "all":
            table.add_section()
        longest = "" if count.longest_welcome_s is None else f"{count.longest_welcome_s:.2f} s"
        figures = (count.rounds, count.blows, count.told, count.held, count.untold, *count.wrong.values())
        table.add_row(victim.replace("_", " "), *map(str, figures), longest)
    console.print(table)


def counts(runs: Sequence[HallRun]) -> dict[str, Count]:
    """Figures by victim (a round with two counts for both), of rounds struck by nobody, and of all."""
    rounds = [(run, each) for run in runs for each in run.rounds]

    def struck(victim: str) -> list[tuple[HallRun, Round]]:
        return [pair for pair in rounds if victim in {blow.strike.victim for blow in pair[1].blows}]

    by_victim = {victim: _count(struck(victim), victim) for victim in VICTIMS}
    return by_victim | {
        "nobody": _count([pair for pair in rounds if not pair[1].blows], ""),
        "all": _count(rounds, None),
    }


def _count(rounds: Sequence[tuple[HallRun, Round]], victim: str | None) -> Count:
    faults = [fault for run, each in rounds for fault in run.faults if fault.number == each.plan.number]
    blows = [blow for _, each in rounds for blow in each.blows if victim in {None, blow.strike.victim}]
    welcomes = [blow.welcome_s for blow in blows if blow.welcome_s is not None]
    arrived = [each for run, each in rounds if any(one.id_number == each.story.id_number for one in run.held)]
    return Count(
        rounds=len(rounds),
        blows=len(blows),
        told=sum(not told_nothing(each.story) for _, each in rounds),
        held=len(arrived),
        untold=sum(told_nothing(each.story) for each in arrived),
        wrong={wrong: sum(fault.wrong == wrong for fault in faults) for wrong in WRONGS},
        longest_welcome_s=max(welcomes, default=None),
    )


def write_json(
    path: Path, seed: int, runs: Sequence[HallRun], weakened: Sequence[Fault], took_s: float
) -> None:
    """Everything that a reader needs to doubt the table, or to play a round again."""
    figures = counts(runs)
    report = {
        "seed": seed,
        "rounds": figures["all"].rounds,
        "bound_95_percent": bound(figures["all"].rounds),
        "took_s": round(took_s),
        "figures": {victim: asdict(count) for victim, count in figures.items()},
        "faults": [asdict(fault) for run in runs for fault in run.faults],
        "weakened_variant_caught": [asdict(fault) for fault in weakened],
        "versions": versions(),
        "round": [_round(each) for run in runs for each in run.rounds],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def bound(rounds: int) -> float:
    """The 95 % upper bound of a rate that was 0 in so many rounds (the rule of three)."""
    return round(3 / rounds, 4)


def _round(each: Round) -> dict[str, Any]:
    return {
        "number": each.plan.number,
        "seed": each.plan.seed,
        "plan": str(each.plan),
        "blows": [
            {"strike": str(blow.strike), "welcome_s": blow.welcome_s and round(blow.welcome_s, 3)}
            for blow in each.blows
        ],
        "told": [asdict(heard) for heard in each.story.heard],
        "papers": [asdict(paper) for paper in each.story.papers],
        "took_s": round(each.took_s, 1),
    }
