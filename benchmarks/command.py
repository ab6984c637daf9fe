"""The command: measure the parts asked for, say how far it is, write them into the page."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import machine
from benchmarks.document import TakenPart, renewed
from benchmarks.figures import NotTaken
from benchmarks.registry import PARTS, take

QUIET_LOAD = 1.0
"""Processes that want to run, averaged over a minute; above it, something else is at work."""

BUSY = "Other work was going on when this run began: take it again before believing it."


def bench(names: Sequence[str], output: Path, page: Path) -> int:
    """Take the figures of the parts `names` and write them into `page`; 0 if that went well.

    What the page says of other parts stays. A part that cannot be taken keeps what it said, too.
    """
    console = Console()
    status = 0
    for name in names:
        folder = output.resolve() / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        where, busy = machine.machine(folder), os.getloadavg()[0] > QUIET_LOAD
        measured = machine.commit()
        began_s = time.monotonic()

        def say(what: str, name: str = name, began_s: float = began_s) -> None:
            console.print(f"[dim]{name} {time.monotonic() - began_s:4.0f} s[/dim]  {what}", highlight=False)

        try:
            chapters = take(name, folder, say)
        except NotTaken as error:
            console.print(f"[red]The figures could not be taken:[/red] {error}", highlight=False)
            status = 1
            continue
        taken = TakenPart(
            name,
            chapters,
            run={
                "command": f"`python -m benchmarks {name}`",
                "taken": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, in {_long(time.monotonic() - began_s)}",
                "version measured": measured,
            },
            machine=where,
            software=machine.software(),
            warning=BUSY if busy else "",
        )
        before = page.read_text(encoding="utf-8") if page.exists() else ""
        page.write_text(renewed(before, taken, tuple(PARTS)), encoding="utf-8")
        say(f"written: {page}")
    return status


def _long(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} s"  # noqa: PLR2004 - 1.5 minutes
