"""One hall for these tests, and a citizen who walks to any step of the journey without taking pictures."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bench.citizen import Citizen
from bench.hall import Hall, open_hall
from bench.journey import HEADING, WELCOME, Journey, boot
from bench.people import resident
from bench.scene import Step, no_picture
from config.hall_time import hall_today
from kiosk.terminal.control import ask

Says = Callable[[dict[str, Any]], bool]

LONGEST = ("test_scenes", "test_matters", "test_killed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first: of two workers, neither waits for the other at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@dataclass
class Walker:
    """A citizen in a hall, and a technician's look at the terminal's own word."""

    hall: Hall
    citizen: Citizen

    def journey(self) -> Journey:
        """The way of one person; it is numbered by the slips that are already out."""
        out = sum(not slip.blank for slip in self.hall.printer.slips)
        return Journey(self.hall, resident(hall_today()), self.hall.folder, number=out + 1)

    async def walks(self, steps: Sequence[Step]) -> None:
        """Do every step."""
        for step in steps:
            await step.act(self.citizen, no_picture)

    async def walks_to(self, name: str) -> None:
        """Do every step before `name`."""
        steps = self.journey().online()
        await self.walks(steps[: [step.name for step in steps].index(name)])

    async def status(self) -> dict[str, Any]:
        """What the terminal says of itself."""
        return await asyncio.to_thread(ask, self.hall.runtime_dir, "status")

    async def visible_pid(self) -> int:
        """The process the citizen stands before."""
        sessions = (await self.status())["sessions"]
        return int(next(session["pid"] for session in sessions if session["state"] == "visible"))

    async def becomes(
        self, true_of: Callable[[dict[str, Any]], bool], within_s: float = 15.0
    ) -> dict[str, Any]:
        """Wait until the terminal's status says so."""
        deadline = time.monotonic() + within_s
        while not true_of(status := await self.status()):
            assert time.monotonic() < deadline, status
            await asyncio.sleep(0.05)
        return status

    async def standby_is_warm(self) -> None:
        """Wait until a fresh session is rendered beneath."""
        await self.becomes(
            lambda status: any(session["state"] == "standby" for session in status["sessions"])
        )

    async def leaves(self) -> None:
        """Go away, wherever the journey stands, and take the card along."""
        self.hall.takes_card()
        self.hall.walks_away()
        await self.citizen.reads()
        await self.citizen.touches("离开")
        await self.citizen.sees(HEADING, WELCOME)
        await self.standby_is_warm()

    def events(self) -> list[dict[str, Any]]:
        """Every event of the log so far."""
        lines = (self.hall.folder / "events.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def count_of(self, name: str) -> int:
        """How often an event has been logged."""
        return sum(event["event"] == name for event in self.events())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walker(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walker]:
    """A hall whose terminal stands at its welcome screen."""
    folder: Path = tmp_path_factory.mktemp("hall")
    async with open_hall(folder) as hall:
        walker = Walker(hall, Citizen(hall.sight, hall.finger))
        await walker.walks(boot(hall))
        await walker.standby_is_warm()
        yield walker
