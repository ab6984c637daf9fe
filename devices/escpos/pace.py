"""How fast a printer can take bytes: a model of its wire, its buffer and its paper. Pure.

A receipt printer has a few kilobytes of buffer, and many cables have no line that says "wait". So a job comes
in portions that say how much paper they move, and none is sent before the buffer surely has room for it.
A printer that cannot be told to forget what it holds is given even less ahead: what a refill lets out of it
is then some lines, and never a slip.
Where the printer gives no end mark, the same model says when the last row must be out.
"""

from __future__ import annotations

import math
from collections import deque

BITS_PER_BYTE = 10
"""8N1: a start bit, eight data bits, a stop bit."""


class Pace:
    """The printer as it must be by now; times in seconds of any one clock."""

    def __init__(self, baud: int, dots_per_s: float, buffer_bytes: int, ahead_dots: float = math.inf) -> None:
        """`ahead_dots` is how much paper the printer may still have to do when more is sent to it."""
        self._byte_s = BITS_PER_BYTE / baud
        self._dot_s = 1 / dots_per_s
        self._buffer_bytes = buffer_bytes
        self._ahead_s = ahead_dots * self._dot_s
        self._wire_free_at = 0.0
        self._waiting: deque[tuple[float, int]] = deque()
        """When each portion will be on paper, and its bytes."""
        self.done_at = 0.0
        """When everything sent so far is on paper."""

    def room_at(self, size: int, now: float) -> float:
        """The earliest moment, not before `now`, at which `size` more bytes may be sent.

        What is larger than the buffer waits until it is empty: such bytes are printed as they come.
        """
        held = sum(length for done_at, length in self._waiting if done_at > now)
        moment = max(now, self.done_at - self._ahead_s)
        for done_at, length in self._waiting:
            if held + size <= self._buffer_bytes or not held:
                break
            if done_at > now:
                held -= length
                moment = max(moment, done_at)
        return moment

    def sent(self, size: int, dots: int, now: float) -> None:
        """Take note of a portion of `size` bytes that moves the paper by `dots`, handed over at `now`."""
        while self._waiting and self._waiting[0][0] <= now:
            self._waiting.popleft()
        self._wire_free_at = max(now, self._wire_free_at) + size * self._byte_s
        self.done_at = max(self._wire_free_at, self.done_at) + dots * self._dot_s
        self._waiting.append((self.done_at, size))

    def paused(self, for_s: float) -> None:
        """Take note that the paper stood still for `for_s`."""
        self.done_at += for_s
        self._waiting = deque((done_at + for_s, size) for done_at, size in self._waiting)
