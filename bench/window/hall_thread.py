"""The hall on a thread of its own, beside Qt's: looks at it twice a second, does what it is told."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.display import BenchDisplay, BenchError
from bench.hall import Hall, open_hall
from bench.hands import Hands
from bench.sight import NotSeen
from bench.window.board import Board, look
from config.hall_time import hall_today

LOOK_EVERY_S = 0.5

Deed = Callable[[Hall, Hands], Awaitable[str]]
"""Something to do in the hall; gives a line to show, or nothing to say."""


class HallThread:
    """One hall and its terminal, from `start` to `stop`. The callables are called from its own thread."""

    def __init__(
        self,
        folder: Path,
        open_display: Callable[[], BenchDisplay],
        *,
        on_board: Callable[[Board], None],
        on_said: Callable[[str], None],
        on_end: Callable[[str], None],
    ) -> None:
        """`on_end` hears that the hall has closed, and why if that is nothing a person wanted."""
        self._folder, self._open_display = folder, open_display
        self._on_board, self._on_said, self._on_end = on_board, on_said, on_end
        self._deeds: asyncio.Queue[Deed | None] = asyncio.Queue()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="hall")

    def start(self) -> None:
        """Open the hall and start its terminal."""
        self._thread.start()

    def do(self, deed: Deed) -> None:
        """Do something in the hall, after what was asked for before."""
        self._put(deed)

    def stop(self) -> None:
        """Close the hall; returns when everything of it has gone."""
        self._put(None)
        self._thread.join()

    def _put(self, deed: Deed | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the hall ended by itself
            self._loop.call_soon_threadsafe(self._deeds.put_nowait, deed)

    def _run(self) -> None:
        why = "its hall's thread died"
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._live())
            why = ""
        except BenchError as error:
            why = str(error)
        finally:
            self._on_end(why)

    async def _live(self) -> None:
        async with open_hall(self._folder, self._open_display, ("fingerprint",)) as hall:
            hands = Hands(hall, hall_today())
            hall.start_terminal()
            board, at_work = Board(), set[asyncio.Task[None]]()
            turning = asyncio.create_task(_turn(hands))
            while True:
                board = await look(hall, hands, board)
                self._on_board(board)
                if not hall.display.alive:
                    break  # somebody closed the terminal's window
                try:
                    async with asyncio.timeout(LOOK_EVERY_S):
                        deed = await self._deeds.get()
                except TimeoutError:
                    continue
                if deed is None:
                    break
                task = asyncio.create_task(self._work(deed, hall, hands))
                at_work.add(task)
                task.add_done_callback(at_work.discard)
            turning.cancel()
            await asyncio.gather(*at_work)

    async def _work(self, deed: Deed, hall: Hall, hands: Hands) -> None:
        self._on_said(await deed(hall, hands))


async def _turn(hands: Hands) -> None:
    """Whoever stands before the camera does what the face check asks: at a desk there is only a mouse."""
    while True:
        with contextlib.suppress(NotSeen):
            await hands.turn_as_asked()
        await asyncio.sleep(LOOK_EVERY_S)
