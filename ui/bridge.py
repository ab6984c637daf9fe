"""The one way between the services thread and Qt: session values in, touches out.

Values cross by queued signals, so `show` and `preview` may be called from any thread and act on Qt's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from kiosk.session.events import Event, StillHere, TouchMissed
from kiosk.session.sights import Sight
from kiosk.session.stages import Session

DOUBLE_TAP_S = 0.3
"""Two decisions within this time are one shaky touch: the second is dropped."""

TOUCH_NEWS_S = 1.0
"""How often at most the state machine hears that somebody is touching the screen."""


class Bridge(QObject):
    """Lives on Qt's main thread. `clock` gives monotonic seconds."""

    arrived = Signal(object)
    previewed = Signal(object)
    uncovered = Signal()
    _session = Signal(object)
    _preview = Signal(object)
    _visible = Signal()

    def __init__(self, post: Callable[[Event], None], clock: Callable[[], float]) -> None:
        super().__init__()
        self._post, self._clock = post, clock
        self._last_decision = self._last_touch = self._last_miss = float("-inf")
        queued = Qt.ConnectionType.QueuedConnection
        self._session.connect(self.arrived, queued)
        self._preview.connect(self.previewed, queued)
        self._visible.connect(self.uncovered, queued)

    def show(self, session: Session) -> None:
        """Show where the citizen is. From any thread."""
        self._session.emit(session)

    def preview(self, seen: Sight | None) -> None:
        """Show what the camera sees or what would help it; None clears both. From any thread."""
        self._preview.emit(seen)

    def visible(self) -> None:
        """Take the screen and the focus. From any thread."""
        self._visible.emit()

    def decide(self, event: Event) -> None:
        """Hand a person's decision to the state machine, unless it is the echo of the last one."""
        now = self._clock()
        if now - self._last_decision >= DOUBLE_TAP_S:
            self._last_decision = now
            self._post(event)

    def missed(self) -> None:
        """Say that a touch has hit nothing; one that comes twice is one."""
        now = self._clock()
        if now - self._last_miss >= DOUBLE_TAP_S:
            self._last_miss = now
            self._post(TouchMissed())

    def touched(self) -> None:
        """Say that somebody is there: typing, scrolling and signing count, too, and keep the session."""
        now = self._clock()
        if now - self._last_touch >= TOUCH_NEWS_S:
            self._last_touch = now
            self._post(StillHere())
