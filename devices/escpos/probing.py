"""Finding a receipt printer on a serial port whose rate nobody remembers, without a dot on its paper.

Until something has answered like a printer, only `DLE EOT 1` is sent: three bytes, executed in real time,
never printed, and at every wrong rate heard as nothing that prints or feeds (the tests hear it at all of
them; other questions would not do). Whoever has answered is asked for the other statuses, and, if it is well,
for its name with `GS I`; its line buffer is then emptied with `ESC @`.

Source: ESC/POS command reference: `DLE EOT`, `GS I`, `ESC @`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from devices.escpos.status import Ask, health_of
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, PrinterHealth, Reason

RATES: Final = (115_200, 9_600, 19_200, 38_400, 57_600)
"""Bits/s, as printers leave their works, the usual ones first."""

ANSWER_S: Final = 0.4
"""`DLE EOT` is answered at once; a USB adapter's latency and the terminal's own lateness are in it."""

_MAKER, _MODEL, _FIRMWARE = 66, 67, 65
_INIT: Final = b"\x1b@"
_KIND, _REAL_TIME = 0b1001_0011, 0b0001_0010
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class FoundPrinter:
    """A printer that answered."""

    baud: int
    """Bits/s."""
    health: PrinterHealth
    maker: str | None
    """As `GS I` says it; None where the printer does not tell, or is stopped."""
    model: str | None
    firmware: str | None


async def find_printer(port: str) -> FoundPrinter | None:
    """Try the five rates; None when no printer answers at any (about 3 s).

    Raises `DeviceFault` when the port cannot be used: `PORT_MISSING`, `PORT_DENIED`, `PORT_LOST`.
    """
    for baud in RATES:
        line = await SerialLine.open(port, baud)
        try:
            found = await _greeted(line, baud)
        except DeviceFault as fault:
            if fault.reason is Reason.PORT_LOST:
                raise
            found = None  # it chatters, or takes no bytes: no printer at this rate
        finally:
            await line.close()
        if found is not None:
            return found
    return None


async def _greeted(line: SerialLine, baud: int) -> FoundPrinter | None:
    await line.settle()
    answers = []
    for ask in Ask:
        answer = await _after(line, bytes((0x10, 0x04, ask)), 1)
        if len(answer) != 1 or answer[0] & _KIND != _REAL_TIME:
            return None
        answers.append(answer[0])
    health = health_of(*answers)
    names = [await _name(line, which) if health.usable else None for which in (_MAKER, _MODEL, _FIRMWARE)]
    if health.usable:
        # Closing drops what is still unsent; the answer to a question behind it proves that it went.
        await _after(line, _INIT + bytes((0x10, 0x04, Ask.PRINTER)), 1)
    return FoundPrinter(baud, health, *names)


async def _name(line: SerialLine, which: int) -> str | None:
    """`GS I`: 5F, text, 00."""
    said = await _after(line, bytes((0x1D, 0x49, which)), _LONGEST_NAME + 2, until=b"\0")
    if not (said.startswith(b"_") and said.endswith(b"\0")):
        return None
    return said[1:-1].decode("ascii", "replace").strip() or None


async def _after(line: SerialLine, question: bytes, most: int, until: bytes | None = None) -> bytes:
    """What comes after `question`: at least all that comes at once, at most until `until` or `most` bytes."""
    await line.write(question)
    clock = asyncio.get_running_loop().time
    give_up_at, said = clock() + ANSWER_S, b""
    while (left_s := give_up_at - clock()) > 0 and len(said) < most and not (until and said.endswith(until)):
        data = await line.read_some(left_s)
        if not data:
            break
        said += data
    return said
