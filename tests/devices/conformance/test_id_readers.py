"""What every identity-card reader promises, on every driver and simulator; on a real one with `--port`.

A real device needs somebody at the terminal who lays and lifts cards when told to:

    pytest tests/devices/conformance/test_id_readers.py --port /dev/ttyUSB0 --baud 115200
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from devices.contracts.id_cards import (
    CardFailure,
    CardUnreadable,
    ForeignResidentCard,
    IdCard,
    IdCardReader,
    ResidencePermit,
    ResidentCard,
)
from devices.simulators.cards import AnyCard
from devices.statuses import DeviceFault, Reason
from tests.devices.conformance.hardware import Hardware
from tests.devices.conformance.id_reader_benches import HARDWARE, SIMULATED, IdReaderBench
from tests.devices.conformance.weak_id_readers import WEAKENED
from tests.devices.documents import ALL, FOREIGN_2023, OTHER_RESIDENT, PERMIT, RESIDENT
from tests.devices.waiting import soon

HUNG_S = 8.0
"""Longer than any answer may stay away: a driver that takes longer waits for a hung device."""


@pytest.fixture(params=SIMULATED)
async def bench(
    request: pytest.FixtureRequest, tmp_path: Path, hardware: Hardware | None
) -> AsyncIterator[IdReaderBench]:
    """A driver with its device, and hands to lay cards on it."""
    name: str = request.param
    if hardware is None:
        made = SIMULATED[name](tmp_path / "cable")
    elif name == (hardware.driver or "sam_v"):
        made = HARDWARE[name](hardware.port, hardware.baud)
    else:
        pytest.skip(f"the device is for {hardware.driver or 'sam_v'}")
    yield made
    await made.close()


@asynccontextmanager
async def asking(reader: IdCardReader) -> AsyncIterator[asyncio.Task[IdCard]]:
    """A question that ends with the test, however that ends: nobody else gets the port otherwise."""
    waiting = asyncio.create_task(reader.next_card())
    try:
        yield waiting
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


def assert_is(card: IdCard, expected: IdCard | None) -> None:
    """Compare with what was laid down; of a card nobody knows, only what every card has."""
    if expected is not None:
        assert card == expected
        return
    assert isinstance(card, ResidentCard | ResidencePermit | ForeignResidentCard)
    assert card.name or card.name_en
    assert card.id_number
    assert len(card.photo) == 1024
    assert card.problems == ()


async def test_a_reader_that_is_there_is_usable(bench: IdReaderBench) -> None:
    health = await bench.driver().health()
    assert (health.usable, health.reason) == (True, Reason.NONE)


@pytest.mark.parametrize("laid", [card for card, _ in ALL], ids=lambda card: type(card).__name__)
async def test_a_card_is_read_whole(bench: IdReaderBench, laid: AnyCard) -> None:
    expected = await bench.lay(laid)
    assert_is(await soon(bench.driver().next_card()), expected)


async def test_a_card_is_waited_for(bench: IdReaderBench) -> None:
    await bench.lift()
    async with asking(bench.driver()) as waiting:
        await bench.asked()
        assert not waiting.done()
        expected = await bench.lay(RESIDENT)
        assert_is(await soon(waiting), expected)


async def test_two_citizens_get_each_their_own(bench: IdReaderBench) -> None:
    reader = bench.driver()
    for laid in (RESIDENT, OTHER_RESIDENT, PERMIT, FOREIGN_2023, RESIDENT):
        expected = await bench.lay(laid)
        assert_is(await soon(reader.next_card()), expected)


async def test_a_card_left_lying_is_read_again_when_asked_again(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.lay(OTHER_RESIDENT)
    assert await soon(reader.next_card()) == await soon(reader.next_card())


async def test_the_card_of_the_citizen_before_is_not_read_for_the_next(bench: IdReaderBench) -> None:
    before = bench.driver()
    await bench.lay(RESIDENT)
    await soon(before.next_card())
    await before.close()
    async with asking(bench.driver()) as waiting:
        await bench.asked()
        assert not waiting.done()
        expected = await bench.lay(OTHER_RESIDENT)
        assert_is(await soon(waiting), expected)


async def test_fingerprints_come_only_when_asked_for(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.lay(OTHER_RESIDENT)
    assert (await soon(reader.next_card())).fingerprints is None
    fingerprints = (await soon(reader.next_card(fingerprints=True))).fingerprints
    assert fingerprints is None or all(len(finger.template) == 512 for finger in fingerprints)


async def test_a_person_is_in_no_repr(bench: IdReaderBench) -> None:
    await bench.lay(OTHER_RESIDENT)
    card = await soon(bench.driver().next_card(fingerprints=True))
    for shown in (repr(card), repr(card.fingerprints), f"{card}"):
        assert card.name not in shown
        assert card.id_number not in shown


async def test_waiting_may_be_given_up_and_begun_again(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.lift()
    async with asking(reader):
        assert (await reader.health()).usable
    expected = await bench.lay(RESIDENT)
    assert_is(await soon(reader.next_card()), expected)


async def test_a_closed_driver_opens_again(bench: IdReaderBench) -> None:
    reader = bench.driver()
    assert (await reader.health()).usable
    await reader.close()
    await reader.close()
    assert (await reader.health()).usable


async def test_a_hung_reader_is_reported_not_waited_for(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.hang()
    async with asyncio.timeout(HUNG_S):
        health = await reader.health()
        assert not health.usable
        assert health.reason is not Reason.NONE
        with pytest.raises(DeviceFault):
            await reader.next_card()
    await bench.come_round()
    assert await usable_again(reader)
    expected = await bench.lay(RESIDENT)
    assert_is(await soon(reader.next_card()), expected)


async def test_a_pulled_cable_is_reported_and_mended_by_plugging_in(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.lift()
    async with asking(reader) as waiting:
        await bench.asked()
        await bench.unplug()
        with pytest.raises(DeviceFault):
            await soon(waiting)
    assert not (await reader.health()).usable
    await bench.replug()
    assert await usable_again(reader)
    expected = await bench.lay(RESIDENT)
    assert_is(await soon(reader.next_card()), expected)


@pytest.mark.parametrize(
    ("sw3", "failure"),
    [
        (0x40, CardFailure.UNKNOWN_KIND),
        (0x41, CardFailure.READ_FAILED),
        pytest.param(0x31, CardFailure.REJECTED, marks=pytest.mark.long),
        pytest.param(0x32, CardFailure.REJECTED, marks=pytest.mark.long),
        pytest.param(0x33, CardFailure.REJECTED, marks=pytest.mark.long),
        pytest.param(0x47, CardFailure.REJECTED, marks=pytest.mark.long),
        pytest.param(0x91, CardFailure.NO_RECORD, marks=pytest.mark.long),
    ],
    ids=lambda value: f"{value:02X}" if isinstance(value, int) else "",
)
async def test_a_card_that_gives_no_record_says_why_and_may_be_tried_again(
    bench: IdReaderBench, sw3: int, failure: CardFailure
) -> None:
    reader = bench.driver()
    await bench.refuse_to_read(sw3)
    await bench.lay(OTHER_RESIDENT)
    with pytest.raises(CardUnreadable) as unreadable:
        await soon(reader.next_card())
    assert unreadable.value.failure is failure
    assert OTHER_RESIDENT.name not in str(unreadable.value)
    await bench.refuse_to_read(None)
    expected = await bench.lay(OTHER_RESIDENT)
    assert_is(await soon(reader.next_card()), expected)


@pytest.mark.parametrize("sw3", [0x60, pytest.param(0x66, marks=pytest.mark.long)])
async def test_a_sam_that_refuses_is_the_readers_trouble(bench: IdReaderBench, sw3: int) -> None:
    await bench.refuse_to_read(sw3)
    await bench.lay(RESIDENT)
    with pytest.raises(DeviceFault) as fault:
        await soon(bench.driver().next_card())
    assert fault.value.reason is Reason.SAM_REFUSED


async def test_a_card_swapped_while_it_is_read_is_one_or_the_other(bench: IdReaderBench) -> None:
    reader = bench.driver()
    await bench.lay(RESIDENT)
    async with asking(reader) as reading:
        await bench.when_reading()
        expected = await bench.lay(OTHER_RESIDENT)
        try:
            first = await soon(reading)
        except CardUnreadable:
            pass
        else:
            assert (first.id_number, first.photo) == (RESIDENT.id_number, RESIDENT.photo)
            assert isinstance(first, ResidentCard)
            assert not first.additional_address
    assert_is(await soon(reader.next_card()), expected)


async def usable_again(reader: IdCardReader) -> bool:
    """A driver may need a second look at a device that has just come back."""
    return (await reader.health()).usable or (await reader.health()).usable


SLOW = {"reads whatever lies there", "waits for ever"}
"""Nothing happens for as long as the test of the promise waits for something to happen."""


@pytest.mark.parametrize(
    "weakness",
    [pytest.param(name, marks=pytest.mark.long if name in SLOW else ()) for name in WEAKENED],
)
async def test_a_weakened_driver_is_found_out(weakness: str, tmp_path: Path) -> None:
    """Each breaks one promise, and the test of that promise says so."""
    tests = {
        "reads whatever lies there": test_the_card_of_the_citizen_before_is_not_read_for_the_next,
        "keeps the last record": test_two_citizens_get_each_their_own,
        "mixes two cards": test_a_card_swapped_while_it_is_read_is_one_or_the_other,
        "waits for ever": test_a_hung_reader_is_reported_not_waited_for,
        "takes silence for no card": test_a_hung_reader_is_reported_not_waited_for,
        "shows the person": test_a_person_is_in_no_repr,
    }
    weakened = WEAKENED[weakness](tmp_path / "cable")
    with pytest.raises((AssertionError, TimeoutError)):
        await tests[weakness](weakened)
    await weakened.close()
