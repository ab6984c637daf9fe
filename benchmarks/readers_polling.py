"""A process that does nothing but what a terminal at rest does with its devices; measured from outside.

`python -m benchmarks.readers_polling WAY READER PRINTER SCANNER`, WAY one of `WAYS`. Says "ready" when it has
begun.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import serial

from config.printer_profile import profile_named
from devices.escpos.printer import EscPosPrinter
from devices.probing import Pauses, Probing, Question
from devices.sam_v.frames import FIND
from devices.sam_v.reader import POLL_S, SamVReader
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from kiosk.log import configure

BAUD = 115_200

WAYS = ("probed", "searching", "plain loop")
"""All three devices probed as at the welcome page; a card looked for; and that by a bare loop."""


async def probed(reader: str, printer: str, scanner: str) -> None:
    """Every device asked how it is, at the intervals of a session."""
    devices: dict[str, Question] = {
        "id_reader": SamVReader(reader, BAUD).health,
        "printer": EscPosPrinter(printer, BAUD, profile_named("generic-80")).health,
        "scanner": SerialScanner(scanner, BAUD, FAMILIES["newland"], "any", CodePatterns()).health,
    }
    probing = Probing(devices, jitter=lambda: 1.0, told=lambda: None, pauses=Pauses())
    await probing.ask_all()
    print("ready", flush=True)  # noqa: T201 - to the benchmark
    await probing.run()


async def searching(reader: str) -> None:
    """Looking for a card that never comes."""
    driver = SamVReader(reader, BAUD)
    await driver.health()
    print("ready", flush=True)  # noqa: T201 - to the benchmark
    await driver.next_card()


def plain_loop(reader: str) -> None:
    """The same search as it is usually written: blocking, a pause, again."""
    with serial.Serial(reader, BAUD, timeout=0.3) as line:
        print("ready", flush=True)  # noqa: T201 - to the benchmark
        while True:
            line.write(FIND.frame)
            head = line.read(7)
            line.read(int.from_bytes(head[5:7], "big"))
            time.sleep(POLL_S)


def main() -> None:
    """Do it until killed."""
    way, reader, printer, scanner = sys.argv[1:]
    configure("benchmark", Path(os.devnull))
    match way:
        case "probed":
            asyncio.run(probed(reader, printer, scanner))
        case "searching":
            asyncio.run(searching(reader))
        case _:
            plain_loop(reader)


if __name__ == "__main__":
    main()
