"""Shows session values on the window, one after the other, and says which screen a person can now see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlProperty
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.session.sights import Sight
from kiosk.session.stages import Session, Standby
from ui.guard import Guard
from ui.items import Picture, SignaturePad
from ui.models.base import Desk
from ui.models.identity import FaceModel, FingerprintModel
from ui.models.papers import PagesModel
from ui.screen import Screen, screen_of
from ui.shell import ShellModel
from ui.stage_view import SCREENS, BrokenScreen, StageView
from ui.words import Translator

MAIN = Path(__file__).with_name("qml") / "Main.qml"

SIGHTED = (FaceModel, FingerprintModel, PagesModel)
"""Models that take what a camera or a sensor sees while they stand."""

PAINTED = (Picture, SignaturePad)
"""Imported so that QML knows them."""


class Presenter(QObject):
    """Owns engine, window and the view on it. `shown` hears a screen's name when its frame is there."""

    def __init__(self, desk: Desk, first: Session, guard: Guard, shown: Callable[[str], None]) -> None:
        super().__init__()
        self._desk, self._guard, self._shown = desk, guard, shown
        self._session = first
        self._seen: dict[type, Sight] = {}
        self._unseen: list[str] = []
        self._cold = sorted(file.name for file in SCREENS.glob("*.qml"))
        self._translator = Translator(desk.words)
        self._engine = QQmlApplicationEngine()
        desk.words.changed.connect(self._speak_anew)
        desk.speaker.changed.connect(self._voice_changed)
        self._shell = ShellModel(desk, first)
        self._engine.setInitialProperties({"shell": self._shell})
        self._engine.load(QUrl.fromLocalFile(str(MAIN)))
        self.window = window_of(self._engine)
        self.window.installEventFilter(guard)
        self.window.frameSwapped.connect(self._frame_swapped)
        body = self.window.findChild(QQuickItem, "body")
        if body is None:
            raise BrokenScreen("Main.qml: no item named body")
        self._stage = StageView(self._engine, body)
        self._present(first)

    @property
    def session(self) -> Session:
        """What is on the window."""
        return self._session

    @property
    def screen(self) -> Screen | None:
        """The screen that is on the window; None after `close`."""
        return self._stage.screen

    def show(self, session: Session) -> None:
        """Put `session` on the window."""
        before, self._session = self._session, session
        self._desk.words.choose(session.language)
        if before.ease != session.ease or _beside(before) != _beside(session):
            self._guard.screen_changed()  # buttons move beneath the finger
        if before.stage == session.stage and before.hall == session.hall:
            self._present_shell(session)
            changed = _over(before) != _over(session)
        else:
            promoted = isinstance(before.stage, Standby)
            changed = self._present(session) or promoted or _over(before) != _over(session)
        if changed:
            self._guard.screen_changed()
            self._report()
        if self._stage.screen is not None:
            self._desk.speaker.show(self._stage.screen.name, session)

    def preview(self, seen: Sight | None) -> None:
        """Show what camera or sensor sees; kept for a model that replaces this one on the same screen."""
        if seen is None:
            self._seen.clear()
        else:
            # The newest last: what a model hears again, it hears in the order in which it happened.
            self._seen.pop(type(seen), None)
            self._seen[type(seen)] = seen
        self._desk.speaker.hear(seen)
        model = self._stage.screen.model if self._stage.screen else None
        if isinstance(model, SIGHTED):
            model.preview(seen)

    def warm(self) -> None:
        """Compile every screen while nobody waits: one a turn of the loop, so that nobody has to."""
        if self._cold:
            self._stage.warm(self._cold.pop(0))
            QTimer.singleShot(0, self, self.warm)

    def close(self) -> None:
        """Destroy views before models, and the window before what it shows."""
        self._cold.clear()
        self._desk.speaker.close()
        self._stage.clear()
        self.window.removeEventFilter(self._guard)
        shiboken6.delete(self._engine)
        self._translator.close()

    def _speak_anew(self) -> None:
        self._translator.follow()
        self._engine.retranslate()
        QTimer.singleShot(0, self, lambda: self._present(self._session))

    def _voice_changed(self) -> None:
        self._present_shell(self._session)

    def _present(self, session: Session) -> bool:
        screen = screen_of(session, self._desk)
        if isinstance(screen.model, SIGHTED):
            for seen in self._seen.values():
                screen.model.preview(seen)
        else:
            self._seen.clear()
        fresh = self._stage.show(screen)
        self._present_shell(session)
        return fresh

    def _present_shell(self, session: Session) -> None:
        before = self._shell
        self._shell = ShellModel(self._desk, session, keyboard=before.keyboard)
        QQmlProperty.write(self.window, "shell", self._shell)
        before.deleteLater()

    def _report(self) -> None:
        if self._stage.screen is not None and not isinstance(self._session.stage, Standby):
            self._unseen = [_over(self._session) or self._stage.screen.name]
            self.window.update()

    def _frame_swapped(self) -> None:
        self._guard.screen_shown()
        unseen, self._unseen = self._unseen, []
        for name in unseen:
            self._shown(name)


def _over(session: Session) -> str | None:
    """The name of what lies over the whole screen, if anything does."""
    return "idle_warning" if session.idle_warning else "hidden" if session.hidden else None


def _beside(session: Session) -> tuple[object, ...]:
    """What stands beside the screen, and what its buttons mean."""
    return session.offer, session.call, session.ends_in_min is None


def window_of(engine: QQmlApplicationEngine) -> QQuickWindow:
    """Give the window that the engine has loaded. Raises `BrokenScreen`."""
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise BrokenScreen("Main.qml does not load")
    return roots[0]
