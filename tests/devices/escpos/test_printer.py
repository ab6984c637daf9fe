"""Whether the citizen holds the slip: the driver against a printer on a real pty."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from config.printer_profile import profile_named
from devices.contracts.receipt_printer import PaperJob, PrintOutcome, PrintResult
from devices.escpos.printer import EscPosPrinter
from devices.simulators.escpos_printer import EscPosSimulator, PrinterFault
from devices.simulators.pty_wire import PtyWire
from devices.statuses import DeviceFault, DeviceState, PaperState, Reason

CUT = b"\x1dVB\x20"
EPSON = profile_named("epson-tm-t82iii")
PRINTED = PrintResult(PrintOutcome.PRINTED)


def slip(name: str, lines: int = 12) -> PaperJob:
    """A job in Chinese with a name on each of its lines."""
    line = f"{name}的凭条\n".encode("gb18030")
    return ((b"\x1b@\x1c&", 0), *(((line, 34),) * lines), (CUT, 128))


def in_one(job: PaperJob) -> bytes:
    return b"".join(data for data, _dots in job)


FIRST, SECOND = slip("甲"), slip("乙")


async def test_a_slip_is_printed_when_the_printer_says_so_after_the_last_byte(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    assert await printer.print(FIRST) == PRINTED
    assert [piece.text for piece in paper.slips] == ["\n".join(["甲的凭条"] * 12)]


async def test_a_job_is_not_called_printed_while_the_paper_still_moves(port: Path) -> None:
    slow = EscPosSimulator(port, dots_per_s=2_000)
    printer = EscPosPrinter(str(port), 115_200, EPSON)
    assert await printer.print(FIRST) == PRINTED
    assert len(slow.slips) == 1  # a driver that trusts DLE EOT, which overtakes the data, answers before
    await printer.close()
    slow.close()


async def test_health_names_the_paper_and_the_cause(printer: EscPosPrinter, paper: EscPosSimulator) -> None:
    assert (await printer.health()).paper is PaperState.FULL
    paper.near_end = True
    low = await printer.health()
    assert low.usable
    assert low.paper is PaperState.LOW
    paper.cover_open = True
    assert (await printer.health()).reason is Reason.COVER_OPEN
    paper.cover_open = False
    paper.paper_out = True
    out = await printer.health()
    assert (out.state, out.reason, out.paper) == (DeviceState.OFFLINE, Reason.PAPER_OUT, PaperState.OUT)
    paper.paper_out = False
    assert (await printer.health()).usable


async def test_a_silent_printer_is_unknown_and_never_out_of_paper(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    paper.silent = True
    health = await printer.health()
    assert (health.state, health.reason) == (DeviceState.UNKNOWN, Reason.SILENT)
    assert health.paper is PaperState.UNKNOWN
    paper.silent = False
    assert (await printer.health()).usable


async def test_a_status_read_does_not_hold_up_anything_else(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    assert (await printer.health()).usable
    began = time.monotonic()
    assert (await printer.health()).usable
    assert time.monotonic() - began < 0.3  # not the answer time of each of four questions
    del paper


async def test_something_else_on_the_port_is_not_understood_and_no_printer(port: Path) -> None:
    wire = PtyWire(port, 115_200)
    printer = EscPosPrinter(str(port), 115_200, EPSON)

    def chatter() -> None:
        while wire.read():
            wire.write(b"\xff\xff")

    talking = asyncio.create_task(asyncio.to_thread(chatter))
    health = await printer.health()
    await printer.close()
    wire.close()
    await talking
    assert health.reason is Reason.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("cover_open", Reason.COVER_OPEN), ("paper_out", Reason.PAPER_OUT), ("silent", Reason.SILENT)],
)
async def test_a_printer_that_is_not_well_before_gets_no_byte(
    printer: EscPosPrinter, paper: EscPosSimulator, fault: PrinterFault, reason: Reason
) -> None:
    setattr(paper, fault, True)
    assert await printer.print(FIRST) == PrintResult(PrintOutcome.NOT_PRINTED, reason)
    assert paper.hanging.blank
    setattr(paper, fault, False)
    assert await printer.print(SECOND) == PRINTED
    assert [piece.text for piece in paper.slips] == ["\n".join(["乙的凭条"] * 12)]


@pytest.mark.parametrize(
    ("fault", "reason"), [("cover_open", Reason.COVER_OPEN), ("paper_out", Reason.PAPER_OUT)]
)
async def test_a_slip_that_stops_half_way_is_not_printed_and_never_comes_out(
    printer: EscPosPrinter, paper: EscPosSimulator, fault: PrinterFault, reason: Reason
) -> None:
    paper.after_lines(5, fault)
    assert await printer.print(FIRST) == PrintResult(PrintOutcome.NOT_PRINTED, reason)
    setattr(paper, fault, False)  # the refill
    assert await printer.print(SECOND) == PRINTED
    torn, second = paper.slips
    assert torn.text.count("甲") == 5
    assert second.text == "\n".join(["乙的凭条"] * 12)  # nothing of 甲 hangs on 乙's slip


async def test_without_a_flush_the_refill_lets_out_the_slip_of_the_person_before(
    port: Path, paper: EscPosSimulator
) -> None:
    """The weakened variant: what a real printer does, and why `flush` exists."""
    with port.open("r+b", buffering=0) as cable:
        paper.after_lines(5, "paper_out")
        cable.write(in_one(FIRST))
        with paper.changed:
            assert paper.changed.wait_for(lambda: paper.paper_out, 10)
        paper.paper_out = False
        assert paper.wait_for_slips(1, within_s=10)[0].text.count("甲") == 12


async def test_a_session_that_died_leaves_nothing_for_the_next_person(
    port: Path, printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    with port.open("r+b", buffering=0) as dead_session:
        paper.after_lines(5, "paper_out")
        dead_session.write(in_one(FIRST))
        with paper.changed:
            assert paper.changed.wait_for(lambda: paper.paper_out, 10)
    with pytest.raises(DeviceFault) as caught:
        await printer.flush()  # empty, but what hangs is not cut off
    assert caught.value.reason is Reason.PAPER_OUT
    paper.paper_out = False
    await printer.flush()
    assert await printer.print(SECOND) == PRINTED
    assert [piece.text.count("甲") for piece in paper.slips] == [5, 0]
    assert paper.slips[-1].text == "\n".join(["乙的凭条"] * 12)


async def test_a_session_that_died_inside_a_picture_does_not_spoil_the_next_slip(
    port: Path, printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    with port.open("r+b", buffering=0) as dead_session:
        dead_session.write(b"\x1b@\x1dv0\x00\x48\x00\xff\x00" + b"\xaa" * 100)
    await printer.flush()
    assert await printer.print(SECOND) == PRINTED
    assert paper.slips[-1].text == "\n".join(["乙的凭条"] * 12)


async def test_a_printer_that_cannot_clear_is_not_called_empty(
    port: Path, printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    paper.ignores_clear = True
    with port.open("r+b", buffering=0) as dead_session:
        paper.after_lines(5, "paper_out")
        dead_session.write(in_one(FIRST))
        with paper.changed:
            assert paper.changed.wait_for(lambda: paper.paper_out, 10)
    with pytest.raises(DeviceFault) as caught:
        await printer.flush()
    assert caught.value.reason is Reason.PAPER_OUT
    refused = await printer.print(SECOND)
    assert refused == PrintResult(PrintOutcome.NOT_PRINTED, Reason.PAPER_OUT)
    paper.paper_out = False
    await printer.flush()  # the old slip has come out, and the printer has proved it
    assert await printer.print(SECOND) == PRINTED
    assert paper.slips[-1].text == "\n".join(["乙的凭条"] * 12)


async def test_a_jam_at_the_knife_leaves_it_unknown_whether_the_citizen_has_the_slip(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    paper.jammed = True
    assert await printer.print(FIRST) == PrintResult(PrintOutcome.UNKNOWN, Reason.CUTTER)
    assert (await printer.health()).reason is Reason.CUTTER
    paper.cover_open = True  # a guide pulls the paper out
    assert (await printer.health()).reason is Reason.COVER_OPEN
    paper.jammed = paper.cover_open = False
    assert (await printer.health()).usable
    assert await printer.print(SECOND) == PRINTED
    assert paper.slips[-1].text == "\n".join(["乙的凭条"] * 12)


async def test_a_printer_that_falls_silent_half_way_is_unknown_and_gets_no_cut(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    paper.after_lines(5, "silent")
    assert await printer.print(FIRST) == PrintResult(PrintOutcome.UNKNOWN, Reason.SILENT)
    assert paper.slips == []
    assert 5 <= paper.hanging.text.count("甲") < 12


async def test_a_pulled_cable_half_way_is_unknown_and_the_port_comes_back_by_itself(
    port: Path,
) -> None:
    slow = EscPosSimulator(port, dots_per_s=300)
    driver = EscPosPrinter(str(port), 115_200, EPSON)
    job = asyncio.create_task(driver.print(FIRST))
    await asyncio.to_thread(_wait_for_ink, slow)
    await asyncio.to_thread(slow.unplug)
    assert await job == PrintResult(PrintOutcome.UNKNOWN, Reason.PORT_LOST)
    assert (await driver.health()).state is DeviceState.NO_DEVICE
    slow.replug()
    assert (await driver.health()).usable
    slow.close()
    await driver.close()


async def test_a_cable_that_was_out_between_two_calls_is_not_noticed(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    assert (await printer.health()).usable
    paper.unplug()
    paper.replug()
    assert (await printer.health()).usable


async def test_no_port_is_no_device(tmp_path: Path) -> None:
    printer = EscPosPrinter(str(tmp_path / "nothing"), 115_200, EPSON)
    health = await printer.health()
    assert (health.state, health.reason) == (DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    assert await printer.print(FIRST) == PrintResult(PrintOutcome.NOT_PRINTED, Reason.PORT_MISSING)
    with pytest.raises(DeviceFault):
        await printer.flush()


async def test_a_caller_who_gives_up_does_not_tear_a_job_in_two(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    impatient = asyncio.create_task(printer.print(FIRST))
    await asyncio.to_thread(_wait_for_ink, paper)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await printer.print(SECOND) == PRINTED
    assert [piece.text[0] for piece in paper.slips] == ["甲", "乙"]


async def test_health_waits_for_its_turn_and_does_not_disturb_a_job(
    printer: EscPosPrinter, paper: EscPosSimulator
) -> None:
    results = await asyncio.gather(printer.print(FIRST), printer.health(), printer.print(SECOND))
    assert results[0] == results[2] == PRINTED
    assert results[1].usable
    assert [piece.text[0] for piece in paper.slips] == ["甲", "乙"]


def _wait_for_ink(paper: EscPosSimulator) -> None:
    with paper.changed:
        assert paper.changed.wait_for(lambda: not paper.hanging.blank or bool(paper.slips), 10)
