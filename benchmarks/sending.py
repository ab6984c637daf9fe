"""From the touch on "sign and send" to the page that says "kept", as a citizen sees it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bench.citizen import BUTTON, Citizen
from bench.hall import Hall
from bench.journey import HEADING as ROLE_HEADING
from bench.journey import PICTURE, SLIP_S, TEXT, Journey
from bench.people import resident
from bench.scene import no_picture
from benchmarks.glass import HEADING, Glass
from benchmarks.visit import pid_of, standby
from config.hall_time import hall_today

KEPT = "已暂存本机，尚未提交"


async def send(hall: Hall, glass: Glass, count: int, output: Path) -> list[float]:
    """Apply `count` times with the cable cut, after one time that is not timed; milliseconds each.

    The cable is cut so that the page says "kept", and only that. It is healed in the end.
    """
    citizen, taken = Citizen(hall.sight, hall.finger), list[float]()
    look = None
    hall.cable.cut()
    for number in range(1, count + 2):
        await _to_signature(hall, citizen, output, number)
        button = await hall.sight.wait_for(BUTTON, "签名并提交", SLIP_S)
        if look is None:
            await hall.finger.touch(*button.middle)
            await citizen.sees(ROLE_HEADING, KEPT, SLIP_S)
            look = await glass.settled(HEADING)
        else:
            watch = await glass.watch(look, HEADING)
            released_s = await hall.finger.touch(*button.middle)
            taken.append(1000 * (await watch - released_s))
        await citizen.sees(TEXT, "凭条已打印，请取走。", SLIP_S)
        # The shortest way to the next citizen.
        os.kill(await pid_of(hall, "visible"), signal.SIGKILL)
        hall.takes_card()
        hall.walks_away()
        await standby(hall)
    hall.cable.heal()
    return taken


async def _to_signature(hall: Hall, citizen: Citizen, output: Path, number: int) -> None:
    steps = Journey(hall, resident(hall_today()), output, number).cut_and_healed()
    for step in steps[1 : [step.name for step in steps].index("sign-cut")]:
        await step.act(citizen, no_picture)
    await citizen.sees(ROLE_HEADING, "请看一遍，然后签名")
    await citizen.reads()
    await citizen.signs(PICTURE, "签名区")
    await citizen.reads()
