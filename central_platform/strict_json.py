"""JSON and its schemas as their standards mean them, where Python would take more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


def loads(body: bytes) -> Any:
    """Read UTF-8 without a byte order mark, and no NaN or Infinity. Raises `ValueError`, `RecursionError`."""
    return json.loads(body.decode(), parse_constant=_refuse_constant)


def validator_of(schema: Path) -> Draft202012Validator:
    """Read a schema file."""
    return Draft202012Validator(json.loads(schema.read_text("utf-8"), object_hook=_to_the_very_end))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is a word of Python's")


def _to_the_very_end(schema: dict[str, Any]) -> dict[str, Any]:
    """Let `$` in a pattern mean the text's end; Python's lets a line's end stand behind it."""
    if isinstance(pattern := schema.get("pattern"), str):
        return {**schema, "pattern": pattern.replace("$", r"\Z")}
    return schema
