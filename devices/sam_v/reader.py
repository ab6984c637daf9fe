"""The identity-card reader: an `IdCardReader` that speaks SAM_V on a serial port.

Source: the SAM_V serial protocol, command and status tables.

Which card is this? A card that has been selected is not found again until it is lifted. A card that *this*
reader object found, and whose reading failed or is wanted again, is read where it lies: `30 03` says
whether it still does. A card that somebody else found (the last session) is not read that way, because
nothing tells it apart from the last citizen's record in the SAM's memory: it must be lifted and laid again.
Only a technician, who knows whose card lies there, asks for that (`lying_too`).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from devices.contracts.id_cards import CardFailure, CardUnreadable, IdCard, ResidencePermit, ResidentCard
from devices.sam_v.card_text import NoCardText, additional_address, document
from devices.sam_v.conversation import Conversation, Unanswered
from devices.sam_v.fingerprints import fingerprints_in
from devices.sam_v.frames import (
    FIND,
    MANAGEMENT,
    NEW_ADDRESS,
    NOT_OFFERED,
    READ,
    READ_ALL,
    SAM_ID,
    SELECT,
    Command,
    Record,
    Response,
    Sw3,
    sam_number,
    split_record,
)
from devices.statuses import (
    CardMedia,
    DeviceFault,
    Health,
    ReaderHealth,
    Ready,
    Reason,
    Unknown,
    health_after,
)

POLL_S: Final = 0.02
"""Pause between two searches for a card: half of it is what a card waits on average before its 115 ms."""

_FIND_TRIES: Final = 3
"""A reader that gives its status but does not answer this many searches in a row cannot be used."""

_FAILURES: Final = {
    Sw3.UNKNOWN_ERROR: CardFailure.READ_FAILED,
    Sw3.READ_FAILED: CardFailure.READ_FAILED,
    Sw3.CARD_REJECTED_SAM: CardFailure.REJECTED,
    Sw3.SAM_REJECTED_CARD: CardFailure.REJECTED,
    Sw3.VERIFICATION_ERROR: CardFailure.REJECTED,
    Sw3.RANDOM_FAILED: CardFailure.REJECTED,
    Sw3.UNRECOGNISED_CARD: CardFailure.UNKNOWN_KIND,
    Sw3.SELECT_FAILED: CardFailure.NOT_SELECTED,
    Sw3.NO_CONTENT: CardFailure.NO_RECORD,
}
"""What a status says about the card; those about the reader are a `DeviceFault` (see `conversation`)."""


@dataclass(frozen=True, repr=False)
class CardManagement:
    """Numbers of the chip itself, not of the person. Its repr says nothing: they mark one card."""

    iin: bytes
    """Who issued it, 4 bytes."""
    sn: bytes
    """Serial number, 8 bytes."""


class SamVReader:
    """One reader on `port` at `baud` bits/s; with `lying_too` also a card that lay there before is read."""

    def __init__(self, port: str, baud: int, *, lying_too: bool = False) -> None:
        self._port = port
        self._talk = Conversation(port, baud)
        self._lying_too = lying_too
        self._ours = False  # this object found a card, and it may still lie there
        self._not_offered: set[Command] = set()
        self._finds_unanswered = 0
        self._health: Health = Unknown()
        self._media = CardMedia.UNKNOWN  # "no card found" does not prove that none lies there
        self._turn = asyncio.Lock()  # health and card take turns at the line

    async def health(self) -> ReaderHealth:
        """Ask for status. A fault is a health: silence is `UNKNOWN`, never "no card"."""
        async with self._turn:
            try:
                await self._talk.greet()
            except DeviceFault as fault:
                self._note(fault.reason)
            else:
                self._note(Reason.NONE)
            return ReaderHealth(self._health, self._media)

    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        """Wait for a card and read it; called again while that card still lies there, read it again."""
        try:
            if self._lying_too:
                self._lying_too = False
                async with self._turn:
                    card = await self._lying_card(fingerprints=fingerprints)
                if card is not None:
                    return card
            while True:
                async with self._turn:
                    if await self._card_is_ready():
                        return await self._read(fingerprints=fingerprints)
                await asyncio.sleep(POLL_S)
        except DeviceFault as fault:
            self._note(fault.reason)
            raise

    async def still_lies_there(self) -> bool | None:
        """Whether the card that was read last has not been taken since; None when the reader cannot tell."""
        async with self._turn:
            return await self._lies_there()

    async def sam_id(self) -> str | None:
        """The SAM's number; None where the reader does not tell. Raises `DeviceFault`."""
        async with self._turn:
            answer = await self._optional(SAM_ID)
        return sam_number(answer.data) if answer is not None and answer.sw3 == Sw3.OK else None

    async def card_management(self) -> CardManagement | None:
        """The chip's own numbers, of a card that was read; None where the reader does not tell."""
        async with self._turn:
            answer = await self._optional(MANAGEMENT)
        if answer is None or answer.sw3 != Sw3.OK:
            return None
        return CardManagement(iin=answer.data[:4], sn=answer.data[4:12])

    async def close(self) -> None:
        """Give the port back, after cancelling what is under way. The next call opens it again."""
        self._forget_card()
        await self._talk.close()

    # ---- cards -------------------------------------------------------------------------------------------

    async def _card_is_ready(self) -> bool:
        """Find and select a card. Raises `CardUnreadable` when one was found and would not be selected."""
        try:
            found = (await self._talk.ask(FIND)).sw3 == Sw3.FOUND
        except Unanswered:
            self._count_unanswered_find()
            found = False
        else:
            self._finds_unanswered = 0
            self._note(Reason.NONE)
        if not found:
            return self._ours and await self._lies_there() is True
        self._ours, self._media = True, CardMedia.PRESENT
        await self._about_card(SELECT)
        return True

    def _count_unanswered_find(self) -> None:
        self._finds_unanswered += 1
        if self._finds_unanswered >= _FIND_TRIES:
            self._finds_unanswered = 0
            raise DeviceFault(Reason.SILENT, f"{self._port} gives its status but does not search for cards")

    async def _lies_there(self) -> bool | None:
        answer = await self._optional(NEW_ADDRESS)
        if answer is None:
            self._ours, self._media = False, CardMedia.UNKNOWN
            return None
        self._ours = answer.sw3 in {Sw3.OK, Sw3.NO_CONTENT}
        self._media = CardMedia.PRESENT if self._ours else CardMedia.NOT_PRESENT
        return self._ours

    async def _lying_card(self, *, fingerprints: bool) -> IdCard | None:
        """Read the card that lies there, even if somebody else found it; None where none does."""
        if await self._card_is_ready():
            return await self._read(fingerprints=fingerprints)
        try:
            if await self._lies_there():
                return await self._read(fingerprints=fingerprints)
        except CardUnreadable:  # so it did not lie there: some readers answer the question without a card
            self._forget_card()
        return None

    async def _read(self, *, fingerprints: bool) -> IdCard:
        strangers = self._talk.strangers
        command, record = await self._record(fingerprints=fingerprints)
        try:
            card = document(record.text, record.photo)
        except NoCardText:
            raise CardUnreadable(CardFailure.NO_RECORD, "no name or no number") from None
        if command == READ_ALL and record.fingerprints is not None:
            card = replace(card, fingerprints=fingerprints_in(record.fingerprints))
        if isinstance(card, ResidentCard | ResidencePermit):
            card = replace(card, additional_address=await self._additional_address())
        if self._talk.strangers != strangers:  # then whose record is this? Reading it again settles that
            self._talk.doubt()
            raise CardUnreadable(CardFailure.NO_ANSWER, "somebody else's answer came in between")
        return card

    async def _record(self, *, fingerprints: bool) -> tuple[Command, Record]:
        """Read with fingerprints where they are wanted and the reader has that command, else without."""
        command, answer = READ, None
        if fingerprints and (full := await self._optional(READ_ALL)) is not None and full.sw3 == Sw3.OK:
            command, answer = READ_ALL, full
        if answer is None:
            answer = await self._about_card(READ)
        record = split_record(command, answer.data)
        if record is None:
            raise CardUnreadable(CardFailure.NO_RECORD, "lengths do not add up")
        return command, record

    async def _additional_address(self) -> str | None:
        answer = await self._optional(NEW_ADDRESS)
        match None if answer is None else answer.sw3:
            case Sw3.OK if answer is not None:
                return additional_address(answer.data)
            case Sw3.NO_CONTENT:
                return ""
            case _:
                return None

    # ---- questions ---------------------------------------------------------------------------------------

    async def _about_card(self, command: Command) -> Response:
        """Ask what every reader answers; once more, while the card still lies there, if the line spoils it.

        Raises `CardUnreadable`, and `DeviceFault` for a line that spoils the second answer, too.
        """
        try:
            answer = await self._talk.ask(command)
        except Unanswered as unanswered:
            if unanswered.reason is Reason.SILENT:
                raise CardUnreadable(CardFailure.NO_ANSWER) from None
            answer = await self._once_more(command)
        if answer.sw3 != Sw3.OK:
            detail = f"SW {answer.sw1:02X}{answer.sw2:02X} SW3 {answer.sw3:02X}"
            raise CardUnreadable(_FAILURES[Sw3(answer.sw3)], detail)
        return answer

    async def _once_more(self, command: Command) -> Response:
        try:
            return await self._talk.ask(command)
        except Unanswered:
            raise DeviceFault(Reason.GARBLED, f"{self._port}: what it says about a card is spoiled") from None

    async def _optional(self, command: Command) -> Response | None:
        """Ask what not every reader answers; None where this one does not."""
        if command in self._not_offered:
            return None
        try:
            answer = await self._talk.ask(command)
        except Unanswered:
            return None
        if answer.sw3 in NOT_OFFERED:
            self._not_offered.add(command)
            return None
        return answer

    def _forget_card(self) -> None:
        self._ours, self._media = False, CardMedia.UNKNOWN

    def _note(self, reason: Reason) -> None:
        self._health = Ready() if reason is Reason.NONE else health_after(reason)
        if reason is Reason.PORT_LOST:
            self._forget_card()
