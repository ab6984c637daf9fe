"""Answers that refuse, stop, lie, dawdle or belong to somebody else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from devices.contracts.id_cards import CardFailure, CardUnreadable
from devices.sam_v.reader import SamVReader
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v import SamVSimulator
from devices.simulators.sam_v_frames import record
from devices.statuses import DeviceFault, Reason
from tests.devices.documents import on_chip
from tests.devices.waiting import event, soon


@pytest.mark.parametrize(
    ("request_name", "sw3", "failure"),
    [
        ("select", 0x81, CardFailure.NOT_SELECTED),
        ("select", 0x40, CardFailure.UNKNOWN_KIND),
        ("read", 0x24, CardFailure.READ_FAILED),
        ("read", 0x31, CardFailure.REJECTED),
        ("read", 0x32, CardFailure.REJECTED),
        ("read", 0x33, CardFailure.REJECTED),
        ("read", 0x40, CardFailure.UNKNOWN_KIND),
        ("read", 0x41, CardFailure.READ_FAILED),
        ("read", 0x47, CardFailure.REJECTED),
        ("read", 0x81, CardFailure.NOT_SELECTED),
        ("read", 0x91, CardFailure.NO_RECORD),
    ],
)
async def test_a_card_that_refuses_is_reported_with_its_status(
    sam: SamVSimulator,
    reader: SamVReader,
    first_card: SimulatedCard,
    request_name: str,
    sw3: int,
    failure: CardFailure,
) -> None:
    sam.statuses[request_name] = sw3
    sam.card_status = bytes.fromhex("6A82")
    sam.lay(first_card)
    with pytest.raises(CardUnreadable, match=f"SW 6A82 SW3 {sw3:X}") as unreadable:
        await soon(reader.next_card())
    assert unreadable.value.failure is failure
    sam.statuses.clear()
    assert await soon(reader.next_card()) == on_chip(first_card)  # it may just be left there


@pytest.mark.parametrize(
    ("request_name", "sw3"), [("status", 0x60), ("find", 0x66), ("select", 0x60), ("read", 0x66)]
)
async def test_a_sam_that_refuses_is_the_readers_trouble_not_the_cards(
    sam: SamVSimulator,
    reader: SamVReader,
    first_card: SimulatedCard,
    request_name: str,
    sw3: int,
) -> None:
    sam.statuses[request_name] = sw3
    sam.lay(first_card)
    with pytest.raises(DeviceFault, match=f"SW3 {sw3:X}") as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.SAM_REFUSED


@pytest.mark.parametrize(("request_name", "sw3"), [("find", 0x11), ("select", 0x23), ("read", 0x21)])
async def test_a_reader_that_has_no_way_to_read_is_broken(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, request_name: str, sw3: int
) -> None:
    sam.statuses[request_name] = sw3
    sam.lay(first_card)
    with pytest.raises(DeviceFault) as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.SAM_REFUSED


async def test_a_chip_without_a_name_is_unreadable(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.lay(replace(first_card, name=""))
    with pytest.raises(CardUnreadable) as unreadable:
        await soon(reader.next_card())
    assert unreadable.value.failure is CardFailure.NO_RECORD


async def test_a_record_whose_lengths_lie_is_none(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.inner_lengths = (1024, 256)
    sam.lay(first_card)
    with pytest.raises(CardUnreadable, match="lengths") as unreadable:
        await soon(reader.next_card())
    assert unreadable.value.failure is CardFailure.NO_RECORD
    sam.inner_lengths = None
    assert await soon(reader.next_card()) == on_chip(first_card)


@pytest.mark.parametrize("cut_at", [pytest.param(7, marks=pytest.mark.long), 1294])
async def test_a_record_that_stops_half_way_is_no_record_and_the_card_may_stay(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, cut_at: int
) -> None:
    sam.cut_record_at = cut_at
    sam.lay(first_card)
    with pytest.raises(DeviceFault) as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.GARBLED
    assert sam.events.count("read") == 2
    sam.cut_record_at = None
    assert await soon(reader.next_card()) == on_chip(first_card)


@pytest.mark.long
async def test_a_record_with_a_wrong_checksum_is_no_record(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.only, sam.wrong_checksum = "read", True
    sam.lay(first_card)
    with pytest.raises(DeviceFault) as fault:
        await soon(reader.next_card())
    assert fault.value.reason is Reason.GARBLED
    assert sam.events.count("read") == 2


async def test_a_record_that_is_spoiled_once_is_asked_for_once_more(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.cut_record_at = 600
    sam.lay(first_card)
    reading = asyncio.create_task(reader.next_card())
    await event(sam, "record sent")
    sam.cut_record_at = None
    assert await soon(reading) == on_chip(first_card)


async def test_an_answer_in_pieces_is_one_answer(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.pieces, sam.pause_s = (6, 300, 1294), 0.1
    sam.lay(first_card)
    assert await soon(reader.next_card()) == on_chip(first_card)


@pytest.mark.long
async def test_a_reader_slower_than_its_port_says_is_given_its_time(
    port: Path, first_card: SimulatedCard
) -> None:
    """A converter that does not care for the rate of the port: 1.35 s for what 115,200 bits/s do in 0.11."""
    sam = SamVSimulator(port, 115_200)
    sam.radio_s = 2.0
    sam.pieces, sam.pause_s = tuple(range(300, 1295, 300)), 0.3
    sam.lay(first_card)
    reader = SamVReader(str(port), 115_200)
    assert await soon(reader.next_card()) == on_chip(first_card)
    await reader.close()
    await asyncio.to_thread(sam.close)


async def test_a_record_that_comes_beside_the_right_one_makes_both_doubtful(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, second_card: SimulatedCard
) -> None:
    sam.radio_s = 0.5
    sam.lay(second_card)
    reading = asyncio.create_task(reader.next_card())
    await event(sam, "read")
    await asyncio.to_thread(sam.say, record(first_card))  # while the card's own is still in the air
    with pytest.raises(CardUnreadable, match="somebody else"):
        await soon(reading)
    sam.radio_s = 0.0
    assert await soon(reader.next_card()) == on_chip(second_card)


async def test_what_others_left_on_the_line_is_nobodys(
    sam: SamVSimulator, port: Path, first_card: SimulatedCard, second_card: SimulatedCard
) -> None:
    reader = SamVReader(str(port), 115_200)
    for left in (record(first_card), record(first_card)[300:], record(first_card)[:700], b"\xaa" * 40):
        talking = asyncio.create_task(asyncio.to_thread(sam.say, left))
        sam.lay(second_card)
        assert await soon(reader.next_card()) == on_chip(second_card)
        await talking
        await reader.close()
