"""Another hall's list of matters, taken over as a district: what it does not say stays unknown.

The list is one JSON document: `task_type_codes` (code to meaning) and `items`, each with `name`,
`department`, `main_item`, `item_code`, `task_type`, `area_code`, `dept_code`. Every entry is taken or
refused, and every oddity is told with the entry's position, so that the counts add up.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pypinyin import lazy_pinyin

UNCLASSIFIED: Final = "未分类"
"""How such lists say that nobody has classed the matter: that is, unknown."""

_KEYS: Final = ("name", "department", "main_item", "item_code", "task_type", "area_code", "dept_code")
_AREA: Final = re.compile(r"[0-9]{6}(?:[0-9]{6})?")
_LONGEST_ID: Final = 60


class NotAList(ValueError):
    """The document is no such list: `str()` says where, and why."""


@dataclass(frozen=True)
class Oddity:
    """Something about one entry that a person should look at."""

    position: int
    """Of the entry in the list, from 1."""
    key: str
    reason: str
    refused: bool = False
    """Whether the entry was left out; otherwise it is there, without what was odd."""


@dataclass
class ForeignList:
    """The files of a district, by name, and what was odd."""

    files: dict[str, str]
    taken: int
    oddities: list[Oddity]

    @property
    def refused(self) -> int:
        """How many entries were left out."""
        return len({oddity.position for oddity in self.oddities if oddity.refused})


@dataclass
class _Reading:
    types: Mapping[str, str]
    oddities: list[Oddity] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    departments: dict[str, list[str]] = field(default_factory=dict)
    areas: Counter[str] = field(default_factory=Counter)


def read_foreign_list(text: str) -> ForeignList:
    """The list as files of `config/district`'s form. Raises `NotAList`."""
    document = _document(text)
    types = {str(code): str(meaning) for code, meaning in document.get("task_type_codes", {}).items()}
    reading = _Reading(types)
    taken = 0
    for position, entry in enumerate(document["items"], 1):
        lines = _entry(entry, position, reading)
        if lines is not None:
            reading.departments.setdefault(str(entry["department"]).strip(), []).extend(lines)
            taken += 1
    files = {"district.yaml": _district(reading), **dict(_departments(reading))}
    return ForeignList(files, taken, reading.oddities)


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotAList(f"line {error.lineno}: is not JSON: {error.msg}") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAList('must be an object with a list "items"')
    if not isinstance(document.get("task_type_codes", {}), dict):
        raise NotAList("task_type_codes: must be an object, code to meaning")
    if not document["items"]:
        raise NotAList("items: is empty")
    return document


def _entry(entry: Any, position: int, reading: _Reading) -> list[str] | None:
    """The entry's lines; None if it is refused."""
    if not isinstance(entry, dict):
        reading.oddities.append(Oddity(position, "", "is no object", refused=True))
        return None
    said = {key: _said(entry, key, position, reading) for key in _KEYS}
    for key in sorted(set(entry) - set(_KEYS)):
        reading.oddities.append(Oddity(position, key, "is not known here; left out"))
    for needed in ("name", "department"):
        if said[needed] is None:
            reading.oddities.append(Oddity(position, needed, "is missing", refused=True))
            return None
    if said["main_item"] == UNCLASSIFIED:
        said["main_item"] = None
    if said["task_type"] is not None and said["task_type"] not in reading.types:
        reading.oddities.append(Oddity(position, "task_type", "is no code of task_type_codes; left out"))
        said["task_type"] = None
    area = said["area_code"]
    if area is not None and _AREA.fullmatch(area) is None:
        reading.oddities.append(Oddity(position, "area_code", "must have 6 or 12 digits; left out"))
        said["area_code"] = None
    elif area is not None:
        reading.areas[area] += 1
    identifier = _identifier(said, position, reading)
    lines = [f"  - id: {identifier}", f"    name: {_name(str(said['name']))}"]
    lines += [
        f"    {key}: {_quoted(said[key])}"
        for key in ("item_code", "main_item", "task_type", "area_code", "dept_code")
        if said[key] is not None
    ]
    return lines


def _said(entry: Mapping[str, Any], key: str, position: int, reading: _Reading) -> str | None:
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        reading.oddities.append(Oddity(position, key, "must be text; left out"))
        return None
    return value.strip() or None


def _identifier(said: Mapping[str, str | None], position: int, reading: _Reading) -> str:
    """From the code; two entries with one code are told, and both are kept."""
    code = said["item_code"]
    if code is None:
        reading.oddities.append(Oddity(position, "item_code", "is missing; the entry is known by its place"))
        return f"entry_{position}"
    plain = re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_")
    identifier = f"i_{plain}"[:_LONGEST_ID]
    reading.ids[identifier] += 1
    if reading.ids[identifier] == 1:
        return identifier
    reading.oddities.append(
        Oddity(position, "item_code", "is the code of an earlier entry, too; both are kept")
    )
    return f"{identifier}_{reading.ids[identifier]}"


def _district(reading: _Reading) -> str:
    area = reading.areas.most_common(1)[0][0] if len(reading.areas) == 1 else None
    lines = [
        "# Taken over from another hall's list. What the list does not say is not here.",
        "invented: false",
        f"area_code: {'null' if area is None else _quoted(area)}",
        f"name: {_quoted(area or '未知地区')}",
    ]
    if reading.types:
        lines.append("task_types:")
        lines += [f"  {_quoted(code)}: {_name(meaning)}" for code, meaning in reading.types.items()]
    return "\n".join(lines) + "\n"


def _departments(reading: _Reading) -> Iterator[tuple[str, str]]:
    ids: Counter[str] = Counter()
    for name, lines in reading.departments.items():
        spelt = re.sub(r"[^a-z0-9]+", "_", "_".join(lazy_pinyin(name)).lower()).strip("_")
        base = f"d_{spelt}"[: _LONGEST_ID - 3]
        ids[base] += 1
        identifier = base if ids[base] == 1 else f"{base}_{ids[base]}"
        head = [f"id: {identifier}", f"name: {_name(name)}", "listings:"]
        yield f"departments/{identifier}.yaml", "\n".join([*head, *lines]) + "\n"


def _name(text: str) -> str:
    """A name in Chinese only. Where it has our mark between two languages it is written out."""
    return f"{{zh: {_quoted(text)}}}" if "|" in text else _quoted(text)


def _quoted(text: str | None) -> str:
    """JSON's strings are YAML's, too."""
    return json.dumps(text, ensure_ascii=False)
