"""What a person must see or touch next is in sight in every arrangement: nobody turns a page for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtQuick import QQuickItem

from tests.ui.arrangements import LANGUAGES, MODES, PAGES, Arrangement, all_scenes, arrange
from tests.ui.checks.parts import box_of
from tests.ui.conftest import Stage
from tests.ui.test_screens import accessible_name, ancestors, controls, said, texts

SCENES = all_scenes()
WHERE_ROOM_IS_SHORT = [
    Arrangement(*each) for each in product(set(MODES) - {"high_contrast"}, LANGUAGES, PAGES)
]


@pytest.fixture
def turned(stage: Stage) -> Iterator[Stage]:
    """A stage that stands upright again afterwards."""
    yield stage
    stage.window.resize(*PAGES["portrait"])


def in_sight(item: QQuickItem) -> bool:
    """Whether all of an item is within everything that cuts it off."""
    place = box_of(item)
    rims = [box_of(each) for each in ancestors(item) if each.clip()]
    return all(rim.cut(place) == place for rim in rims)


def problem(stage: Stage) -> list[QQuickItem]:
    """The words of every notice that warns."""
    return [
        text
        for text in texts(stage)
        for parent in ancestors(text)
        if parent.metaObject().className().startswith("Notice_") and parent.property("warning")
    ]


def control(*names: str) -> Callable[[Stage], list[QQuickItem]]:
    return lambda stage: [each for each in controls(stage) if accessible_name(each) in names]


def cells(stage: Stage) -> list[QQuickItem]:
    return [each for each in stage.items() if each.metaObject().className().startswith("DigitCells_")]


WANTED: dict[str, Callable[[Stage], list[QQuickItem]]] = {
    "capture_no_page": problem,
    "capture_wrong_shape": problem,
    "problem_date": control("2009年3月", "March 2009"),
    "problem_mobile": problem,
    "guide_wrong": cells,
    "guide": cells,
    "welcome_kept": control("找事项", "Find a matter"),
    "welcome_no_reader": control("找事项", "Find a matter"),
}


@pytest.mark.parametrize("scene", WANTED)
def test_what_is_wanted_now_is_in_sight(turned: Stage, scene: str) -> None:
    hidden = []
    for how in WHERE_ROOM_IS_SHORT:
        arrange(turned, scene, SCENES[scene], how)
        wanted = WANTED[scene](turned)
        assert wanted, how
        hidden += [f"{how}: {said(each)}" for each in wanted if not in_sight(each)]
    assert hidden == []


def test_what_lies_behind_a_turn_is_not_in_sight(turned: Stage) -> None:
    arrange(turned, "review", SCENES["review"], Arrangement("elder", "zh", "portrait"))
    seen = {accessible_name(each): in_sight(each) for each in controls(turned)}
    assert not all(there for name, there in seen.items() if name.startswith("修改"))
    assert seen["核对无误，去签名"]
