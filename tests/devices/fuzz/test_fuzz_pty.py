"""The card reader's driver against hostile readers on real ptys, two people in turn: nothing is mixed."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from devices.contracts.id_cards import CardUnreadable, ResidentCard
from devices.sam_v.conversation import ANSWER_S, GAP_S, SLACK_S, Conversation
from devices.sam_v.frames import READ, Command, Response
from devices.sam_v.reader import SamVReader
from devices.serial_line import SerialLine
from devices.statuses import DeviceFault
from tests.devices.documents import on_chip
from tests.devices.fuzz.hostile_sam_v import HOSTILE, PEOPLE, HostileSamV, Manners
from tests.devices.fuzz.target import Broken, require

BAUD = 115_200
SEED = 20_261_122
SLOWEST_WIRE_S = 10 * READ.longest_answer / 9_600
LONGEST_SILENCE_S = ANSWER_S[READ] + SLACK_S + GAP_S + 2 * SLOWEST_WIRE_S + 1.0
"""Between two questions of the driver's: the longest answer time, and the second after which it hangs."""

Reader = Callable[[str, int], SamVReader]


class Watch:
    """How late this process's own loop has been, in seconds: that is not the driver's doing."""

    def __init__(self) -> None:
        self.late_s = 0.0

    async def run(self) -> None:
        """Look for ever."""
        clock = asyncio.get_running_loop().time
        while True:
            due = clock() + 0.05
            await asyncio.sleep(0.05)
            self.late_s = max(self.late_s, clock() - due)


async def play(
    folder: Path, frames: int, seed: int, ends: int, make: Reader, manners: Manners
) -> Counter[str]:
    """Have so many drivers read until so many frames were sent. Raises `Broken` in a group."""
    tally: Counter[str] = Counter()
    watch = Watch()
    watching = asyncio.create_task(watch.run())
    try:
        async with asyncio.TaskGroup() as group:
            for number in range(ends):
                group.create_task(
                    _one(
                        folder / f"reader-{number}",
                        frames // ends,
                        seed + number,
                        make,
                        manners,
                        tally,
                        watch,
                    )
                )
    finally:
        watching.cancel()
    return tally


async def _one(
    port: Path, frames: int, seed: int, make: Reader, manners: Manners, tally: Counter[str], watch: Watch
) -> None:
    random = Random(seed)  # noqa: S311  a run must be made again from its seed
    device = HostileSamV(port, random, manners)
    reader = make(str(port), BAUD)
    turn = 0
    while device.frames < frames:
        await device.plugged.wait()
        turn += 1
        device.lay(PEOPLE[turn % 2])
        device.troubled = False
        if random.random() < 0.05:
            # The session dies in the middle; the next one finds its bytes on the line.
            device.asked.clear()
            dying = asyncio.create_task(reader.next_card())
            await device.asked.wait()
            dying.cancel()
            await asyncio.gather(dying, return_exceptions=True)
            await reader.close()
            reader = make(str(port), BAUD)
            tally["died"] += 1
            continue
        tally[await _read(reader, device, watch)] += 1
    tally["frames"] += device.frames
    await reader.close()
    device.pull()


async def _read(reader: SamVReader, device: HostileSamV, watch: Watch) -> str:
    reading = asyncio.create_task(reader.next_card())
    silence_s = 0.0
    while not reading.done():
        device.asked.clear()
        asked = asyncio.create_task(device.asked.wait())
        began = time.monotonic()
        await asyncio.wait({reading, asked}, return_when=asyncio.FIRST_COMPLETED, timeout=60.0)
        asked.cancel()
        silence_s = time.monotonic() - began
        require(silence_s < LONGEST_SILENCE_S + watch.late_s, f"a hang of {silence_s:.1f} s")
    try:
        card = reading.result()
    except (CardUnreadable, DeviceFault) as fault:
        require(device.troubled, f"gave up although every answer came: {fault}")
        return type(fault).__name__
    require(device.read is not None, "a record that was never sent")
    expected = on_chip(device.read or device.person)
    require(isinstance(card, ResidentCard) and isinstance(expected, ResidentCard), "another kind of card")
    if isinstance(card, ResidentCard) and isinstance(expected, ResidentCard):
        if card.additional_address is None:  # its answer was withheld: not known is not another address
            require(device.troubled, "an additional address was lost")
            expected = replace(expected, additional_address=None)
        require(card == expected, "a mixed record, or somebody else's")
    return "read"


async def test_two_people_at_hostile_readers_get_their_own_record_or_a_typed_no(tmp_path: Path) -> None:
    tally = await play(tmp_path, 2_500, SEED, 24, SamVReader, HOSTILE)
    assert tally["frames"] >= 2_500
    assert tally["read"] > 50


@pytest.mark.long
@pytest.mark.timeout(7_200)
async def test_a_million_frames_over_ptys_mix_no_two_people(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    print(f"seed {seed}")  # noqa: T201
    began = time.monotonic()
    tally = await play(tmp_path, 1_000_000, seed, 64, SamVReader, HOSTILE)
    print(f"{dict(tally)} in {time.monotonic() - began:.0f} s")  # noqa: T201
    assert tally["frames"] >= 1_000_000


# ---- what this would catch ---------------------------------------------------------------------------------


class Credulous(Conversation):
    """Weakened: takes any answer for the one to its question."""

    async def _exchange(self, line: SerialLine, command: Command) -> Response:
        return await super()._exchange(line, Anything(command.code, command.answers))


class Anything(Command):
    """Weakened: every response fits."""

    def __hash__(self) -> int:
        return hash((self.code, self.answers))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Command) and self.code == other.code

    def fits(self, response: Response) -> bool:
        """Yes."""
        return isinstance(response, Response)


class CredulousReader(SamVReader):
    """Weakened: takes whatever comes."""

    def __init__(self, port: str, baud: int) -> None:
        super().__init__(port, baud)
        self._talk = Credulous(port, baud)


SPARING: Manners = {"plain": 9, "foreign first": 1}


async def test_a_reader_that_takes_whatever_comes_is_caught(tmp_path: Path) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        await play(tmp_path, 4_000, SEED, 8, CredulousReader, SPARING)
    assert all(isinstance(error, Broken) for error in caught.value.exceptions)
