"""Two citizens, one printer, one fault at one byte: what happened, and whether anybody was deceived.

A prints; at some byte of all that crosses the wire something breaks. While it is broken, the next session
tries to empty the printer. Then a clerk mends it, the watch empties it, and B prints.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.printer_profile import PrinterProfile
from devices.contracts.receipt_printer import PaperJob, PrintOutcome, PrintResult, ReceiptPrinter
from devices.escpos.conversation import Way
from devices.escpos.printer import DOTS_PER_MM, EscPosPrinter
from devices.simulators.escpos_picture import Printed
from devices.simulators.escpos_printer import Dialect
from devices.statuses import DeviceFault
from tests.devices.escpos.paper_in_process import Fault, Killed, PaperInProcess, Piece

DIALECTS: dict[str, Dialect] = {"asb": "epson", "dle_eot": "generic", "custom": "custom"}
FLUSHES = 4
"""So often the watch tries, a while apart."""

Driver = Callable[[PrinterProfile, Way], ReceiptPrinter]


def as_shipped(profile: PrinterProfile, way: Way) -> ReceiptPrinter:
    """The product's own driver."""
    return EscPosPrinter("cable", 115_200, profile, way=way)


@dataclass(frozen=True)
class Case:
    """One slip on one kind of printer, and the next citizen's."""

    profile: PrinterProfile
    first: PaperJob
    second: PaperJob
    driver: Driver = as_shipped

    def paper(self) -> PaperInProcess:
        """A printer as the profile says."""
        return PaperInProcess(
            DIALECTS[self.profile.status],
            dots_per_s=self.profile.speed_mm_s * DOTS_PER_MM,
            width_dots=self.profile.width_dots,
        )


@dataclass(frozen=True)
class Whole:
    """What the two slips look like when nothing is wrong, and how many bytes the first takes on the wire."""

    first: tuple[Printed, ...]
    second: tuple[Printed, ...]
    bytes: int


async def undisturbed(case: Case) -> Whole:
    """Print both slips on a printer without faults."""
    paper = case.paper()
    driver = as_shipped(case.profile, paper.way)
    assert (await driver.print(case.first)).outcome is PrintOutcome.PRINTED
    on_the_wire = paper.received
    paper.turn = "B"
    assert (await driver.print(case.second)).outcome is PrintOutcome.PRINTED
    first, second = paper.pieces
    return Whole(first.printed, second.printed, on_the_wire)


async def struck(case: Case, whole: Whole, byte: int, fault: Fault) -> list[str]:
    """Play the scene with `fault` beginning at `byte`; what went wrong, in words (empty: nothing)."""
    paper = case.paper()
    paper.turn, paper.strike = "A", (byte, fault)
    told = await _printed(case.driver(case.profile, paper.way), case.first)
    paper.let_pass(1.0)
    when_told = sum(piece.printed == whole.first for piece in paper.pieces)
    paper.turn, paper.strike = "C", None
    emptied = await _flushed(case.driver(case.profile, paper.way))
    if emptied and paper.faults & {"paper_out", "cover_open", "paused", "silent", "unplugged"}:
        return ["called empty while it was broken"]
    paper.mend()
    watch = case.driver(case.profile, paper.way)
    for _ in range(FLUSHES):
        paper.let_pass(3.0)
        if await _flushed(watch):
            break
    paper.turn = "B"
    next_told = await _printed(case.driver(case.profile, paper.way), case.second)
    paper.let_pass(3.0)
    return list(_wrongs(whole, told, next_told, when_told, [*paper.pieces, paper.hanging]))


def _wrongs(
    whole: Whole,
    told: PrintResult | None,
    next_told: PrintResult | None,
    when_told: int,
    pieces: list[Piece],
) -> Iterable[str]:
    firsts = sum(piece.printed == whole.first for piece in pieces)
    seconds = [piece for piece in pieces if "B" in piece.owners]
    if told is not None and told.outcome is PrintOutcome.PRINTED and when_told != 1:
        yield "half a slip called printed"
    if told is not None and told.outcome is PrintOutcome.NOT_PRINTED and firsts:
        yield "a slip called not printed came out"
    if firsts > 1:
        yield "printed twice"
    if any("A" in piece.owners for piece in pieces if piece.turn == "B"):
        yield "another's slip"
    if next_told is None or next_told.outcome is not PrintOutcome.PRINTED:
        yield "the next citizen got no slip"
    elif [piece.printed for piece in seconds] != [whole.second]:
        yield "the next citizen's slip was not whole"


async def _printed(driver: ReceiptPrinter, job: PaperJob) -> PrintResult | None:
    """Print; None when the program was killed at it."""
    try:
        return await driver.print(job)
    except Killed:
        return None
    finally:
        await driver.close()


async def _flushed(driver: ReceiptPrinter) -> bool:
    try:
        await driver.flush()
    except DeviceFault:
        return False
    finally:
        await driver.close()
    return True


def tried(case: Case, strikes: Iterable[tuple[int, Fault]]) -> Counter[str]:
    """How often what went wrong; `tried` counts the strikes."""

    async def all_of_them() -> Counter[str]:
        whole = await undisturbed(case)
        found: Counter[str] = Counter()
        for byte, fault in strikes:
            found["tried"] += 1
            found.update(await struck(case, whole, min(byte, whole.bytes), fault))
        return found

    return asyncio.run(all_of_them())
