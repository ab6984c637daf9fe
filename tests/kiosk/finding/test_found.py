"""What a query leads to: grouped, answered from files, and never a number of somebody's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.item import Item
from config.listing import Listing
from kiosk.finding.browsing import offered
from kiosk.finding.found import MOST_GUIDES, MOST_HERE, Results, is_personal, results
from tests.shipped import DISTRICT, ITEMS, finder

FIRST = 5
"""What a person sees before paging."""
FINDER = finder()


def led(query: str) -> Results:
    return results(query, FINDER, ITEMS, DISTRICT)


def test_what_is_done_here_and_what_is_done_elsewhere_are_apart() -> None:
    found = led("社保卡丢了")
    assert all(isinstance(each.matter, Item) for each in found.here)
    assert all(isinstance(each.matter, Listing) for each in found.guides)
    assert "social_security_card_replacement" in {each.matter.id for each in found.here}
    assert len(found.here) <= MOST_HERE
    assert len(found.guides) <= MOST_GUIDES


def test_a_question_is_answered_from_the_file_of_the_matter_that_is_meant() -> None:
    found = led("换驾照要多少钱")
    assert found.about is not None
    [answer] = found.answers
    assert (found.about.id, answer.known) == ("driving_licence_renewal", True)
    assert "fee.yuan" in answer.fields


@pytest.mark.parametrize(
    "stride", [pytest.param(4, id="short"), pytest.param(1, id="long", marks=pytest.mark.long)]
)
def test_every_matter_of_the_hall_is_found_by_its_name_its_title_and_its_words(stride: int) -> None:
    for listing in DISTRICT.listings[::stride]:
        for words in (listing.name.zh, listing.plain.zh, *listing.words):
            ids = [each.matter.id for each in (*led(words).here, *led(words).guides)]
            assert listing.id in ids[:FIRST], words
    for item in offered(ITEMS):
        assert led(item.name.zh).here[0].matter.id == item.id
        assert led(item.title.zh).here[0].matter.id == item.id


def test_a_member_of_a_joint_matter_is_never_found_alone() -> None:
    members = {item.id for item in ITEMS if item.only_in_joint}
    for item in ITEMS:
        assert not members & {each.matter.id for each in led(item.name.zh).here}


@pytest.mark.parametrize(
    "query",
    [
        "330199194901017777",
        "3301 9919 4901 0177 77",
        "13800000000",
        "138-0000-0000",
        "33019919490101777X",
        "３３０１９９１９４９０１",
    ],
)
def test_somebodys_number_is_not_looked_up(query: str) -> None:
    assert led(query) == Results(personal=True)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_anything_can_be_typed(query: str) -> None:
    found = led(query)
    assert found.personal == is_personal(query)
    assert len({each.matter.id for each in (*found.here, *found.guides)}) == len(found.here) + len(
        found.guides
    )
