"""A card reader behind its vendor's SDT library: real processes, a library compiled here, cards as files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.contracts.id_cards import CardFailure, CardUnreadable, Finger, IdCard
from devices.simulators.cards import AnyCard
from devices.statuses import DeviceFault, NotReady, Ready, Reason, Unknown
from devices.vendor_host.client import VendorHost
from devices.vendor_host.id_card_reader import SdtReader
from devices.vendor_host.operations import ModuleKind
from tests.devices.documents import ALL, OTHER_RESIDENT, READ_OTHER_RESIDENT, READ_RESIDENT, RESIDENT
from tests.devices.vendor_host.vendors import Compiled, Desk, Hosts

USB = 1001


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def host(compiled: Compiled, hosts: Hosts, desk: Desk) -> VendorHost:
    return hosts(ModuleKind.SDT, compiled("sdt"), desk.argv)


async def read(reader: SdtReader, *, fingerprints: bool = False) -> IdCard:
    async with asyncio.timeout(20):
        return await reader.next_card(fingerprints=fingerprints)


# ---- cards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("card", "expected"), ALL, ids=lambda each: type(each).__name__)
async def test_every_kind_of_document_is_read(
    host: VendorHost, desk: Desk, card: AnyCard, expected: IdCard
) -> None:
    desk.lay(card)
    found = await read(SdtReader(host, USB))
    assert found == expected


async def test_fingerprints_come_only_when_they_are_wanted(host: VendorHost, desk: Desk) -> None:
    desk.lay(OTHER_RESIDENT)
    reader = SdtReader(host, USB)
    assert (await read(reader)).fingerprints is None
    prints = (await read(reader, fingerprints=True)).fingerprints
    assert prints is not None
    assert [each.finger for each in prints] == [Finger.RIGHT_THUMB, Finger.LEFT_INDEX]
    assert b"".join(each.template for each in prints) == OTHER_RESIDENT.fingerprints


async def test_a_library_that_knows_no_fingerprints_reads_the_card_without(
    compiled: Compiled, hosts: Hosts, desk: Desk
) -> None:
    desk.lay(OTHER_RESIDENT)
    reader = SdtReader(hosts(ModuleKind.SDT, compiled("sdt", "OF_THE_YEAR_2005"), desk.argv), USB)
    found = await read(reader, fingerprints=True)
    assert (found.id_number, found.fingerprints) == (READ_OTHER_RESIDENT.id_number, None)


async def test_a_card_laid_down_while_we_wait_is_read(host: VendorHost, desk: Desk) -> None:
    reader = SdtReader(host, USB)
    waiting = asyncio.create_task(read(reader))
    assert (await reader.health()).usable  # its turn comes between two searches
    desk.lay(RESIDENT)
    assert await waiting == READ_RESIDENT


async def test_the_card_that_still_lies_there_is_read_again(host: VendorHost, desk: Desk) -> None:
    reader = SdtReader(host, USB)
    desk.lay(RESIDENT)
    assert await read(reader) == await read(reader)
    desk.lift()
    desk.lay(OTHER_RESIDENT)
    assert (await read(reader)).name == OTHER_RESIDENT.name


async def test_a_card_that_somebody_else_found_is_never_read(host: VendorHost, desk: Desk) -> None:
    """The last citizen's card still lies there: the library would give it to the next one."""
    desk.lay(RESIDENT)
    await read(SdtReader(host, USB))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await SdtReader(host, USB).next_card()


async def test_whoever_stops_waiting_costs_no_restart(host: VendorHost, desk: Desk) -> None:
    reader = SdtReader(host, USB)
    for _ in range(5):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await reader.next_card()
    desk.lay(RESIDENT)
    assert await read(reader) == READ_RESIDENT
    assert host.starts == 1


async def test_a_card_that_will_not_be_selected_is_the_cards_fault(
    compiled: Compiled, hosts: Hosts, desk: Desk
) -> None:
    host = hosts(ModuleKind.SDT, compiled("sdt", "CANNOT_SELECT"), desk.argv)
    desk.lay(RESIDENT)
    reader = SdtReader(host, USB)
    with pytest.raises(CardUnreadable) as caught:
        await read(reader)
    assert caught.value.failure is CardFailure.NOT_SELECTED
    assert (await reader.health()).usable
    assert host.starts == 1


