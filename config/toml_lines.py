"""Where in a TOML text each key is said: `tomllib` gives values without lines.

A TOML statement ends where its line ends, unless a bracket or a quote is open; then the lines so far are no
TOML. So the parser itself tells where statements begin and end, and no grammar is repeated here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from config.plain import Loc


def key_lines(text: str) -> dict[Loc, int]:
    """The first line, from 1, of every key and table of a valid TOML `text`."""
    lines: dict[Loc, int] = {}
    table: Loc = ()
    positions: dict[Loc, int] = {}
    for line, statement in _statements(text):
        values = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table, repeated = _header(values)
            if repeated:
                positions[table] = positions.get(table, -1) + 1
                lines.setdefault(table, line)
                table = (*table, positions[table])
            lines.setdefault(table, line)
        else:
            for loc in _keys(values):
                lines.setdefault((*table, *loc), line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    start, statement = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            start = number
        statement += line + "\n"
        try:
            tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield start, statement
        statement = ""


def _header(values: dict[str, Any]) -> tuple[Loc, bool]:
    """The table that `[a.b]` or `[[a.b]]` opens, and whether it is one of several."""
    loc: Loc = ()
    while values:
        ((key, inner),) = values.items()
        loc = (*loc, key)
        if isinstance(inner, list):
            return loc, True
        values = inner
    return loc, False


def _keys(value: Any) -> Iterator[Loc]:
    pairs: Iterator[tuple[str | int, Any]] | None = None
    if isinstance(value, dict):
        pairs = iter(value.items())
    elif isinstance(value, list):
        pairs = iter(enumerate(value))
    for key, inner in pairs or ():
        yield (key,)
        for loc in _keys(inner):
            yield (key, *loc)
