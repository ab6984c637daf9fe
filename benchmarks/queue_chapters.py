"""The part "queue": keeping, losing and sending envelopes, beside bare ways and other people's queues."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bench.display import BenchError
from bench.hall import start_platform
from bench.traced import NotFollowed
from benchmarks.figures import Chapter, NotTaken
from benchmarks.queue_drain import Emptied, Line, drain, thin_platform, upload
from benchmarks.queue_envelopes import Sealer, made_platform
from benchmarks.queue_figures import drained, enqueue, losses
from benchmarks.queue_losses import LIVES_ITEMS, kill_losses, power_losses
from benchmarks.queue_puts import preallocated, put_ms
from benchmarks.queue_ways import BARE, PLAIN, Way, ours
from benchmarks.registry import Say
from config.settings import Settings

CUT_ITEMS = 8
_MORE_THAN_AN_ENVELOPE = 20_000


@dataclass(frozen=True)
class Plan:
    """How many of each."""

    puts: int = 1_020
    """The first twenty of each way are not counted."""
    disks: int = 500
    kills: int = 60
    drained: int = 10_000
    uploaded: int = 2_000
    """By the bare loop, and through the thin platform."""


def take(folder: Path, say: Say, plan: Plan | None = None) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    from benchmarks.queue_peers import PEERS, UNTOLD  # noqa: PLC0415 - not installed everywhere

    return chapters(folder, say, plan or Plan(), PEERS, UNTOLD)


def chapters(folder: Path, say: Say, plan: Plan, peers: Sequence[Way], about_peers: str) -> Sequence[Chapter]:
    """Take the figures beside `peers`, of which `about_peers` says what they were told. Raises `NotTaken`."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    settings = made_platform(folder / "platform")
    terminal = folder / "platform" / "terminal"
    sealer = Sealer(settings)
    this, ways = ours(terminal), (ours(terminal), *PLAIN, *peers)
    items = list(sealer.items(max(plan.puts, plan.kills * LIVES_ITEMS)))
    say(f"{plan.puts} envelopes in each of {len(ways) + 1} ways")
    room = preallocated(plan.puts * _MORE_THAN_AN_ENVELOPE)
    taken = put_ms((this, BARE, room, *ways[2:]), items[: plan.puts], folder / "puts")
    shutil.rmtree(folder / "puts")
    cuts, kills = {}, {}
    for number, way in enumerate(ways):
        say(f"{plan.disks} power cuts and {plan.kills} kills: {way.name}")
        place = folder / f"losses-{number}"
        try:
            cuts[way.name] = power_losses(way, items[:CUT_ITEMS], terminal, place / "cuts", plan.disks)
        except NotFollowed as error:
            raise NotTaken(f"{way.name}: {error}") from None
        kills[way.name] = kill_losses(way, items, place / "kills", plan.kills)
        shutil.rmtree(place)
    emptied = asyncio.run(_drains(folder, say, plan, settings, sealer))
    return [
        enqueue(taken, this.name, BARE.name, len(items[0].envelope), about_peers),
        losses(cuts, kills, this.name, plan.kills),
        drained(*emptied),
    ]


async def _drains(
    folder: Path, say: Say, plan: Plan, settings: Settings, sealer: Sealer
) -> tuple[Emptied, Emptied, Emptied, Emptied]:
    directory = folder / "platform"
    try:
        platform, port = await start_platform(directory, folder / "platform.log")
    except BenchError as error:
        raise NotTaken(str(error)) from error
    for state in (folder / "queue", folder / "thin"):
        await asyncio.to_thread(state.mkdir)
    try:
        line = Line(port, platform.started())
        reference = await _beside(folder / "queue", say, settings, line, sealer, plan.drained, plan.uploaded)
    finally:
        platform.close()
    with thin_platform(directory) as line:
        thin = await _beside(folder / "thin", say, settings, line, sealer, plan.uploaded, plan.uploaded)
    return (*reference, *thin)


async def _beside(
    state: Path, say: Say, settings: Settings, line: Line, sealer: Sealer, drained: int, uploaded: int
) -> tuple[Emptied, Emptied]:
    """The product's drain between two halves of the bare loop."""
    say(f"{drained} envelopes drained, {uploaded} by the bare loop")
    first, second = (list(sealer.items(uploaded // 2)) for _ in range(2))
    before = await upload(settings, line, first)
    ours = await drain(_at(settings, state, drained), line, list(sealer.items(drained)))
    return ours, before + await upload(settings, line, second)


def _at(settings: Settings, state: Path, limit: int) -> Settings:
    terminal = settings.terminal.model_copy(update={"state_dir": state})
    platform = settings.platform.model_copy(update={"queue_limit": limit + 1})
    return settings.model_copy(update={"terminal": terminal, "platform": platform})
