"""Terminal and platform hold a text against the contract by two libraries; they have to agree."""

from __future__ import annotations

import json
import random
import re
from typing import Any, get_args

import pytest

from central_platform.strict_json import validator_of
from offline_queue.contract_files import DIRECTORY, Form, NotOfTheContract, read

SEED = 20261122
FITTING = (
    "a",
    "1",
    "330199",
    "HALL-01",
    "0" * 32,
    "f" * 64,
    "A" * 43 + "=",
    "A" * 86 + "==",
    "2026-11-21",
    "2026-11-21T20:00:00+08:00",
    "00000000-0000-4000-8000-000000000001",
    "33019900-20261121-000001",
    "0001-261121-0001",
)
"""Texts of the kinds that patterns ask for."""
VALUES: tuple[Any, ...] = (
    *("", "1\n", "\u0661", "\uff41", "A" * 86, "2026-13-41"),
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 10**30, [], [1], {}, {"v": 1}),
)
Schema = dict[str, Any]


def near(chance: random.Random, schema: Schema, root: Schema) -> Any:
    """Something that comes near to what a schema asks for."""
    if "$ref" in schema:
        _, kind, name = schema["$ref"].split("/")
        return near(chance, root[kind][name], root)
    ways = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf")
    if ways and "properties" not in schema:
        return near(chance, chance.choice(ways), root)
    if options := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return chance.choice(options)
    match schema.get("type"):
        case "object":
            asked = schema.get("properties", {})
            return {name: near(chance, asked[name], root) for name in asked if chance.randrange(99)}
        case "array":
            return [near(chance, schema.get("items", {}), root) for _ in range(chance.randrange(3))]
        case "integer":
            return schema.get("minimum", 0)
    fitting = [text for text in FITTING if re.search(schema.get("pattern", ""), text)]
    return chance.choice(fitting or FITTING)


def changed(chance: random.Random, value: Any) -> Any:
    """The same, with something else in one place of it."""
    if isinstance(value, dict) and value and chance.randrange(8):
        name = chance.choice([*value])
        return {**value, name: changed(chance, value[name])} if chance.randrange(8) else {**value, "x": 1}
    return chance.choice(VALUES)


@pytest.mark.parametrize("form", get_args(Form))
def test_both_libraries_believe_the_same(form: Form) -> None:
    path = DIRECTORY / f"{form}.schema.json"
    schema, other = json.loads(path.read_text("utf-8")), validator_of(path)
    chance = random.Random(SEED)  # noqa: S311 — a run to repeat
    for number in range(150):
        value = near(chance, schema, schema)
        body = json.dumps(changed(chance, value) if number % 2 else value)
        try:
            read(form, body.encode())
        except NotOfTheContract:
            assert not other.is_valid(json.loads(body)), body
        else:
            assert other.is_valid(json.loads(body)), body
