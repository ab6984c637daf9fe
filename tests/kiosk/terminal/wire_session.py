"""A session at the wire: a real process on a real pipe that does as the test orders, without Qt or devices.

Run by the terminal under test as `wire_session.py STAGE_DIR [BEHAVIOUR] [--catalogue FILE] --fd N`. It sends
`Ready` and heartbeats, takes orders on `STAGE_DIR/<name>.orders` (datagrams, one JSON order each) and writes
every message it gets, with the monotonic time, to `STAGE_DIR/<name>.journal`. Its name is that of its home.
Behaviours at start: `normal`, `dies_before_ready`, `never_ready`; `STAGE_DIR/behaviours.json` (name to
behaviour) overrides the argument.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

# A session's environment carries no PYTHONPATH.
sys.path.insert(0, str(Path(__file__).parents[3]))

from kiosk.messages import (
    BadMessage,
    Heartbeat,
    Ready,
    decode_from_session,
)
from kiosk.session.link import TerminalLink

BEAT_S = 0.1


class WireSession:
    """One session that obeys the test."""

    def __init__(self, fd: int, stage_dir: Path, catalogue: str) -> None:
        self._catalogue = catalogue
        self.name = Path(os.environ["HOME"]).name
        self._raw = socket.socket(fileno=os.dup(fd))
        self._link = TerminalLink(fd)
        self._journal = (stage_dir / f"{self.name}.journal").open("a", buffering=1)
        self._orders = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._orders.bind(str(stage_dir / f"{self.name}.orders"))

    async def run(self, *, ready: bool) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._orders, self._obey_next)
        beating = loop.create_task(self._beat())
        self._note("started", pid=os.getpid(), catalogue=self._catalogue, environment=dict(os.environ))
        if ready:
            self._link.send(Ready())
        while (message := await self._link.receive()) is not None:
            self._note("got", **message.model_dump(mode="json"))
        self._note("pipe_ended")
        beating.cancel()

    async def _beat(self) -> None:
        while True:
            self._link.send(Heartbeat())
            await asyncio.sleep(BEAT_S)

    def _obey_next(self) -> None:
        order: dict[str, Any] = json.loads(self._orders.recv(256 * 1024))
        match order:
            case {"send": message}:
                self._link.send(decode_from_session(json.dumps(message).encode()))
            case {"raw": text}:
                self._raw.send(text.encode())
                if "then_die" in order:
                    os.kill(os.getpid(), signal.SIGKILL)
            case {"hang": True}:
                os.kill(os.getpid(), signal.SIGSTOP)
            case {"grandchild": True}:
                child = subprocess.Popen(
                    [sys.executable, "-c", "import time; time.sleep(600)"], stdin=subprocess.DEVNULL
                )
                self._note("grandchild", pid=child.pid)
            case {"write": name}:
                (Path(os.environ["HOME"]) / name).write_text("an answer")
                self._note("wrote", home=os.environ["HOME"])
            case _:
                raise BadMessage(str(order))

    def _note(self, what: str, **fields: Any) -> None:
        self._journal.write(json.dumps({"what": what, "at_s": time.monotonic(), **fields}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stage_dir", type=Path)
    parser.add_argument("behaviour", nargs="?", default="normal")
    parser.add_argument("--catalogue", default="")
    parser.add_argument("--fd", type=int, required=True)
    options = parser.parse_args()
    named = options.stage_dir / "behaviours.json"
    behaviours: dict[str, str] = json.loads(named.read_text()) if named.exists() else {}
    behaviour = behaviours.get(Path(os.environ["HOME"]).name, options.behaviour)
    if behaviour == "dies_before_ready":
        sys.exit(3)
    asyncio.run(play(options, ready=behaviour != "never_ready"))


async def play(options: argparse.Namespace, *, ready: bool) -> None:
    await WireSession(options.fd, options.stage_dir, options.catalogue).run(ready=ready)


if __name__ == "__main__":
    main()
