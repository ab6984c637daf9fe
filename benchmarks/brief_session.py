"""A session at the wire that is over as soon as it is visible: `brief_session.py --catalogue FILE --fd N`.

Started by a real terminal. It says what a session says of devices, of a guide that was opened, of leaving.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

# A session's environment carries no PYTHONPATH.
sys.path.insert(0, str(Path(__file__).parents[1]))

from kiosk.messages import (
    DeviceHealth,
    GuideOpened,
    HealthReport,
    Heartbeat,
    Leaving,
    Promote,
    Ready,
    StepShown,
)
from kiosk.session.link import TerminalLink

BEAT_S = 0.1
WELL = DeviceHealth(state="online", reason="none")


async def live(fd: int) -> None:
    """Wait to be promoted, and leave."""
    link = TerminalLink(fd)
    link.send(Ready())
    beating = asyncio.create_task(_beat(link))
    while (message := await link.receive()) is not None:
        if isinstance(message, Promote):
            link.send(StepShown(step="welcome"))
            link.send(HealthReport(devices={"id_reader": WELL, "printer": WELL, "camera": WELL}))
            link.send(GuideOpened(item="marriage_registration"))
            link.send(Leaving(reason="left"))
    beating.cancel()


async def _beat(link: TerminalLink) -> None:
    while True:
        link.send(Heartbeat())
        await asyncio.sleep(BEAT_S)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--catalogue")
    parser.add_argument("--fd", type=int, required=True)
    asyncio.run(live(parser.parse_args().fd))
