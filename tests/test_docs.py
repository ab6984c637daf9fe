"""The pages say what the code does: log events have their rows, links lead somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from kiosk.terminal import supervisor

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("kiosk", "devices", "offline_queue", "ui", "config", "printing")
ROW = re.compile(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", re.MULTILINE)


def logged() -> Iterator[str]:
    """Every name that is said to a logger as a literal."""
    for folder in PRODUCT:
        for path in (ROOT / folder).rglob("*.py"):
            if "simulators" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(attr="info" | "warning" | "error"),
                        args=[ast.Constant(value=str(name)), *_],
                    ):
                        yield name


def rows(page: str, section: str) -> set[str]:
    """The names in the first column of a section's table."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    text = text.split(section, 1)[1].split("\n## ", 1)[0]
    return {name for row in ROW.findall(text) for name in re.findall(r"`([a-z_]+)`", row)}


def test_every_log_event_has_its_row_and_no_row_is_of_the_past() -> None:
    said = set(logged()) | set(get_args(supervisor.SeatEnd))
    assert rows("log-events.md", "# What the log says") == said


def test_every_link_in_the_pages_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
