"""A YAML text as plain data with the line of every key: `{"id": "x"}` and `{("id",): 3}`.

Scalars are those of YAML 1.2 (`no` is a word, not false), and there is only what our data files need:
mappings, lists and plain values. Tags, anchors and merge keys are refused, and so is a key said twice.
libyaml parses; a hall has thousands of such files, and it is ten times as fast as a parser in Python.
"""

from __future__ import annotations

import re
from typing import Any, Final

from yaml import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from yaml.cyaml import CParser

from config.plain import Loc

_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")


class BadYaml(ValueError):
    """Not such a text: line from 1 (None if unknown), the key if one is meant, and the reason."""

    def __init__(self, line: int | None, loc: Loc, why: str) -> None:
        super().__init__(why)
        self.line, self.loc, self.why = line, loc, why


def read(text: str) -> tuple[Any, dict[Loc, int]]:
    """The data, and the line of every key and list entry. Raises `BadYaml`."""
    lines: dict[Loc, int] = {}
    try:
        return _Reader(text, lines).document(), lines
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or error.context or "cannot be understood"
        raise BadYaml(mark.line + 1 if mark else None, (), f"is not YAML: {why}") from None
    except YAMLError as error:
        why = str(error).partition("\n")[0]
        raise BadYaml(None, (), f"is not YAML: {why}") from None


class _Reader:
    def __init__(self, text: str, lines: dict[Loc, int]) -> None:
        self._parser, self._lines = CParser(text), lines

    def document(self) -> Any:
        """The one document of the text."""
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            raise BadYaml(None, (), "is empty")
        data = self._value(self._next(), ())
        self._next()
        end = self._next()
        if not isinstance(end, StreamEndEvent):
            raise BadYaml(end.start_mark.line + 1, (), "is not YAML: a second document begins here")
        return data

    def _next(self) -> Event:
        return self._parser.get_event()

    def _value(self, event: Event, loc: Loc) -> Any:
        line = event.start_mark.line + 1
        self._lines.setdefault(loc, line)
        if isinstance(event, NodeEvent) and (event.anchor is not None or isinstance(event, AliasEvent)):
            raise BadYaml(line, loc, "anchors (&, *) are not used here; write it out")
        if isinstance(event, ScalarEvent):
            return _scalar(event, loc, line)
        if isinstance(event, MappingStartEvent):
            if event.tag is not None:
                raise BadYaml(line, loc, f"cannot be read: {event.tag}")
            return self._mapping(loc)
        if isinstance(event, SequenceStartEvent):
            if event.tag is not None:
                raise BadYaml(line, loc, f"cannot be read: {event.tag}")
            return self._sequence(loc)
        raise BadYaml(line, loc, "cannot be read")

    def _sequence(self, loc: Loc) -> list[Any]:
        found: list[Any] = []
        while True:
            event = self._next()
            if isinstance(event, SequenceEndEvent):
                return found
            found.append(self._value(event, (*loc, len(found))))

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while True:
            event = self._next()
            if isinstance(event, MappingEndEvent):
                return found
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent):
                raise BadYaml(line, loc, "a key must be a word")
            key = event.value
            if key in found:
                raise BadYaml(line, (*loc, key), f"is said twice, first in line {self._lines[*loc, key]}")
            self._lines[*loc, key] = line
            found[key] = self._value(self._next(), (*loc, key))


def _scalar(event: ScalarEvent, loc: Loc, line: int) -> Any:
    text = event.value
    if event.tag is not None and event.tag != "!":
        raise BadYaml(line, loc, f"cannot be read: {text}")
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        raise BadYaml(line, loc, f"cannot be read: {text}")
    if _FLOAT.fullmatch(text):
        return float(text)
    odd = _NO_NUMBER.fullmatch(text)
    if odd is not None:
        return float("nan" if odd[3] else f"{odd[1]}inf")
    return text
