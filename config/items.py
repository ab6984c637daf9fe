"""Service items from a directory of YAML files: read, checked, and refused with file, line, key and reason.

What a bad file would do at step four, with a citizen watching, is found here: a question that refers to a
later one, an answer that does not exist, a form that nobody can reach.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.item import Item
from config.item_checks import Finding, findings
from config.plain import BadFile, Loc, keys_at, reason
from config.yaml_lines import BadYaml, read

SHIPPED = Path(__file__).with_name("items")
"""The items that come with the product; a hall may have its own (`Settings.items_dir`)."""


class BadItem(BadFile):
    """One mistake in a service item: `visa.yaml:12: fields[purpose].relevant.values: no such answer "x"`."""


def load_items(directory: Path) -> tuple[Item, ...]:
    """Every `*.yaml` of `directory`, in the order of the file names. Raises `BadItem`."""
    try:
        files = sorted(directory.iterdir())
    except OSError as error:
        raise BadItem(directory, None, "", f"cannot be read: {error.strerror}") from None
    items: dict[str, tuple[Item, Path]] = {}
    for file in files:
        if file.suffix == ".yml":
            raise BadItem(file, None, "", "would not be read: its name must end with .yaml")
        if file.suffix != ".yaml":
            continue
        item, lines = _load(file)
        if item.id in items:
            why = f'"{item.id}" is already the id in {items[item.id][1].name}'
            raise BadItem(file, lines.get(("id",)), "id", why)
        items[item.id] = item, file
    if not items:
        raise BadItem(directory, None, "", "holds no service item (*.yaml)")
    return tuple(item for item, _file in items.values())


def load_item(file: Path) -> Item:
    """One item. Raises `BadItem`."""
    return _load(file)[0]


def _load(file: Path) -> tuple[Item, Mapping[Loc, int]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data, lines = read(text)
    except OSError as error:
        raise BadItem(file, None, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadItem(file, line, "", "is not UTF-8 text; save the file as UTF-8") from None
    except BadYaml as error:
        # The mistake may be a key, so what was read before it cannot be named by its ids.
        raise BadItem(file, error.line, shown(None, error.loc), error.why) from None
    try:
        item = Item.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
        loc = _in_file(first["loc"], data)
        if first["type"].startswith("union_tag"):
            loc = (*loc, "kind")
        why = reason(first, keys_at(Item, first["loc"][:-1]))
        raise BadItem(file, _line(lines, loc), shown(data, loc), why) from None
    for finding in findings(item):
        raise _bad(file, finding, data, lines)
    return item, lines


def _bad(file: Path, finding: Finding, data: Any, lines: Mapping[Loc, int]) -> BadItem:
    return BadItem(file, _line(lines, finding.loc), shown(data, finding.loc), finding.reason)


def _line(lines: Mapping[Loc, int], loc: Loc) -> int | None:
    """The line of `loc`; of what it is missing from, if it is not there."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc)


def _in_file(loc: Loc, data: Any) -> Loc:
    """Without the variant names that pydantic puts between a position and a key."""
    found: Loc = ()
    here = data
    for number, part in enumerate(loc, 1):
        if isinstance(here, dict) and part not in here and number < len(loc):
            continue
        found = (*found, part)
        here = _inside(here, part)
    return found


def _inside(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int):
        return data[part]
    return None


def shown(data: Any, loc: Loc) -> str:
    """`fields[purpose].options[other].label`: an entry by its id or value, else by its number from 1."""
    text = ""
    here = data
    for part in loc:
        here = _inside(here, part)
        if isinstance(part, int):
            name = (
                next((here[key] for key in ("id", "value") if key in here), None)
                if isinstance(here, dict)
                else None
            )
            text += f"[{name if isinstance(name, str) else part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
