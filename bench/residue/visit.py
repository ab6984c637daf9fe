"""A marked citizen at the terminal: everything is done as anybody does it, only that every trait is drawn."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.citizen import Citizen
from bench.hall import ROOT, Hall
from bench.journey import HEADING, PICTURE, TEXT, WELCOME, Journey
from bench.leash import Leash
from bench.residue.marks import Marked, ink_needles, pixel_needles, signature
from bench.residue.needles import Haystack
from bench.scene import Step, StepFailed, no_picture
from kiosk.terminal.control import NoTerminal, ask

PRODUCT = ROOT / "main.py"

STANDBY_S = 20.0


class Visitor:
    """One marked person before one terminal; `number` counts the applications of this hall from 1."""

    def __init__(self, hall: Hall, citizen: Citizen, marked: Marked, number: int, output: Path) -> None:
        self._hall, self._citizen, self._marked = hall, citizen, marked
        steps = Journey(hall, marked.person, output, number, mobile=marked.mobile).online()
        self._steps = {step.name: step for step in steps}

    @property
    def betrayed_by_card(self) -> Haystack:
        """What would betray this person once the card is read."""
        return Haystack(self._marked.needles)

    async def signs(self, rng: random.Random) -> Haystack:
        """Do everything up to the signature, and sign; what would betray this person from now on."""
        await self._walks(self._before("sign"))
        await self._citizen.sees(HEADING, "请看一遍，然后签名")
        await self._citizen.reads()
        name = await self._citizen.sees(TEXT, self._marked.person.name)
        pad = await self._citizen.sees(PICTURE, "签名区")
        strokes = signature(rng, pad)
        for stroke in strokes:
            await self._hall.finger.stroke(stroke)
        picture = await asyncio.to_thread(self._hall.display.picture)
        return Haystack([*self._marked.needles, *ink_needles(strokes, pad), *pixel_needles(picture, name)])

    async def sends_and_leaves(self) -> None:
        """Touch "sign and send", take the slip, rate, and go."""
        await self._citizen.touches("签名并提交")
        await self._walks([self._steps[name] for name in ("received", "rating", "thanks")])

    async def lays_down_card(self) -> None:
        """Choose a matter and lay down the card, up to the question how to be verified."""
        await self._walks(self._before("consent"))
        await self._citizen.sees(HEADING, "怎样核验是您本人？")

    async def walks_off(self) -> None:
        """Touch "leave" wherever the journey stands, and take the card along."""
        self._hall.takes_card()
        self._hall.walks_away()
        await self._citizen.reads()
        await self._citizen.touches("离开")
        await self._citizen.sees(HEADING, WELCOME)

    def _before(self, name: str) -> Sequence[Step]:
        names = list(self._steps)
        return [self._steps[each] for each in names[: names.index(name)]]

    async def _walks(self, steps: Sequence[Step]) -> None:
        for step in steps:
            await step.act(self._citizen, no_picture)


def start(hall: Hall, program: Path, environment: Mapping[str, str] | None = None) -> None:
    """Start the terminal as the hall does, but from another `program`, or with more in its environment."""
    files = [option for file in hall.configuration for option in ("--config", str(file))]
    with (hall.folder / "terminal.log").open("ab") as log:
        hall.terminal = Leash(
            [sys.executable, str(program), "run", *files],
            environment=hall.display.environment() | dict(environment or {}),
            output=log,
            restart=True,
        )


async def status(hall: Hall) -> dict[str, Any]:
    """What the terminal says of itself. Raises `NoTerminal`."""
    return await asyncio.to_thread(ask, hall.runtime_dir, "status")


async def standby_is_warm(hall: Hall) -> dict[str, Any]:
    """Wait until one session is before the citizen and another rendered beneath; the terminal's status.

    Raises `StepFailed`.
    """
    deadline = time.monotonic() + STANDBY_S
    said: dict[str, Any] = {}
    while time.monotonic() < deadline:
        try:
            said = await status(hall)
        except NoTerminal:
            said = {"sessions": []}
        if {session["state"] for session in said["sessions"]} == {"visible", "standby"}:
            return said
        await asyncio.sleep(0.05)
    raise StepFailed(f"no standby within {STANDBY_S:g} s: {said['sessions']}")
