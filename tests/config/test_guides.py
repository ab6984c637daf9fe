"""The guides: in step with the files of the matters, in both languages, honest about what nobody checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.condition_words import in_words
from config.guides import page, pages
from config.item import Item
from config.items import load_item
from tests.config.rich_item import write
from tests.shipped import ITEMS

GUIDES = Path(__file__).resolve().parents[2] / "docs/guides"
every_item = pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])


def test_every_guide_is_in_step_with_its_file_and_none_is_of_the_past() -> None:
    """`python -m config.guides docs/guides` writes them."""
    assert {path.name: path.read_text("utf-8") for path in GUIDES.glob("*.md")} == pages(ITEMS)


@every_item
def test_a_guide_says_where_how_long_what_it_costs_and_that_nobody_checked_it(item: Item) -> None:
    chinese, _, english = page(item).partition("## English")
    for half, language in ((chinese, "zh"), (english, "en")):
        for said in (
            item.name(language),
            item.office.window(language),
            item.office.phone,
            *(material.name(language) for material in item.materials),
            *(result.name(language) for result in item.results),
            *(option.holders(language) for option in item.elsewhere),
        ):
            assert said in half
        assert ("未核实" if language == "zh" else "not verified") in half


def test_conditions_are_said_as_a_person_would(tmp_path: Path) -> None:
    item = load_item(write(tmp_path))
    said = {material.id: material.relevant for material in item.materials if material.relevant is not None}
    assert in_words(said["permit"], item, "zh") == "用证是“可以”"
    assert in_words(said["permit"], item, "en") == 'Permit: "Yes"'
    assert in_words(said["vaccination_book"], item, "en") == 'not (Vaccinated: "Yes")'


def test_a_guide_changes_with_its_file(tmp_path: Path) -> None:
    before = page(load_item(write(tmp_path)))
    after = page(load_item(write(tmp_path, ("promised_days: 3", "promised_days: 2"))))
    assert "3 working days promised" in before
    assert "2 working days promised" in after
