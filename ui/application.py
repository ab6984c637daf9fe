"""The session's window: Qt on the main thread, the services on theirs, and the bridge between them."""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from config.hall_time import hall_now
from config.settings import VoiceSettings
from kiosk.session.events import Event
from kiosk.session.sights import Sight
from kiosk.session.stages import Ended, LinkLost, Session, Standby
from ui import qt_messages
from ui.bridge import Bridge
from ui.guard import Guard
from ui.handwriting import installed
from ui.immortal import keep_singletons
from ui.magnification import of_display
from ui.models.base import Desk
from ui.pointer_history import forget_pointer
from ui.presenter import Presenter
from ui.speaker import Speaker, speaker
from ui.words import Words

BEAT_MS = 100
"""Between two signs of life of the GUI loop."""

LAST_WORDS_S = 60
"""How long an ended session stays if nobody ends its process: longer than any slip takes to come out."""

ENVIRONMENT = {
    "QT_IM_MODULE": "qtvirtualkeyboard",
    "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
    # One thread draws and beats, so that a hang in drawing is a hang that the terminal sees, and
    # `frameSwapped` means the frame with the newest screen.
    "QSG_RENDER_LOOP": "basic",
}


class Services(Protocol):
    """What the window needs of the rest of the session; everything may be called from Qt's thread."""

    def start(
        self,
        on_session: Callable[[Session], None],
        on_preview: Callable[[Sight | None], None],
        on_visible: Callable[[], None],
    ) -> None:
        """Start the services thread. The three callables may be called from it."""
        ...

    def post(self, event: Event) -> None:
        """Take an event from the screen."""
        ...

    def gui_beat(self) -> None:
        """Hear that the GUI loop is alive."""
        ...

    def rendered(self) -> None:
        """Hear, once, that the first frame is on the window."""
        ...

    def shown(self, step: str) -> None:
        """Hear that the frame with a new screen is on the window."""
        ...

    def stop(self) -> None:
        """End the services thread."""
        ...


def run_session_window(services: Services, idle_grace_s: int = 20, voice: VoiceSettings | None = None) -> int:
    """Run one session's window until the session is over; gives the process's exit status.

    Without `voice` nothing is said aloud.
    """
    told = ENVIRONMENT | {"QT_SCALE_FACTOR": f"{of_display():g}"}
    os.environ.update({key: value for key, value in told.items() if key not in os.environ})
    keep_singletons()
    qt_messages.install()
    application = QGuiApplication(sys.argv[:1])
    application.setOverrideCursor(Qt.CursorShape.BlankCursor)
    application.styleHints().setCursorFlashTime(0)  # a steady cursor: calm, and nothing to repaint
    application.setQuitOnLastWindowClosed(False)
    window = SessionWindow(application, services, idle_grace_s, voice)
    status = application.exec()
    window.close()
    services.stop()
    return status


class SessionWindow(QObject):
    """Wires bridge, presenter and services; made once a process."""

    def __init__(
        self,
        application: QGuiApplication,
        services: Services,
        idle_grace_s: int,
        voice: VoiceSettings | None = None,
    ) -> None:
        super().__init__()
        self._application, self._services, self._grace_s = application, services, idle_grace_s
        self._voice = voice
        self._presenter: Presenter | None = None
        self._rendered = self._promoted = False
        self.bridge = Bridge(services.post, time.monotonic)
        self.bridge.arrived.connect(self._arrived)
        self.bridge.previewed.connect(self._previewed)
        self.bridge.uncovered.connect(self._promote)
        self._beat = QTimer(self)
        self._beat.timeout.connect(services.gui_beat)
        self._beat.start(BEAT_MS)
        services.start(self.bridge.show, self.bridge.preview, self.bridge.visible)

    def close(self) -> None:
        """Take everything down, views first."""
        self._beat.stop()
        if self._presenter is not None:
            self._presenter.close()

    def _arrived(self, session: Session) -> None:
        if self._presenter is None:
            self._presenter = self._map_beneath(session)
        else:
            self._presenter.show(session)
        if not isinstance(session.stage, Standby):
            self._promote()
        if isinstance(session.stage, Ended | LinkLost):
            # Not `quit`, which asks the window first, and the window never agrees to close.
            QTimer.singleShot(LAST_WORDS_S * 1000, lambda: self._application.exit(0))

    def _previewed(self, seen: Sight | None) -> None:
        if self._presenter is not None:
            self._presenter.preview(seen)

    def _map_beneath(self, session: Session) -> Presenter:
        desk = Desk(
            words=Words(),
            post=self.bridge.decide,
            now=hall_now,
            new_id=lambda: str(uuid.uuid4()),
            idle_grace_s=self._grace_s,
            speaker=Speaker() if self._voice is None else speaker(self._voice),
            reader=installed(),
        )
        guard = Guard(time.monotonic, self.bridge.touched, self.bridge.missed)
        presenter = Presenter(desk, session, guard, self._services.shown)
        presenter.window.frameSwapped.connect(self._frame_swapped)
        presenter.window.setGeometry(presenter.window.screen().geometry())
        # Beneath before it is mapped: shown first, it would cover the citizen's screen for some milliseconds.
        presenter.window.create()
        presenter.window.lower()
        presenter.window.show()
        return presenter

    def _frame_swapped(self) -> None:
        if not self._rendered:
            self._rendered = True
            self._services.rendered()
            if self._presenter is not None:
                QTimer.singleShot(0, self._presenter, self._presenter.warm)

    def _promote(self) -> None:
        if self._presenter is None or self._promoted:
            return
        self._promoted = True
        window = self._presenter.window
        window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)  # noqa: FBT003 - Qt's signature
        window.raise_()
        window.requestActivate()
        # Once the fresh screen is there: nobody waits for it.
        QTimer.singleShot(0, self, lambda: forget_pointer(window.screen()))
