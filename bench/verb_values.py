"""What the verbs of a written scene take: words, a name from a list, a person, a control to look for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.cast import CAST
from bench.stage import FIELDS, Stage


class BadValue(Exception):
    """What a verb was given is not what it takes; the text says what that is."""


def text(value: object) -> str:
    """Words, with nothing but the known fields in braces."""
    if isinstance(value, int):
        raise BadValue(f"{value} is a number; write it in quotes, as YAML drops a 0 before it")
    if not isinstance(value, str) or not value:
        raise BadValue("words are needed")
    for name in re.findall(r"\{(\w*)\}", value):
        if name not in FIELDS:
            raise BadValue(f"{{{name}}} stands for nothing; known: {', '.join(FIELDS)}")
    return value


def texts(value: object) -> list[str]:
    """Words, or a list of them."""
    return [text(each) for each in value] if isinstance(value, list) else [text(value)]


def one_of(*known: str) -> Callable[[object], str]:
    """One of these names."""

    def check(value: object) -> str:
        if value not in known:
            raise BadValue(f"{value!r} is not one of {', '.join(known)}")
        return str(value)

    return check


def person(value: object, *others: str) -> str | None:
    """A role, one of `others`, or None: whoever's turn it is."""
    return None if value is None else one_of(*CAST, *others)(value)


@dataclass(frozen=True)
class Control:
    """A control to look for: its whole name, or words that it contains; any role unless one is said."""

    role: str | None
    words: str
    whole: bool
    within_s: float | None

    def pattern(self, stage: Stage) -> str | re.Pattern[str]:
        """What `Citizen.sees` looks for. A screen breaks lines where it likes."""
        words = stage.filled(self.words)
        return words if self.whole else re.compile(r"\s*".join(map(re.escape, words)))


def control(value: object) -> Control:
    """Words alone, or a mapping with `name` or `contains`, `role`, `within_s`."""
    if not isinstance(value, Mapping):
        return Control(None, text(value), whole=True, within_s=None)
    unknown = set(value) - {"role", "name", "contains", "within_s"}
    if unknown or len({"name", "contains"} & set(value)) != 1:
        raise BadValue("words, or `name` or `contains`, with `role` and `within_s` if you like, are needed")
    role, within_s = value.get("role"), value.get("within_s")
    if within_s is not None and not isinstance(within_s, int | float):
        raise BadValue("within_s: a number of seconds is needed")
    return Control(
        None if role is None else text(role),
        text(value["name"] if "name" in value else value["contains"]),
        whole="name" in value,
        within_s=within_s,
    )
