"""The resident identity-card reader: an `IdCardReader` that speaks SAM_V on a serial port.

Source: the SAM_V serial protocol; answer times as observed in public drivers.

Whose bytes are these? A reader answers in order, so after opening, and whenever an answer stayed away, the
line is settled (`SerialLine.settle`) and status asked for; only its reply makes the line ours again. After
that only a response whose status and length fit the outstanding command is taken.

Which card is this? A card that has been selected is not found again until it is lifted. A card that *this*
reader object found, and whose reading failed or is wanted again, is read where it lies: `30 03` says
whether it still does. A card that somebody else found (the last session) is never read that way, because
nothing tells it apart from the last citizen's record in the SAM's memory: it must be lifted and laid again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from devices.contracts import CardUnreadable, IdCard
from devices.sam_v.card_text import NoCardText, UnsupportedCard, resident_card
from devices.sam_v.frames import (
    FIND,
    NEW_ADDRESS,
    READ,
    READER_TROUBLE,
    SELECT,
    STATUS,
    Command,
    Response,
    ResponseDecoder,
    Sw3,
    split_record,
)
from devices.serial_line import SerialLine
from devices.statuses import Cause, DeviceFault, DeviceState, Health

ANSWER_S = {STATUS: 0.3, FIND: 0.1, SELECT: 0.1, READ: 2.0, NEW_ADDRESS: 1.5}
"""How long each answer may stay away, in seconds, beside its time on the wire."""

SLACK_S = 0.2
"""The terminal's own lateness: two cores beside a face comparison."""

GAP_S = 0.5
"""Silence within an answer after which the rest is not coming: the card was lifted, or the SAM gave up."""

POLL_S = 0.02
"""Pause between two searches for a card: half of it is what a card waits on average before its 115 ms."""

_BITS_PER_BYTE = 10
_STATUS_TRIES = 2
"""The first status request may complete a request that somebody else left half sent."""

_FIND_TRIES = 3
"""A reader that gives its status but does not answer this many searches in a row cannot be used."""

_STATES = {
    Cause.NONE: DeviceState.ONLINE,
    Cause.PORT_MISSING: DeviceState.NO_DEVICE,
    Cause.PORT_LOST: DeviceState.NO_DEVICE,
    Cause.PORT_DENIED: DeviceState.DEVICE_BUSY,
    Cause.SAM_REFUSED: DeviceState.HARDWARE_ERROR,
}
"""What a cause says about the reader; any other leaves its state unknown."""


