"""The run: halls side by side, then a terminal that lies and must be caught, a table, and an exit status."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench.display import BenchError
from bench.kills.notes import HallRun, Round
from bench.kills.plan import Plan, Strike, plans
from bench.kills.report import bound, print_round, print_table, write_json
from bench.kills.round import run_hall
from bench.kills.verdict import Fault

HALLS = 2
FILE_COLUMNS = 150
WEAKENED = Path(__file__).with_name("weakened.py")
AIMED_AT_THE_LIE = Strike("terminal", "outcome", 0.2)


def run_kills(output: Path, rounds: int, seed: int, *, aimed: bool = False) -> int:
    """Play `rounds` into `output`: halls' logs, kills.json. 0 if nothing was wrong and the liar was caught.

    `aimed` kills only session and terminal, and only around the commit. One round alone plays the plan of
    its seed.
    """
    console = Console()
    if not console.is_terminal:
        console.width = FILE_COLUMNS
    console.print(f"Killing a hall at random moments: {rounds} rounds, seed {seed}", highlight=False)
    began_s = time.monotonic()
    drawn = list(plans(seed, rounds, aimed=aimed))
    try:
        runs, liar = asyncio.run(_halls(console, output.resolve(), drawn))
    except ExceptionGroup as group:
        broken, unforeseen = group.split(BenchError)
        if unforeseen is not None:
            raise unforeseen from None
        for error in broken.exceptions if broken is not None else ():
            console.print(f"[red]The run could not go on:[/red] {error}", highlight=False)
        return 1
    lies = [fault for fault in liar.faults if fault.wrong in {"lost", "told_falsely"}]
    took_s = time.monotonic() - began_s
    write_json(output / "kills.json", seed, runs, lies, took_s)
    faults = [fault for run in runs for fault in run.faults]
    print_table(console, runs)
    _print_faults(console, faults, drawn)
    if not faults:
        console.print(f"0 in {rounds} rounds: with 95 % certainty fewer than {bound(rounds):.2%} go wrong.")
    console.print(
        f"[green]A terminal that says kept before it is was caught:[/green] {lies[0].why}"
        if lies
        else "[red]A terminal that says kept before it is was NOT caught.[/red]",
        highlight=False,
    )
    console.print(f"{took_s:.0f} s; everything is in {output / 'kills.json'}", highlight=False)
    return 0 if lies and not faults else 1


async def _halls(console: Console, output: Path, drawn: Sequence[Plan]) -> tuple[list[HallRun], HallRun]:
    """The halls side by side; the liar has one of its own beside them."""

    def on_round(each: Round) -> None:
        print_round(console, each)

    def unseen(_each: Round) -> None:
        """The liar's rounds are told by their outcome."""

    aimed = Plan(1, 0, offline=False, strikes=(AIMED_AT_THE_LIE,))
    shares = [share for hall in range(HALLS) if (share := drawn[hall::HALLS])]
    async with asyncio.TaskGroup() as group:
        honest = [
            group.create_task(run_hall(output / f"hall-{number}", share, on_round))
            for number, share in enumerate(shares, start=1)
        ]
        liar = group.create_task(run_hall(output / "weakened", [aimed], unseen, WEAKENED))
    return [task.result() for task in honest], liar.result()


def _print_faults(console: Console, faults: Sequence[Fault], drawn: Sequence[Plan]) -> None:
    seeds = {plan.number: plan.seed for plan in drawn}
    for fault in faults:
        where = f"round {fault.number}, seed {seeds[fault.number]}"
        console.print(f"[red]{fault.wrong}[/red] in {where}: {fault.why}", highlight=False)
