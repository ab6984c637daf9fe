"""A citizen's card in a real PC/SC reader service: read, pulled, mute; the reader and the service gone."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from devices.contracts.social_security_card import ChipTrouble, ChipUnreadable, SocialSecurityCard
from devices.simulators.social_security_card import SimulatedHolder, SimulatedSocialSecurityCard
from devices.simulators.social_security_slot import SocialSecuritySlot
from devices.smart_card.reader import PcscReader
from devices.statuses import CardMedia, DeviceFault, DeviceState, NotReady, ReaderHealth, Ready, Reason
from tests.devices.smart_card.smart_card_service import READER, SmartCardService

PAUSE_S = 0.05

WITHOUT_THE_PART = """
import asyncio, sys
sys.modules["smartcard"] = None  # as on a terminal without the optional part
from devices.smart_card.reader import PcscReader
from devices.statuses import DeviceFault
async def ask():
    reader = PcscReader("")
    print((await reader.health()).reason.value)
    try:
        await reader.next_card()
    except DeviceFault as fault:
        print(fault)
asyncio.run(ask())
"""


async def test_a_terminal_without_the_part_says_what_to_do() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WITHOUT_THE_PART, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert b"part_missing\n" in said
    assert b"run `make extras`" in said


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmartCardService]:
    """One for all tests: the client library remembers the socket's path while the process lives."""
    service = SmartCardService(tmp_path_factory.mktemp("pcscd"))
    os.environ["PCSCLITE_CSOCK_NAME"] = str(service.socket_path)
    service.start()
    yield service
    service.stop()
    del os.environ["PCSCLITE_CSOCK_NAME"]


@pytest.fixture
async def reader(service: SmartCardService) -> AsyncIterator[PcscReader]:
    reader = PcscReader(READER)
    assert service.socket_path.exists()
    await until_ready(reader)
    await until_empty(reader)
    yield reader
    await reader.close()


@pytest.fixture
def slot(service: SmartCardService) -> Iterator[SocialSecuritySlot]:
    slot = SocialSecuritySlot(service.card_port)
    yield slot
    slot.take_out()


async def until_ready(reader: PcscReader) -> None:
    async with asyncio.timeout(20.0):
        while not (await reader.health()).usable:  # noqa: ASYNC110 - another process; it tells nobody
            await asyncio.sleep(PAUSE_S)


async def until_empty(reader: PcscReader) -> None:
    """The service looks at the slot every 0.4 s: a faster swap of cards is none."""
    async with asyncio.timeout(20.0):
        while (await reader.health()).media is not CardMedia.NOT_PRESENT:  # noqa: ASYNC110 - the same
            await asyncio.sleep(PAUSE_S)


async def soon(asked: asyncio.Task[SocialSecurityCard]) -> SocialSecurityCard:
    async with asyncio.timeout(30.0):
        return await asked


async def put_in(
    reader: PcscReader, slot: SocialSecuritySlot, card: SimulatedSocialSecurityCard
) -> SocialSecurityCard:
    """Take out what is in, and put in `card` while the reader waits for it."""
    await asyncio.to_thread(slot.take_out)
    await until_empty(reader)
    asked = asyncio.create_task(reader.next_card())
    await asyncio.to_thread(slot.put_in, card)
    return await soon(asked)


