"""A YAML text as plain data with the line of every key: `{"id": "x"}` and `{("id",): 3}`.

YAML 1.2 (`no` is a word, not false), and only what our data files need: mappings, lists and plain values.
Tags, anchors and merge keys are refused, and so is a key that is said twice.
"""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import YAML, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.error import MarkedYAMLError

from config.plain import Loc


class BadYaml(ValueError):
    """Not such a text: line from 1 (None if unknown), the key if one is meant, and the reason."""

    def __init__(self, line: int | None, loc: Loc, why: str) -> None:
        super().__init__(why)
        self.line, self.loc, self.why = line, loc, why


def read(text: str) -> tuple[Any, dict[Loc, int]]:
    """The data, and the line of every key and list entry. Raises `BadYaml`."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or error.context or "cannot be understood"
        raise BadYaml(mark.line + 1 if mark else None, (), f"is not YAML: {why}") from None
    if root is None:
        raise BadYaml(None, (), "is empty")
    lines: dict[Loc, int] = {}
    return _plain(root, (), lines), lines


def _plain(node: Node, loc: Loc, lines: dict[Loc, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(loc, line)
    if node.anchor is not None:
        raise BadYaml(line, loc, "anchors (&, *) are not used here; write it out")
    if isinstance(node, MappingNode):
        return _mapping(node, loc, lines)
    if isinstance(node, SequenceNode):
        return [_plain(inner, (*loc, position), lines) for position, inner in enumerate(node.value)]
    return _scalar(str(node.tag), str(node.value), loc, line)


def _mapping(node: MappingNode, loc: Loc, lines: dict[Loc, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise BadYaml(line, loc, "a key must be a word")
        key = str(key_node.value)
        if key in found:
            raise BadYaml(line, (*loc, key), f"is said twice, first in line {lines[*loc, key]}")
        lines[*loc, key] = line
        found[key] = _plain(value_node, (*loc, key), lines)
    return found


def _scalar(tag: str, text: str, loc: Loc, line: int) -> Any:
    match tag.rpartition(":")[2]:
        case "str" | "timestamp":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if text.lstrip("-").isdecimal():
            return int(text)
        case "float":
            # YAML writes .inf and .nan.
            return float(re.sub(r"\.(?=[a-z])", "", text.lower()))
        case _:
            raise BadYaml(line, loc, f"cannot be read: {text}")
