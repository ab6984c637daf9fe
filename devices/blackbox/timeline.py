"""From bytes with times to the lines of a trace: redacted, in the order in which they came.

What a redactor still holds keeps everything after it waiting, too, so that lines are never out of order; but
no longer than `HOLD_MS`: then what is held is decided as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.blackbox.redaction import Redactor
from devices.blackbox.trace import Bytes, Check, Event, Happened, Item, Rate, Shown, Way, Withheld

HOLD_MS = 1000.0
"""How long the beginning of a word may wait for its rest."""


@dataclass
class _Arrived:
    at_ms: float
    way: Way
    missing: int
    """Bytes not decided yet."""
    items: list[Item] = field(default_factory=list)


class Timeline:
    """Takes bytes and happenings in the order of their times; gives the events that are decided."""

    def __init__(self, redactors: Mapping[Way, Redactor]) -> None:
        self._redactors = redactors
        self._waiting: deque[_Arrived | Happened | Rate] = deque()

    def arrived(self, at_ms: float, way: Way, data: bytes) -> list[Event]:
        """`data` came together at `at_ms`."""
        if data:
            self._waiting.append(_Arrived(at_ms, way, len(data)))
            self._hand_out(way, self._redactors[way].feed(data))
        return self._ready()

    def happened(self, event: Happened | Rate) -> list[Event]:
        """Something beside bytes: no word goes on after it."""
        self._waiting.append(event)
        return self.flush()

    def held_too_long(self, now_ms: float) -> list[Event]:
        """Decide about what has waited for `HOLD_MS`."""
        oldest = self._waiting[0] if self._waiting else None
        if oldest is None or now_ms - oldest.at_ms < HOLD_MS:
            return []
        return self.flush()

    def flush(self) -> list[Event]:
        """Decide about everything."""
        for way, redactor in self._redactors.items():
            self._hand_out(way, redactor.flush())
        return self._ready()

    def _hand_out(self, way: Way, items: list[Item]) -> None:
        """Cut items where the bytes came apart."""
        open_ones = (
            one for one in self._waiting if isinstance(one, _Arrived) and one.way is way and one.missing
        )
        arrived = next(open_ones, None)
        for item in items:
            rest: Item | None = item
            while rest is not None:
                if arrived is None:
                    raise AssertionError("a redactor gave more than it was fed")
                now, rest = _cut(rest, arrived.missing)
                _append(arrived.items, now)
                arrived.missing -= now.length
                if not arrived.missing:
                    arrived = next(open_ones, None)

    def _ready(self) -> list[Event]:
        ready: list[Event] = []
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, _Arrived):
                if first.missing:
                    break
                ready.append(Bytes(first.at_ms, first.way, tuple(first.items)))
            else:
                ready.append(first)
            self._waiting.popleft()
        return ready


def _cut(item: Item, size: int) -> tuple[Item, Item | None]:
    """The first `size` bytes of `item`, and the rest of it."""
    if item.length <= size:
        return item, None
    match item:
        case Shown(data):
            return Shown(data[:size]), Shown(data[size:])
        case Withheld(name, length):
            return Withheld(name, size), Withheld(name, length - size)
        case Check():
            raise AssertionError("a byte is not cut")


def _append(items: list[Item], item: Item) -> None:
    match items[-1:], item:
        case [Withheld(name, before)], Withheld(same, more) if name == same:
            items[-1] = Withheld(name, before + more)
        case _:
            items.append(item)
