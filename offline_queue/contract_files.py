"""The contract's schemas as validators, read once from the files beside this module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema_rs import Draft202012Validator

DIRECTORY = Path(__file__).parent / "contract"

Form = Literal[
    "envelope",
    "envelope-key",
    "record",
    "receipt",
    "case",
    "kept",
    "rating",
    "audit",
    "upload",
    "status",
    "problem",
    "sealed-question",
    "sealed-answer",
    "call-state",
    "downstream",
    "configuration",
    "revocations",
    "downstream-report",
    "authority",
    "enrolled",
    "confirmed",
    "certificate",
]


class NotOfTheContract(ValueError):
    """Bytes that are not what the schema asks for; the text names place and rule, never the value."""


@cache
def _validator(form: Form) -> Draft202012Validator:
    return Draft202012Validator(json.loads((DIRECTORY / f"{form}.schema.json").read_text("utf-8")))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is a word of Python's")


def read(form: Form, body: bytes) -> dict[str, Any]:
    """Parse `body` and hold it against the schema of `form`. Raises `NotOfTheContract`."""
    try:
        value = json.loads(body.decode(), parse_constant=_refuse_constant)  # UTF-8: `loads` would guess
        canonical(value)  # half a surrogate pair is JSON, but no text
    except (ValueError, RecursionError):
        raise NotOfTheContract(f"{form}: not JSON") from None
    try:
        error = next(_validator(form).iter_errors(value), None)
    except ValueError:
        raise NotOfTheContract(f"{form}: nested too deep") from None
    if error is not None:
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
        raise NotOfTheContract(f"{form}: ${place}: {error.kind.name}")
    if not isinstance(value, dict):
        raise NotOfTheContract(f"{form}: not an object")
    return value


def canonical(value: object) -> bytes:
    """Give the one way to write a value: keys sorted, no spaces, UTF-8, no escapes for non-ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
