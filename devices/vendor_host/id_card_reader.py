"""An `IdCardReader` behind its vendor's SDT library.

The SDT functions return what the SAM says, so this driver decides as the SAM_V driver does: which card is
this, does it still lie there, is it the card's fault or the reader's. A card that this object did not find
itself is never read.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from typing import Final

from devices.contracts.id_cards import CardFailure, CardUnreadable, ForeignResidentCard, IdCard
from devices.sam_v.card_text import NoCardText, additional_address, document
from devices.sam_v.fingerprints import fingerprints_in
from devices.sam_v.frames import ADDRESS_BYTES, FINGERPRINT_BYTES, READER_TROUBLE, Sw3
from devices.statuses import (
    CardMedia,
    DeviceFault,
    ReaderHealth,
    Ready,
    Reason,
    health_after,
)
from devices.vendor_host import operations as ops
from devices.vendor_host.client import VendorHost
from devices.vendor_host.operations import CARD_PHOTO_BYTES, CARD_TEXT_BYTES, Operation
from devices.vendor_host.wire import Values

ANSWER_S: Final[Mapping[Operation, float]] = {
    ops.SDT_OPEN: 2.0,
    ops.SDT_CLOSE: 2.0,
    ops.SDT_STATUS: 2.0,
    ops.SDT_SAM_ID: 2.0,
    ops.SDT_FIND: 2.0,
    ops.SDT_SELECT: 2.0,
    ops.SDT_READ: 6.0,
    ops.SDT_READ_FINGERPRINTS: 8.0,
    ops.SDT_NEW_ADDRESS: 4.0,
}
"""How long each call may take, in seconds. A vendor's library has time-outs of its own, well below these."""

POLL_S = 0.1
"""Pause between two searches for a card; the library's own search takes about as long."""

PORT_TROUBLE: Final[Mapping[int, Reason]] = {
    0x01: Reason.PORT_MISSING,
    0x02: Reason.SILENT,
    0x03: Reason.GARBLED,
}
"""The numbers that the library itself returns: no such port or not open, no answer, damaged answer."""

_FAILURES: Final[Mapping[int, CardFailure]] = {
    Sw3.CARD_REJECTED_SAM: CardFailure.REJECTED,
    Sw3.SAM_REJECTED_CARD: CardFailure.REJECTED,
    Sw3.VERIFICATION_ERROR: CardFailure.REJECTED,
    Sw3.RANDOM_FAILED: CardFailure.REJECTED,
    Sw3.UNRECOGNISED_CARD: CardFailure.UNKNOWN_KIND,
    Sw3.NO_CONTENT: CardFailure.NO_RECORD,
}
"""What a number says about the card; any other is a reading that failed."""


