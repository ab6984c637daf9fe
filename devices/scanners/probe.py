"""Which scanner is on a port, and at which baud rate: asked, not guessed."""

from __future__ import annotations

import contextlib
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


async def find_scanner(port: str, bauds: Sequence[int] = BAUDS) -> ScannerFound | None:
    """Ask every family at every rate; None when nobody answers. Takes up to about 8 s.

    Only queries are sent, but a printer would print them: ask the other kinds of devices first. Raises
    `DeviceFault` when the port cannot be opened or goes away.
    """
    for baud in bauds:
        line = await SerialLine.open(port, baud)
        try:
            for family in FAMILIES.values():
                with contextlib.suppress(_NotOurs):
                    if await _asked(line, family.name, baud):
                        return ScannerFound(family.name, baud)
        finally:
            await line.close()
    return None


class _NotOurs(Exception):
    """Whoever is on this line does not fall silent, or takes no bytes."""


async def _asked(line: SerialLine, name: str, baud: int) -> bool:
    try:
        return await answers(line, FAMILIES[name], baud)
    except DeviceFault as fault:
        if fault.reason is Reason.PORT_LOST:
            raise
        raise _NotOurs from None
