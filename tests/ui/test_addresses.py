"""An address is picked from the nearest city down and typed to its end; any part of it can be changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.session.stages import InJourney, QuestionStep
from tests.ui.conftest import Stage
from tests.ui.entering_scenes import HOME
from tests.ui.gallery import scenes
from tests.ui.playing import Player
from tests.ui.test_screens import accessible_name, controls
from tests.ui.test_touches import touch

SCENES = scenes()


@pytest.fixture(autouse=True)
def as_before(stage: Stage) -> Iterator[None]:
    """The way of typing is as it was, afterwards."""
    yield
    stage.show(SCENES["find"])
    touch(stage, "拼音")


def offered(stage: Stage) -> list[str]:
    cells = [item for item in controls(stage) if item.metaObject().className().startswith("PickCell")]
    return [accessible_name(cell) for cell in cells]


def typed(person: Player, text: str) -> None:
    """Letters and figures, on the keyboard."""
    touch(person.stage, "字母")
    for letter in text:
        QTest.keyClick(person.stage.window, Qt.Key(ord(letter.upper())))
    person.stage.settle()


def test_the_halls_own_city_stands_open_with_its_own_district_first(stage: Stage) -> None:
    stage.show(SCENES["address_district"])
    assert offered(stage)[:3] == ["临溪区", "上城区", "拱墅区"]
    names = {accessible_name(each) for each in controls(stage)}
    assert {"浙江省", "杭州市"} <= names


def test_an_address_nearby_is_two_touches_and_its_end(stage: Stage) -> None:
    person = Player(stage, SCENES["address_district"])
    person.touches("临溪区", "西山镇")
    typed(person, "88")
    person.touches("确定")
    assert person.answer(HOME) == "330199100 浙江省杭州市临溪区西山镇88"


def test_another_city_and_another_province_are_one_touch_away(stage: Stage) -> None:
    person = Player(stage, SCENES["address_district"])
    person.touches("杭州市", "宁波市")
    assert "海曙区" in offered(stage)
    person.touches("浙江省")
    assert offered(stage)[0] == "浙江省"
    person.touches("江苏省")
    assert "请接着写：城市、区县、街道、路名和门牌号" in person.reads()


def test_back_leads_up_level_by_level(stage: Stage) -> None:
    person = Player(stage, SCENES["address_district"])
    person.touches("临溪区", "东溪街道", "返回")
    assert "东溪街道" in offered(stage)
    person.touches("返回")
    assert "上城区" in offered(stage)


def test_an_end_that_is_no_address_is_refused_with_what_to_do(stage: Stage) -> None:
    person = Player(stage, SCENES["address_detail"])
    typed(person, "x")
    person.touches("确定")
    assert "请再写路名和门牌号，信才能寄到。" in person.reads()
    assert isinstance(person.session.stage, InJourney)
    assert isinstance(person.session.stage.step, QuestionStep)


def test_what_is_reported_names_the_level_and_no_place(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    stage.shown.clear()
    for name in ("address_province", "address_city", "address_street", "address_detail"):
        stage.show(SCENES[name])
    levels = ("province", "city", "street", "detail")
    assert stage.shown == [f"question:{HOME}:{level}" for level in levels]


def test_a_region_is_named_in_the_language_of_the_screen(stage: Stage) -> None:
    stage.show(SCENES["address_district"], "en")
    assert offered(stage)[0] == "Linxi District"
