"""A reader with moods and a cable that can be pulled; what every reader promises has a suite of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from devices.contracts.id_cards import CardFailure, CardUnreadable
from devices.sam_v.reader import SamVReader
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v import Halt, SamVSimulator
from devices.statuses import (
    CardMedia,
    DeviceFault,
    DeviceState,
    NotReady,
    ReaderHealth,
    Ready,
    Reason,
    Unknown,
)
from tests.devices.documents import on_chip
from tests.devices.waiting import event, soon

ONLINE = Ready()


async def test_a_slow_card_on_a_slow_line_is_given_its_time(port: Path, first_card: SimulatedCard) -> None:
    sam = SamVSimulator(port, 9_600)
    reader = SamVReader(str(port), 9_600)
    sam.radio_s = 1.0  # and 1.35 s on the wire: more than a card alone may take
    sam.lay(first_card)
    assert await soon(reader.next_card()) == on_chip(first_card)
    await reader.close()
    await asyncio.to_thread(sam.close)


async def test_the_reader_waits_for_a_citizen_who_takes_their_time(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    waiting = asyncio.create_task(reader.next_card())
    seen = await event(sam, "find")
    await event(sam, "find", seen)
    assert (await reader.health()).device == ONLINE  # asked between two searches
    sam.lay(first_card)
    assert await soon(waiting) == on_chip(first_card)


async def test_a_card_left_lying_is_read_again_when_asked_again(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.lay(first_card)
    assert await soon(reader.next_card()) == await soon(reader.next_card())
    sam.lay(replace(first_card, additional_address="北京市西城区另一路2号"))
    assert await soon(reader.next_card()) == await soon(reader.next_card())


async def test_a_technician_may_read_the_card_that_lies_there_already(
    sam: SamVSimulator, reader: SamVReader, port: Path, first_card: SimulatedCard
) -> None:
    sam.lay(first_card)
    await soon(reader.next_card())
    await reader.close()
    for _ in range(2):
        technicians = SamVReader(str(port), 115_200, lying_too=True)
        assert await soon(technicians.next_card()) == on_chip(first_card)
        await technicians.close()


async def test_a_reader_that_says_a_card_lies_there_when_none_does_is_not_believed(
    sam: SamVSimulator, port: Path, first_card: SimulatedCard
) -> None:
    sam.statuses["new address"] = 0x91
    technicians = SamVReader(str(port), 115_200, lying_too=True)
    waiting = asyncio.create_task(technicians.next_card())
    await event(sam, "find", await event(sam, "read"))
    sam.lay(first_card)
    assert await soon(waiting) == on_chip(first_card)
    await technicians.close()


async def test_a_card_pulled_away_while_it_is_read_is_unreadable_and_may_come_back(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.radio_s = 1.0
    sam.lay(first_card)
    reading = asyncio.create_task(reader.next_card())
    await event(sam, "read")
    sam.remove()
    with pytest.raises(CardUnreadable) as unreadable:
        await soon(reading)
    assert unreadable.value.failure is CardFailure.READ_FAILED
    sam.radio_s = 0.0
    sam.lay(first_card)
    assert await soon(reader.next_card()) == on_chip(first_card)


async def test_a_record_that_comes_too_late_is_not_taken_for_the_next_citizens(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, second_card: SimulatedCard
) -> None:
    sam.hold_back = "read"
    sam.lay(first_card)
    with pytest.raises(CardUnreadable):
        await soon(reader.next_card())
    sam.lay(second_card)
    assert await soon(reader.next_card()) == on_chip(second_card)


async def test_a_question_given_up_half_way_leaves_no_answer_for_the_next(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, second_card: SimulatedCard
) -> None:
    sam.halt = Halt(at_byte=500)
    sam.lay(first_card)
    reading = asyncio.create_task(reader.next_card())
    await asyncio.to_thread(sam.halt.reached.wait, 10)
    reading.cancel()
    sam.lay(second_card)
    sam.halt.go_on.set()
    assert await soon(reader.next_card()) == on_chip(second_card)


async def test_a_late_search_answer_costs_nothing_but_time(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.hold_back = "find"
    sam.lay(first_card)
    assert await soon(reader.next_card()) == on_chip(first_card)


async def test_silence_is_unknown_never_no_card(sam: SamVSimulator, reader: SamVReader) -> None:
    sam.silent = True
    assert await reader.health() == ReaderHealth(Unknown(Reason.SILENT), CardMedia.UNKNOWN)


async def test_a_reader_that_talks_nonsense_is_garbled(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.lay(first_card)
    sam.noisy = True
    assert (await reader.health()).device == Unknown(Reason.NOT_UNDERSTOOD)  # at another rate, perhaps
    sam.noisy, sam.wrong_checksum = False, True
    assert (await reader.health()).device == Unknown(Reason.GARBLED)
    sam.wrong_checksum = False
    assert await soon(reader.next_card()) == on_chip(first_card)


@pytest.mark.parametrize("sw3", [0x60, 0x66, 0x24])
async def test_a_reader_whose_sam_refuses_is_broken(sam: SamVSimulator, reader: SamVReader, sw3: int) -> None:
    sam.statuses["status"] = sw3
    assert (await reader.health()).device == NotReady(DeviceState.HARDWARE_ERROR, Reason.SAM_REFUSED)
    with pytest.raises(DeviceFault, match=f"SW3 {sw3:X}"):
        await soon(reader.next_card())


async def test_a_reader_that_does_not_search_is_not_waited_for(
    sam: SamVSimulator, reader: SamVReader
) -> None:
    sam.statuses["find"] = 0x91  # fits no search
    with pytest.raises(DeviceFault, match="does not search") as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.SILENT


async def test_a_reader_that_was_never_there_is_missing(port: Path) -> None:
    reader = SamVReader(str(port), 115_200)
    assert (await reader.health()).device == NotReady(DeviceState.NO_DEVICE, Reason.PORT_MISSING)
    with pytest.raises(DeviceFault) as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.PORT_MISSING
    await reader.close()


async def test_a_reader_in_use_by_another_is_busy(sam: SamVSimulator, reader: SamVReader, port: Path) -> None:
    assert sam
    assert (await reader.health()).device == ONLINE
    other = SamVReader(str(port), 115_200)
    assert (await other.health()).device == NotReady(DeviceState.DEVICE_BUSY, Reason.PORT_DENIED)
    await other.close()


async def test_a_pulled_cable_is_noticed_while_waiting_for_a_card_and_mended_by_plugging_in(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    waiting = asyncio.create_task(reader.next_card())
    await event(sam, "find")
    await asyncio.to_thread(sam.unplug)
    with pytest.raises(DeviceFault) as fault:
        await soon(waiting)
    assert fault.value.reason is Reason.PORT_LOST
    for _ in range(2):
        assert (await reader.health()).device == NotReady(DeviceState.NO_DEVICE, Reason.PORT_LOST)
    sam.replug()
    assert (await reader.health()).device == ONLINE
    sam.lay(first_card)
    assert await soon(reader.next_card()) == on_chip(first_card)


async def test_a_cable_pulled_in_the_middle_of_a_record_makes_no_person(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.hang_up_at = 700
    sam.lay(first_card)
    reading = asyncio.create_task(reader.next_card())
    with pytest.raises(DeviceFault) as fault:
        await soon(reading)
    assert fault.value.reason is Reason.PORT_LOST
    sam.hang_up_at = None
    sam.replug()
    assert await soon(reader.next_card()) == on_chip(first_card)
