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
    EnvelopePart,
    Heartbeat,
    Leaving,
    OutcomeShown,
    Prepare,
    Prepared,
    Promote,
    Ready,
)
from kiosk.session.link import TerminalLink

BEAT_S = 0.1

_Message = TypeVar("_Message")


async def live(fd: int, sealer: Sealer, count: int) -> None:
    """Wait to be promoted, keep `count` applications, and leave."""
    link = TerminalLink(fd)
    link.send(Ready())
    beating = asyncio.create_task(_beat(link))
    await _heard(link, Promote)
    for _ in range(count):
        await _apply(link, sealer)
    link.send(Leaving(reason="left"))
    while await link.receive() is not None:
        pass
    beating.cancel()


async def _apply(link: TerminalLink, sealer: Sealer) -> None:
    item = sealer.item()
    link.send(Prepare(application_id=item.name))
    prepared = await _heard(link, Prepared)
    data = base64.b64encode(item.envelope).decode()
    link.send(EnvelopePart(application_id=item.name, index=0, count=1, data=data))
    link.send(
        Commit(
            application_id=item.name,
            item=item.matter,
            item_version=item.matter_version,
            local_no=prepared.local_no,
            envelope_sha256=item.sha256,
            offline_policy="keep_with_notice",
        )
    )
    await _heard(link, Committed)
    link.send(OutcomeShown(application_id=item.name))


async def _heard(link: TerminalLink, kind: type[_Message]) -> _Message:
    while (message := await link.receive()) is not None:
        if isinstance(message, kind):
            return message
    raise SystemExit(0)  # the terminal has gone


async def _beat(link: TerminalLink) -> None:
    while True:
        link.send(Heartbeat())
        await asyncio.sleep(BEAT_S)


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
