"""One YAML file as one checked model: refused with file, line, key and reason when it is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from config.plain import BadFile, Loc, by_kind, keys_at, reason
from config.yaml_lines import BadYaml, read

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class DataFile(Generic[Model]):
    """A file that was read: its model, and where each key stands."""

    path: Path
    value: Model
    _data: Any
    _lines: Mapping[Loc, int]

    def mistake(self, loc: Loc, why: str) -> BadFile:
        """A further mistake at `loc`, as the line that the file's author gets."""
        return BadFile(self.path, _line(self._lines, loc), shown(self._data, loc), why)


def read_model(path: Path, model: type[Model]) -> DataFile[Model]:
    """Read `path` as `model`. Raises `BadFile`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data, lines = read(text)
    except OSError as error:
        raise BadFile(path, None, "", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadFile(path, line, "", "is not UTF-8 text; save the file as UTF-8") from None
    except BadYaml as error:
        # The mistake may be a key, so what was read before it cannot be named by its ids.
        raise BadFile(path, error.line, shown(None, error.loc), error.why) from None
    try:
        value = model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = min(error.errors(include_url=False), key=lambda each: each["type"] != "extra_forbidden")
        loc, keys = _in_file(first["loc"], data), first["loc"][:-1]
        if by_kind(first):
            loc = (*loc, "kind")
        elif first["type"] == "union_tag_not_found":
            keys = first["loc"]
        why = reason(first, keys_at(model, keys))
        raise BadFile(path, _line(lines, loc), shown(data, loc), why) from None
    return DataFile(path, value, data, lines)


def files_in(directory: Path, holding: str) -> list[Path]:
    """Every `*.yaml` of `directory`, by name; `holding` says what they should be. Raises `BadFile`."""
    try:
        files = sorted(directory.iterdir())
    except OSError as error:
        raise BadFile(directory, None, "", f"cannot be read: {error.strerror}") from None
    for file in files:
        if file.suffix == ".yml":
            raise BadFile(file, None, "", "would not be read: its name must end with .yaml")
    found = [file for file in files if file.suffix == ".yaml"]
    if not found:
        raise BadFile(directory, None, "", f"holds no {holding} (*.yaml)")
    return found


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
        variant = part not in here and number < len(loc) if isinstance(here, dict) else isinstance(part, str)
        if variant:
            continue
        found = (*found, part)
        here = _inside(here, part)
    return found


def _inside(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None
