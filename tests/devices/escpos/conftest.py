"""A printer at the end of a real pty, and the driver at the near end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from config.printer_profile import profile_named
from devices.escpos.printer import EscPosPrinter
from devices.simulators.escpos_printer import EscPosSimulator


@pytest.fixture
def paper(port: Path) -> Iterator[EscPosSimulator]:
    """A printer in a hurry: fifty times as fast as a real one."""
    simulator = EscPosSimulator(port, dots_per_s=60_000)
    yield simulator
    simulator.close()


@pytest.fixture
async def printer(port: Path, paper: EscPosSimulator) -> AsyncIterator[EscPosPrinter]:
    del paper
    driver = EscPosPrinter(str(port), 115_200, profile_named("epson-tm-t82iii"))
    yield driver
    await driver.close()
