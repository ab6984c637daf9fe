"""Every screen for everybody: each mode, language and way round; nothing cut, hidden, small or faint."""

from __future__ import annotations

import pytest

from tests.ui.arrangements import ALL, PAIRS, Arrangement, all_scenes, arrange, chosen, colour_token, findings
from tests.ui.checks import contrast
from tests.ui.checks.parts import box_of
from tests.ui.conftest import Stage
from tests.ui.test_screens import ancestors

SCENES = all_scenes()


def found_in(stage: Stage, names: list[str], how: Arrangement) -> list[str]:
    found = []
    for name in names:
        arrange(stage, name, SCENES[name], how)
        found += [f"{name}: {line}" for line in findings(stage, how, stage.window.grabWindow())]
    stage.window.setProperty("easing", False)  # noqa: FBT003 - Qt's signature
    return found


@pytest.mark.parametrize("how", PAIRS, ids=str)
def test_a_screen_can_be_read_and_touched_however_it_is_arranged(stage: Stage, how: Arrangement) -> None:
    names = list(chosen(SCENES, stage.desk)[how])
    found = found_in(stage, names, how)
    assert found == [], "\n".join(found)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("how", ALL, ids=str)
def test_every_screen_can_be_read_and_touched_in_every_arrangement(stage: Stage, how: Arrangement) -> None:
    found = found_in(stage, list(SCENES), how)
    assert found == [], "\n".join(found)


def test_a_drawing_that_is_scrolled_out_of_sight_is_painted_nowhere(stage: Stage) -> None:
    """Qt's software renderer does not clip a Shape of which nothing is in sight: one stood over buttons."""
    how = Arrangement("elder", "zh", "landscape")
    arrange(stage, "matter_reservations", SCENES["matter_reservations"], how)
    painted = contrast.pixels(stage.window.grabWindow())
    colour = colour_token(stage, "warnRule")
    warning = (colour.blue(), colour.green(), colour.red())
    shown, hidden = 0, 0
    for mark in stage.items():
        if mark.metaObject().className().startswith("NoticeMark") and mark.property("warning"):
            place = box_of(mark)
            rims = [box_of(each) for each in ancestors(mark) if each.clip()]
            crop = painted[int(place.top) : int(place.bottom), int(place.left) : int(place.right), :3]
            in_sight = all(not rim.cut(place).empty for rim in rims)
            shown, hidden = shown + in_sight, hidden + (not in_sight)
            assert (crop == warning).all(-1).any() == in_sight
    assert shown
    assert hidden
