"""Answering the face check: reads what the screen asks, and turns the head before the bench's camera."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from bench.sight import NotSeen, Sight
from devices.eyes.liveness_challenge import Side
from devices.simulators.turning_camera import TurningCamera

AHEAD: Final = "请正对摄像头"
FACE_SCREENS: Final = frozenset({"请看摄像头", "请跟着提示做", "Please look at the camera"})
_ASKED: Final = {
    AHEAD: None,
    "请慢慢把头转向左边": Side.LEFT,
    "请慢慢把头转向右边": Side.RIGHT,
    "Face the camera": None,
    "Slowly turn your head to your left": Side.LEFT,
    "Slowly turn your head to your right": Side.RIGHT,
}

COMES_S = 2.0
"""How long to wait for the face check to begin: whoever steps up may be early."""

TURNS_S = 60.0
"""For a whole challenge, on a machine with other things to do."""

LOOK_S = 0.1


async def turns_as_asked(sight: Sight, camera: TurningCamera) -> None:
    """Look where the screen says until the face check is over; raises `NotSeen` if it does not end.

    Gives up quietly if there is none.
    """
    heard: Side | None = None
    begun, now = False, time.monotonic()
    deadline = now + COMES_S
    while now < deadline:
        words = {node.name for node in await sight.look()}
        if words & FACE_SCREENS:
            deadline = deadline if begun else now + TURNS_S
            begun = True
            asked = [side for text, side in _ASKED.items() if text in words]
            if asked and asked[0] is not heard:
                heard = asked[0]
                camera.look(heard)
        elif begun and words:
            return
        await asyncio.sleep(LOOK_S)
        now = time.monotonic()
    if begun:
        raise NotSeen("heading", "the end of the face check", TURNS_S, await sight.words())
