"""A session's window as its own process, for tests: shows the scene named on each line of standard input.

Says what it does on standard output, a line each: `rendered`, `shown <step>`, `event <name> <value>`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

from kiosk.session.events import Answered, Event
from kiosk.session.sights import Sight
from kiosk.session.stages import Session
from tests.ui.gallery import scenes
from ui.application import run_session_window


class Scenes:
    """`Services` whose state machine is a script."""

    def start(
        self,
        on_session: Callable[[Session], None],
        on_preview: Callable[[Sight | None], None],
        on_visible: Callable[[], None],
    ) -> None:
        del on_preview, on_visible
        known = scenes()
        on_session(known["standby"])

        def read() -> None:
            for line in sys.stdin:
                on_session(known[line.strip()])
            os._exit(0)

        threading.Thread(target=read, daemon=True).start()

    def post(self, event: Event) -> None:
        self._say(f"event {type(event).__name__} {event.value if isinstance(event, Answered) else ''}")

    def gui_beat(self) -> None:
        pass

    def rendered(self) -> None:
        self._say("rendered")

    def shown(self, step: str) -> None:
        self._say(f"shown {step}")

    def stop(self) -> None:
        self._say("stop")

    def _say(self, line: str) -> None:
        sys.stdout.write(line.strip() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run_session_window(Scenes()))
