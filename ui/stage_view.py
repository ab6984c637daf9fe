"""Puts screens on the window: makes a view for a new screen, gives a staying one its new model."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine, QQmlProperty
from PySide6.QtQuick import QQuickItem

from ui.properties import said
from ui.screen import Screen

SCREENS = Path(__file__).with_name("qml") / "screens"


class BrokenScreen(RuntimeError):
    """A QML file does not load: names the file and Qt's reason."""


class StageView:
    """Holds the one view there is, and the model beneath it. A view is always destroyed before its model."""

    def __init__(self, engine: QQmlEngine, body: QQuickItem) -> None:
        self._engine, self._body = engine, body
        self._components: dict[str, QQmlComponent] = {}
        self._view: QObject | None = None
        self.screen: Screen | None = None
        self._said: tuple[object, ...] = ()
        """What the view was told; its model would say it in another language by now."""

    def show(self, screen: Screen) -> bool:
        """Show `screen`; True when a new view had to be made for it."""
        if self._view is not None and self.screen is not None and self.screen.name == screen.name:
            before = self.screen.model
            if said(screen.model) == self._said:
                # A new model would rebuild every row, and swallow the touch of a finger that is on one.
                before.follow(screen.model)
                screen.model.deleteLater()
                return False
            QQmlProperty.write(self._view, "model", screen.model)
            self.screen, self._said = screen, said(screen.model)
            # After its rows' delegates, whose end Qt has just noted. A turn later is not always after them.
            before.deleteLater()
            return False
        fresh = self._component(screen.file).createWithInitialProperties(
            {"model": screen.model, "parent": self._body}
        )
        if fresh is None:
            raise BrokenScreen(f"{screen.file}: not created")
        self.clear()
        self._view, self.screen, self._said = fresh, screen, said(screen.model)
        return True

    def clear(self) -> None:
        """Take the view away, then let go of its model."""
        if self._view is not None:
            shiboken6.delete(self._view)
        self._view = self.screen = None

    def warm(self, file: str) -> None:
        """Compile a screen before anybody waits for it."""
        self._component(file)

    def _component(self, file: str) -> QQmlComponent:
        if file not in self._components:
            component = QQmlComponent(self._engine, QUrl.fromLocalFile(str(SCREENS / file)))
            if component.isError():
                raise BrokenScreen(component.errorString())
            self._components[file] = component
        return self._components[file]
