"""A reader whose rate nobody remembers is found; where none is, nothing is claimed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devices.sam_v.probe import FoundReader, probe
from devices.sam_v.reader import SamVReader
from devices.serial_line import SerialLine
from devices.simulators.pty_wire import PtyWire
from devices.simulators.sam_v import SamVSimulator
from devices.statuses import DeviceFault, Reason
from tests.devices.waiting import soon

SAM = "05.03-20200101-0000000001-0123456789"


@pytest.fixture
def at_rate(port: Path, request: pytest.FixtureRequest) -> Callable[[int], SamVSimulator]:
    def made(baud: int) -> SamVSimulator:
        simulator = SamVSimulator(port, baud)
        request.addfinalizer(simulator.close)
        return simulator

    return made


@pytest.mark.parametrize(
    "baud",
    [115_200, *(pytest.param(baud, marks=pytest.mark.long) for baud in (57_600, 38_400, 19_200, 9_600))],
)
async def test_a_reader_is_found_at_its_rate(
    port: Path, at_rate: Callable[[int], SamVSimulator], baud: int
) -> None:
    at_rate(baud)
    assert await probe(str(port)) == FoundReader(baud, SAM, Reason.NONE)


async def test_a_reader_is_found_behind_the_noise_of_a_wrong_rate(
    port: Path, at_rate: Callable[[int], SamVSimulator]
) -> None:
    at_rate(57_600).noise_at_wrong_rate = True
    assert await probe(str(port)) == FoundReader(57_600, SAM, Reason.NONE)


async def test_a_reader_keeps_the_rate_that_it_was_told(
    port: Path, at_rate: Callable[[int], SamVSimulator]
) -> None:
    sam = at_rate(115_200)
    line = await SerialLine.open(str(port), 115_200)
    await line.write(bytes.fromhex("AAAAAA9669 0003 6001 62"))  # 57,600; the answer comes at the old rate
    answer = b""
    while len(answer) < 11:
        answer += await soon(line.read_some(1.0))
    await line.close()
    assert answer == bytes.fromhex("AAAAAA9669 0004 000090 94")
    assert await probe(str(port)) == FoundReader(57_600, SAM, Reason.NONE)
    assert sam.baud == 57_600


@pytest.mark.parametrize("missing", [("sam id",), ("status", "sam id")], ids="-".join)
async def test_a_reader_that_tells_little_is_found_nevertheless(
    port: Path, at_rate: Callable[[int], SamVSimulator], missing: tuple[str, ...]
) -> None:
    at_rate(115_200).statuses = dict.fromkeys(missing, 0x21)
    assert await probe(str(port)) == FoundReader(115_200, None, Reason.NONE)


async def test_a_reader_whose_sam_refuses_is_found_and_said_to_refuse(
    port: Path, at_rate: Callable[[int], SamVSimulator]
) -> None:
    at_rate(115_200).statuses["status"] = 0x66
    assert await probe(str(port)) == FoundReader(115_200, None, Reason.SAM_REFUSED)


@pytest.mark.long
async def test_a_silent_port_is_no_reader(wire: PtyWire, port: Path) -> None:
    assert wire
    assert await probe(str(port)) is None


async def test_a_port_in_use_is_said_to_be(port: Path, at_rate: Callable[[int], SamVSimulator]) -> None:
    at_rate(115_200)
    reader = SamVReader(str(port), 115_200)
    assert (await reader.health()).usable
    with pytest.raises(DeviceFault) as fault:
        await probe(str(port))
    assert fault.value.reason is Reason.PORT_DENIED
    await reader.close()


async def test_a_port_that_is_not_there_is_said_to_be_missing(port: Path) -> None:
    with pytest.raises(DeviceFault) as fault:
        await probe(str(port))
    assert fault.value.reason is Reason.PORT_MISSING
