"""Everything measured at a whole terminal: two halls, one for each renderer, and what needs no hall."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.hall import Hall, open_hall
from benchmarks import at_rest, bare, envelope, keeping, sending, visit
from benchmarks.at_rest import AtRest
from benchmarks.bare import Bare
from benchmarks.browser import Browser
from benchmarks.envelope import Envelope
from benchmarks.glass import BODY, Glass
from benchmarks.plan import Plan
from benchmarks.registry import Say
from benchmarks.visit import Taken, Visitor
from devices.simulators.sam_v import SamVSimulator

SEED = 20260314
"""Of the moments at which cards are laid down."""

SLOW_BAUD = 9600

_SHIPPED = """\
# What the bench sets shorter for its demos, as shipped again: figures are taken with the defaults.
[platform]
probe_interval_s = 5
request_timeout_s = 15
retry_cap_s = 300
"""


@dataclass(frozen=True)
class Drawn:
    """What one renderer takes; milliseconds."""

    bare: Bare
    start: list[float]
    visits: Taken
    rest: AtRest


@dataclass(frozen=True)
class Measured:
    """Everything, as it was measured."""

    software: Drawn
    opengl: Drawn | None
    slow_card: list[float]
    send: list[float]
    keep: dict[str, list[float]]
    envelope: Envelope


async def measure(plan: Plan, folder: Path, say: Say) -> Measured:
    """Take every figure; `folder`, empty, is on the disk that is measured. Raises `BenchError`."""
    say("what an application weighs")
    weighed = await asyncio.to_thread(envelope.weigh)
    async with open_hall(folder / "software") as hall:
        _as_shipped(hall)
        say("keeping, beside the bare disk")
        kept = await keeping.keep(hall, plan.keeps)
        with Glass(hall.display) as glass:
            software = await _drawn(hall, glass, plan.starts, plan.visits, plan.idle_s, say)
            say("send to kept on the glass")
            sent = await sending.send(hall, glass, plan.sends, folder)
            say("cards at 9600 baud")
            slow = await _slow_cards(hall, glass, plan.visits_slow)
    opengl = None
    if plan.visits_opengl:
        async with open_hall(folder / "opengl") as hall:
            _as_shipped(hall)
            hall.display.renderer = "rhi"
            with Glass(hall.display) as glass:
                say("the same with OpenGL")
                opengl = await _drawn(hall, glass, plan.starts, plan.visits_opengl, plan.idle_opengl_s, say)
    return Measured(software, opengl, slow, sent, kept, weighed)


async def _drawn(hall: Hall, glass: Glass, starts: int, visits: int, idle_s: float, say: Say) -> Drawn:
    say("the bare window")
    plain = await bare.bare_window(hall, glass, starts)
    say("start to welcome")
    await visit.start(hall, glass, None)
    await visit.standby(hall)
    welcome = await glass.settled(BODY)
    taken = []
    for _ in range(starts):
        hall.stop_terminal()
        taken.append(await visit.start(hall, glass, welcome) or 0.0)
        await visit.standby(hall)
    say("visits: touch, card, leave, crash")
    visitor = Visitor(hall, glass, random.Random(SEED))  # noqa: S311 - moments, not secrets
    for number in range(visits + 1):
        await visitor.visit(crash=number % 2 == 0 and number > 0)
    say(f"at rest for {idle_s:g} s, beside the browser")
    beside = Path(tempfile.mkdtemp(prefix="browser-", dir=hall.folder))
    browser = Browser(beside, await hall.sight.look())
    try:
        await browser.settled()
        rest = await at_rest.rest(hall, browser, idle_s)
    finally:
        browser.close()
        shutil.rmtree(beside, ignore_errors=True)
    return Drawn(plain, taken, visitor.taken, rest)


async def _slow_cards(hall: Hall, glass: Glass, visits: int) -> list[float]:
    """The same way with a reader whose switch is set to 9600 baud."""
    hall.stop_terminal()
    hall.reader.close()
    hall.reader = SamVSimulator(hall.runtime_dir / "id_reader", SLOW_BAUD)
    try:
        _layer(hall, "slow.toml", f"[id_reader]\nbaud = {SLOW_BAUD}\n")
        await visit.start(hall, glass, None)
        visitor = Visitor(hall, glass, random.Random(SEED))  # noqa: S311 - moments, not secrets
        for number in range(visits + 1):
            await visitor.visit(crash=number > 0)
        return visitor.taken.card
    finally:
        hall.stop_terminal()
        hall.reader.close()


def _as_shipped(hall: Hall) -> None:
    _layer(hall, "as_shipped.toml", _SHIPPED)


def _layer(hall: Hall, name: str, text: str) -> None:
    path = hall.folder / name
    path.write_text(text, encoding="utf-8")
    hall.configuration = (*hall.configuration, path)
