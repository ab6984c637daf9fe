"""A written scene: a YAML file with who comes and what they do, one short line a step.

    title: 网络断了 · The network is down
    people: [resident]
    devices: [fingerprint]
    steps:
      - network: cut
      - sees: 您要办什么事？
      - touches: 居住证一年一签

`people` are names of `bench.cast.CAST`; the steps are played once for each. `devices` are what the hall has
beside the usual ones. The verbs are those of
`bench.verbs.VERBS`; docs/bench.md lists them. A mistake is one line with file, line and reason.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bench.cast import CAST
from bench.hall import EXTRAS
from bench.stage import Act
from bench.verb_values import BadValue
from bench.verbs import VERBS

KEYS = ("title", "about", "people", "devices", "steps")


class BadScene(Exception):
    """A scene file that cannot be played; one line with file, line and reason."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.line = line


@dataclass(frozen=True)
class SceneStep:
    """One line of a scene; `name` can be part of a file's name."""

    line: int
    name: str
    act: Act


@dataclass(frozen=True)
class WrittenScene:
    """A whole scene file."""

    title: str
    people: tuple[str, ...]
    steps: tuple[SceneStep, ...]
    devices: tuple[str, ...] = ()


def read_scene(file: Path) -> WrittenScene:
    """Read a scene. Raises `BadScene`."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadScene(file, 0, error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise BadScene(file, 0, "is no UTF-8 text") from None
    try:
        content = YAML(typ="rt").load(io.StringIO(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 0
        raise BadScene(file, line, f"no YAML: {error.problem}") from None
    except YAMLError as error:
        raise BadScene(file, 0, f"no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, CommentedMap):
        raise BadScene(file, 1, f"a scene has the keys {', '.join(KEYS)}")
    for key in content:
        if key not in KEYS:
            raise BadScene(file, _line(content, key), f"unknown key {key!r}; known: {', '.join(KEYS)}")
    title = content.get("title")
    if not isinstance(title, str) or not title.strip():
        raise BadScene(file, _line(content, "title"), "title: a line of text is needed")
    return WrittenScene(title, _people(file, content), _steps(file, content), _devices(file, content))


def _people(file: Path, content: CommentedMap) -> tuple[str, ...]:
    people = content.get("people", ["resident"])
    line = _line(content, "people")
    if not isinstance(people, list) or not people:
        raise BadScene(file, line, "people: a list of names is needed")
    for role in people:
        if role not in CAST:
            raise BadScene(file, line, f"people: nobody is called {role!r}; there are {', '.join(CAST)}")
    return tuple(people)


def _devices(file: Path, content: CommentedMap) -> tuple[str, ...]:
    devices = content.get("devices", [])
    line = _line(content, "devices")
    if not isinstance(devices, list):
        raise BadScene(file, line, "devices: a list of names is needed")
    for device in devices:
        if device not in EXTRAS:
            raise BadScene(file, line, f"devices: {device!r} is not one of {', '.join(EXTRAS)}")
    return tuple(devices)


def _steps(file: Path, content: CommentedMap) -> tuple[SceneStep, ...]:
    steps = content.get("steps")
    if not isinstance(steps, CommentedSeq) or not steps:
        raise BadScene(file, _line(content, "steps"), "steps: a list of steps is needed")
    return tuple(_step(file, steps.lc.item(place)[0] + 1, step) for place, step in enumerate(steps))


def _step(file: Path, line: int, step: object) -> SceneStep:
    if isinstance(step, str):
        step = {step: None}  # `- pulls_card` needs no value
    if not isinstance(step, Mapping) or len(step) != 1:
        raise BadScene(file, line, "a step is one verb with its value, as in `touches: 开始办理`")
    ((verb, value),) = step.items()
    if verb not in VERBS:
        raise BadScene(file, line, f"unknown verb {verb!r}; known: {', '.join(VERBS)}")
    try:
        act = VERBS[verb](_plain(value))
    except BadValue as problem:
        raise BadScene(file, line, f"{verb}: {problem}") from None
    return SceneStep(line, f"{line:03d}-{verb}{_words(value)}", act)


def _plain(value: object) -> Any:
    """The value in Python's own lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _words(value: object) -> str:
    """A few words of a step's value for its name."""
    text = value.get("name", value.get("contains", "")) if isinstance(value, Mapping) else value
    words = re.sub(r"[^\w]+", "-", "" if text is None else str(text)).strip("-")[:24]
    return f"-{words}" if words else ""


def _line(content: CommentedMap, key: str) -> int:
    return content.lc.key(key)[0] + 1 if key in content else 1