@pytest.mark.extra
async def test_two_citizens_cards_are_read_one_after_the_other(
    reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    assert await reader.health() == ReaderHealth(Ready(), CardMedia.NOT_PRESENT)
    first = await put_in(reader, slot, SimulatedSocialSecurityCard())
    assert first.holder is not None
    assert first.holder.name == "测试甲"
    assert first.problems == ()
    assert (await reader.health()).media is CardMedia.PRESENT
    slow = SimulatedSocialSecurityCard(SimulatedHolder(name="样本乙"), manner="waits")
    second = await put_in(reader, slot, slow)
    assert second.holder is not None
    assert second.holder.name == "样本乙"


@pytest.mark.extra
async def test_a_card_left_in_is_not_the_next_citizens(
    service: SmartCardService, reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    assert service
    await put_in(reader, slot, SimulatedSocialSecurityCard())
    again = asyncio.create_task(reader.next_card())
    next_session = PcscReader(READER)
    another = asyncio.create_task(next_session.next_card())
    done, _ = await asyncio.wait({again, another}, timeout=1.2)
    assert not done
    again.cancel()
    await asyncio.wait({again})
    await asyncio.to_thread(slot.take_out)
    await until_empty(reader)
    fresh = SimulatedSocialSecurityCard(SimulatedHolder(name="样本乙"))
    await asyncio.to_thread(slot.put_in, fresh)
    card = await soon(another)
    assert card.holder is not None
    assert card.holder.name == "样本乙"
    await next_session.close()


@pytest.mark.extra
async def test_a_card_pulled_while_it_is_read_is_told_and_may_come_back(
    reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    slot.pull_at = 5
    with pytest.raises(ChipUnreadable) as unreadable:
        await put_in(reader, slot, SimulatedSocialSecurityCard())
    assert unreadable.value.trouble is ChipTrouble.PULLED
    slot.pull_at = None
    assert (await put_in(reader, slot, SimulatedSocialSecurityCard())).holder is not None


@pytest.mark.extra
@pytest.mark.parametrize(
    ("card", "trouble"),
    [
        (SimulatedSocialSecurityCard(other_application=True), ChipTrouble.OTHER_CARD),
        (SimulatedSocialSecurityCard(spoil=lambda _: b"\x90\x00"), ChipTrouble.GARBLED),
        (SimulatedSocialSecurityCard(spoil=lambda _: b"\x6f\x00"), ChipTrouble.REFUSED),
    ],
)
async def test_another_card_and_garbage_are_told(
    reader: PcscReader, slot: SocialSecuritySlot, card: SimulatedSocialSecurityCard, trouble: ChipTrouble
) -> None:
    with pytest.raises(ChipUnreadable) as unreadable:
        await put_in(reader, slot, card)
    assert unreadable.value.trouble is trouble
    assert (await reader.health()).usable


@pytest.mark.extra
async def test_a_mute_card_is_reported_and_not_waited_for(
    reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    slot.mute_from = 3
    with pytest.raises(DeviceFault) as fault:
        await put_in(reader, slot, SimulatedSocialSecurityCard())
    assert fault.value.reason is Reason.SILENT
    slot.take_out()  # which frees the service, too
    slot.mute_from = None
    assert (await put_in(reader, slot, SimulatedSocialSecurityCard())).holder is not None


@pytest.mark.extra
async def test_a_reader_that_is_unplugged_is_reported_and_taken_back(
    service: SmartCardService, reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    await asyncio.to_thread(service.stop)
    assert (await reader.health()).reason is Reason.SERVICE_MISSING
    service.start(plugged_in=False)
    assert (await reader.health()).device == NotReady(DeviceState.NO_DEVICE, Reason.PORT_LOST)
    await asyncio.to_thread(service.stop)
    service.start()
    await until_ready(reader)
    assert (await put_in(reader, slot, SimulatedSocialSecurityCard())).holder is not None


@pytest.mark.extra
async def test_a_reader_that_is_not_there_is_named(service: SmartCardService) -> None:
    assert service
    reader = PcscReader("ACME 9000")
    with pytest.raises(DeviceFault, match="ACME 9000") as fault:
        await reader.next_card()
    assert fault.value.reason is Reason.PORT_MISSING
    with pytest.raises(DeviceFault, match="several readers"):
        await PcscReader("").next_card()
    await reader.close()


@pytest.mark.extra
async def test_a_service_that_stops_is_reported_and_found_again(
    service: SmartCardService, reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    asked = asyncio.create_task(reader.next_card())
    await asyncio.sleep(0)
    await asyncio.to_thread(service.stop)
    with pytest.raises(DeviceFault) as fault:
        await soon(asked)
    assert fault.value.reason is Reason.SERVICE_MISSING
    assert (await reader.health()).reason is Reason.SERVICE_MISSING
    service.start()
    await until_ready(reader)
    assert (await put_in(reader, slot, SimulatedSocialSecurityCard())).holder is not None


@pytest.mark.extra
async def test_a_card_that_wants_a_pin_is_read_without_its_holder(
    reader: PcscReader, slot: SocialSecuritySlot
) -> None:
    card = await put_in(reader, slot, SimulatedSocialSecurityCard(locked=True))
    assert card.holder is None
