"""A session at the wire that keeps application after application, and leaves after so many.

Started by a real terminal as `queue_session.py COUNT SETTINGS… --catalogue FILE --fd N`. What it seals is
small and the same each time; how it hands it over is what every session does.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import sys
from pathlib import Path
from typing import TypeVar

# A session's environment carries no PYTHONPATH.
sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.queue_envelopes import Sealer
from config.layers import load
from kiosk.messages import (
    Commit,
    Committed,
    Delivered,
    Heartbeat,
    Leaving,
    OutcomeShown,
    Prepare,
    Prepared,
    Promote,
    Ready,
    SealedChunk,
)
from kiosk.session.link import TerminalLink

BEAT_S = 0.1
AT_MOST_WAITING = 20
"""Applications that have not been delivered, before the next is kept."""

_Message = TypeVar("_Message")


class Session:
    """One session's end of the pipe, and how many of its applications have not been delivered."""

    def __init__(self, fd: int, sealer: Sealer) -> None:
        self._link = TerminalLink(fd)
        self._sealer = sealer
        self._waiting = 0

    async def live(self, count: int) -> None:
        """Wait to be promoted, keep `count` applications, and leave when all have been delivered."""
        self._link.send(Ready())
        beating = asyncio.create_task(self._beat())
        await self._heard(Promote)
        for _ in range(count):
            await self._apply()
            while self._waiting >= AT_MOST_WAITING:
                await self._heard(Delivered)
        while self._waiting:
            await self._heard(Delivered)
        self._link.send(Leaving(reason="left"))
        while await self._link.receive() is not None:
            pass
        beating.cancel()

    async def _apply(self) -> None:
        item = self._sealer.item()
        self._link.send(Prepare(application_id=item.name))
        prepared = await self._heard(Prepared)
        data = base64.b64encode(item.envelope).decode()
        self._link.send(
            SealedChunk(application_id=item.name, sha256=item.sha256, index=0, count=1, data=data)
        )
        self._link.send(
            Commit(
                application_id=item.name,
                item=item.matter,
                item_version=item.matter_version,
                local_no=prepared.local_no,
                envelope_sha256=item.sha256,
                offline_policy="keep_with_notice",
            )
        )
        await self._heard(Committed)
        self._waiting += 1
        self._link.send(OutcomeShown(application_id=item.name))

    async def _heard(self, kind: type[_Message]) -> _Message:
        while (message := await self._link.receive()) is not None:
            self._waiting -= isinstance(message, Delivered)
            if isinstance(message, kind):
                return message
        raise SystemExit(0)  # the terminal has gone

    async def _beat(self) -> None:
        while True:
            self._link.send(Heartbeat())
            await asyncio.sleep(BEAT_S)


async def live(fd: int, sealer: Sealer, count: int) -> None:
    """Be one session."""
    await Session(fd, sealer).live(count)


def main() -> None:
    """Live as the command line says; the terminal ends this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("settings", type=Path, nargs="+")
    parser.add_argument("--catalogue")
    parser.add_argument("--fd", type=int, required=True)
    asked = parser.parse_args()
    sealer = Sealer(load(asked.settings).settings)
    asyncio.run(live(asked.fd, sealer, asked.count))


if __name__ == "__main__":
    main()
