"""Visits to a hall, timed on the glass: touch to screen, card to fields, leave to clean, crash to clean.

A visitor walks from the welcome page to the page on which a guide compares photo and face, the one with the
most of a person on it, and leaves; or the session is killed there. The first visit is not timed: on it the
looks of the screens are learnt, by which the later ones are recognised.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field

from bench.citizen import BUTTON, READ_S, Citizen
from bench.hall import Hall
from bench.journey import HEADING as ROLE_HEADING
from bench.journey import MATTER, START_S, WELCOME
from bench.people import card_of, ending_soon
from benchmarks.glass import BODY, HEADING, Glass, Look
from config.hall_time import hall_today
from kiosk.terminal.control import NoTerminal, ask

WARM_S = 20.0
CARD_NOTICE = "您的身份证还有 60 天到期"
"""Read from the card and computed: when this shows, a field of the card is on screen."""


@dataclass
class Taken:
    """Milliseconds, one entry a sample."""

    touch: list[float] = field(default_factory=list)
    card: list[float] = field(default_factory=list)
    leave: list[float] = field(default_factory=list)
    crash: list[float] = field(default_factory=list)


class Visitor:
    """One after the other at one hall."""

    def __init__(self, hall: Hall, glass: Glass, chance: random.Random) -> None:
        self._hall, self._glass, self._chance = hall, glass, chance
        self._citizen = Citizen(hall.sight, hall.finger)
        self._looks: dict[str, Look] = {}
        self._card = card_of(ending_soon(hall_today()))
        self.taken = Taken()

    async def visit(self, *, crash: bool) -> None:
        """Go to the guide's page and leave, or have the session killed there."""
        hall = self._hall
        await self._sees(WELCOME)
        if "" not in self._looks:
            self._looks[""] = await self._glass.settled(BODY)
        await self._touches(MATTER, "开无犯罪记录证明")
        await self._touches("开始办理", "请把身份证放在读卡器上")
        await self._lays_card()
        await self._touches("知道了，继续办理", "怎样核验是您本人？")
        await self._touches("请工作人员核验", "请工作人员来核验")
        await standby(hall)
        await asyncio.sleep(READ_S)
        if crash:
            await self._is_killed()
        else:
            await self._leaves()
        hall.takes_card()
        await self._sees(WELCOME)
        await standby(hall)

    async def _touches(self, button: str, heading: str) -> None:
        node = await self._citizen.turns_to(button, WARM_S)
        await asyncio.sleep(READ_S)
        known = self._looks.get(heading)
        if known is None:
            await self._hall.finger.touch(*node.middle)
            await self._learns(heading)
            return
        watch = await self._glass.watch(known, HEADING)
        released_s = await self._hall.finger.touch(*node.middle)
        self.taken.touch.append(1000 * (await watch - released_s))

    async def _lays_card(self) -> None:
        await asyncio.sleep(READ_S)
        known = self._looks.get(CARD_NOTICE)
        if known is None:
            self._hall.reader.lay(self._card)
            await self._learns(CARD_NOTICE)
            return
        # The reader is asked every so often: no card is always laid down just after a question.
        await asyncio.sleep(self._chance.random())
        watch = await self._glass.watch(known, HEADING)
        laid_s = time.monotonic()
        self._hall.reader.lay(self._card)
        self.taken.card.append(1000 * (await watch - laid_s))

    async def _leaves(self) -> None:
        node = await self._hall.sight.wait_for(BUTTON, "离开", WARM_S)
        watch = await self._glass.watch(self._looks[""], BODY)
        released_s = await self._hall.finger.touch(*node.middle)
        self.taken.leave.append(1000 * (await watch - released_s))

    async def _is_killed(self) -> None:
        visible = await pid_of(self._hall, "visible")
        watch = await self._glass.watch(self._looks[""], BODY)
        killed_s = time.monotonic()
        os.kill(visible, signal.SIGKILL)
        self.taken.crash.append(1000 * (await watch - killed_s))

    async def _sees(self, heading: str) -> None:
        await self._hall.sight.wait_for(ROLE_HEADING, heading, WARM_S, enabled=False)

    async def _learns(self, heading: str) -> None:
        await self._sees(heading)
        self._looks[heading] = await self._glass.settled(HEADING)


async def start(hall: Hall, glass: Glass, welcome: Look | None) -> float | None:
    """Start the terminal; milliseconds until the welcome page looks like `welcome`, None without it."""
    if welcome is None:
        hall.start_terminal()
        await hall.sight.wait_for(ROLE_HEADING, WELCOME, START_S, enabled=False)
        taken = None
    else:
        watch = await glass.watch(welcome, BODY, START_S)
        began_s = time.monotonic()
        hall.start_terminal()
        taken = 1000 * (await watch - began_s)
    return taken


async def standby(hall: Hall) -> None:
    """Wait until a fresh session lies beneath, rendered."""
    await pid_of(hall, "standby")


async def pid_of(hall: Hall, state: str) -> int:
    """Wait for a session in this state; its process."""
    give_up_s = time.monotonic() + WARM_S
    while time.monotonic() < give_up_s:
        try:
            status = await asyncio.to_thread(ask, hall.runtime_dir, "status")
        except NoTerminal:
            status = {"sessions": []}
        for session in status["sessions"]:
            if session["state"] == state:
                return int(session["pid"])
        await asyncio.sleep(0.05)
    raise TimeoutError(f"no session is {state}")
