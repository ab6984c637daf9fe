"""Shelves: everything stands where a person would look, what is done here first."""

from __future__ import annotations

import pytest

from kiosk.finding.browsing import KINDS, MOST_USED, ShelfKind, most_used, offered, shelves
from tests.shipped import DISTRICT, ITEMS


@pytest.mark.parametrize("kind", KINDS)
def test_no_shelf_is_empty_and_what_is_done_here_stands_first(kind: ShelfKind) -> None:
    ours = {item.id for item in offered(ITEMS)}
    for shelf in shelves(kind, ITEMS, DISTRICT, {}):
        here = [one in ours for one in shelf.matters]
        assert here, shelf.name.zh
        assert here == sorted(here, reverse=True), shelf.name.zh


def test_every_matter_stands_with_somebody() -> None:
    standing = {one for shelf in shelves("audience", ITEMS, DISTRICT, {}) for one in shelf.matters}
    assert {item.id for item in offered(ITEMS)} <= standing


def test_what_is_used_more_stands_before_what_is_used_less() -> None:
    shelf = shelves("audience", ITEMS, DISTRICT, {})[0]
    ours = {item.id for item in offered(ITEMS)}
    last = [one for one in shelf.matters if one in ours][-1]
    [again] = [each for each in shelves("audience", ITEMS, DISTRICT, {last: 3}) if each.id == shelf.id]
    assert again.matters[0] == last


def test_most_used_shows_what_was_used_and_nothing_else() -> None:
    assert most_used(ITEMS, DISTRICT, {}) == ()
    assert most_used(ITEMS, DISTRICT, {"elder_card": 2, "id_card_renewal": 5, "gone_long_ago": 9}) == (
        "id_card_renewal",
        "elder_card",
    )
    many = {item.id: number for number, item in enumerate(ITEMS, 1)}
    assert len(most_used(ITEMS, DISTRICT, many)) == MOST_USED


def test_a_member_of_a_joint_matter_stands_on_no_shelf() -> None:
    members = {item.id for item in ITEMS if item.only_in_joint}
    standing = {
        one for kind in KINDS for shelf in shelves(kind, ITEMS, DISTRICT, {}) for one in shelf.matters
    }
    assert members
    assert not members & standing
