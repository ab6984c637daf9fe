"""A session that is killed while a card is read leaves nothing of that citizen to the next one.

The dying session is a real process with the real driver; it gets SIGKILL at every 64th byte of the record,
and the rest of the record goes on arriving at whoever opens the port next.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from devices.contracts.id_cards import IdCard
from devices.sam_v.reader import SamVReader
from devices.serial_line import SerialLine
from devices.simulators.cards import SimulatedCard
from devices.simulators.sam_v import Halt, SamVSimulator
from devices.simulators.sam_v_frames import record
from tests.devices.documents import READ_OTHER_RESIDENT

SESSION = """
import asyncio, sys
from devices.sam_v.reader import SamVReader
asyncio.run(SamVReader(sys.argv[1], 115_200).next_card())
"""
RECORD_BYTES = 1295
ROOT = Path(__file__).resolve().parents[3]


@asynccontextmanager
async def killed_at(
    at_byte: int, port: Path, card: SimulatedCard
) -> AsyncIterator[tuple[SamVSimulator, Halt]]:
    """A reader in the middle of a record whose session has just been killed."""
    sam = SamVSimulator(port)
    halt = sam.halt = Halt(at_byte)
    sam.lay(card)
    session = await asyncio.create_subprocess_exec(sys.executable, "-c", SESSION, str(port), cwd=ROOT)
    try:
        assert await asyncio.to_thread(halt.reached.wait, 20)
        session.kill()
        await session.wait()
        yield sam, halt
    finally:
        if session.returncode is None:
            session.kill()
            await session.wait()
        await asyncio.to_thread(sam.close)


async def next_citizen(at_byte: int, port: Path, first: SimulatedCard, second: SimulatedCard) -> IdCard:
    async with killed_at(at_byte, port, first) as (sam, halt), asyncio.timeout(20):
        sam.lay(second)
        halt.go_on.set()
        reader = SamVReader(str(port), 115_200)
        card = await reader.next_card()
        await reader.close()
        return card


@pytest.mark.parametrize("lane", range(3))
async def test_the_next_citizen_gets_their_own_card_whole(
    tmp_path: Path, first_card: SimulatedCard, second_card: SimulatedCard, lane: int
) -> None:
    points = list(range(0, RECORD_BYTES, 64))[lane::3]
    cards = await asyncio.gather(
        *(next_citizen(at, tmp_path / f"cable{at}", first_card, second_card) for at in points)
    )
    assert cards == [READ_OTHER_RESIDENT] * len(points)


@pytest.mark.parametrize("at_byte", [0, 640])
async def test_settling_leaves_no_byte_of_the_first_citizen(
    port: Path, first_card: SimulatedCard, at_byte: int
) -> None:
    async with killed_at(at_byte, port, first_card) as (sam, halt):
        line = await SerialLine.open(str(port), 115_200)
        halt.go_on.set()
        await line.settle(quiet_s=0.3)  # a busy test machine may pause the simulator for longer than 50 ms
        await asyncio.to_thread(sam.wait_for, "record sent")
        assert await line.read_some(0.1) == b""
        await line.close()


async def test_without_settling_the_first_citizens_record_would_be_there(
    port: Path, first_card: SimulatedCard
) -> None:
    """The two tests above would find a driver that does not settle: this is what it would read."""
    async with killed_at(640, port, first_card) as (sam, halt):
        line = await SerialLine.open(str(port), 115_200)
        halt.go_on.set()
        await asyncio.to_thread(sam.wait_for, "record sent")
        stale = b""
        while data := await line.read_some(0.1):
            stale += data
        assert stale.endswith(record(first_card)[640:])
        await line.close()
