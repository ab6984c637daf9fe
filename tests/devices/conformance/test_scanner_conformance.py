"""What every barcode scanner must do, on every driver and simulator; on a real one with `--port`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from devices.contracts.scanner import CodeForm, Scan, ScanProblem, ScanUnreadable
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from devices.simulators.barcode_gm65 import Gm65Simulator
from devices.simulators.barcode_honeywell import HoneywellSimulator
from devices.simulators.barcode_newland import NewlandSimulator
from devices.simulators.barcode_scanner import BarcodeSimulator
from devices.statuses import DeviceFault, Ready, Reason
from tests.devices.conformance.hardware import Hardware

SIMULATORS = {"honeywell": HoneywellSimulator, "newland": NewlandSimulator, "gm65": Gm65Simulator}
NOBODY = CodePatterns()
WECHAT = b"134567890123456789"
ALIPAY = b"281234567890123456"


@pytest.fixture(params=sorted(FAMILIES))
def driver(request: pytest.FixtureRequest, hardware: Hardware | None) -> str:
    name: str = request.param
    if hardware is not None and hardware.driver != name:
        pytest.skip(f"the device is a {hardware.driver}")
    return name


@pytest.fixture
def sim(driver: str, port: Path, hardware: Hardware | None) -> Iterator[BarcodeSimulator | None]:
    """The simulator; on real hardware None, for the tests that need nobody's hand."""
    simulator = SIMULATORS[driver](port) if hardware is None else None
    yield simulator
    if simulator is not None:
        simulator.close()


@pytest.fixture
def hand(sim: BarcodeSimulator | None) -> BarcodeSimulator:
    """The simulator, for tests that need somebody to hold codes before it."""
    if sim is None:
        pytest.skip("needs somebody to hold codes before the scanner")
    return sim


@pytest.fixture
async def scanner(
    driver: str, sim: BarcodeSimulator | None, port: Path, hardware: Hardware | None
) -> AsyncIterator[SerialScanner]:
    where, baud = (str(port), 115_200) if hardware is None else (hardware.port, hardware.baud)
    assert (sim is None) is (hardware is not None)
    device = SerialScanner(where, baud, FAMILIES[driver], "any", NOBODY)
    yield device
    await device.close()


async def soon(asked: asyncio.Task[Scan]) -> Scan:
    async with asyncio.timeout(20.0):
        return await asked


async def asking(scanner: SerialScanner, hand: BarcodeSimulator) -> asyncio.Task[Scan]:
    """A question, with the light on."""
    since = len(hand.events)
    asked = asyncio.create_task(scanner.scan())
    lit = asyncio.create_task(asyncio.to_thread(hand.wait_for, "light on", since))
    await asyncio.wait({asked, lit}, return_when=asyncio.FIRST_COMPLETED)
    assert not asked.done() or asked.exception() is None
    await lit
    return asked


async def test_it_says_that_it_is_there(scanner: SerialScanner) -> None:
    assert await scanner.health() == Ready()
    assert await scanner.health() == Ready()


async def test_a_question_that_is_given_up_leaves_it_ready(scanner: SerialScanner) -> None:
    asked = asyncio.create_task(scanner.scan())
    done, _ = await asyncio.wait({asked}, timeout=0.5)
    assert not done
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await scanner.health() == Ready()


async def test_a_code_is_read_when_somebody_asks_and_the_light_goes_out(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    for code, form in ((WECHAT, CodeForm.WECHAT_PAY), (ALIPAY, CodeForm.ALIPAY)):
        asked = await asking(scanner, hand)
        assert await scanner.health() == Ready()  # without disturbing the question
        await asyncio.to_thread(hand.show, code)
        assert await soon(asked) == Scan(code.decode(), frozenset({form}))
        assert not hand.lit
        hand.take_away()
    assert scanner.discarded_bytes == 0


@pytest.mark.parametrize("suffix", [b"\r\n", b""])
async def test_every_suffix_is_understood(
    scanner: SerialScanner, hand: BarcodeSimulator, suffix: bytes
) -> None:
    hand.suffix = suffix
    hand.show("医保码-甲".encode())
    scan = await soon(asyncio.create_task(scanner.scan()))
    assert scan.text == "医保码-甲"


async def test_the_light_goes_out_when_the_question_is_given_up(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    asked = await asking(scanner, hand)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert not hand.lit


async def test_a_code_shown_while_nobody_asked_answers_no_question(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    assert await scanner.health() == Ready()
    hand.unasked = True
    await asyncio.to_thread(hand.show, WECHAT)  # the last citizen's, on the line already
    hand.take_away()
    asked = await asking(scanner, hand)
    await asyncio.to_thread(hand.show, ALIPAY)
    assert (await soon(asked)).text == ALIPAY.decode()
    assert scanner.discarded_bytes == len(WECHAT + b"\r")


async def test_an_acknowledgement_that_comes_with_the_code_is_taken_off(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    hand.late_answers = True
    hand.show(WECHAT)
    assert (await soon(asyncio.create_task(scanner.scan()))).text == WECHAT.decode()


@pytest.mark.long  # the rule itself is tested without a wire
async def test_two_codes_at_once_are_none(scanner: SerialScanner, hand: BarcodeSimulator) -> None:
    hand.noise_behind = ALIPAY + b"\r"
    hand.show(WECHAT)
    with pytest.raises(ScanUnreadable) as unreadable:
        await soon(asyncio.create_task(scanner.scan()))
    assert unreadable.value.problem is ScanProblem.CONTROL_BYTES
    hand.noise_behind = b""
    assert (await soon(asyncio.create_task(scanner.scan()))).text == WECHAT.decode()


async def test_a_silent_scanner_is_reported_and_not_waited_for(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    assert await scanner.health() == Ready()
    hand.silent = True
    hand.show(WECHAT)
    with pytest.raises(DeviceFault) as fault:
        await soon(asyncio.create_task(scanner.scan()))
    assert fault.value.reason is Reason.SILENT
    hand.silent = False
    assert await scanner.health() == Ready()


async def test_a_pulled_cable_ends_the_question_and_the_next_one_works_again(
    scanner: SerialScanner, hand: BarcodeSimulator
) -> None:
    asked = await asking(scanner, hand)
    await asyncio.to_thread(hand.unplug)
    with pytest.raises(DeviceFault) as fault:
        await soon(asked)
    assert fault.value.reason is Reason.PORT_LOST
    assert (await scanner.health()).reason is Reason.PORT_LOST
    hand.replug()
    hand.show(WECHAT)
    assert (await soon(asyncio.create_task(scanner.scan()))).text == WECHAT.decode()
