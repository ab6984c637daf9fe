"""The recorder on a live cable: the driver notices nothing, and the file holds no person."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from config.printer_profile import profile_named
from devices.blackbox.player import Player, exchanges
from devices.blackbox.recorder import LIMIT_BYTES, Recorder, TraceFile, head_of
from devices.blackbox.tap import LinkTaken, Tap
from devices.blackbox.trace import Event, Happened, Happening, Kind, Rate, read_trace
from devices.contracts.receipt_printer import PaperJob, PrintResult
from devices.contracts.scanner import Scan
from devices.escpos.printer import EscPosPrinter
from devices.sam_v.reader import SamVReader
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from devices.simulators.barcode_gm65 import Gm65Simulator
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.barcode_newland import NewlandSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.sam_v import SamVSimulator
from devices.statuses import Reason
from tests.devices.blackbox.leaks import PAYMENT_CODE, PERSON, remains
from tests.devices.blackbox.recording import record
from tests.devices.waiting import soon

TRACES = Path(__file__).with_name("traces")


@asynccontextmanager
async def recorded(
    sim_port: Path, output: Path, limit_bytes: int = LIMIT_BYTES, kind: Kind = Kind.SAM_V
) -> AsyncIterator[Path]:
    tap = Tap(output.with_suffix(".port"), 115_200)
    file = TraceFile(output, head_of(kind, 115_200, "tests"), limit_bytes)
    recorder = Recorder(str(sim_port), tap, file, kind)
    recording = asyncio.create_task(recorder.run())
    try:
        await soon(recorder.opened.wait())
        yield output.with_suffix(".port")
    finally:
        recording.cancel()
        await asyncio.gather(recording, return_exceptions=True)
        tap.unplug()
        file.close()


def events_in(file: Path) -> tuple[Event, ...]:
    return read_trace(file.read_text("utf-8")).events


def text_of(file: Path) -> str:
    return file.read_text("utf-8")


def size(file: Path) -> int:
    return file.stat().st_size


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "fault.trace"


async def test_a_technician_records_a_pulled_card_and_the_file_holds_nobody(tmp_path: Path) -> None:
    file = await record("card-pulled", tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert remains(list(events_in(file))) is None
    now, then = (
        [exchange.question for exchange in exchanges(read_trace(trace.read_text("utf-8")))]
        for trace in (file, TRACES / "card-pulled.trace")
    )
    assert [asked for asked in now if asked != now[2]] == [asked for asked in then if asked != then[2]]


async def test_a_cable_pulled_while_recording_is_pulled_for_the_driver_too(port: Path, output: Path) -> None:
    sim = SamVSimulator(port)
    try:
        async with recorded(port, output) as link:
            reader = SamVReader(str(link), 115_200)
            assert (await reader.health()).usable
            await asyncio.to_thread(sim.unplug)
            async with asyncio.timeout(20):
                while (await reader.health()).usable:
                    pass
                sim.replug()
                while not (await reader.health()).usable:
                    pass
            sim.lay(PERSON)
            assert (await soon(reader.next_card())).id_number == PERSON.id_number
            await reader.close()
    finally:
        sim.close()
    happened = [event.what for event in events_in(output) if isinstance(event, Happened)]
    assert happened == [Happening.UNPLUGGED, Happening.PLUGGED_IN]


async def test_the_rate_that_the_driver_sets_is_set_on_the_cable(port: Path, output: Path) -> None:
    sim = SamVSimulator(port, 38_400)
    try:
        async with recorded(port, output) as link:
            reader = SamVReader(str(link), 38_400)
            assert (await reader.health()).usable
            await reader.close()
    finally:
        sim.close()
    events = events_in(output)
    assert [event.baud for event in events if isinstance(event, Rate)] == [38_400]


async def test_a_full_disk_ends_the_recording_and_not_the_reading(port: Path, output: Path) -> None:
    sim = SamVSimulator(port)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        async with recorded(port, output) as link:
            reader = SamVReader(str(link), 115_200)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # a file cannot grow beyond this
            sim.lay(PERSON)
            assert (await soon(reader.next_card())).id_number == PERSON.id_number
            await reader.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sim.close()
    assert size(output) <= 1000
    assert len(events_in(output)) > 5


async def test_of_a_long_recording_the_newest_part_is_kept(port: Path, output: Path) -> None:
    sim = SamVSimulator(port)
    try:
        async with recorded(port, output, limit_bytes=4000) as link:
            reader = SamVReader(str(link), 115_200)
            for _ in range(60):
                assert (await reader.health()).usable
            await reader.close()
    finally:
        sim.close()
    older = output.with_name(output.name + ".older")
    first, last = map(events_in, (older, output))
    assert first[-1].at_ms < last[0].at_ms
    assert size(older) + size(output) < 4500


def test_a_trace_is_never_written_over(output: Path) -> None:
    output.write_text("the only one")
    with pytest.raises(FileExistsError):
        TraceFile(output, head_of(Kind.SAM_V, 9600, "tests"), LIMIT_BYTES)
    assert output.read_text() == "the only one"


def test_a_file_in_the_place_of_the_link_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "notes.txt"
    there.write_text("mine")
    with pytest.raises(LinkTaken, match=r"notes\.txt"):
        Tap(there, 9600)
    assert there.read_text() == "mine"


@pytest.mark.parametrize("family", ["honeywell", "newland", "gm65"])
async def test_a_recorded_scan_is_replayed_with_another_code_of_its_length(
    port: Path, output: Path, family: str
) -> None:
    makes = {"honeywell": HoneywellSimulator, "newland": NewlandSimulator, "gm65": Gm65Simulator}
    sim = makes[family](port)
    try:
        async with recorded(port, output, kind=Kind.SCANNER) as link:
            sim.show(PAYMENT_CODE.encode())
            assert (await scanned(link, family)).text == PAYMENT_CODE
    finally:
        sim.close()
    trace = read_trace(text_of(output))
    assert PAYMENT_CODE[:6].encode().hex() not in text_of(output)
    tap = Tap(port.with_name("again"), 115_200)
    playing = asyncio.create_task(Player(trace, tap).run())
    try:
        assert (await scanned(port.with_name("again"), family)).text == "123456789012345678"
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        tap.unplug()


async def scanned(link: Path, family: str) -> Scan:
    scanner = SerialScanner(str(link), 115_200, FAMILIES[family], "any", CodePatterns())
    try:
        return await soon(scanner.scan())
    finally:
        await scanner.close()


async def test_a_slip_with_a_jam_is_replayed_as_the_same_jam(port: Path, output: Path) -> None:
    sim = EscPosSimulator(port)
    sim.jammed = True
    job: PaperJob = ((b"\x1b@\x1c&" + PERSON.name.encode("gb18030") + b"\n\x1dVB\x20", 60),)
    try:
        async with recorded(port, output, kind=Kind.ESCPOS) as link:
            then = await printed(link, job)
    finally:
        sim.close()
    assert then.reason is Reason.CUTTER
    assert PERSON.name.encode("gb18030").hex() not in text_of(output)
    tap = Tap(port.with_name("again"), 115_200)
    playing = asyncio.create_task(Player(read_trace(text_of(output)), tap).run())
    try:
        assert await printed(port.with_name("again"), job) == then
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        tap.unplug()


async def printed(link: Path, job: PaperJob) -> PrintResult:
    printer = EscPosPrinter(str(link), 115_200, profile_named("generic-80"))
    try:
        return await soon(printer.print(job))
    finally:
        await printer.close()
