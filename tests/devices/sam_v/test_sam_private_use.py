"""An old card and a new card of one person say one name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.private_use import is_unnamed, named
from devices.contracts.id_cards import CardProblem, ResidentCard
from devices.sam_v.card_text import document
from devices.simulators.cards import SimulatedCard, text_area

MOVED_IN_2022 = {
    "\ue78d": "︐", "\ue78e": "︒", "\ue78f": "︑", "\ue790": "︓", "\ue791": "︔", "\ue792": "︕",
    "\ue793": "︖", "\ue794": "︗", "\ue795": "︘", "\ue796": "︙", "\ue81e": "龴", "\ue826": "龵",
    "\ue82b": "龶", "\ue82c": "龷", "\ue832": "龸", "\ue843": "龹", "\ue854": "龺", "\ue864": "龻",
}  # fmt: skip
"""The first set of the Unicode Technical Committee's recommendation on GB 18030-2022 (L2/23-003R)."""


def test_a_name_from_a_card_of_2006_is_the_name_of_today(first_card: SimulatedCard) -> None:
    old = replace(first_card, name="沈\ue863", address="䶮路1号".replace("䶮", "\ue863"))
    card = document(text_area(old), old.photo)
    assert isinstance(card, ResidentCard)
    assert (card.name, card.address) == ("沈䶮", "䶮路1号")


def test_every_character_that_moved_in_2022_has_moved() -> None:
    for private, public in MOVED_IN_2022.items():
        assert named(private) == public


def test_nothing_of_gbks_own_private_block_stays_private() -> None:
    block = "".join(map(chr, range(0xE815, 0xE865)))
    moved = named(block)
    assert len(moved) == len(set(moved)) == len(block)
    assert not [sign for sign in moved if 0xE000 <= ord(sign) <= 0xF8FF]


@pytest.mark.parametrize(
    "name", ["吾买尔江·买买提", "𠮷田", "䶮", "\ue000"], ids=["long", "plane 2", "䶮", "nobody's"]
)
def test_every_other_name_stays_as_it_is(name: str) -> None:
    assert named(name) == name


def test_signs_that_left_the_private_area_before_2005_have_left_it() -> None:
    assert named("\ue7c7\ue7c8\ue7e7\ue7e8\ue7f3") == "ḿǹ〾⿰⿻"


@pytest.mark.parametrize("sign", ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"])
def test_a_character_whose_meaning_nobody_knows_is_kept_and_told(
    first_card: SimulatedCard, sign: str
) -> None:
    card = document(text_area(replace(first_card, name="沈" + sign)), first_card.photo)
    assert (card.name, card.problems) == ("沈" + sign, (CardProblem.UNNAMED_CHARACTER,))


def test_a_character_that_has_moved_is_no_finding() -> None:
    assert not any(map(is_unnamed, named("沈\ue863") + "䶮㐀𠮷"))
