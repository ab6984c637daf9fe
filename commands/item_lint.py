"""`item lint`: findings with file, line, severity, key, reason and what to do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import typer

import config.district
from commands.item_files import item_files, refuse, say
from config.district import load_district
from config.items import SHIPPED
from config.lint.check import lint_files
from config.lint.hall import hall_of
from config.lint.report import Finding
from config.plain import BadFile

ERRORS = 1


def answer(
    paths: Sequence[Path], district: Path | None, seed: int, *, strict: bool, notes: bool, as_json: bool
) -> None:
    """Lint, print, and end with the status."""
    try:
        files = [file for path in paths or [SHIPPED] for file in item_files(path)]
        hall = hall_of(load_district(district or config.district.SHIPPED))
    except BadFile as bad:
        refuse(str(bad), as_json=as_json)
    found, items = lint_files(files, hall, seed)
    counts = Counter(finding.severity for finding in found)
    if as_json:
        say(json.dumps([as_data(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            if notes or finding.severity != "note":
                say(str(finding))
        hint = "" if notes or not counts["note"] else " (--notes lists them)"
        say(
            f"{len(items)} matters: {counts['error']} errors, {counts['warning']} warnings, "
            f"{counts['note']} notes{hint}"
        )
    if counts["error"] or (strict and counts["warning"]):
        raise typer.Exit(ERRORS)


def as_data(finding: Finding) -> dict[str, object]:
    """A finding for a program."""
    return {
        "file": str(finding.path),
        "line": finding.line,
        "key": finding.key,
        "severity": finding.severity,
        "code": finding.code,
        "reason": finding.reason,
        "suggestion": finding.suggestion,
    }
