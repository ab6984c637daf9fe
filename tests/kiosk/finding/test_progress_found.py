"""Whoever wants to know how far an application is finds that first, in whatever words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.finding.finder import Finder
from kiosk.finding.found import findables
from tests.shipped import CATALOGUE, DISTRICT, ITEMS, VOCABULARY, finder

PROGRESS = next(item.id for item in ITEMS if item.name.zh == "办件进度查询")
SAID = (
    "进度", "办件进度", "查进度", "我的进度", "办好了没有", "办好了吗", "什么时候办好", "什么时候能办好",
    "办到哪一步了", "办到哪了", "我的申请到哪一步了", "我交的材料办得怎么样了", "受理了吗",
    "什么时候能拿到证", "审批进度", "辦件進度", "bjjd", "bjjdcx", "jindu", "banjian jindu",
    "how far is my application", "status of my application", "is my application ready",
    "has my application been accepted", "track my application",
)  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_how_far_it_is_comes_first(said: str) -> None:
    assert [hit.id for hit in finder().find(said, 1)] == [PROGRESS]


def test_it_stands_in_the_search_once_and_is_done_here() -> None:
    named = [each for each in findables(ITEMS, DISTRICT, {}) if each.name == "办件进度查询"]
    assert [(each.id, each.here) for each in named] == [(PROGRESS, True)]


def test_without_the_everyday_words_it_would_not_be_found() -> None:
    """The weakened variant: the official names alone."""
    concepts = tuple(each for each in VOCABULARY.concepts if "办件进度查询" not in each.means)
    weakened = Finder(findables(CATALOGUE.items, DISTRICT, {}), replace(VOCABULARY, concepts=concepts))
    assert [hit.id for hit in weakened.find("受理了吗", 1)] != [PROGRESS]
