"""The shipped scenes, played as they are written."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rich.console import Console

from bench.citizen import Citizen
from bench.matters import waiting_hall
from bench.report import Progress
from bench.scene import Album, Played
from bench.scene_file import WrittenScene, read_scene
from bench.script import SHIPPED, play_scene
from tests.journey.conftest import Walker

pytestmark = pytest.mark.asyncio(loop_scope="module")


PICTURES = Path(__file__).resolve().parents[2] / "var" / "scenes"
"""Each scene's pictures stay here until it is played again."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walker_with_sensor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walker]:
    """A hall with a fingerprint sensor."""
    async with waiting_hall(tmp_path_factory.mktemp("sensor")) as hall:
        yield Walker(hall, Citizen(hall.sight, hall.finger))


async def played(walker: Walker, scene: WrittenScene, name: str) -> list[Played]:
    hall, folder = walker.hall, PICTURES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    citizen = Citizen(hall.sight, hall.finger)
    with (folder / "table.txt").open("w", encoding="utf-8") as table:
        shown = Progress(Console(file=table))
        return await play_scene(scene, hall, citizen, Album(hall.display, folder), shown)


async def goes_well(walker: Walker, name: str) -> None:
    scene = read_scene(SHIPPED / f"{name}.yaml")
    assert troubles(await played(walker, scene, name.replace("/", "-"))) == []


def troubles(steps: list[Played]) -> list[tuple[str, str]]:
    return [(step.name, step.trouble) for step in steps if not step.ok]


@pytest.mark.long
async def test_with_the_network_down_at_night_a_deadline_is_refused_and_a_certificate_is_kept(
    walker: Walker,
) -> None:
    await goes_well(walker, "07-night-without-network")


@pytest.mark.long
async def test_a_rare_name_is_the_same_on_screen_form_slip_and_platform(walker: Walker) -> None:
    await goes_well(walker, "03-rare-names")


@pytest.mark.long
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
@pytest.mark.parametrize(
    "name", ["04-finger-and-code", "05-mother-signs-too", "matters/newborn", "matters/utility_transfer"]
)
async def test_whoever_lays_down_a_finger_signs_beside_somebody_or_gets_a_part_of_what_they_want(
    walker_with_sensor: Walker, name: str
) -> None:
    await goes_well(walker_with_sensor, name)


@pytest.mark.long
async def test_whoever_left_the_card_at_home_takes_home_what_to_bring(walker: Walker) -> None:
    await goes_well(walker, "01-card-at-home")


@pytest.mark.long
async def test_a_daughter_is_told_the_counter_at_her_first_answer_and_can_change_it(walker: Walker) -> None:
    await goes_well(walker, "04-daughter-as-agent")


@pytest.mark.long
async def test_traditional_characters_find_the_same_matter(walker: Walker) -> None:
    await goes_well(walker, "09-traditional-characters")


@pytest.mark.long
async def test_of_a_company_with_a_shareholder_abroad_nothing_stays_for_the_next_person(
    walker: Walker,
) -> None:
    await goes_well(walker, "10-two-shareholders")
    said = (walker.hall.folder / "events.jsonl").read_text("utf-8")
    for words in ("guquan", "股权", "weituo", "委托"):
        assert words not in said


@pytest.mark.long
async def test_a_guide_is_called_and_comes_and_a_touch_covers_the_screen(walker: Walker) -> None:
    await goes_well(walker, "12-help-and-cover")


async def test_what_is_typed_in_pinyin_is_found_printed_and_forgotten(walker: Walker) -> None:
    await goes_well(walker, "11-say-it-in-pinyin")
    said = (walker.hall.folder / "events.jsonl").read_text("utf-8")
    assert "jiehun" not in said
    assert "领结婚证" not in said
