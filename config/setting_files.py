"""One TOML text of settings: every key that it says, with value and line; nothing unknown gets through."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.plain import BadFile, meant
from config.settings import Settings
from config.toml_lines import key_lines


class BadConfiguration(BadFile):
    """One mistake in the settings: `site.toml:12: patience.card_s: must be more than 0 (it says -1)`."""


@dataclass(frozen=True)
class Said:
    """What one layer says of one key, and where."""

    value: Any
    path: Path | str
    lines: Mapping[tuple[str | int, ...], int]

    def line(self, *loc: str | int) -> int | None:
        """The line of `loc`, or of what it stands in."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc)


def leaf_keys() -> dict[str, Any]:
    """Every dotted key that can be said, with its type."""
    leaves: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            leaves |= {f"{name}.{key}": inner.annotation for key, inner in kind.model_fields.items()}
        else:
            leaves[name] = kind
    return leaves


def read_toml(text: str, source: Path | str) -> dict[str, Said]:
    """Everything that `text` says, by dotted key. Raises `BadConfiguration`."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        what, line_text = found.groups() if found else (str(error), None)
        line = int(line_text) if line_text else text.count("\n") + 1
        raise BadConfiguration(source, line, "", f"is not TOML: {what}") from None
    lines = key_lines(text)
    return {key: Said(value, source, lines) for key, value in _flat(values, source, lines)}


def _flat(
    values: dict[str, Any], source: Path | str, lines: Mapping[tuple[str | int, ...], int]
) -> Iterator[tuple[str, Any]]:
    leaves = leaf_keys()
    sections = {key.split(".")[0] for key in leaves if "." in key}
    for name, value in values.items():
        if name in leaves:
            yield name, value
        elif name not in sections:
            known = (*sections, *(key for key in leaves if "." not in key))
            raise BadConfiguration(source, lines.get((name,)), name, "no such section" + meant(name, known))
        elif not isinstance(value, dict):
            why = f"is a section: write [{name}] and its keys beneath"
            raise BadConfiguration(source, lines.get((name,)), name, why)
        else:
            for key, inner in value.items():
                dotted = f"{name}.{key}"
                if dotted not in leaves:
                    raise BadConfiguration(source, lines.get((name, key)), dotted, _unknown(name, key))
                yield dotted, inner


def _unknown(section: str, key: str) -> str:
    keys = [leaf.split(".")[-2:] for leaf in leaf_keys() if "." in leaf]
    near = meant(key, [inner for outer, inner in keys if outer == section])
    elsewhere = [outer for outer, inner in keys if inner == key]
    if not near and elsewhere:
        near = f'; "{key}" belongs in [{elsewhere[0]}]'
    return f"no such key in [{section}]{near}"
