"""The real processes from end to end, in a hall of their own: the slowest tests there are, and the truest."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from itertools import takewhile
from pathlib import Path

import pytest

from bench.citizen import Citizen
from bench.hall import Hall, open_hall
from bench.journey import HEADING, START_S, WELCOME, Journey, boot
from bench.people import neighbour, resident
from bench.scene import Album, Step, play
from central_platform import records
from config.hall_time import hall_today

TODAY = hall_today()


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    async with open_hall(tmp_path) as hall:
        yield hall


async def play_well(hall: Hall, steps: Sequence[Step]) -> None:
    citizen = Citizen(hall.sight, hall.finger)
    album = Album(hall.display, hall.folder / "screens")
    played = await play(steps, citizen, album, lambda _name, _played: None)
    assert [(step.name, step.trouble) for step in played if not step.ok] == []


async def test_an_application_whose_answer_is_lost_arrives_once_and_the_citizen_sees_it_received(
    hall: Hall,
) -> None:
    hall.cable.lose_next_answer()
    journey = Journey(hall, resident(TODAY), hall.folder, number=1)
    await play_well(hall, [*boot(hall), *journey.online()])
    assert hall.cable.answers_lost == 1
    assert records.all_ids(hall.platform_dir) == [journey.application_id]


async def test_a_killed_session_shows_the_next_citizen_nothing_and_a_killed_terminal_loses_nothing(
    hall: Hall,
) -> None:
    first = Journey(hall, resident(TODAY), hall.folder, number=1)
    before_review = list(takewhile(lambda step: step.name != "review", first.online()))
    await play_well(hall, [*boot(hall), *before_review])
    citizen = Citizen(hall.sight, hall.finger)
    review = await citizen.sees(HEADING, "请核对填写的内容")
    assert any(first.person.name in word for word in await citizen.what_is_there())

    died = time.monotonic()
    os.kill(review.pid, signal.SIGKILL)
    welcome = await citizen.sees(HEADING, WELCOME)
    assert time.monotonic() - died < 1
    assert welcome.pid != review.pid

    hall.takes_card()
    second = Journey(hall, neighbour(TODAY), hall.folder, number=1)
    steps = {step.name: step for step in second.cut_and_healed()}
    names = list(steps)
    at_review, at_farewell = names.index("review-cut"), names.index("rating-cut")
    await play_well(hall, [steps[name] for name in names[:at_review]])
    await citizen.sees(HEADING, "请核对填写的内容")
    words = " ".join(await citizen.what_is_there())
    assert second.person.name in words
    assert first.person.name not in words
    assert first.person.id_number not in words

    await play_well(hall, [steps[name] for name in names[at_review:at_farewell]])
    hall.kill_terminal()
    await citizen.sees(HEADING, WELCOME, START_S)
    await play_well(hall, [steps["healed"]])
    assert records.all_ids(hall.platform_dir) == [second.application_id]
