"""Which scanner is on a port, and at which baud rate: asked, not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from devices.scanners.families import FAMILIES
from devices.scanners.scanner import answers
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault, Reason

BAUDS: Final = (9_600, 115_200, 57_600, 38_400, 19_200)
"""Bits/s, the likeliest first: most scanners leave the works with 9600, some with 115200."""


@dataclass(frozen=True)
class ScannerFound:
    """What the `[scanner]` section of the settings says about this device."""

    driver: str
    baud: int


async def find_scanner(
    port: str, families: Sequence[str] = tuple(FAMILIES), baud: int | None = None
) -> ScannerFound | None:
    """Ask `families` at `baud`, or at every rate; None when nobody answers. Takes 0.6 s a question.

    Only queries are sent, but a printer would print them: ask the other kinds of devices first. A Honeywell's
    query alone has a line end. Raises `DeviceFault` when the port cannot be opened or goes away.
    """
    for name in families:
        for rate in BAUDS if baud is None else (baud,):
            line = await SerialLine.open(port, rate)
            try:
                if await answers(line, FAMILIES[name], rate):
                    return ScannerFound(name, rate)
            except DeviceFault as fault:
                if fault.reason is Reason.PORT_LOST:
                    raise  # else somebody is there who is no scanner: never silent, or deaf
            finally:
                await line.close()
    return None
