"""The services thread: asyncio, devices and pipe on one side, four thread-safe calls for Qt on the other."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from kiosk.session.events import Event
from kiosk.session.runner import Runner
from kiosk.session.sights import Sight
from kiosk.session.stages import Session, Standby

OnSession = Callable[[Session], None]
OnPreview = Callable[[Sight | None], None]


class SessionServices:
    """Everything of a session that is not its screen. `assemble` makes the runner, on the services thread."""

    def __init__(self, assemble: Callable[[OnSession, OnPreview], Runner]) -> None:
        self._assemble = assemble
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: Runner | None = None

    def start(self, on_session: OnSession, on_preview: OnPreview, on_visible: Callable[[], None]) -> None:
        """Start the thread that calls these back; `on_visible` once, when the session is promoted."""
        promoted = False

        def told(session: Session) -> None:
            nonlocal promoted
            on_session(session)
            if not promoted and not isinstance(session.stage, Standby):
                promoted = True
                on_visible()

        threading.Thread(target=self._serve, args=(told, on_preview), name="services", daemon=True).start()
        self._started.wait()

    def post(self, event: Event) -> None:
        """Let `event` happen."""
        self._call(lambda runner: runner.post(event))

    def gui_beat(self) -> None:
        """Say that the GUI loop turns; passed on only if this thread's loop turns, too."""
        self._call(Runner.beat)

    def rendered(self) -> None:
        """Say that the first frame is on the screen's back."""
        self._call(Runner.rendered)

    def shown(self, step: str) -> None:
        """Say what the screen shows now."""
        self._call(lambda runner: runner.shown(step))

    def stop(self) -> None:
        """End the process: a session leaves nothing behind that would need tidying."""
        os._exit(0)

    def _call(self, call: Callable[[Runner], None]) -> None:
        loop, runner = self._loop, self._runner
        if loop is not None and runner is not None and not loop.is_closed():
            loop.call_soon_threadsafe(call, runner)

    def _serve(self, on_session: OnSession, on_preview: OnPreview) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            self._loop.set_exception_handler(_unforeseen)
            self._runner = self._assemble(on_session, on_preview)
            self._started.set()
            await self._runner.run()

        # What nobody foresaw leaves this thread by way of `kiosk.log`, which ends the process.
        asyncio.run(serve())
        os._exit(0)


def _unforeseen(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A failed callback, or a task nobody waited for: asyncio would print its text, which may be personal."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        sys.excepthook(type(error), error, error.__traceback__)
