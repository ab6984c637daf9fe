"""A reader for social-security cards over PC/SC: a `SocialSecurityReader`.

Which card is this? The service counts what is put in. A card that is in the reader when it is first looked at
is the last citizen's until it has been taken out and put in again; a card that has been read, or could not
be read, is not read a second time.

The service's calls block, and with a driver that hangs they block for ever: they run on a private thread, and
one that does not come back in time is left behind with its thread.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from devices.contracts.social_security_card import SocialSecurityCard
from devices.smart_card.private_thread import PrivateThread
from devices.smart_card.social_security import read_social_security_card
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

if TYPE_CHECKING:
    from devices.smart_card.pcsc import PcscCard, PcscService, Slot

ANSWER_S = 3.0
"""How long any call may take, in seconds: powering a card takes up to 1 s, a record some 50 ms."""

LOOK_MS = 500
"""The service says at once when a card comes; this often it is asked whether it still runs."""

T = TypeVar("T")


class PcscReader:
    """The reader whose name has `name` in it ("" for the only one)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: PrivateThread | None = None
        self._service: PcscService | None = None
        self._slot: Slot | None = None
        self._done_with: int | None = None
        self._was_there = False
        self._asking = False
        self._health: Health = Unknown()
        self._turn = asyncio.Lock()

    async def health(self) -> ReaderHealth:
        """Ask the service; while a card is waited for, say what that waiting knows."""
        if not self._asking:
            async with self._turn:
                with contextlib.suppress(DeviceFault):
                    await self._look(0)
        return ReaderHealth(self._health, self._media())

    async def next_card(self) -> SocialSecurityCard:
        """Wait for a card and read it; see `SocialSecurityReader`."""
        async with self._turn:
            self._asking = True
            try:
                slot = await self._look(0)
                while not slot.present or slot.turn == self._done_with:
                    slot = await self._look(LOOK_MS)
                self._done_with = slot.turn
                return await self._read(slot)
            finally:
                self._asking = False

    async def close(self) -> None:
        """Let go of the reader, after cancelling what is under way. The next call begins anew."""
        self._forget()

    # ---- on the loop -------------------------------------------------------------------------------------

    async def _look(self, wait_ms: int) -> Slot:
        known = self._slot

        def job() -> Slot:
            service = self._service or _service()
            self._service = service
            if known is None:
                return service.look(service.reader(self._name), None, 0)
            return service.look(known.reader, known, wait_ms)

        slot = await self.call(job, ANSWER_S + wait_ms / 1000)
        if known is None and slot.present:
            self._done_with = slot.turn  # somebody else's
        self._slot, self._was_there = slot, True
        self._note(Reason.NONE)
        return slot

    async def _read(self, slot: Slot) -> SocialSecurityCard:
        service = self._service
        if service is None:
            raise DeviceFault(Reason.SERVICE_MISSING, self._name)
        card = await self.call(lambda: service.connect(slot.reader), ANSWER_S)
        try:
            return await read_social_security_card(_Channel(self, card))
        finally:
            if self._thread is not None:  # else the service is gone, and the card with it
                with contextlib.suppress(DeviceFault):
                    await self.call(card.disconnect, ANSWER_S)

    async def call(self, job: Callable[[], T], within_s: float) -> T:
        """Run `job` on the private thread; after a fault everything begins anew. Raises `DeviceFault`."""
        self._thread = self._thread or PrivateThread("smart cards")
        try:
            return await self._thread.call(job, within_s, self._name or "the smart-card reader")
        except DeviceFault as fault:
            reason = fault.reason
            if reason is Reason.PORT_MISSING and self._was_there:
                reason = Reason.PORT_LOST
            self._forget()
            self._note(reason)
            raise DeviceFault(reason, fault.detail) from None

    def _forget(self) -> None:
        """Nothing that was known holds any more; a call that hangs lets go of the card once it comes back."""
        if self._thread is not None:
            self._thread.end(None if self._service is None else self._service.close)
        self._thread = self._service = self._slot = self._done_with = None

    def _media(self) -> CardMedia:
        if self._slot is None:
            return CardMedia.UNKNOWN
        return CardMedia.PRESENT if self._slot.present else CardMedia.NOT_PRESENT

    def _note(self, reason: Reason) -> None:
        self._health = Ready() if reason is Reason.NONE else health_after(reason)


def _service() -> PcscService:
    try:
        from devices.smart_card.pcsc import PcscService  # noqa: PLC0415 - an optional part of the product
    except ImportError:
        missing = "smart cards need the Python package pyscard: run `make extras`"
        raise DeviceFault(Reason.PART_MISSING, missing) from None
    return PcscService()


class _Channel:
    """A powered card, seen from the loop."""

    def __init__(self, reader: PcscReader, card: PcscCard) -> None:
        self._reader = reader
        self._card = card

    async def transmit(self, command: bytes) -> bytes:
        """One command and its answer."""
        return await self._reader.call(lambda: self._card.transmit(command), ANSWER_S)
