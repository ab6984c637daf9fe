"""What a demo leaves behind: the table on the console, and summary.json."""

from __future__ import annotations

import contextlib
import json
import platform
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import qVersion
from rich.console import Console
from rich.live import Live
from rich.table import Table

from bench.scene import Played


def versions() -> dict[str, str]:
    """The parts whose version can make a difference."""
    return {
        "python": sys.version.split()[0],
        "PySide6": version("PySide6_Essentials"),
        "Qt": qVersion(),
        "opencv": version("opencv-python-headless"),
        "dlib": version("dlib-bin"),
        "sqlite": sqlite3.sqlite_version,
        "platform": platform.platform(),
    }


def write_summary(
    path: Path, played: Sequence[Played], totals: Mapping[str, int], application_ids: Sequence[str]
) -> None:
    """Write summary.json; `application_id` is the first journey's, or null if none arrived."""
    summary = {
        "ok": all(step.ok for step in played),
        "steps": [
            {"name": step.name, "ok": step.ok, "ms": step.ms}
            | ({"trouble": step.trouble, "on_screen": list(step.on_screen)} if step.trouble else {})
            for step in played
        ],
        "totals": dict(totals),
        "versions": versions(),
        "renderer": "software",
        "application_id": application_ids[0] if application_ids else None,
        "application_ids": list(application_ids),
    }
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@dataclass
class Progress:
    """The table of a running demo: redrawn on a terminal, a line a step elsewhere."""

    console: Console
    rows: list[tuple[str, str, Played | None]] = field(default_factory=list)
    scene: str = ""
    live: Live | None = None

    def begins(self, scene: str) -> None:
        """A new scene: its title stands before its steps."""
        self.scene = scene
        if self.live is None:
            self.console.print(f"\n[bold]{scene}[/bold]")

    def step(self, name: str, played: Played | None) -> None:
        """A step begins (None) or has ended."""
        if played is None:
            self.rows.append((self.scene, name, None))
        else:
            self.rows[-1] = (self.scene, name, played)
            if self.live is None:
                self.console.print(f"  {_mark(played)} {name:<28}{played.ms / 1000:7.1f} s")
        if self.live is not None:
            self.live.update(self.table())

    def table(self) -> Table:
        """All steps so far."""
        table = Table(title="The demo, step by step", title_justify="left", header_style="bold")
        table.add_column("", width=2)
        table.add_column("step")
        table.add_column("seconds", justify="right")
        table.add_column("picture")
        before = ""
        for scene, name, played in self.rows:
            if scene != before:
                table.add_section()
                table.add_row("", f"[bold]{scene}[/bold]", "", "")
                before = scene
            took = "" if played is None else f"{played.ms / 1000:.1f}"
            picture = played.picture.name if played is not None and played.picture is not None else ""
            table.add_row(_mark(played), name, took, picture)
        return table


@contextlib.contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """A table for a demo while it runs."""
    shown = Progress(console)
    if not console.is_terminal:
        yield shown
        return
    with Live(shown.table(), console=console, refresh_per_second=8) as live:
        shown.live = live
        yield shown


def tell_end(console: Console, played: Sequence[Played], output: Path) -> int:
    """Say how it went and where to look; the exit status."""
    failed = [step for step in played if not step.ok]
    for step in failed:
        console.print(f"\n[red]“{step.name}” failed:[/red] {step.trouble}", highlight=False)
        console.print(f"picture: {step.picture}", highlight=False)
        console.print(f"events:  {output / 'events.jsonl'}", highlight=False)
    return 1 if failed else 0


def _mark(played: Played | None) -> str:
    if played is None:
        return "[yellow]…[/yellow]"
    return "[green]✓[/green]" if played.ok else "[red]✗[/red]"
