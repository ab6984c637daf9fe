"""A conversation with a SAM_V reader on a serial port: one question, its answer, nothing of anybody else's.

Source: the SAM_V serial protocol; answer times as observed in public drivers.

Whose bytes are these? A reader answers in order, so after opening, and whenever an answer stayed away, the
line is settled (`SerialLine.settle`) and the reader greeted; only its reply makes the line ours again. After
that only a response whose status and length fit the outstanding command is taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from devices.returning_line import ReturningLine
from devices.sam_v.frames import (
    FIND,
    MANAGEMENT,
    NEW_ADDRESS,
    NOT_OFFERED,
    READ,
    READ_ALL,
    SAM_ID,
    SELECT,
    SHORTEST_BYTES,
    STATUS,
    Command,
    Response,
    ResponseDecoder,
    Sw3,
)
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, Reason

RATES: Final = (115_200, 57_600, 38_400, 19_200, 9_600)
"""The five rates of the protocol in bits/s, the usual one first."""

ANSWER_S: Final = {
    STATUS: 0.3, SAM_ID: 0.3, FIND: 0.3, SELECT: 0.3,
    READ: 2.0, READ_ALL: 3.0, NEW_ADDRESS: 1.5, MANAGEMENT: 1.5,
}  # fmt: skip
"""How long each answer may stay away, in seconds, beside its time on the wire."""

SLACK_S: Final = 0.2
"""The terminal's own lateness: two cores beside a face comparison."""

GAP_S: Final = 0.5
"""Silence within an answer, or behind a spoiled one, after which nothing more is coming."""

_BITS_PER_BYTE: Final = 10
_NO_ANSWER: Final = frozenset({Reason.SILENT, Reason.GARBLED, Reason.NOT_UNDERSTOOD})


class Unanswered(Exception):
    """The reader lives, but the answer to this question stayed away (`SILENT`) or was spoiled (`GARBLED`)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Conversation:
    """With the reader on `port`. Opens when first needed, and again by itself after the cable was pulled."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._line = ReturningLine(port, baud, self._forget)
        self._in_step = False  # the last request got its answer, and nothing else is on the line
        self._understood = False  # since it was opened, the line has given a reply to our question
        self._greeting, self._other_greeting = STATUS, FIND  # not every reader knows the status request
        self.strangers = 0
        """Whole answers so far that did not belong to the question they came to."""

    async def greet(self) -> None:
        """Require a sign of life. Raises `DeviceFault`."""
        async with self._our_line() as line:
            await self._exchange(line, self._greeting)

    async def ask(self, command: Command) -> Response:
        """Ask. Raises `Unanswered` when the reader lives, and `DeviceFault` when it does not, or refuses."""
        async with self._our_line() as line:
            try:
                return await self._exchange(line, command)
            except DeviceFault as fault:
                if fault.reason not in _NO_ANSWER:
                    raise
                reason = fault.reason
            await self._get_in_step(line)
        raise Unanswered(reason)

    def doubt(self) -> None:
        """Settle the line and greet before the next question: something on it was not ours."""
        self._in_step = False

    async def close(self) -> None:
        """Give the port back. The next question opens it again."""
        await self._line.close()

    def _forget(self) -> None:
        self._in_step = self._understood = False

    @asynccontextmanager
    async def _our_line(self) -> AsyncIterator[SerialLine]:
        """A line that is open and ours, or is made so first; given up when the port is lost."""
        async with self._line.lent() as line:
            if not self._in_step:
                await self._get_in_step(line)
            yield line

    async def _get_in_step(self, line: SerialLine) -> None:
        """Drop what others left on the line and require a reply to our own greeting.

        The first try may only complete a request that somebody else left half sent; the second is the other
        greeting, in case that the reader does not know the first.
        """
        await line.settle()
        try:
            await self._exchange(line, self._greeting)
        except DeviceFault as fault:
            if fault.reason not in _NO_ANSWER:
                raise
            first = fault
        else:
            return
        await line.settle()
        try:
            await self._exchange(line, self._other_greeting)
        except DeviceFault as second:
            raise first if second.reason is Reason.SILENT else second from None
        self._greeting, self._other_greeting = self._other_greeting, self._greeting

    async def _exchange(self, line: SerialLine, command: Command) -> Response:
        self._in_step = False  # until the answer is here: a cancelled question leaves its answer on the line
        decoder, heard = ResponseDecoder(), False
        clock = asyncio.get_running_loop().time
        until = clock() + ANSWER_S[command] + SLACK_S + _wire_s(command, self._baud)
        # The device may be slower than our port says: what has begun gets the slowest rate's time.
        whole_until = until + _wire_s(command, RATES[-1])
        await line.write(command.frame, stall_s=ANSWER_S[command] + SLACK_S)
        while (left_s := (whole_until if decoder.pending else until) - clock()) > 0:
            begun = decoder.pending or decoder.skipped >= SHORTEST_BYTES
            data = await line.read_some(min(left_s, GAP_S) if begun else left_s)
            if not data:
                break
            heard = True
            for response in decoder.feed(data):
                if command.fits(response):
                    _refuse_reader_trouble(command, response)
                    self._in_step = self._understood = True
                    return response
                self.strangers += 1
        if not heard:
            raise DeviceFault(Reason.SILENT, self._port)
        known = self._understood or decoder.damaged
        raise DeviceFault(Reason.GARBLED if known else Reason.NOT_UNDERSTOOD, self._port)


def _wire_s(command: Command, baud: int) -> float:
    return (len(command.frame) + command.longest_answer) * _BITS_PER_BYTE / baud


def _refuse_reader_trouble(command: Command, response: Response) -> None:
    """Raise for a response that is about the line or the SAM itself. What is about the card passes."""
    detail = f"SW3 {response.sw3:02X}"
    match response.sw3:
        case Sw3.REQUEST_CHECKSUM:
            raise DeviceFault(Reason.GARBLED, detail)
        case Sw3.SELF_TEST_FAILED | Sw3.NOT_AUTHORISED:
            raise DeviceFault(Reason.SAM_REFUSED, detail)
        case Sw3.UNKNOWN_ERROR if command in {STATUS, FIND}:
            raise DeviceFault(Reason.SAM_REFUSED, detail)
        case sw3 if sw3 in NOT_OFFERED and command in {FIND, SELECT, READ}:
            raise DeviceFault(Reason.SAM_REFUSED, detail)
        case _:
            return
