"""The shipped scenes, played as they are written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bench.citizen import Citizen
from bench.hall import open_hall
from bench.journey import boot
from bench.report import Progress
from bench.scene import Album, Played
from bench.scene_file import WrittenScene, read_scene
from bench.script import SHIPPED, play_scene
from tests.journey.conftest import Walker

pytestmark = pytest.mark.asyncio(loop_scope="module")


PICTURES = Path(__file__).resolve().parents[2] / "var" / "scenes"
"""Each scene's pictures stay here until it is played again."""


async def played(walker: Walker, scene: WrittenScene, name: str) -> list[Played]:
    hall, folder = walker.hall, PICTURES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    citizen = Citizen(hall.sight, hall.finger)
    with (folder / "table.txt").open("w", encoding="utf-8") as table:
        shown = Progress(Console(file=table))
        return await play_scene(scene, hall, citizen, Album(hall.display, folder), shown)


async def goes_well(walker: Walker, name: str) -> None:
    assert troubles(await played(walker, read_scene(SHIPPED / f"{name}.yaml"), name)) == []


def troubles(steps: list[Played]) -> list[tuple[str, str]]:
    return [(step.name, step.trouble) for step in steps if not step.ok]


@pytest.mark.long
async def test_with_the_network_down_at_night_a_deadline_is_refused_and_a_certificate_is_kept(
    walker: Walker,
) -> None:
    await goes_well(walker, "07-night-without-network")


@pytest.mark.parametrize(
    "people", [pytest.param(1, id="one"), pytest.param(3, id="all", marks=pytest.mark.long)]
)
async def test_a_rare_name_is_the_same_on_screen_form_slip_and_platform(walker: Walker, people: int) -> None:
    scene = read_scene(SHIPPED / "03-rare-names.yaml")
    assert len(scene.people) >= people
    some = replace(scene, people=scene.people[:people])
    assert troubles(await played(walker, some, "03-rare-names")) == []


async def test_a_man_with_an_old_record_and_one_without_see_the_same(walker: Walker) -> None:
    await goes_well(walker, "02-nothing-differs")


@pytest.mark.long
async def test_a_permit_is_served_and_asked_nothing_that_it_cannot_answer(walker: Walker) -> None:
    await goes_well(walker, "09-other-documents")


@pytest.mark.long
async def test_a_foreigner_is_told_the_counter_in_english(walker: Walker) -> None:
    await goes_well(walker, "09-foreigner-in-english")


@pytest.mark.long
async def test_her_slip_that_waited_for_paper_does_not_come_out_for_the_next_man(walker: Walker) -> None:
    await goes_well(walker, "08-paper-ends")


@pytest.mark.long
async def test_a_third_failure_ends_with_a_guide_and_without_a_fuss(walker: Walker) -> None:
    await goes_well(walker, "04-third-failure")


@pytest.mark.long
async def test_a_finger_instead_of_the_face_and_a_code_where_one_is_asked_for(tmp_path: Path) -> None:
    scene = read_scene(SHIPPED / "04-finger-and-code.yaml")
    async with open_hall(tmp_path / "hall", extras=scene.devices) as hall:
        walker = Walker(hall, Citizen(hall.sight, hall.finger))
        await walker.walks(boot(hall))
        await walker.standby_is_warm()
        assert troubles(await played(walker, scene, "04-finger-and-code")) == []


@pytest.mark.long
async def test_a_guide_is_called_and_comes_and_a_touch_covers_the_screen(walker: Walker) -> None:
    await goes_well(walker, "12-help-and-cover")


async def test_what_is_typed_in_pinyin_is_found_printed_and_forgotten(walker: Walker) -> None:
    await goes_well(walker, "11-say-it-in-pinyin")
    said = (walker.hall.folder / "events.jsonl").read_text("utf-8")
    assert "jiehun" not in said
    assert "领结婚证" not in said
