"""The parts about the queue in their short form: nothing of ours is lost, and what loses is caught."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.queue_drain import drain, thin_platform, upload
from benchmarks.queue_envelopes import Sealer, made_platform
from benchmarks.queue_figures import drained, enqueue, losses
from benchmarks.queue_losses import LIVES_ITEMS, kill_losses, power_losses
from benchmarks.queue_memory import Held
from benchmarks.queue_memory import chapter as memory_chapter
from benchmarks.queue_puts import BLOCK, put_ms
from benchmarks.queue_ways import BARE, SQLITE_NORMAL, Appended, Item, Queue, Way, emptied, ours
from config.settings import Settings

DISKS, KILLS = 25, 5


@dataclass
class Place:
    settings: Settings
    terminal: Path
    items: list[Item]

    def settled(self, state: Path) -> Settings:
        state.mkdir()
        terminal = self.settings.terminal.model_copy(update={"state_dir": state})
        return self.settings.model_copy(update={"terminal": terminal})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    directory = tmp_path_factory.mktemp("platform")
    settings = made_platform(directory)
    return Place(settings, directory / "terminal", list(Sealer(settings).items(KILLS * LIVES_ITEMS)))


class Forgetful(Appended):
    """Gives out and forgets."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, synced=False)

    def take(self) -> bytes | None:
        envelope = super().take()
        super().done()
        return envelope


FORGETFUL = Way("forgetful", Forgetful)


def test_every_way_keeps_every_envelope_and_is_timed_beside_the_bare_write(
    tmp_path: Path, place: Place
) -> None:
    ways, items = (ours(place.terminal), BARE), place.items[: BLOCK + 5]
    taken = put_ms(ways, items, tmp_path)
    assert {len(spans) for spans in taken.values()} == {5}
    for number, way in enumerate(ways):
        queue: Queue = way.open(tmp_path / f"way-{number}")
        assert emptied(queue) == {item.name for item in items}
        queue.close()
    chapter = enqueue(taken, ways[0].name, BARE.name, len(items[0].envelope), "")
    assert [figure.name for figure in chapter.figures][:2] == [f"kept: {way.name}" for way in ways]


def test_a_power_cut_takes_nothing_from_this_outbox_and_something_from_a_lazy_one(
    tmp_path: Path, place: Place
) -> None:
    this = ours(place.terminal)
    cuts = {
        way.name: power_losses(way, place.items[:3], place.terminal, tmp_path / way.name, DISKS)
        for way in (this, SQLITE_NORMAL)
    }
    assert (cuts[this.name].lost, cuts[this.name].not_opened) == (0, 0)
    assert cuts[SQLITE_NORMAL.name].lost > 0
    kills = {
        way.name: kill_losses(way, place.items, tmp_path / f"{way.name} killed", KILLS)
        for way in (this, FORGETFUL)
    }
    assert kills[this.name].kept
    assert kills[this.name].lost == 0
    chapter = losses(cuts, kills, this.name, KILLS)
    assert [figure.met for figure in chapter.figures if figure.aim] == [True] * 3


def test_a_process_that_is_killed_on_the_way_is_told_from_one_that_arrived(
    tmp_path: Path, place: Place
) -> None:
    assert kill_losses(FORGETFUL, place.items, tmp_path / "forgetful", KILLS).lost > 0


async def test_a_full_queue_empties_itself_and_a_bare_loop_uploads_the_same(
    tmp_path: Path, place: Place
) -> None:
    settings = place.settled(tmp_path / "state")
    with thin_platform(place.terminal.parent) as line:
        ours_there = await drain(settings, line, place.items[:5])
        bare = await upload(settings, line, place.items[5:10])
    assert ours_there.count == bare.count == 5
    assert ours_there.asking_s > 0
    assert ours_there.outbox_s > 0
    chapter = drained(ours_there, bare, ours_there, bare)
    assert chapter.title == "5 envelopes when the platform is back"


def test_a_terminal_that_holds_more_with_every_application_misses_the_aim() -> None:
    for grows_mb, holds in ((0.0, True), (0.001, False)):
        held = [Held(n, 70.0 + n * grows_mb, n / 1000, 60.0) for n in (0, 1000, 2000, 9000)]
        (last,) = [figure for figure in memory_chapter(held).figures if figure.aim]
        assert last.met is holds
