"""A trace as values and as text: who sent what when, with every byte that may be personal left out.

The format is described for people in docs/blackbox-format.md; this module is what reads and writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

FIRST_LINE: Final = "hall-terminal black box 1"


class Kind(Enum):
    """What is at the far end of the cable: it decides what of the bytes is understood."""

    SAM_V = "sam_v"
    ESCPOS = "escpos"
    SCANNER = "scanner"
    UNKNOWN = "unknown"
    """Nothing is understood, so only lengths and times are kept."""


class Way(Enum):
    """Where bytes went."""

    TO_DEVICE = ">"
    FROM_DEVICE = "<"


@dataclass(frozen=True)
class Shown:
    """Bytes that the protocol's own document names: the same for everybody."""

    data: bytes

    @property
    def length(self) -> int:
        """Bytes on the wire."""
        return len(self.data)


@dataclass(frozen=True)
class Withheld:
    """Bytes that were there and are not kept; `field` is what they were, as far as it was understood."""

    field: str
    length: int


@dataclass(frozen=True)
class Check:
    """The check byte of a frame with something withheld: its value would tell of it, its truth does not."""

    good: bool

    @property
    def length(self) -> int:
        """A byte."""
        return 1


Item = Shown | Withheld | Check


@dataclass(frozen=True)
class Bytes:
    """Bytes that arrived together, `at_ms` after the beginning."""

    at_ms: float
    way: Way
    items: tuple[Item, ...]


class Happening(Enum):
    """What happens to a cable beside bytes."""

    UNPLUGGED = "unplugged"
    PLUGGED_IN = "plugged in"


@dataclass(frozen=True)
class Happened:
    """A plug pulled or put in, `at_ms` after the beginning."""

    at_ms: float
    what: Happening


@dataclass(frozen=True)
class Rate:
    """The terminal's side set the line to `baud`."""

    at_ms: float
    baud: int


Event = Bytes | Happened | Rate


@dataclass(frozen=True)
class Head:
    """What is said about a trace before its events."""

    kind: Kind
    baud: int
    program: str
    """Name and version of what recorded it."""
    began: str
    """UTC, ISO 8601."""


@dataclass(frozen=True)
class Trace:
    """A whole recording."""

    head: Head
    events: tuple[Event, ...]


_MOST_BYTES: Final = 1_000_000
"""In one item. A trace is a text that somebody sends, and nobody should be able to fill memory with it."""


class BadTrace(Exception):
    """A text that is no trace; says which line, and why."""


def head_text(head: Head) -> str:
    """The first lines."""
    return (
        f"{FIRST_LINE}\ndevice: {head.kind.value}\nbaud: {head.baud}\n"
        f"program: {head.program}\nbegan: {head.began}\n\n"
    )


def event_text(event: Event) -> str:
    """One line."""
    at = f"{event.at_ms:10.1f}"
    match event:
        case Bytes(_, way, items):
            return f"{at} {way.value} {' '.join(map(_item_text, items))}\n"
        case Happened(_, what):
            return f"{at} ! {what.value}\n"
        case Rate(_, baud):
            return f"{at} ! baud {baud}\n"


def _item_text(item: Item) -> str:
    match item:
        case Shown(data):
            return data.hex()
        case Withheld(field, length):
            return f"<{field} {length} redacted>"
        case Check(good):
            return f"<check {'good' if good else 'bad'}>"


_EVENT = re.compile(r" *([0-9]{1,12}\.[0-9]) ([<>!]) (.+)")
_ITEM = re.compile(r"([0-9a-f]+)|<([a-z-]+) ([0-9]{1,12}) redacted>|<check (good|bad)>")
_BAUD = re.compile(r"baud ([0-9]{1,7})")


def read_trace(text: str) -> Trace:
    """Read what `head_text` and `event_text` wrote. Lines that begin with # are somebody's notes.

    A last line without its end was being written when the power went, and is left out. Raises `BadTrace`.
    """
    whole = text[: text.rfind("\n") + 1].splitlines()
    lines = [(number, line) for number, line in enumerate(whole, 1) if not line.startswith("#")]
    if not lines or lines[0][1] != FIRST_LINE:
        raise BadTrace(f'line 1: a trace begins with "{FIRST_LINE}"')
    fields: dict[str, str] = {}
    events: list[Event] = []
    in_head = True
    for number, line in lines[1:]:
        if in_head and line:
            key, _, value = line.partition(": ")
            fields[key] = value
        elif line:
            events.append(_event(number, line))
        in_head = in_head and bool(line)
    return Trace(_head(fields), tuple(events))


def _head(fields: dict[str, str]) -> Head:
    try:
        kind = Kind(fields["device"])
    except (KeyError, ValueError):
        raise BadTrace(f"head: device: is one of {', '.join(kind.value for kind in Kind)}") from None
    baud = _BAUD.fullmatch(f"baud {fields.get('baud')}")
    if baud is None or int(baud[1]) == 0:
        raise BadTrace("head: baud: is a number of bits a second")
    return Head(kind, int(baud[1]), fields.get("program", "unknown"), fields.get("began", "unknown"))


def _event(number: int, line: str) -> Event:
    found = _EVENT.fullmatch(line)
    if found is None:
        raise BadTrace(f"line {number}: is not a time, a direction (< > !) and what went")
    at_ms, sign, rest = float(found[1]), found[2], found[3]
    if sign != "!":
        return Bytes(at_ms, Way(sign), tuple(_items(number, rest)))
    if baud := _BAUD.fullmatch(rest):
        return Rate(at_ms, int(baud[1]))
    try:
        return Happened(at_ms, Happening(rest))
    except ValueError:
        raise BadTrace(f'line {number}: "{rest}" is nothing that happens to a cable') from None


def _items(number: int, rest: str) -> Iterator[Item]:
    at = 0
    while at < len(rest):
        found = _ITEM.match(rest, at)
        if (
            found is None
            or (found[1] and len(found[1]) % 2)
            or rest[found.end() : found.end() + 1] not in {"", " "}
        ):
            raise BadTrace(f"line {number}: cannot be read from character {at + 1} of the bytes on")
        if found[1]:
            yield Shown(bytes.fromhex(found[1]))
        elif found[2]:
            if int(found[3]) > _MOST_BYTES:
                raise BadTrace(f"line {number}: more bytes at once than a cable brings")
            yield Withheld(found[2], int(found[3]))
        else:
            yield Check(found[4] == "good")
        at = found.end() + 1