class SdtReader:
    """One reader on `port`: 1 to 16 are serial, 1001 to 1016 USB. Opens when first asked."""

    def __init__(self, host: VendorHost, port: int) -> None:
        self._host = host
        self._port = port
        self._open_in: int | None = None
        """The process in which the port is open."""
        self._was_open = False
        self._ours = False  # this object found a card, and it may still lie there
        self._media = CardMedia.UNKNOWN
        self._turn = asyncio.Lock()  # health and card take turns

    async def health(self) -> ReaderHealth:
        """See `IdCardReader.health`."""
        async with self._turn:
            try:
                await self._ask_reader(ops.SDT_STATUS)
            except DeviceFault as fault:
                return ReaderHealth(health_after(fault.reason), self._media)
            return ReaderHealth(Ready(), self._media)

    async def next_card(self, *, fingerprints: bool = False) -> IdCard:
        """See `IdCardReader.next_card`."""
        while True:
            async with self._turn:
                if await self._card_is_ready():
                    return await self._read(fingerprints=fingerprints)
            await asyncio.sleep(POLL_S)

    async def close(self) -> None:
        """See `IdCardReader.close`."""
        self._forget()
        await self._host.close()

    # ---- cards -------------------------------------------------------------------------------------------

    async def _card_is_ready(self) -> bool:
        found = await self._ask_reader(ops.SDT_FIND)
        if found.numbers != (Sw3.FOUND,):
            return self._ours and await self._still_lies_there()
        self._ours, self._media = True, CardMedia.PRESENT
        if await self._ask_card(ops.SDT_SELECT) is None:
            raise CardUnreadable(CardFailure.NO_ANSWER)
        if self._said != Sw3.OK:
            raise CardUnreadable(CardFailure.NOT_SELECTED, f"SW3 {self._said:02X}")
        return True

    async def _still_lies_there(self) -> bool:
        answer = await self._ask_card(ops.SDT_NEW_ADDRESS)
        self._ours = answer is not None and self._said in {Sw3.OK, Sw3.NO_CONTENT}
        if answer is None:
            self._media = CardMedia.UNKNOWN
        else:
            self._media = CardMedia.PRESENT if self._ours else CardMedia.NOT_PRESENT
        return self._ours

    async def _read(self, *, fingerprints: bool) -> IdCard:
        answer = await self._ask_card(ops.SDT_READ_FINGERPRINTS if fingerprints else ops.SDT_READ)
        if answer is not None and self._said == ops.NO_SUCH_FUNCTION:
            fingerprints = False
            answer = await self._ask_card(ops.SDT_READ)
        if answer is None:
            raise CardUnreadable(CardFailure.NO_ANSWER)
        if self._said != Sw3.OK:
            raise CardUnreadable(_FAILURES.get(self._said, CardFailure.READ_FAILED), f"SW3 {self._said:02X}")
        text, photo, *rest = answer.blobs
        if len(text) != CARD_TEXT_BYTES or len(photo) != CARD_PHOTO_BYTES:
            raise await self._host.discredit(f"a record of {len(text)} bytes of text, {len(photo)} of photo")
        if any(len(block) % FINGERPRINT_BYTES for block in rest):
            raise await self._host.discredit(f"fingerprints of {len(rest[0])} bytes")
        try:
            card = document(text, photo)
        except NoCardText:
            raise CardUnreadable(CardFailure.NO_RECORD) from None
        if fingerprints:
            card = dataclasses.replace(card, fingerprints=fingerprints_in(rest[0]))
        if isinstance(card, ForeignResidentCard):
            return card
        return dataclasses.replace(card, additional_address=await self._new_address())

    async def _new_address(self) -> str | None:
        answer = await self._ask_card(ops.SDT_NEW_ADDRESS)
        if answer is None or self._said not in {Sw3.OK, Sw3.NO_CONTENT}:
            return None
        (areas,) = answer.blobs
        if len(areas) % ADDRESS_BYTES:
            raise await self._host.discredit(f"additional addresses of {len(areas)} bytes")
        try:
            return additional_address(areas) if self._said == Sw3.OK else ""
        except NoCardText:
            return None

    # ---- the library -------------------------------------------------------------------------------------

    async def _ask_card(self, operation: Operation) -> Values | None:
        """Ask about a card; None when there was no answer although the reader gives its status."""
        answer = await self._call(operation)
        if self._said in PORT_TROUBLE:
            await self._ask_reader(ops.SDT_STATUS)
            return None
        if self._said in READER_TROUBLE and self._said != Sw3.UNKNOWN_ERROR:
            raise DeviceFault(Reason.SAM_REFUSED, f"{operation.name}: SW3 {self._said:02X}")
        return answer

    async def _ask_reader(self, operation: Operation) -> Values:
        """Ask what concerns the reader itself. Raises `DeviceFault` where it is not well."""
        answer = await self._call(operation)
        if self._said in PORT_TROUBLE:
            raise self._port_trouble(operation)
        if self._said in READER_TROUBLE:
            raise DeviceFault(Reason.SAM_REFUSED, f"{operation.name}: SW3 {self._said:02X}")
        return answer

    async def _call(self, operation: Operation) -> Values:
        if self._open_in is None or self._open_in != self._host.process:
            self._forget()
            await self._send(ops.SDT_OPEN)
            if self._said != Sw3.OK:
                raise self._port_trouble(ops.SDT_OPEN)
            self._open_in, self._was_open = self._host.process, True
        return await self._send(operation)

    async def _send(self, operation: Operation) -> Values:
        # To the end: a search that is broken off would cost the next citizen a restart, and lasts 0.1 s.
        answer = await self._host.call(
            operation, Values((self._port,)), answer_s=ANSWER_S[operation], to_the_end=True
        )
        self._said = answer.numbers[0]
        return answer

    def _port_trouble(self, operation: Operation) -> DeviceFault:
        """The fault for what the library returned; it opens its port anew before anything else."""
        self._open_in = None
        reason = PORT_TROUBLE.get(self._said, Reason.PORT_MISSING)
        if reason is Reason.PORT_MISSING and self._was_open:
            reason = Reason.PORT_LOST
        return DeviceFault(
            reason, f"{self._host.library}: {operation.name}({self._port}) returned {self._said:#04x}"
        )

    def _forget(self) -> None:
        self._open_in, self._ours, self._media = None, False, CardMedia.UNKNOWN
