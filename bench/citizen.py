"""A scripted citizen: reads what is on screen, touches it by its accessible name, types, signs.

Nobody here is faster than a person who knows the way: a screen is looked at before it is touched. The
terminal relies on that, for it drops touches that were meant for the screen before.
"""

from __future__ import annotations

import asyncio
import math
import re

from bench.sight import Node, Sight
from bench.touch import Finger

READ_S = 0.4
"""From seeing what one looks for to touching it."""

BUTTON = "push button"
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
        node = await self.sight.wait_for(BUTTON, name, within_s)
        await self._finger.touch(*node.middle)

    async def types(self, digits: str) -> None:
        """Type on the keys of the screen, each a button with a digit's name."""
        keys = {node.name: node for node in await self.sight.look() if node.role == BUTTON}
        for digit in digits:
            if digit not in keys:
                await self.sees(BUTTON, digit, 0)
            await self._finger.touch(*keys[digit].middle)

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
