"""A scripted citizen: reads what is on screen, touches it by its accessible name, types, signs.

Nobody here is faster than a person who knows the way: a screen is looked at before it is touched. The
terminal relies on that, for it drops touches that were meant for the screen before.
"""

from __future__ import annotations

import asyncio
import math
import re
import time

from bench.keyboard import KEYS
from bench.sight import Node, NotSeen, Sight, fits
from bench.touch import Finger

READ_S = 0.4
"""From seeing what one looks for to touching it."""

BUTTON = "push button"
MORE_BENEATH = ("向下翻", "Page down")
"""The button of a screen that is longer than its place."""

OTHERS = re.compile("^(再看几个|Show more)")
"""The button that shows the next few choices, in elder mode."""

LOOK_S = 0.05

SEARCHES_S = 0.5
"""How long somebody looks at a screen before turning the page: the right one may be about to come."""

TURNS_S = 0.3
"""From turning the page to looking at it."""

RISES_S = 0.8
"""How long a first letter takes to show above the keyboard."""

CANDIDATE = "filler"
"""The role of what the keyboard offers for the letters typed so far; it has no name."""

KEY_S = 0.08
"""Between two letters: a quick hand."""

APPEARS_S = 6.0
"""How long a citizen waits for the next screen before something is wrong."""


class Citizen:
    """Eyes and a finger before one screen."""

    def __init__(self, sight: Sight, finger: Finger) -> None:
        self.sight = sight
        self._finger = finger

    async def sees(self, role: str | None, name: str | re.Pattern[str], within_s: float = APPEARS_S) -> Node:
        """Wait until it shows, in any role for None; raises `bench.sight.NotSeen`."""
        return await self.sight.wait_for(role, name, within_s, enabled=False)

    async def reads(self) -> None:
        """Take the time that reading takes."""
        await asyncio.sleep(READ_S)

    async def touches(self, name: str | re.Pattern[str], within_s: float = APPEARS_S) -> None:
        """Touch a button; raises `bench.sight.NotSeen` when it does not show or cannot be used."""
        node = await self.turns_to(name, within_s)
        await self._finger.touch(*node.middle)

    async def turns_to(self, name: str | re.Pattern[str], within_s: float = APPEARS_S) -> Node:
        """Wait for a button that can be touched, and turn the page down where there is more beneath.

        Raises `bench.sight.NotSeen`.
        """
        began = time.monotonic()
        while True:
            nodes = await self.sight.look()
            places = [place for place, node in enumerate(nodes) if node.name in MORE_BENEATH]
            pager = nodes[places[0]] if places else None
            for place, node in enumerate(nodes):
                # What stands before the pager's buttons scrolls, and is cut off above them.
                foot = node.y + node.height
                cut_off = pager is not None and place < places[0] and foot > pager.y
                there = node.role == BUTTON and fits(name, node.name) and node.enabled
                if there and not cut_off and self.sight.reaches(node):
                    return node
            looked_s = time.monotonic() - began
            if looked_s > within_s:
                wanted = name if isinstance(name, str) else name.pattern
                raise NotSeen(BUTTON, wanted, within_s, await self.sight.words())
            others = next((node for node in nodes if node.role == BUTTON and OTHERS.search(node.name)), None)
            turns = pager if pager is not None and pager.enabled else others
            if turns is not None and looked_s > SEARCHES_S and self.sight.reaches(turns):
                await self._finger.touch(*turns.middle)
                await asyncio.sleep(TURNS_S)
            else:
                await asyncio.sleep(LOOK_S)

    async def types(self, digits: str) -> None:
        """Type on the keys of the screen, each a button with a digit's name."""
        keys = {node.name: node for node in await self.sight.look() if node.role == BUTTON}
        for digit in digits:
            if digit not in keys:
                await self.sees(BUTTON, digit, 0)
            await self._finger.touch(*keys[digit].middle)

    async def types_pinyin(self, letters: str) -> None:
        """Type small letters on the keyboard that rises beneath a line to type in.

        The first one is typed until it shows: a keyboard that still rises takes none.
        """
        deadline = time.monotonic() + APPEARS_S
        while not any(node.role == CANDIDATE for node in await self.sight.look()):
            if time.monotonic() > deadline:
                raise NotSeen(CANDIDATE, letters[0], APPEARS_S, await self.sight.words())
            await self._finger.touch(*KEYS[letters[0]])
            await asyncio.sleep(RISES_S)
        for letter in letters[1:]:
            await self._finger.touch(*KEYS[letter])
            await asyncio.sleep(KEY_S)

    async def signs(self, role: str, name: str) -> None:
        """Draw two strokes in a signing area: a wave and a bar beneath."""
        area = await self.sees(role, name)
        left, width = area.x + area.width * 0.2, area.width * 0.6
        middle, height = area.y + area.height * 0.45, area.height * 0.25
        turns = [step / 60 for step in range(61)]
        wave = [
            (
                round(left + width * turn),
                round(middle - height * math.sin(turn * 4 * math.pi) * (1 - turn / 2)),
            )
            for turn in turns
        ]
        bar = [(round(left + width * turn), round(middle + height * 1.4)) for turn in turns[10:50:4]]
        await self._finger.stroke(wave)
        await self._finger.stroke(bar)

    async def what_is_there(self) -> list[str]:
        """Roles and names on screen, for the report of a step that failed."""
        return await self.sight.words()
