"""The residue run: one person applies and leaves, the next begins, and everything is searched for the first.

Two things are shown beside it, for a search that finds nothing may be blind: the same search while the first
person is still there, and the same search after a terminal whose one session serves everybody.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from rich.console import Console

from bench import people
from bench.citizen import Citizen
from bench.display import BenchError
from bench.hall import Hall, open_hall
from bench.journey import HEADING, MOBILE, START_S, WELCOME
from bench.residue import places
from bench.residue.findings import CARD_KINDS, KINDS, Findings, Round, as_json, table, verdict
from bench.residue.marks import Marked, marked
from bench.residue.needles import Haystack
from bench.residue.places import Searched
from bench.residue.visit import Visitor, standby_is_warm, start, status
from bench.scene import StepFailed
from bench.sight import NotSeen
from config.hall_time import hall_today

AFTER_S = 2.0
"""The bar: so long after a person has left, nothing of them is anywhere."""

LeavesWith = Literal["card", "signed", "sent"]

WEAKENED = Path(__file__).with_name("one_session_for_all.py")


def run_residue(output: Path, seed: int | None = None) -> int:
    """Do the whole run in `output`: a table on the console, residue.json beside it. 1 if anything remained.

    Also 1 when the search proves blind: it must find the first person while they are there, and must catch
    the weakened variant. `seed` repeats an earlier run's traits.
    """
    console = Console()
    seed = secrets.randbits(32) if seed is None else seed
    console.print(f"Two citizens, one after the other: what remains of the first? Seed {seed}.")
    try:
        findings = asyncio.run(residue(output.resolve(), seed))
    except (BenchError, NotSeen, StepFailed) as error:
        console.print(f"[red]The residue run could not be done:[/red] {error}", highlight=False)
        return 1
    (output / "residue.json").write_text(as_json(findings), encoding="utf-8")
    console.print(table(findings))
    for line in verdict(findings):
        console.print(line, highlight=False)
    return 0 if findings.ok else 1


async def residue(output: Path, seed: int) -> Findings:
    """Play both rounds in a hall of their own. Raises `BenchError`, `NotSeen`, `StepFailed`."""
    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    async with open_hall(output) as hall:
        hall.start_terminal()
        product = await play_round(hall, output, rng, "sent")
        hall.stop_terminal()
        start(hall, WEAKENED)
        # Nobody sends here: the demo's own check that the process has changed would stop the round.
        weakened = await play_round(hall, output, rng, "signed")
    return Findings(seed, product, weakened)


async def play_round(hall: Hall, output: Path, rng: random.Random, leaves_with: LeavesWith) -> Round:
    """Let one person come and go and the next begin, at a terminal that has just been started; search.

    The first leaves with the card read, with the form signed, or with the application sent.
    """
    began, today = time.time(), hall_today()
    citizen = Citizen(hall.sight, hall.finger)
    one = marked(rng, today, output)
    hall.platform_knows(one.person, "police.household", household_former_names=one.former_name)
    first = Visitor(hall, citizen, one, 1, output)
    second = Visitor(hall, citizen, Marked(people.neighbour(today), MOBILE, "", ()), 1, output)
    await citizen.sees(HEADING, WELCOME, START_S)
    said = await standby_is_warm(hall)
    if leaves_with == "card":
        await first.lays_down_card()
        haystack, kinds = first.betrayed_by_card, CARD_KINDS
    else:
        haystack, kinds = await first.signs(rng), KINDS
    control = await asyncio.to_thread(_control, said, haystack)
    if leaves_with == "sent":
        await first.sends_and_leaves()
    else:
        await first.walks_off()
    left = time.monotonic()
    _, (after_s, after) = await asyncio.gather(
        second.lays_down_card(), _searched(hall, haystack, began=began, left=left)
    )
    await second.walks_off()
    return Round(kinds, tuple(control), tuple(after), after_s)


async def _searched(
    hall: Hall, haystack: Haystack, *, began: float, left: float
) -> tuple[float, list[Searched]]:
    """Search in time, and say how long after `left` (monotonic seconds) it began."""
    await asyncio.sleep(left + AFTER_S - time.monotonic())
    said = await status(hall)
    return time.monotonic() - left, await asyncio.to_thread(_everywhere, hall, said, haystack, began)


def _control(said: Mapping[str, Any], haystack: Haystack) -> list[Searched]:
    """Search what the first person stands before: their session, and the screen."""
    return [
        places.search_process(process, haystack)
        for process in places.processes(said)
        if process.role.endswith((places.VISIBLE, places.X_SERVER))
    ]


def _everywhere(hall: Hall, said: Mapping[str, Any], haystack: Haystack, since: float) -> list[Searched]:
    """Search every place; memory first, for it is the most fleeting."""
    found = [places.search_process(process, haystack) for process in places.processes(said)]
    return [*found, *places.search_files(hall, haystack, since)]