class SamVReader:
    """One reader on `port`. Opens when first asked, and again by itself after the cable was pulled."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._line: SerialLine | None = None
        self._in_step = False  # the last request got its answer, and nothing else is on the line
        self._ours = False  # this object found a card, and it may still lie there
        self._was_open = False
        self._finds_unanswered = 0
        self._health = Health()
        self._turn = asyncio.Lock()  # health and card take turns at the line

    async def health(self) -> Health:
        """Ask for status. A fault is a health: silence is `UNKNOWN`, never "no card"."""
        async with self._turn:
            try:
                async with self._our_line() as line:
                    await self._exchange(line, STATUS)
            except DeviceFault as fault:
                self._note(fault.cause)
            else:
                self._note(Cause.NONE)
            return self._health

    async def next_card(self) -> IdCard:
        """Wait for a card and read it; called again while that card still lies there, read it again.

        `CardUnreadable.sw3` is 0x40 for a card of another kind, None when the answer stayed away.
        """
        try:
            while True:
                async with self._turn:
                    if await self._card_is_ready():
                        return await self._read()
                await asyncio.sleep(POLL_S)
        except DeviceFault as fault:
            self._note(fault.cause)
            raise

    async def close(self) -> None:
        """Give the port back, after cancelling what is under way. The next call opens it again."""
        line, self._line = self._line, None
        self._in_step = self._ours = False
        if line is not None:
            await line.close()

    # ---- cards -------------------------------------------------------------------------------------------

    async def _card_is_ready(self) -> bool:
        """Find and select a card. Raises `CardUnreadable` when one was found and would not be selected."""
        found = await self._ask_about_card(FIND)
        self._count_find(answered=found is not None)
        if found is None or found.sw3 != Sw3.FOUND:
            return self._ours and await self._still_lies_there()
        self._ours = True
        selected = await self._ask_about_card(SELECT)
        if selected is None or selected.sw3 != Sw3.OK:
            raise CardUnreadable(None if selected is None else selected.sw3)
        return True

    def _count_find(self, *, answered: bool) -> None:
        self._finds_unanswered = 0 if answered else self._finds_unanswered + 1
        if self._finds_unanswered >= _FIND_TRIES:
            self._finds_unanswered = 0
            raise DeviceFault(Cause.SILENT, f"{self._port} gives its status but does not search for cards")
        if answered:
            self._note(Cause.NONE)

    async def _still_lies_there(self) -> bool:
        answer = await self._ask_about_card(NEW_ADDRESS)
        self._ours = answer is not None and answer.sw3 in {Sw3.OK, Sw3.NO_CONTENT}
        return self._ours

    async def _read(self) -> IdCard:
        answer = await self._ask_about_card(READ)
        if answer is None or answer.sw3 != Sw3.OK:
            raise CardUnreadable(None if answer is None else answer.sw3)
        record = split_record(answer.data)
        if record is None:
            raise CardUnreadable(Sw3.READ_FAILED)
        try:
            return resident_card(*record)
        except UnsupportedCard:
            raise CardUnreadable(Sw3.UNRECOGNISED_CARD) from None
        except NoCardText:
            raise CardUnreadable(Sw3.READ_FAILED) from None

    # ---- the conversation --------------------------------------------------------------------------------

    async def _ask_about_card(self, command: Command) -> Response | None:
        """Ask; None when the answer stayed away although the reader gives its status: it was the card."""
        async with self._our_line() as line:
            try:
                return await self._exchange(line, command)
            except DeviceFault as fault:
                if fault.cause not in {Cause.SILENT, Cause.GARBLED}:
                    raise
            await self._get_in_step(line)
            return None

    @asynccontextmanager
    async def _our_line(self) -> AsyncIterator[SerialLine]:
        """A line that is open and ours, or is made so first; given up when the port is lost."""
        try:
            line = await self._open_line()
            if not self._in_step:
                await self._get_in_step(line)
            yield line
        except DeviceFault as fault:
            if fault.cause is Cause.PORT_LOST:
                await self.close()
            raise

    async def _open_line(self) -> SerialLine:
        if self._line is None:
            try:
                self._line = await SerialLine.open(self._port, self._baud)
            except DeviceFault as fault:
                if fault.cause is Cause.PORT_MISSING and self._was_open:
                    raise DeviceFault(Cause.PORT_LOST, fault.detail) from None
                raise
            self._was_open = True
        return self._line

    async def _get_in_step(self, line: SerialLine) -> None:
        """Drop what others left on the line and require a reply to our own question."""
        for tries_left in reversed(range(_STATUS_TRIES)):
            await line.settle()
            try:
                await self._exchange(line, STATUS)
            except DeviceFault as fault:
                if fault.cause not in {Cause.SILENT, Cause.GARBLED} or not tries_left:
                    raise
            else:
                return

    async def _exchange(self, line: SerialLine, command: Command) -> Response:
        self._in_step = False  # until the answer is here: a cancelled question leaves its answer on the line
        decoder, heard = ResponseDecoder(), False
        clock = asyncio.get_running_loop().time
        wire_s = (len(command.frame) + command.longest_answer) * _BITS_PER_BYTE / self._baud
        until = clock() + ANSWER_S[command] + SLACK_S + wire_s
        await line.write(command.frame, stall_s=ANSWER_S[command] + SLACK_S)
        while (left_s := until - clock()) > 0:
            data = await line.read_some(min(left_s, GAP_S) if decoder.pending else left_s)
            if not data:
                break
            heard = True
            for response in decoder.feed(data):
                if command.fits(response):
                    _refuse_reader_trouble(command, response)
                    self._in_step = True
                    return response
        raise DeviceFault(Cause.GARBLED if heard else Cause.SILENT, self._port)

    def _note(self, cause: Cause) -> None:
        """Keep the health; say it once when it changes."""
        health = Health(_STATES.get(cause, DeviceState.UNKNOWN), cause)
        if health != self._health:
            self._health = health
            structlog.get_logger().info(
                "id_reader_health_changed", port=self._port, state=health.state.value, cause=cause.value
            )


def _refuse_reader_trouble(command: Command, response: Response) -> None:
    """Raise for a response that is about the line or the SAM itself. What is about the card passes."""
    detail = f"SW3 {response.sw3:02X}"
    if response.sw3 in {Sw3.REQUEST_CHECKSUM, Sw3.REQUEST_LENGTH}:
        raise DeviceFault(Cause.GARBLED, detail)
    if response.sw3 in {Sw3.SELF_TEST_FAILED, Sw3.NOT_AUTHORISED}:
        raise DeviceFault(Cause.SAM_REFUSED, detail)
    if command in {STATUS, FIND} and response.sw3 in READER_TROUBLE:
        raise DeviceFault(Cause.SAM_REFUSED, detail)
