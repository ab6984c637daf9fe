"""The command: measure, say how far it is, write the page."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bench.display import BenchError
from bench.hall import ROOT
from bench.sight import NotSeen
from benchmarks import machine
from benchmarks.chapters import chapters
from benchmarks.document import document
from benchmarks.glass import NeverShown
from benchmarks.plan import Plan
from benchmarks.run import measure

QUIET_LOAD = 1.0
"""Processes that want to run, averaged over a minute; above it, something else is at work."""

PAGE = ROOT / "docs" / "benchmarks.md"


def bench(output: Path, plan: Plan | None = None, page: Path = PAGE) -> int:
    """Take every figure and write `page`; 0 if that went well."""
    console = Console()
    output.mkdir(parents=True, exist_ok=True)
    found, busy = machine.machine(output), os.getloadavg()[0] > QUIET_LOAD
    began_s = time.monotonic()

    def say(what: str) -> None:
        console.print(f"[dim]{time.monotonic() - began_s:4.0f} s[/dim]  {what}", highlight=False)

    try:
        measured = asyncio.run(measure(plan or Plan(), output.resolve(), say))
    except (BenchError, NotSeen, NeverShown) as error:
        console.print(f"[red]The figures could not be taken:[/red] {error}", highlight=False)
        return 1
    took_s = time.monotonic() - began_s
    about = {
        "command": "`make bench` (`python -m benchmarks`)",
        "taken": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, in {took_s / 60:.0f} minutes",
        "version measured": machine.commit(),
    }
    warning = (
        "Other work was going on when this run began: take it again before believing it." if busy else ""
    )
    text = document(chapters(measured), found, machine.software(), about, warning)
    page.write_text(text, encoding="utf-8")
    say(f"written: {page}")
    return 0
