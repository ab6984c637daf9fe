"""A clock in a test's hands, and a session that it runs for: nobody waits for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from config.settings import PatienceSettings
from kiosk.session import events as ev
from kiosk.session.idling import Presence, next_deadline, noted, paced
from kiosk.session.machine import advance
from kiosk.session.stages import Session

PATIENCE = PatienceSettings(idle_warning_s=90, idle_grace_s=20, card_s=90, done_s=15, delivery_s=3)

Note = Callable[[Presence, Session, float, "ev.Event | None"], Presence]

MOST_AT_ONCE = 30
"""What happens by itself in one moment; more would never end."""


@dataclass
class Standing:
    """Somebody before the screen. `happened` is what came by itself: when, what, and in which session."""

    session: Session
    patience: PatienceSettings = PATIENCE
    note: Note = noted
    now_s: float = 5000.0
    presence: Presence = field(default_factory=lambda: Presence(seen_s=5000.0))
    happened: list[tuple[float, ev.Event, Session]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The clock learns where the session stands."""
        self.presence = self.note(self.presence, self.session, self.now_s, None)

    def post(self, event: ev.Event) -> Session:
        """Somebody or something does this now."""
        self.session = advance(self.session, event)
        self.presence = self.note(self.presence, self.session, self.now_s, event)
        return self.session

    def waits(self, seconds: float) -> Session:
        """Nobody touches anything for so long."""
        until_s, at_once = self.now_s + seconds, 0
        while True:
            deadline = next_deadline(self.presence, self.session, paced(self.patience, self.session.ease))
            if deadline is None or deadline.at_s > until_s:
                self.now_s = until_s
                return self.session
            at_once = 0 if deadline.at_s > self.now_s else at_once + 1
            assert at_once < MOST_AT_ONCE, f"{deadline.event} without end"
            self.now_s = max(self.now_s, deadline.at_s)
            self.happened.append((self.now_s, deadline.event, self.session))
            self.post(deadline.event)

    def came(self, kind: type) -> list[float]:
        """When this came by itself."""
        return [at_s for at_s, event, _ in self.happened if isinstance(event, kind)]
