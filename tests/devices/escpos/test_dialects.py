"""The driver against printers that can less, or other things: each by its profile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.printer_profile import PrinterProfile, profile_named
from devices.contracts.receipt_printer import PaperJob, PrintOutcome, PrintResult
from devices.escpos.pace import Pace
from devices.escpos.printer import EscPosPrinter
from devices.simulators.escpos_printer import Dialect, EscPosSimulator
from devices.statuses import PrinterMedia, Reason
from printing.document import Cut, Document, Line, Qr
from printing.escpos import receipt_job
from printing.fonts import Glyphs

PRINTED = PrintResult(PrintOutcome.PRINTED)
GENERIC, CUSTOM, EPSON = map(profile_named, ("generic-80", "custom-vkp80iii", "epson-tm-t82iii"))
PICTURES: Document = (*(Line("䶮" * 24) for _ in range(12)), Cut())
"""Rows that no printer has letters for: some 21 KB of dots."""


@contextmanager
def plugged_in(
    port: Path, dialect: Dialect, *, buffer_bytes: int | None = None, says_wait: bool = False
) -> Iterator[EscPosSimulator]:
    paper = EscPosSimulator(
        port, dots_per_s=2_400, dialect=dialect, buffer_bytes=buffer_bytes, says_wait=says_wait
    )
    yield paper
    paper.close()


def slip(profile: PrinterProfile, name: str = "甲") -> PaperJob:
    return receipt_job((*(Line(f"{name}的凭条") for _ in range(12)), Cut()), profile, Glyphs())


async def test_a_printer_with_the_plainest_status_is_asked_before_and_after(port: Path) -> None:
    with plugged_in(port, "generic") as paper:
        printer = EscPosPrinter(str(port), 115_200, GENERIC)
        assert await printer.print(slip(GENERIC)) == PRINTED
        await printer.close()
        assert [piece.text.count("甲") for piece in paper.slips] == [12]


async def test_where_no_mark_tells_the_end_is_waited_for_by_the_papers_speed(port: Path) -> None:
    with plugged_in(port, "generic") as paper:
        printer = EscPosPrinter(str(port), 115_200, GENERIC)
        assert await printer.print(slip(GENERIC)) == PRINTED
        assert len(paper.slips) == 1  # and not on its way
        await printer.close()


async def test_a_plain_printer_that_stops_half_way_has_not_printed_and_half_a_slip_hangs(port: Path) -> None:
    with plugged_in(port, "generic") as paper:
        printer = EscPosPrinter(str(port), 115_200, GENERIC)
        paper.after_lines(5, "paper_out")
        assert await printer.print(slip(GENERIC)) == PrintResult(PrintOutcome.NOT_PRINTED, Reason.PAPER_OUT)
        assert (await printer.health()).media is PrinterMedia.PRESENT
        paper.paper_out = False
        assert await printer.print(slip(GENERIC, "乙")) == PRINTED
        await printer.close()
        assert paper.slips[-1].text.count("乙") == 12
        assert "甲" not in paper.slips[-1].text


async def test_a_plain_printer_torn_inside_a_picture_prints_the_next_slip_whole(port: Path) -> None:
    with plugged_in(port, "generic") as paper:
        with port.open("r+b", buffering=0) as dead_session:
            dead_session.write(b"\x1b@\x1dv0\x00\x48\x00\x18\x00" + b"\xaa" * 100)
        printer = EscPosPrinter(str(port), 115_200, GENERIC)
        await printer.flush()
        assert await printer.print(slip(GENERIC, "乙")) == PRINTED
        await printer.close()
        assert paper.slips[-1].text.count("乙") == 12


async def test_without_filling_up_the_torn_picture_the_next_slip_loses_its_beginning(port: Path) -> None:
    """The weakened variant: `ESC @` alone is taken for dots of the picture."""
    with plugged_in(port, "generic") as paper, port.open("r+b", buffering=0) as cable:
        cable.write(b"\x1b@\x1dv0\x00\x48\x00\x18\x00" + b"\xaa" * 100)
        cable.write(b"".join(data for data, _ in ((b"\x1b@", 0), *slip(GENERIC, "乙") * 8)))
        assert paper.wait_for_slips(1, within_s=10)[0].text.count("乙") < 12


async def test_a_presenter_says_when_the_slip_was_taken(port: Path) -> None:
    with plugged_in(port, "custom") as paper:
        printer = EscPosPrinter(str(port), 115_200, CUSTOM)
        assert (await printer.health()).media is PrinterMedia.NOT_PRESENT
        assert await printer.print(slip(CUSTOM)) == PRINTED
        assert (await printer.health()).media is PrinterMedia.PRESENT
        assert paper.take().text.count("甲") == 12
        assert (await printer.health()).media is PrinterMedia.NOT_PRESENT
        await printer.close()


async def test_a_slip_that_nobody_takes_goes_back_into_the_printer(port: Path) -> None:
    assert CUSTOM.presenter is not None
    hasty = CUSTOM.model_copy(update={"presenter": CUSTOM.presenter.model_copy(update={"hold_s": 1})})
    with plugged_in(port, "custom") as paper:
        printer = EscPosPrinter(str(port), 115_200, hasty)
        assert await printer.print(slip(hasty)) == PRINTED
        assert await asyncio.to_thread(_retracted, paper)
        assert (await printer.health()).media is PrinterMedia.NOT_PRESENT
        await printer.close()


def _retracted(paper: EscPosSimulator) -> bool:
    with paper.changed:
        return paper.changed.wait_for(lambda: bool(paper.retracted), 10)


async def test_a_printer_that_reports_by_itself_is_heard(port: Path) -> None:
    with plugged_in(port, "epson") as paper:
        printer = EscPosPrinter(str(port), 115_200, EPSON)
        paper.after_lines(5, "cover_open")
        result = await printer.print(slip(EPSON))
        assert result == PrintResult(PrintOutcome.NOT_PRINTED, Reason.COVER_OPEN)
        await printer.close()


async def test_a_small_buffer_loses_nothing_of_a_long_slip(port: Path) -> None:
    with plugged_in(port, "generic", buffer_bytes=4096) as paper:
        printer = EscPosPrinter(str(port), 115_200, GENERIC)
        assert await printer.print(receipt_job(PICTURES, GENERIC, Glyphs())) == PRINTED
        await printer.close()
        assert paper.lost_bytes == 0


async def test_a_driver_without_pace_overruns_the_buffer(port: Path) -> None:
    """The weakened variant: what happens without knowing how fast the paper is."""
    with plugged_in(port, "generic", buffer_bytes=4096) as paper, port.open("r+b", buffering=0) as cable:
        await asyncio.to_thread(
            cable.write, b"".join(data for data, _ in receipt_job(PICTURES, GENERIC, Glyphs()))
        )
        with paper.changed:
            assert paper.changed.wait_for(lambda: paper.lost_bytes > 0, 10)


async def test_a_printer_that_says_wait_is_obeyed(port: Path) -> None:
    heedless = GENERIC.model_copy(update={"buffer_bytes": 100_000})  # so that only XOFF holds it back
    with plugged_in(port, "generic", buffer_bytes=16_384, says_wait=True) as paper:
        printer = EscPosPrinter(str(port), 115_200, heedless, "xon_xoff")
        assert await printer.print(receipt_job(PICTURES, heedless, Glyphs())) == PRINTED
        await printer.close()
        assert paper.lost_bytes == 0


def test_no_portion_of_a_slip_is_larger_than_a_printers_buffer() -> None:
    for profile in (GENERIC, CUSTOM, EPSON):
        job = receipt_job((*PICTURES, Qr("A" * 700)), profile, Glyphs())
        assert max(len(data) for data, _dots in job) <= profile.buffer_bytes // 2


@pytest.mark.parametrize(
    ("now", "size", "moment"), [(0.0, 50, 0.0), (0.0, 60, 1.1), (0.5, 60, 1.1), (3.0, 60, 3.0)]
)
def test_the_pace_gives_room_when_a_portion_is_on_paper(now: float, size: int, moment: float) -> None:
    pace = Pace(baud=1000, dots_per_s=10, buffer_bytes=100)
    pace.sent(10, 10, now=0.0)  # on the wire for 0.1 s, on paper after another second
    pace.sent(40, 10, now=0.0)  # on paper one second after the first
    assert pace.room_at(size, now) == pytest.approx(moment)
    assert pace.done_at == pytest.approx(2.1)


def test_what_is_larger_than_the_buffer_waits_until_it_is_empty() -> None:
    pace = Pace(baud=1000, dots_per_s=10, buffer_bytes=100)
    assert pace.room_at(1000, 0.0) == 0.0
    pace.sent(10, 10, now=0.0)
    assert pace.room_at(1000, 0.0) == pytest.approx(1.1)
