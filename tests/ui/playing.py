"""A person before the window with the state machine behind it: what is touched moves the session on."""

from __future__ import annotations

from kiosk.session import events as ev
from kiosk.session.machine import advance
from kiosk.session.stages import InJourney, Session
from tests.ui.conftest import Stage
from tests.ui.test_screens import said, texts
from tests.ui.test_touches import touch


class Player:
    """Shows a session, and every one that its touches lead to."""

    def __init__(self, stage: Stage, session: Session) -> None:
        self.stage, self.session = stage, session
        self._seen = len(stage.posted)
        stage.show(session, session.language)

    def touches(self, *names: str) -> None:
        """Touch one button after the other."""
        for name in names:
            touch(self.stage, name)
            for event in self.stage.posted[self._seen :]:
                if not isinstance(event, ev.StillHere):
                    self.session = advance(self.session, event)
            self._seen = len(self.stage.posted)
            self.stage.show(self.session, self.session.language)

    def answer(self, question_id: str) -> str | None:
        """What has been answered to a question."""
        assert isinstance(self.session.stage, InJourney)
        return self.session.stage.journey.answers.get(question_id)

    def reads(self) -> set[str]:
        """Everything that stands on the screen."""
        return {said(item) for item in texts(self.stage)}
