"""One QGuiApplication, one window and a list of what Qt complained about."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first Qt import, or Qt aborts
os.environ["QT_IM_MODULE"] = "qtvirtualkeyboard"
os.environ["QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"] = "1"
os.environ["QSG_RENDER_LOOP"] = "basic"
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # the keyboard writes a dictionary there

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.session.events import EaseChosen, Event, LanguageChosen
from kiosk.session.hall import Language
from kiosk.session.stages import Session
from tests.ui.gallery import NOW, scenes
from ui import qt_messages
from ui.guard import Guard
from ui.handwriting import installed
from ui.immortal import keep_singletons
from ui.linguist import Catalogue
from ui.models.base import Desk
from ui.presenter import Presenter
from ui.speaker import Speaker
from ui.words import Words

FRAME_MS = 5000
"""A frame that is not there by then never comes, however busy the machine is."""


@dataclass
class Clock:
    """Monotonic seconds that pass only when told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Stage:
    """A window in the test's hands."""

    presenter: Presenter
    desk: Desk
    words: Words
    clock: Clock
    posted: list[Event] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    touched: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)

    @property
    def window(self) -> QQuickWindow:
        return self.presenter.window

    def show(self, session: Session, language: Language = "zh") -> None:
        """Put a session on the window and let it settle: layout, first frame, guard time."""
        self.presenter.show(replace(session, language=language))
        self.settle()
        self.clock.now += 1

    def settle(self) -> None:
        """Wait for a frame with everything in it."""
        settle()
        seen, waiting = len(self.frames), QEventLoop()
        framed = self.window.frameSwapped.connect(waiting.quit)
        QTimer.singleShot(FRAME_MS, waiting, waiting.quit)
        self.window.update()
        waiting.exec()
        self.window.frameSwapped.disconnect(framed)
        settle()
        assert len(self.frames) > seen

    def items(self) -> Iterator[QQuickItem]:
        """Every visible item on the window."""
        yield from visible_items(self.window.contentItem())


def settle() -> None:
    """Let deferred deletions, polish and queued signals happen."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def visible_items(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible():
            yield child
            yield from visible_items(child)


@pytest.fixture(scope="session")
def application() -> QGuiApplication:
    keep_singletons()
    return QGuiApplication(["hall-terminal"])


@pytest.fixture(scope="session")
def complaints(application: QGuiApplication) -> list[str]:
    """Everything Qt complained about; no test may leave anything in it."""
    assert application is QGuiApplication.instance()
    heard: list[str] = []
    qt_messages.install(lambda place, reason: heard.append(f"{place}: {reason}"))
    return heard


@pytest.fixture(scope="session")
def one_stage(complaints: list[str]) -> Iterator[Stage]:
    with opened_stage() as stage:
        yield stage
    assert complaints == []


@contextmanager
def opened_stage(speaker: Speaker | None = None, catalogue: Catalogue | None = None) -> Iterator[Stage]:
    """A window in one's hands, until the end of the block; needs an application. Silent without a speaker."""
    words, clock = Words(catalogue=catalogue), Clock()
    posted: list[Event] = []
    shown: list[str] = []
    touched: list[float] = []

    def post(event: Event) -> None:
        """Keep what a person decides; language and ease are chosen at once, as the state machine would."""
        if isinstance(event, LanguageChosen):
            presenter.show(replace(presenter.session, language=event.language))
        elif isinstance(event, EaseChosen):
            presenter.show(replace(presenter.session, ease=event.ease))
        else:
            posted.append(event)

    desk = Desk(
        words,
        post,
        lambda: NOW,
        lambda: "00000000-0000-4000-8000-000000000042",
        20,
        speaker or Speaker(),
        installed(),
    )
    guard = Guard(clock, lambda: touched.append(clock()))
    presenter = Presenter(desk, scenes()["standby"], guard, shown.append)
    presenter.window.setGeometry(0, 0, 1080, 1920)
    presenter.window.show()
    settle()
    frames: list[float] = []
    presenter.window.frameSwapped.connect(lambda: frames.append(time.monotonic()))
    yield Stage(presenter, desk, words, clock, posted, shown, touched, frames)
    presenter.show(scenes()["ended"])  # as every session ends: nobody types any more
    settle()
    presenter.close()
    settle()


@pytest.fixture
def stage(one_stage: Stage, complaints: list[str]) -> Iterator[Stage]:
    # No view of the test before; its language may stay, as every `show` names one.
    one_stage.show(scenes()["ended"], one_stage.presenter.session.language)
    for heard in (one_stage.posted, one_stage.shown, one_stage.touched):
        heard.clear()
    yield one_stage
    assert complaints == [], "Qt complained"
