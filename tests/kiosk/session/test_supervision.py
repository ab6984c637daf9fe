"""Cables are pulled and put back: devices come back by themselves, and the log has one pair of lines each."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from config.printer_profile import profile_named
from devices.escpos.printer import EscPosPrinter
from devices.sam_v.reader import SamVReader
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from devices.serial_line import SerialLine
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.escpos_printer import EscPosSimulator
from devices.simulators.pty_wire import PtyWire
from devices.simulators.sam_v import SamVSimulator
from devices.statuses import AnyHealth, DeviceFault, Ready, health_after
from kiosk.messages import DeviceHealth
from kiosk.terminal.health import HealthBoard
from tests.kiosk.session.replugging import Watched, fresh_board, replug

BAUD = 115_200
GROWTH_BYTES = 3_000_000
"""Of a test process with three simulated devices in it; 0.4 MB were measured for 800 replugs of each."""


async def pulled(times: int, folder: Path, board: HealthBoard) -> Watched:
    """A reader, a printer and a scanner, all pulled and put back so many times."""
    reader_end, printer_end = SamVSimulator(folder / "reader"), EscPosSimulator(folder / "printer")
    scanner_end = HoneywellSimulator(folder / "scanner")
    reader = SamVReader(str(folder / "reader"), BAUD)
    printer = EscPosPrinter(str(folder / "printer"), BAUD, profile_named("generic-80"))
    scanner = SerialScanner(str(folder / "scanner"), BAUD, FAMILIES["honeywell"], "cr", CodePatterns())
    ends = (reader_end, printer_end, scanner_end)
    try:
        return await replug(
            ends,
            {"id_reader": reader.health, "printer": printer.health, "scanner": scanner.health},
            board,
            times,
        )
    finally:
        for driver in (reader, printer, scanner):
            await driver.close()
        for end in ends:
            end.close()


def one_pair_each(times: int) -> Mapping[tuple[str, str], int]:
    return {
        (device, event): times
        for device in ("id_reader", "printer", "scanner")
        for event in ("device_down", "device_back")
    }


def nothing_grows(watched: Watched) -> bool:
    return watched.late.files <= watched.early.files and watched.late.threads <= watched.early.threads


async def test_devices_pulled_and_put_back_return_by_themselves_with_one_pair_of_lines_each(
    tmp_path: Path,
) -> None:
    watched = await pulled(20, tmp_path, fresh_board())
    assert watched.lines == one_pair_each(20)
    assert nothing_grows(watched)


@pytest.mark.long
@pytest.mark.timeout(3_600)
async def test_a_thousand_replugs_leave_a_thousand_pairs_of_lines_and_nothing_else(tmp_path: Path) -> None:
    began = time.monotonic()
    watched = await pulled(1_000, tmp_path, fresh_board())
    print(f"1,000 replugs of three devices in {time.monotonic() - began:.0f} s: {watched}")  # noqa: T201
    assert watched.lines == one_pair_each(1_000)
    assert nothing_grows(watched)
    assert watched.late.resident_bytes - watched.early.resident_bytes < GROWTH_BYTES


# ---- what these tests would catch --------------------------------------------------------------------------


class ForgetfulBoard(HealthBoard):
    """Weakened: begins anew with every report, and so says "down" again and again."""

    def devices_reported(self, devices: Mapping[str, DeviceHealth]) -> None:
        """Forget first."""
        self._down.clear()
        super().devices_reported(devices)


async def test_a_board_that_repeats_itself_would_be_caught(tmp_path: Path) -> None:
    watched = await pulled(2, tmp_path, ForgetfulBoard(fresh_board()._clock))
    assert watched.lines != one_pair_each(2)


class CarelessDriver:
    """Weakened: forgets a lost line without closing it."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._line: SerialLine | None = None

    async def health(self) -> AnyHealth:
        """Whether the line is there."""
        try:
            if self._line is None:
                self._line = await SerialLine.open(self._port, BAUD)
            await self._line.settle(0.01)
        except DeviceFault as fault:
            self._line = None
            return health_after(fault.reason)
        return Ready()


async def test_a_driver_that_leaves_lost_lines_open_would_be_caught(tmp_path: Path) -> None:
    cable = PtyWire(tmp_path / "reader", BAUD)
    driver = CarelessDriver(str(tmp_path / "reader"))
    watched = await replug([cable], {"id_reader": driver.health}, fresh_board(), 2)
    cable.close()
    assert not nothing_grows(watched)
