"""A scanner that dies while it waits, one of another make, one at another rate; and a weakened driver."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.contracts.scanner import Scan, ScanProblem, ScanUnreadable
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.probe import ScannerFound, find_scanner
from devices.scanners.scanner import REARM_S, SerialScanner
from devices.serial_line import SerialLine
from devices.simulators.barcode_gm65 import Gm65Simulator
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.barcode_newland import NewlandSimulator
from devices.simulators.barcode_scanner import BarcodeSimulator
from devices.statuses import DeviceFault, Reason

SIMULATORS: dict[str, type[BarcodeSimulator]] = {
    "honeywell": HoneywellSimulator,
    "newland": NewlandSimulator,
    "gm65": Gm65Simulator,
}


def scanner_for(
    name: str, port: Path, kind: type[SerialScanner] = SerialScanner, rearm_s: float = REARM_S
) -> SerialScanner:
    return kind(str(port), 115_200, FAMILIES[name], "cr", CodePatterns(), rearm_s)


async def soon(asked: asyncio.Task[Scan]) -> Scan:
    async with asyncio.timeout(20.0):
        return await asked


async def lit(sim: BarcodeSimulator, since: int = 0) -> int:
    return await asyncio.to_thread(sim.wait_for, "light on", since)


async def test_a_scanner_that_dies_while_it_waits_is_noticed(port: Path) -> None:
    sim, scanner = HoneywellSimulator(port), scanner_for("honeywell", port, rearm_s=0.3)
    asked = asyncio.create_task(scanner.scan())
    await lit(sim)
    sim.dead = True
    with pytest.raises(DeviceFault, match="answers no more") as fault:
        await soon(asked)
    assert fault.value.reason is Reason.SILENT
    await scanner.close()
    sim.close()


async def test_a_light_that_goes_out_by_itself_is_lit_again(port: Path) -> None:
    sim, scanner = Gm65Simulator(port), scanner_for("gm65", port, rearm_s=0.5)
    sim.light_limit_s = 0.2
    asked = asyncio.create_task(scanner.scan())
    await lit(sim, await lit(sim))
    await asyncio.to_thread(sim.show, b"late citizen")
    assert (await soon(asked)).text == "late citizen"
    await scanner.close()
    sim.close()


@pytest.mark.parametrize(
    ("set_to", "there"),
    [
        ("honeywell", "newland"),
        pytest.param("newland", "gm65", marks=pytest.mark.long),
        pytest.param("gm65", "honeywell", marks=pytest.mark.long),
    ],
)
async def test_another_make_on_the_port_is_named(port: Path, set_to: str, there: str) -> None:
    sim, scanner = SIMULATORS[there](port), scanner_for(set_to, port)
    with pytest.raises(DeviceFault, match=f"is a {there}, not a {set_to}") as fault:
        await scanner.scan()
    assert fault.value.reason is Reason.OTHER_DEVICE
    await scanner.close()
    sim.close()


async def test_noise_instead_of_answers_is_not_understood(port: Path) -> None:
    sim, scanner = NewlandSimulator(port), scanner_for("newland", port)
    sim.noisy = True
    assert (await scanner.health()).reason is Reason.NOT_UNDERSTOOD
    await scanner.close()
    sim.close()


async def test_a_scanner_that_is_not_set_to_be_triggered_says_so(port: Path) -> None:
    sim, scanner = NewlandSimulator(port), scanner_for("newland", port)
    sim.refuses = True
    with pytest.raises(DeviceFault) as fault:
        await scanner.scan()
    assert fault.value.reason is Reason.COMMAND_REFUSED
    await scanner.close()
    sim.close()


async def test_a_code_that_stops_half_way_is_no_code(port: Path) -> None:
    sim, scanner = NewlandSimulator(port), scanner_for("newland", port)
    sim.cut_at = 17
    sim.show(b"134567890123456789")
    with pytest.raises(ScanUnreadable) as unreadable:
        await soon(asyncio.create_task(scanner.scan()))
    assert unreadable.value.problem is ScanProblem.NO_SUFFIX
    await scanner.close()
    sim.close()


async def test_noise_before_a_code_is_told(port: Path) -> None:
    sim, scanner = HoneywellSimulator(port), scanner_for("honeywell", port)
    sim.noise_before = b"\x00\xff"
    sim.show(b"134567890123456789")
    with pytest.raises(ScanUnreadable):
        await soon(asyncio.create_task(scanner.scan()))
    await scanner.close()
    sim.close()


async def test_a_session_killed_with_the_light_on_leaves_no_light_to_the_next(port: Path) -> None:
    sim = Gm65Simulator(port)
    line = await SerialLine.open(str(port), 115_200)
    await line.write(FAMILIES["gm65"].trigger + FAMILIES["gm65"].trigger[:3])
    await lit(sim)
    await line.close()
    scanner = scanner_for("gm65", port)
    assert (await scanner.health()).usable
    assert not sim.lit
    await scanner.close()
    sim.close()


@pytest.mark.parametrize(("name", "baud"), [("honeywell", 115_200), ("newland", 9_600), ("gm65", 57_600)])
async def test_the_probe_says_which_scanner_answers(port: Path, name: str, baud: int) -> None:
    sim = SIMULATORS[name](port, baud)
    assert await find_scanner(str(port), (name,), baud) == ScannerFound(name, baud)
    sim.close()


@pytest.mark.long
@pytest.mark.parametrize(("name", "baud"), [("honeywell", 38_400), ("newland", 115_200), ("gm65", 19_200)])
async def test_the_probe_says_which_scanner_answers_and_how_fast(port: Path, name: str, baud: int) -> None:
    sim = SIMULATORS[name](port, baud)
    assert await find_scanner(str(port)) == ScannerFound(name, baud)
    sim.close()


async def test_the_probe_finds_nobody_where_nobody_answers(port: Path) -> None:
    sim = HoneywellSimulator(port)
    sim.silent = True
    assert await find_scanner(str(port), ("honeywell",), 9_600) is None
    sim.close()


class AnswersWithWhateverIsThere(SerialScanner):
    """Weakened: does not ask who is there, and throws nothing away."""

    async def _get_in_step(self, line: SerialLine) -> None:
        """Trust the line."""


async def answer_after_a_stale_code(port: Path, kind: type[SerialScanner]) -> str:
    sim, scanner = HoneywellSimulator(port), scanner_for("honeywell", port, kind)
    await scanner.health()
    sim.unasked = True
    await asyncio.to_thread(sim.show, b"the last citizen")
    sim.take_away()
    asked = asyncio.create_task(scanner.scan())
    await lit(sim)
    await asyncio.to_thread(sim.show, b"this citizen")
    answer = (await soon(asked)).text
    await scanner.close()
    sim.close()
    return answer


async def test_a_stale_code_is_no_answer(port: Path) -> None:
    assert await answer_after_a_stale_code(port, SerialScanner) == "this citizen"


async def test_a_driver_that_trusts_the_line_is_caught(port: Path) -> None:
    try:
        answer = await answer_after_a_stale_code(port, AnswersWithWhateverIsThere)
    except ScanUnreadable:
        return  # both codes in one burst
    assert answer != "this citizen"