async def test_a_card_without_name_and_number_is_no_record(host: VendorHost, desk: Desk) -> None:
    desk.card.write_bytes(bytes(1350))
    with pytest.raises(CardUnreadable) as caught:
        await read(SdtReader(host, USB))
    assert caught.value.failure is CardFailure.NO_RECORD


# ---- the library's nonsense ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("LIES_ABOUT_LENGTHS", "SDT_ReadBaseFPMsg says that it wrote 4000000000 bytes, at most 1024 can be"),
        ("HALF_A_RECORD", "a record of 128 bytes of text, 1024 of photo"),
        ("ODD_FINGERPRINTS", "fingerprints of 700 bytes"),
    ],
)
async def test_lengths_that_cannot_be_are_garbage(
    compiled: Compiled, hosts: Hosts, desk: Desk, mood: str, said: str
) -> None:
    host = hosts(ModuleKind.SDT, compiled("sdt", mood), desk.argv)
    desk.lay(OTHER_RESIDENT)
    with pytest.raises(DeviceFault) as caught:
        await read(SdtReader(host, USB), fingerprints=True)
    assert caught.value.reason is Reason.VENDOR_GARBLED
    assert caught.value.detail.endswith(said)
    assert OTHER_RESIDENT.name not in str(caught.value)


async def test_a_crash_in_the_middle_of_a_card_is_the_librarys_fault(
    compiled: Compiled, hosts: Hosts, desk: Desk
) -> None:
    host = hosts(ModuleKind.SDT, compiled("sdt", "CRASHES"), desk.argv)
    reader = SdtReader(host, USB)
    desk.lay(RESIDENT)
    with pytest.raises(DeviceFault) as caught:
        await read(reader)
    assert caught.value.reason is Reason.VENDOR_CRASHED
    assert (await reader.health()).usable, "the next question starts another process and opens the port anew"
    assert host.starts == 2


async def test_a_missing_function_is_found_before_anybody_lays_a_card(
    compiled: Compiled, hosts: Hosts, desk: Desk
) -> None:
    library = compiled("sdt", "NO_NEW_ADDRESS")
    health = await SdtReader(hosts(ModuleKind.SDT, library, desk.argv), USB).health()
    assert isinstance(health.device, NotReady)
    assert health.reason is Reason.VENDOR_MISSING


# ---- the reader's health ---------------------------------------------------------------------------------


@pytest.mark.parametrize("port", [1, 16, 1001, 1016])
async def test_a_reader_that_gives_its_status_is_ready(host: VendorHost, port: int) -> None:
    assert (await SdtReader(host, port).health()).device == Ready()


async def test_a_port_that_cannot_be_opened_is_missing(host: VendorHost) -> None:
    with pytest.raises(DeviceFault) as caught:
        await SdtReader(host, 17).next_card()
    assert caught.value.reason is Reason.PORT_MISSING
    assert caught.value.detail == f"{host.library}: SDT_OpenPort(17) returned 0x01"


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (0x01, Reason.PORT_LOST),
        (0x02, Reason.SILENT),
        (0x03, Reason.GARBLED),
        (0x60, Reason.SAM_REFUSED),
        (0x66, Reason.SAM_REFUSED),
    ],
)
async def test_a_reader_in_trouble_says_which_and_recovers(
    host: VendorHost, desk: Desk, returned: int, reason: Reason
) -> None:
    reader = SdtReader(host, USB)
    assert (await reader.health()).usable
    desk.fail(returned)
    health = await reader.health()
    assert health.reason is reason
    assert isinstance(health.device, Unknown) == (reason in {Reason.SILENT, Reason.GARBLED})
    with pytest.raises(DeviceFault):
        await read(reader)
    desk.fail(None)
    assert (await reader.health()).usable
    desk.lay(RESIDENT)
    assert await read(reader) == READ_RESIDENT
