"""Every way a screen can be arranged, which screens are looked at in which, and what is found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QQmlEngine, QQmlExpression

from kiosk.session.ease import AT_FIRST, Ease, elder
from kiosk.session.hall import Language
from kiosk.session.stages import FindPage, Session
from tests.ui.checks import contrast, focus, layout, naming
from tests.ui.checks.parts import Box, Part, of, parts, uncovered
from tests.ui.conftest import Stage
from tests.ui.gallery import SIGHTS, scenes
from ui.models.base import Desk
from ui.screen import screen_of
from ui.typed import is_typed

Mode = Literal["default", "elder", "low_reach", "high_contrast"]
Orientation = Literal["portrait", "landscape"]

MODES: Mapping[Mode, Ease] = {
    "default": AT_FIRST,
    "elder": elder(AT_FIRST, on=True),
    "low_reach": replace(AT_FIRST, low_reach=True),
    "high_contrast": replace(AT_FIRST, high_contrast=True),
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PAGES: Mapping[Orientation, tuple[int, int]] = {"portrait": (1080, 1920), "landscape": (1920, 1080)}

WHERE_TYPED: Mapping[str, Ease] = {
    "default": AT_FIRST,
    "elder": elder(AT_FIRST, on=True),
    "low reach": replace(AT_FIRST, low_reach=True),
    "largest text": replace(AT_FIRST, text_size=3),
}
"""In these whatever is put in needs the most room."""

CONTRAST, CONTRAST_HIGH = 10.0, 20.0
"""Ink to paper, whatever the letters' size; also of a control that is off: it is read, too."""


@dataclass(frozen=True)
class Arrangement:
    """One mode, one language, one way round."""

    mode: Mode
    language: Language
    orientation: Orientation

    def __str__(self) -> str:
        return f"{self.mode}-{self.language}-{self.orientation}"


ALL = tuple(Arrangement(*each) for each in product(MODES, LANGUAGES, PAGES))

KEYBOARD_FRAMES = 40
"""For the keyboard to be loaded; without it, the checks say so."""
STEADY = 6
"""So many frames at one place: there it stays."""

EASING = "ease_page"
"""The page of text size, contrast, reach and voice; it stands before whatever screen there is."""


def all_scenes() -> Mapping[str, Session]:
    """Every scene of the gallery, and that page."""
    return {**scenes(), EASING: scenes()["review"]}


PAIRS = tuple(
    each
    for each in ALL
    if (tuple(MODES).index(each.mode) + LANGUAGES.index(each.language)) % 2
    == tuple(PAGES).index(each.orientation)
)
"""Half of them, in which any two of mode, language and orientation still meet."""


def chosen(scenes: Mapping[str, Session], desk: Desk) -> Mapping[Arrangement, Sequence[str]]:
    """The scenes for each of `PAIRS`: every scene in both languages, every QML file in all of `PAIRS`."""
    files: dict[str, list[str]] = defaultdict(list)
    for name, session in scenes.items():
        files[EASING if name == EASING else screen_of(session, desk).file].append(name)
    taken: dict[Arrangement, list[str]] = {each: [] for each in PAIRS}
    for names in files.values():
        for language in LANGUAGES:
            rows = [each for each in PAIRS if each.language == language]
            for turn in range(max(len(names), len(rows))):
                taken[rows[turn % len(rows)]].append(names[turn % len(names)])
    return taken


def arrange(stage: Stage, name: str, session: Session, how: Arrangement) -> None:
    """Put a scene on the window, so arranged, with what its camera or sensor sees."""
    width, height = PAGES[how.orientation]
    if (stage.window.width(), stage.window.height()) != (width, height):
        stage.window.resize(width, height)
    stage.window.setProperty("easing", name == EASING)
    stage.presenter.preview(None)  # what the scene before has seen is gone with its citizen
    if isinstance(session.stage, FindPage):
        stage.presenter.show(scenes()["ended"])  # so is what was typed: the page of finding would keep it
    stage.show(replace(session, ease=MODES[how.mode]), how.language)
    for sight in SIGHTS.get(name, ()):
        stage.presenter.preview(sight)
        stage.settle()
    if keyboard_is_wanted(name, session) and not can_be_typed(on_window(stage)):
        wait_for_keyboard(stage)


def wait_for_keyboard(stage: Stage) -> None:
    """Qt's keyboard is loaded when the first person types; then it takes some frames to find its place."""
    places: list[list[Box]] = []
    for _ in range(KEYBOARD_FRAMES):
        stage.settle()
        places.append([part.place for part in of(on_window(stage), "keyboard")])
        if can_be_typed(on_window(stage)) and places[-STEADY:] == [places[-1]] * STEADY:
            return


def keyboard_is_wanted(name: str, session: Session) -> bool:
    """Whether Qt's keyboard must be there."""
    return is_typed(session) and not session.idle_warning and not session.hidden and name != EASING


def can_be_typed(found: list[Part]) -> bool:
    """Whether the keyboard is there, or the square to write in."""
    return any(of(found, "keyboard")) or any("HandPanel" in part.origin for part in found)


def on_window(stage: Stage) -> list[Part]:
    """What stands there, and is not covered."""
    return uncovered(parts(stage.window.contentItem()), page(stage))


def page(stage: Stage) -> Box:
    """The whole window."""
    return Box(0, 0, stage.window.width(), stage.window.height())


def token(stage: Stage, name: str) -> float:
    """A number of the design system, as it is now."""
    value = _theme(stage, name)
    assert isinstance(value, int | float), name
    return float(value)


def colour_token(stage: Stage, name: str) -> QColor:
    """A colour of the design system, as it is now."""
    value = _theme(stage, name)
    assert isinstance(value, QColor), name
    return value


def _theme(stage: Stage, name: str) -> object:
    context = QQmlEngine.contextForObject(stage.window)
    return QQmlExpression(context, stage.window, f"Theme.{name}").evaluate()[0]


def findings(stage: Stage, how: Arrangement, picture: QImage) -> Iterator[str]:
    """Everything that is not as it must be, one line each."""
    found, whole = on_window(stage), page(stage)
    yield from layout.truncated(found)
    yield from layout.broken_words(found)
    yield from layout.no_room(found)
    yield from layout.off_page(found, whole)
    yield from layout.overlaps(found, whole)
    finger = token(stage, "touchTarget")
    yield from layout.too_small(found, finger)
    reach = token(stage, "reachTop")
    if reach > 0:
        yield from layout.out_of_reach(found, reach, finger)
    yield from focus.out_of_order(focus.stops(stage.window.contentItem()))
    yield from naming.nameless(found)
    yield from naming.same_name_twice(found)
    least = CONTRAST_HIGH if how.mode == "high_contrast" else CONTRAST
    yield from contrast.too_faint(found, contrast.pixels(picture), least, least)
