"""Recorded faults come out of their files as devices, and the driver holds against them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import serial

from devices.blackbox.inventing import INVENTED
from devices.blackbox.player import Player
from devices.blackbox.tap import Tap
from devices.blackbox.trace import Bytes, Check, Trace, Way, read_trace
from devices.contracts.id_cards import CardFailure, IdCard
from devices.sam_v.frames import FIND, READ, SAM_ID, STATUS, Command, Response, ResponseDecoder
from devices.sam_v.reader import SamVReader
from tests.devices.blackbox.recording import failure
from tests.devices.waiting import soon

TRACES = Path(__file__).with_name("traces")


def shipped(name: str) -> Trace:
    return read_trace((TRACES / f"{name}.trace").read_text("utf-8"))


@asynccontextmanager
async def played(trace: Trace, link: Path) -> AsyncIterator[Player]:
    tap = Tap(link, trace.head.baud)
    player = Player(trace, tap)
    playing = asyncio.create_task(player.run())
    try:
        yield player
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        tap.unplug()


@asynccontextmanager
async def driver(link: Path) -> AsyncIterator[SamVReader]:
    reader = SamVReader(str(link), 115_200)
    try:
        yield reader
    finally:
        await reader.close()


def assert_is_invented(card: IdCard) -> None:
    assert (card.name, card.id_number, card.problems) == (INVENTED.name, INVENTED.id_number, ())


@pytest.mark.parametrize(
    ("name", "first"),
    [("late-record", CardFailure.NO_ANSWER), ("card-pulled", CardFailure.READ_FAILED)],
)
async def test_a_recorded_fault_ends_as_it_did_in_the_hall(port: Path, name: str, first: CardFailure) -> None:
    async with played(shipped(name), port) as player, driver(port) as reader:
        assert await failure(reader) is first
        assert_is_invented(await soon(reader.next_card()))
        await soon(player.played_through.wait())
        assert player.unknown_questions == 0


async def test_a_driver_that_takes_the_next_answer_for_its_own_would_be_caught(port: Path) -> None:
    """Weakened: gives up waiting for the record, asks for the status and believes what comes."""

    def naive() -> bytes:
        with serial.Serial(str(port), 115_200, timeout=0.3) as line:
            for command in (STATUS, FIND, READ, STATUS):
                line.write(command.frame)
                answer = line.read(2000)
        return answer

    async with played(shipped("late-record"), port):
        answer = await asyncio.to_thread(naive)
    assert len(answer) > 1000  # a person, where "ready" was expected


def test_the_shipped_traces_hold_a_late_and_a_cut_record() -> None:
    late = [event for event in shipped("late-record").events if isinstance(event, Bytes)]
    silence_ms = max(after.at_ms - before.at_ms for before, after in pairwise(late))
    assert silence_ms > 2000
    cut = shipped("card-pulled").events
    photo = sum(
        item.length
        for event in cut
        if isinstance(event, Bytes)
        for item in event.items
        if getattr(item, "field", "") == "photo"
    )
    assert 1024 < photo < 2048


async def asked(line: serial.Serial, command: Command) -> Response | None:
    decoder = ResponseDecoder()
    line.write(command.frame)
    answers = decoder.feed(await asyncio.to_thread(line.read, 40))
    return answers[0] if answers else None


TINY = """\
hall-terminal black box 1
device: sam_v
baud: 115200

1.0 > aaaaaa96690003200122
2.0 < aaaaaa9669 0004000080 84
3.0 > aaaaaa9669000312ffee
4.0 < aaaaaa9669 0014000090 <sam-id 16 redacted> <check good>
5.0 > aaaaaa9669000311ffed
6.0 < aaaaaa9669 0004000090 <check bad>
"""


async def test_a_driver_that_asks_in_another_order_gets_what_belongs_to_its_question(port: Path) -> None:
    async with played(read_trace(TINY), port) as player:
        with serial.Serial(str(port), 115_200, timeout=0.15) as line:
            for _ in range(3):
                none = await asked(line, FIND)
                assert none is not None
                assert none.sw3 == 0x80
            sam = await asked(line, SAM_ID)
            assert sam is not None
            assert len(sam.data) == 16
            assert await asked(line, STATUS) is None  # its check is as wrong as it was
            assert await asked(line, READ) is None
            assert player.unknown_questions == 1
            assert player.played_through.is_set()


def test_a_wrong_check_stays_wrong_and_every_other_is_right() -> None:
    for name in ("late-record", "card-pulled"):
        checks = [
            item
            for event in shipped(name).events
            if isinstance(event, Bytes) and event.way is Way.FROM_DEVICE
            for item in event.items
            if isinstance(item, Check)
        ]
        assert checks
        assert all(check.good for check in checks)
