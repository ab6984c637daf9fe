"""Finding a SAM_V reader on a serial port whose rate nobody remembers.

Source: the SAM_V serial protocol, `60 xx`: a reader keeps one of five rates until told another.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.sam_v.conversation import RATES, Conversation, Unanswered
from devices.sam_v.frames import SAM_ID, Sw3, sam_number
from devices.statuses import DeviceFault, Reason


@dataclass(frozen=True)
class FoundReader:
    """A reader that answered."""

    baud: int
    """Bits/s."""
    sam_id: str | None
    """The SAM's number; None where the reader does not tell."""
    reason: Reason
    """`NONE`, or `SAM_REFUSED` for a reader that answers that its SAM cannot be used."""


async def probe(port: str) -> FoundReader | None:
    """Try the five rates, the usual one first; None when no reader answers at any (about 6 s).

    Reads no card and changes nothing. Raises `DeviceFault` when the port cannot be used: `PORT_MISSING`,
    `PORT_DENIED`, `PORT_LOST`.
    """
    for baud in RATES:
        talk = Conversation(port, baud)
        try:
            found = await _greeted(talk, baud)
        finally:
            await talk.close()
        if found is not None:
            return found
    return None


async def _greeted(talk: Conversation, baud: int) -> FoundReader | None:
    try:
        answer = await talk.ask(SAM_ID)
    except Unanswered:
        return FoundReader(baud, None, Reason.NONE)
    except DeviceFault as fault:
        if fault.reason is Reason.SAM_REFUSED:
            return FoundReader(baud, None, Reason.SAM_REFUSED)
        if fault.reason in {Reason.SILENT, Reason.GARBLED, Reason.NOT_UNDERSTOOD}:
            return None
        raise
    return FoundReader(baud, sam_number(answer.data) if answer.sw3 == Sw3.OK else None, Reason.NONE)
