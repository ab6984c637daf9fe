"""What one reader can and another cannot: every kind of card, fingerprints, addresses, numbers of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contracts.id_cards import Finger, FingerprintResult, ResidentCard
from devices.sam_v.fingerprints import fingerprints_in
from devices.sam_v.reader import SamVReader
from devices.simulators.cards import AnyCard, SimulatedCard, fingerprint
from devices.simulators.sam_v import SamVSimulator
from tests.devices.documents import FOREIGN_2017, FOREIGN_2023, PERMIT, on_chip
from tests.devices.waiting import soon


@pytest.mark.parametrize(
    ("request_name", "sw3"), [("new address", 0x21), ("read all", 0x21), ("status", 0x21), ("status", 0x11)]
)
async def test_what_a_reader_does_not_offer_is_done_without(
    sam: SamVSimulator, reader: SamVReader, second_card: SimulatedCard, request_name: str, sw3: int
) -> None:
    sam.statuses[request_name] = sw3
    assert (await reader.health()).usable
    sam.lay(second_card)
    card = await soon(reader.next_card(fingerprints=True))
    assert (card.id_number, card.photo) == (second_card.id_number, second_card.photo)
    assert (card.fingerprints is None) == (request_name == "read all")
    assert isinstance(card, ResidentCard)
    assert (card.additional_address is None) == (request_name == "new address")


@pytest.mark.parametrize(
    "request_name",
    [
        pytest.param("new address", marks=pytest.mark.long),
        pytest.param("read all", marks=pytest.mark.long),
        "status",
    ],
)
async def test_what_a_reader_does_not_even_refuse_is_done_without(
    sam: SamVSimulator, reader: SamVReader, second_card: SimulatedCard, request_name: str
) -> None:
    sam.silent_to.add(request_name)
    sam.lay(second_card)
    card = await soon(reader.next_card(fingerprints=True))
    assert card.id_number == second_card.id_number
    assert (await reader.health()).usable


async def test_a_reader_that_knows_only_find_select_and_read_reads(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    for name in ("status", "sam id", "new address", "read all", "management"):
        sam.statuses[name] = 0x21
    sam.iin, sam.sn = bytes.fromhex("00010203"), bytes.fromhex("1122334455667788")
    sam.lay(first_card)
    card = await soon(reader.next_card())
    assert (card.id_number, card.problems) == (first_card.id_number, ())
    assert await reader.sam_id() is None
    assert await reader.card_management() is None
    assert await reader.still_lies_there() is None


@pytest.mark.parametrize("laid", [PERMIT, FOREIGN_2017, FOREIGN_2023], ids=lambda card: type(card).__name__)
async def test_a_card_of_every_kind_is_read(sam: SamVSimulator, reader: SamVReader, laid: AnyCard) -> None:
    sam.lay(laid)
    assert await soon(reader.next_card()) == on_chip(laid)


@pytest.mark.parametrize(
    "blocks", [b"", fingerprint(0x0B), fingerprint(0x0F) + fingerprint(0x63, result=0x03)], ids=len
)
async def test_fingerprints_come_when_asked_for(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard, blocks: bytes
) -> None:
    sam.lay(replace(first_card, fingerprints=blocks))
    card = await soon(reader.next_card(fingerprints=True))
    assert card.fingerprints is not None
    assert b"".join(finger.template for finger in card.fingerprints) == blocks
    assert replace(card, fingerprints=None) == on_chip(first_card)
    assert (await soon(reader.next_card())).fingerprints is None


def test_a_finger_is_told_from_another() -> None:
    right, odd = fingerprints_in(fingerprint(0x0C) + fingerprint(0x77, result=0x55))
    assert (right.finger, right.result, right.usable) == (
        Finger.RIGHT_INDEX,
        FingerprintResult.REGISTERED,
        True,
    )
    assert (odd.finger, odd.result, odd.usable) == (None, FingerprintResult.UNKNOWN, False)
    assert repr(right.template)[2:20] not in repr(right)


@pytest.mark.parametrize("blocks", [1, 2, 4])
async def test_an_additional_address_comes_in_blocks(
    sam: SamVSimulator, reader: SamVReader, second_card: SimulatedCard, blocks: int
) -> None:
    sam.address_blocks = blocks
    sam.lay(second_card)
    assert await soon(reader.next_card()) == on_chip(second_card)


async def test_a_reader_tells_its_number_and_the_chips(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.iin, sam.sn = bytes.fromhex("00010203"), bytes.fromhex("1122334455667788")
    assert await reader.sam_id() == "05.03-20200101-0000000001-0123456789"
    assert await reader.card_management() is None
    sam.lay(first_card)
    await soon(reader.next_card())
    management = await reader.card_management()
    assert management is not None
    assert (management.iin, management.sn) == (sam.iin, sam.sn)


async def test_a_card_taken_away_is_noticed(
    sam: SamVSimulator, reader: SamVReader, first_card: SimulatedCard
) -> None:
    sam.lay(first_card)
    await soon(reader.next_card())
    assert await reader.still_lies_there() is True
    sam.remove()
    assert await reader.still_lies_there() is False
