"""A trace as a device: answers a driver as the recorded device answered, at the recorded times.

A driver asks in its own rhythm, so answers hang on questions, not on the clock: what came within an exchange
comes as long after its question as it did then. When the driver does not ask what was asked next,

- a question that stands a little further on is taken from there: the driver left something out;
- one that has been answered before is answered so again: it polls longer than it did then;
- one that is only answered later is answered as it will be, and the place is kept;
- one that nobody ever asked gets silence, as from a device that does not know it.

Pulled plugs are pulled again in their places.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from devices.blackbox.inventing import Inventor
from devices.blackbox.redaction import redactors
from devices.blackbox.tap import Tap
from devices.blackbox.trace import Bytes, Happened, Happening, Item, Kind, Shown, Trace, Way

_LOOK_AHEAD: Final = 3
"""Questions that a driver may leave out in one place."""

Question = bytes | None
"""A word of the protocol; None for bytes that were not understood."""

_NOT_A_WORD: Final = b"Z"


@dataclass(frozen=True)
class Answer:
    """Something that followed a question `after_ms` later: bytes, or what happened to the cable."""

    after_ms: float
    what: bytes | Happening


@dataclass(frozen=True)
class Exchange:
    """A question, and what came before the next one. The first has none: what the device said by itself."""

    question: Question
    answers: Sequence[Answer]


def exchanges(trace: Trace) -> tuple[Exchange, ...]:
    """Order a trace by its questions; what was withheld is invented."""
    inventor = Inventor(trace.head.kind)
    found: list[tuple[Question, float, list[Answer]]] = [(None, 0.0, [])]
    unread = _Questions(trace.head.kind)
    for event in trace.events:
        match event:
            case Bytes(at_ms, Way.TO_DEVICE, items):
                found += [(question, at_ms, []) for question in unread.of_items(items)]
            case Bytes(at_ms, Way.FROM_DEVICE, items):
                _, asked_ms, answers = found[-1]
                answers.append(Answer(at_ms - asked_ms, inventor.bytes_for(items)))
            case Happened(at_ms, what):
                _, asked_ms, answers = found[-1]
                answers.append(Answer(at_ms - asked_ms, what))
            case _:
                pass
    return tuple(Exchange(question, answers) for question, _, answers in found)


class _Questions:
    """Reads what is sent to a device as questions. Content (ink, mostly) is none."""

    def __init__(self, kind: Kind) -> None:
        self._redactor = redactors(kind)[Way.TO_DEVICE]
        self._strangers_ask = kind is not Kind.ESCPOS

    def of_items(self, items: Iterable[Item]) -> Iterator[Question]:
        for item in items:
            data = item.data if isinstance(item, Shown) else _NOT_A_WORD * item.length
            yield from self.of_bytes(data)

    def of_bytes(self, data: bytes) -> Iterator[Question]:
        for item in self._redactor.feed(data):
            if isinstance(item, Shown):
                yield item.data
            elif self._strangers_ask:
                yield None


class Player:
    """Plays `trace` at `tap` until cancelled."""

    def __init__(self, trace: Trace, tap: Tap) -> None:
        self._tap = tap
        self._exchanges = exchanges(trace)
        self._questions = _Questions(trace.head.kind)
        self._at = 1
        self._due: deque[tuple[float, bytes | Happening]] = deque()
        self.unknown_questions = 0
        """Questions that got silence because nobody had asked them when it was recorded."""
        self.played_through = asyncio.Event()
        """Set when the last recorded question has been asked, and all that followed it has been said."""

    @property
    def questions(self) -> int:
        """How many questions the trace has."""
        return len(self._exchanges) - 1

    @property
    def asked(self) -> int:
        """How far in them the driver is."""
        return self._at - 1

    async def run(self) -> None:
        """Answer."""
        clock = asyncio.get_running_loop().time
        self._promise(self._exchanges[0].answers, clock())
        heard: asyncio.Task[bytes] | None = None
        try:
            while True:
                if self._tap.plugged and heard is None:
                    heard = asyncio.create_task(self._tap.read())
                wait_s = max(0.0, self._due[0][0] - clock()) if self._due else None
                if heard is not None:
                    await asyncio.wait({heard}, timeout=wait_s)
                else:
                    await asyncio.sleep(wait_s or 0.0)
                if heard is not None and heard.done():
                    self._hear(heard.result(), clock())
                    heard = None
                while self._due and self._due[0][0] <= clock():
                    what = self._due.popleft()[1]
                    if what is Happening.UNPLUGGED and heard is not None:
                        heard.cancel()
                        await asyncio.gather(heard, return_exceptions=True)
                        heard = None
                    self._do(what)
                if not self._due:
                    if self._at >= len(self._exchanges):
                        self.played_through.set()
                    if not self._tap.plugged:
                        return
        finally:
            if heard is not None:
                heard.cancel()
                await asyncio.gather(heard, return_exceptions=True)

    def _hear(self, data: bytes, now_s: float) -> None:
        for question in self._questions.of_bytes(data):
            self._promise(self._answers(question), now_s)

    def _answers(self, question: Question) -> Iterable[Answer]:
        soon = range(self._at, min(self._at + _LOOK_AHEAD, len(self._exchanges)))
        before = range(self._at - 1, 0, -1)
        later = range(self._at, len(self._exchanges))
        for place in soon:
            if self._exchanges[place].question == question:
                self._at = place + 1
                return self._exchanges[place].answers
        for place in (*before, *later):
            if self._exchanges[place].question == question:
                return [each for each in self._exchanges[place].answers if isinstance(each.what, bytes)]
        self.unknown_questions += 1
        return ()

    def _promise(self, answers: Iterable[Answer], now_s: float) -> None:
        """Say `answers` in their time, behind what is still to be said."""
        earliest = self._due[-1][0] if self._due else now_s
        for answer in answers:
            earliest = max(earliest, now_s + answer.after_ms / 1000)
            self._due.append((earliest, answer.what))

    def _do(self, what: bytes | Happening) -> None:
        match what:
            case Happening.UNPLUGGED:
                self._tap.unplug()
            case Happening.PLUGGED_IN:
                self._tap.plug_in()
            case bytes():
                if self._tap.plugged:
                    self._tap.write(what)
