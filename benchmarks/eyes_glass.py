"""The preview as a person sees it: how often the picture on the glass changes, with and without encoding.

A whole terminal in its hall, at the step in which it looks at a face. Somebody who is not on the card stands
there, so that faces are compared until the attempt is over; what is timed is the X root's own pixels, in the
middle of the picture, where every frame of the camera differs from the one before.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from bench.citizen import Citizen
from bench.hall import Hall, open_hall
from bench.journey import HEADING, MATTER, PICTURE, START_S, WELCOME
from bench.people import face_of, neighbour, resident
from benchmarks.glass import Glass, Region, gaps_ms
from config.hall_time import hall_today

ITEM = Path(__file__).resolve().parent.parent / "config" / "items" / "no_criminal_record_certificate.yaml"

EMPTY_S, ENCODED_S = 5.0, 8.0
"""With what it takes to get there less than an attempt has (20 s)."""

_SIDE_PX = 24
_COMES_S = 2.0
"""Until whoever stepped up is being compared, and the encoding of the card's photo is over."""


@dataclass(frozen=True)
class Shown:
    """Milliseconds from one picture on the glass to the next."""

    empty_ms: list[float]
    """Nobody stands there: faces are looked for and none is encoded."""
    encoded_ms: list[float]
    encoding_cores: float
    """How much of a core the face worker's process took meanwhile."""


async def shown(folder: Path) -> Shown:
    """Watch one face step. Raises `BenchError`, `NotSeen`."""
    async with open_hall(folder) as hall:
        _without_turning(hall)
        citizen = Citizen(hall.sight, hall.finger)
        hall.start_terminal()
        await citizen.sees(HEADING, WELCOME, START_S)
        hall.lays_down_card(resident(hall_today()))
        for words in (MATTER, "开始办理", "同意并刷脸核验"):
            await citizen.turns_to(words)
            await citizen.reads()
            await citizen.touches(words)
        await citizen.sees(HEADING, "请看摄像头")
        picture = await citizen.sees(PICTURE, "您在摄像头里的样子")
        x, y = picture.middle
        region = Region(x - _SIDE_PX // 2, y - _SIDE_PX // 2, _SIDE_PX, _SIDE_PX)
        with Glass(hall.display) as glass:
            await asyncio.to_thread(gaps_ms, glass, region, _COMES_S)
            empty = await asyncio.to_thread(gaps_ms, glass, region, EMPTY_S)
            hall.camera.show(face_of(neighbour(hall_today())))
            await asyncio.to_thread(gaps_ms, glass, region, _COMES_S / 2)
            before_s, began_s = _worker_cpu_s(), time.monotonic()
            encoded = await asyncio.to_thread(gaps_ms, glass, region, ENCODED_S)
            cores = (_worker_cpu_s() - before_s) / (time.monotonic() - began_s)
        return Shown(empty, encoded, cores)


def _without_turning(hall: Hall) -> None:
    """A matter that compares again and again, and asks for no turn of the head."""
    items = hall.folder / "items"
    items.mkdir(exist_ok=True)
    text = ITEM.read_text(encoding="utf-8").replace("liveness: basic", "liveness: none")
    (items / ITEM.name).write_text(text, encoding="utf-8")
    layer = hall.folder / "eyes.toml"
    layer.write_text(f"items_dir = {json.dumps(str(items))}\n", encoding="utf-8")
    hall.configuration = (*hall.configuration, layer)


def _worker_cpu_s() -> float:
    """Processor time of every face worker of this machine; a waiting one takes none."""
    ticks = 0
    for process in Path("/proc").iterdir():
        try:
            if b"face-worker" in (process / "cmdline").read_bytes():
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        except (OSError, ValueError):
            continue  # no process, or one that has gone meanwhile
    return ticks / os.sysconf("SC_CLK_TCK")
