"""The part "screens": touch to picture, and moving pictures, beside a Chromium kiosk on the same X server.

Everything is seen from outside, on the X root. Chromium shows the same words at the same places, as one page
whose screens are swapped by a line of script: nothing is loaded, asked or decided there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PIL import ImageChops
from rich.console import Console

from bench.citizen import BUTTON, READ_S, Citizen
from bench.display import BenchError
from bench.hall import Hall
from bench.journey import HEADING as ROLE_HEADING
from bench.journey import WELCOME
from bench.matters import SCENES, waiting_hall
from bench.report import Progress
from bench.scene import TroubleAlbum
from bench.scene_file import read_scene
from bench.script import play_scene
from bench.sight import Node, NotSeen
from benchmarks.figures import Aim, Chapter, Figure, NotTaken, Peer, Samples
from benchmarks.glass import HEADING, Glass, NeverShown, Region, alike, gaps_ms
from benchmarks.kiosk_page import Kiosk, pages
from benchmarks.processes import cpu_s, family
from benchmarks.registry import Say
from benchmarks.visit import pid_of, standby

FLIPS, MOVES_S = 20, 8.0
PERSON = "elder_card"
"""Whose matter it is: verified by finger, and asked for a telephone number."""

DIGIT, CLEAR, BACK, BEGIN = "1", "删除", "返回", "开始办理"
_COMES_S = 12.0
"""Until Chromium shows its page and has come to rest."""

_SHOWN_S = 20.0
_LOOKS, _APART_S = 12, 0.2
"""At a moving picture, to see where it moves."""

_LETTER_PX = 90

Point = tuple[int, int]
Box = tuple[int, int, int, int]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Swap:
    """Two looks of one region, and where to touch to get from the one to the other and back."""

    there: Point
    back: Point
    region: Region


@dataclass(frozen=True)
class Taken:
    """What one of the two took: milliseconds, and percent of a core while the picture moves."""

    screens_ms: Sequence[float]
    digits_ms: Sequence[float]
    frames_ms: Sequence[float]
    moving_core: float


def take(folder: Path, say: Say, *, flips: int = FLIPS, moves_s: float = MOVES_S) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    try:
        ours, theirs = asyncio.run(measure(folder, say, flips, moves_s))
    except (BenchError, FileNotFoundError, NotSeen, NeverShown) as error:
        raise NotTaken(str(error)) from error

    def line(name: str, mine: Sequence[float], peer: Sequence[float], unit: str, aim: float) -> Figure:
        beside = Peer("Chromium kiosk", Samples.of(peer, unit))
        return Figure(name, Samples.of(mine, unit), "software", beside, Aim(aim, as_ratio=True))

    return [
        Chapter(
            "Screens beside a Chromium kiosk",
            "A touch (XTEST, counted from the release) until the X root shows what it leads to: from the "
            "welcome page to a matter's page and back, and a digit on the page that asks for a telephone "
            "number. A frame is one picture of the reader's drawing on the page that asks for the card until "
            "the next that differs; in Chromium a rectangle of that size moves by CSS. Both run on one X "
            "server, one after the other, without a graphics chip.",
            [
                line("touch to the next screen", ours.screens_ms, theirs.screens_ms, "ms", 1.5),
                line("touch to the digit", ours.digits_ms, theirs.digits_ms, "ms", 1.5),
                line("one frame to the next", ours.frames_ms, theirs.frames_ms, "ms", 1.5),
                line("while it moves", [ours.moving_core], [theirs.moving_core], "% of a core", 1.0),
            ],
        )
    ]


async def measure(folder: Path, say: Say, flips: int, moves_s: float) -> tuple[Taken, Taken]:
    """The terminal's figures and Chromium's. Raises `BenchError`, `NotSeen`, `NeverShown`."""
    async with waiting_hall(folder / "hall") as hall:
        citizen = Citizen(hall.sight, hall.finger)
        with Glass(hall.display) as glass:
            say("the terminal's screens")
            await standby(hall)
            welcome = await hall.sight.look()
            first = _first_matter(welcome)
            there = first.middle
            await _touch(hall, there)
            back = (await hall.sight.wait_for(BUTTON, BACK, _SHOWN_S)).middle
            matter = await hall.sight.look()
            swap = Swap(there, back, HEADING)
            await _touch(hall, back)
            screens_ms = await _swapped(hall, glass, swap, flips)
            say("the terminal's moving picture")
            await _touch(hall, there)
            await citizen.touches(BEGIN)
            await citizen.sees(ROLE_HEADING, "请把身份证放在读卡器上")
            card = await hall.sight.look()
            moving = await _moving(hall)
            visible = {await pid_of(hall, "visible")}
            frames_ms, core = await _frames(glass, moving, visible, moves_s)
            await citizen.touches("离开")
            await citizen.sees(ROLE_HEADING, WELCOME)
            await standby(hall)
            say("the terminal's form")
            await _walks_to_the_form(hall, citizen, folder)
            form = await hall.sight.look()
            digit = (await hall.sight.wait_for(BUTTON, DIGIT, _SHOWN_S)).middle
            clear = (await hall.sight.wait_for(BUTTON, CLEAR, _SHOWN_S)).middle
            typed = Swap(digit, clear, await _typed(hall, digit, clear))
            digits_ms = await _swapped(hall, glass, typed, flips)
            ours = Taken(screens_ms, digits_ms, frames_ms, core)
            hall.stop_terminal()
            say("the same in Chromium")
            screens = {"welcome": welcome, "matter": matter, "card": card, "form": form}
            page = pages(screens, {first.name: "matter", BACK: "welcome"}, ("card", moving), typed.region)

            async def beside(screen: str, doing: Callable[[Kiosk], Awaitable[_T]]) -> _T:
                kiosk = Kiosk(folder, hall.display, page, screen)
                try:
                    await asyncio.sleep(_COMES_S)
                    return await doing(kiosk)
                finally:
                    kiosk.close()

            frames_ms, core = await beside(
                "card", lambda kiosk: _frames(glass, moving, family(kiosk.leader), moves_s)
            )
            screens_ms = await beside("welcome", lambda _: _swapped(hall, glass, swap, flips))
            digits_ms = await beside("form", lambda _: _swapped(hall, glass, typed, flips))
            return ours, Taken(screens_ms, digits_ms, frames_ms, core)


def _first_matter(welcome: Sequence[Node]) -> Node:
    heads = [place for place, node in enumerate(welcome) if node.role == ROLE_HEADING]
    return next(node for node in welcome[heads[-1] :] if node.role == BUTTON)


async def _touch(hall: Hall, point: Point) -> None:
    await asyncio.sleep(READ_S)
    await hall.finger.touch(*point)
    await asyncio.sleep(READ_S)


async def _swapped(hall: Hall, glass: Glass, swap: Swap, count: int) -> list[float]:
    """Milliseconds from a touch to the other look, there and back, `count` times each."""
    first = await glass.settled(swap.region)
    await _touch(hall, swap.there)
    second = await glass.settled(swap.region)
    if alike(first, second):
        raise NeverShown("a touch changes nothing")
    await _touch(hall, swap.back)
    taken = []
    for _ in range(count):
        for look, point in ((second, swap.there), (first, swap.back)):
            await asyncio.sleep(READ_S)
            watch = await glass.watch(look, swap.region)
            released_s = await hall.finger.touch(*point)
            taken.append(1000 * (await watch - released_s))
    return taken


async def _frames(
    glass: Glass, region: Region, pids: Iterable[int], seconds: float
) -> tuple[list[float], float]:
    """Milliseconds from one picture of a region to the next, and what these processes take meanwhile."""
    pids = set(pids)
    before_s, began_s = cpu_s(pids), time.monotonic()
    gaps = await asyncio.to_thread(gaps_ms, glass, region, seconds)
    return gaps, 100 * (cpu_s(pids) - before_s) / (time.monotonic() - began_s)


async def _moving(hall: Hall) -> Region:
    """What moves on the screen by itself."""
    await asyncio.sleep(READ_S)
    first, box = hall.display.picture(), None
    for _ in range(_LOOKS):
        await asyncio.sleep(_APART_S)
        box = _joined(box, ImageChops.difference(first, hall.display.picture()).getbbox())
    return _region(box)


async def _typed(hall: Hall, digit: Point, clear: Point) -> Region:
    """Where a digit shows: the highest of what is different when it has been typed."""
    await asyncio.sleep(READ_S)
    empty = hall.display.picture()
    await _touch(hall, digit)
    box = ImageChops.difference(empty, hall.display.picture()).getbbox()
    await _touch(hall, clear)
    if box is None:
        raise NeverShown("no digit shows")
    return _region((box[0], box[1], min(box[2], box[0] + _LETTER_PX), min(box[3], box[1] + _LETTER_PX)))


def _joined(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _region(box: Box | None) -> Region:
    if box is None:
        raise NeverShown("nothing moves")
    return Region(box[0], box[1], box[2] - box[0], box[3] - box[1])


async def _walks_to_the_form(hall: Hall, citizen: Citizen, folder: Path) -> None:
    scene = read_scene(SCENES / f"{PERSON}.yaml")
    to_the_form = next(place for place, step in enumerate(scene.steps) if "types" in step.name)
    with (folder / "form.txt").open("w", encoding="utf-8") as table:
        album = TroubleAlbum(hall.display, folder)
        short = replace(scene, steps=scene.steps[:to_the_form])
        for step in await play_scene(short, hall, citizen, album, Progress(Console(file=table))):
            if step.trouble:
                raise BenchError(f"{step.name}: {step.trouble}")
