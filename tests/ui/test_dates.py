"""A day is picked by touches alone, in every mode and both ways round, and stands there in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from kiosk.session.stages import InJourney, QuestionStep
from tests.ui.arrangements import PAGES, WHERE_TYPED
from tests.ui.conftest import Stage
from tests.ui.gallery import scenes
from tests.ui.playing import Player
from tests.ui.test_screens import accessible_name, button, controls

SCENES = scenes()
ASKED = "period_from"


@pytest.fixture
def turned(stage: Stage) -> Iterator[Stage]:
    """A stage that stands upright again afterwards."""
    yield stage
    stage.window.resize(*PAGES["portrait"])


@pytest.mark.parametrize("size", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("mode", WHERE_TYPED)
def test_a_day_long_ago_is_five_touches_in_every_mode(
    turned: Stage, mode: str, size: tuple[int, int]
) -> None:
    turned.window.resize(*size)
    person = Player(turned, replace(SCENES["date_decade"], ease=WHERE_TYPED[mode]))
    person.touches("1990 到 1999", "1998年", "1998年8月")
    while "1998年8月31日" not in (there := {accessible_name(each) for each in controls(turned)}):
        person.touches(next(name for name in there if name.endswith("日以后")))
    person.touches("1998年8月31日")
    assert any("1998年8月31日，星期一" in words for words in person.reads())
    person.touches("确定")
    assert person.answer(ASKED) == "1998-08-31"


def test_where_one_is_leads_up_a_level_and_back_does_too(stage: Stage) -> None:
    person = Player(stage, SCENES["date_picked"])
    person.touches("1998年8月")
    assert "请点月份" in " ".join(person.reads())
    person.touches("1998年", "1990 到 1999", "2000 到 2009", "返回", "返回")
    assert isinstance(person.session.stage, InJourney)
    assert (
        not isinstance(person.session.stage.step, QuestionStep) or person.session.stage.step.narrowed is None
    )


def test_the_next_month_is_one_touch_and_ends_where_the_question_ends(stage: Stage) -> None:
    person = Player(stage, SCENES["date_soon"])
    assert not button(stage, "上个月").isEnabled()
    assert not button(stage, "2026年11月20日").isEnabled()
    person.touches("下个月", "2026年12月24日")
    assert "2026年12月24日，星期四" in person.reads()
    person.touches("上个月")
    assert "还没有点日子" in person.reads()


def test_a_decade_before_the_persons_birth_is_not_offered(stage: Stage) -> None:
    stage.show(SCENES["date_decade"])
    names = [accessible_name(each) for each in controls(stage)]
    assert [name for name in names if "到" in name] == [
        "1990 到 1999", "2000 到 2009", "2010 到 2019", "2020 到 2029",
    ]  # fmt: skip


def test_the_day_is_confirmed_only_once_it_is_picked(stage: Stage) -> None:
    stage.show(SCENES["date_day"])
    assert not button(stage, "确定").isEnabled()
    stage.show(SCENES["date_picked"])
    assert button(stage, "确定").isEnabled()


def test_what_is_reported_of_a_screen_names_the_level_and_no_day(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    stage.shown.clear()
    for name in ("date_decade", "date_year", "date_month", "date_picked"):
        stage.show(SCENES[name])
    assert stage.shown == [f"question:{ASKED}:{level}" for level in ("decade", "year", "month", "day")]


def test_a_day_is_picked_in_english(stage: Stage) -> None:
    person = Player(stage, replace(SCENES["date_decade"], language="en"))
    person.touches("1990 to 1999", "1998", "August 1998", "1998-08-31", "Continue")
    assert person.answer(ASKED) == "1998-08-31"


def test_the_cells_of_a_month_that_is_left_go_before_what_they_show(stage: Stage) -> None:
    """Qt may put off the end of the cells: then the model that they ask for their day is still there."""
    stage.show(SCENES["date_day"])
    shown = stage.presenter.screen
    assert shown is not None
    ended: list[str] = []
    shown.model.destroyed.connect(lambda: ended.append("model"))
    cell = next(each for each in stage.items() if each.metaObject().className().startswith("PickCell"))
    cell.destroyed.connect(lambda: ended.append("cell"))
    del shown, cell
    stage.presenter.show(SCENES["date_picked"])
    for _ in range(3):
        QCoreApplication.processEvents()  # which deletes nothing where no loop runs
    assert ended == []
    stage.settle()
    assert ended == ["cell", "model"]
