"""The test's hand on the wire sessions: gives them orders, reads what reached them, and waits for facts."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kiosk.messages import FromSession

SESSION = str(Path(__file__).with_name("wire_session.py"))
DEADLINE_S = 15.0
_POLL_S = 0.01

Note = dict[str, Any]
_Fact = TypeVar("_Fact")


class Stage:
    """A directory in which sessions keep their journals and look for orders."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def argv(self, behaviour: str = "normal") -> list[str]:
        """How the terminal starts one of these sessions; `--fd N` is appended by the terminal."""
        return [sys.executable, SESSION, str(self.directory), behaviour]

    def behave(self, **behaviours: str) -> None:
        """What sessions started from now on do, by name."""
        (self.directory / "behaviours.json").write_text(json.dumps(behaviours))

    def order(self, name: str, **order: Any) -> None:
        """Have the session do something: see `wire_session.WireSession`."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.connect(str(self.directory / f"{name}.orders"))
            sock.send(json.dumps(order).encode())

    def say(self, name: str, message: FromSession) -> None:
        """Have the session send a message to the terminal."""
        self.order(name, send=message.model_dump(mode="json"))

    def notes(self, name: str) -> list[Note]:
        """All that the session has written down so far."""
        path = self.directory / f"{name}.journal"
        lines = path.read_text().splitlines(keepends=True) if path.exists() else []
        return [json.loads(line) for line in lines if line.endswith("\n")]

    async def note(self, name: str, what: str, kind: str | None = None, nth: int = 1) -> Note:
        """The `nth` note of this sort, as soon as it is there."""

        def found() -> Note | None:
            fitting = [
                note for note in self.notes(name) if note["what"] == what and kind in {None, note.get("kind")}
            ]
            return fitting[nth - 1] if len(fitting) >= nth else None

        return await until(found, f"{name}: {what} {kind or ''}")

    async def got(self, name: str, kind: str, nth: int = 1) -> Note:
        """The `nth` message of this kind that reached the session."""
        return await self.note(name, "got", kind, nth)


async def until(fact: Callable[[], _Fact | None], what: str) -> _Fact:
    """Ask again and again until there is an answer that is neither None nor False."""
    deadline_s = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline_s:
        answer = fact()
        if answer is not None and answer is not False:
            return answer
        await asyncio.sleep(_POLL_S)
    raise AssertionError(f"not within {DEADLINE_S} s: {what}")


def runs(pid: int) -> bool:
    """Whether a process is there and not yet a corpse."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def homes(runtime_dir: Path) -> list[str]:
    """The sessions that still have a home."""
    return sorted(path.name for path in (runtime_dir / "sessions").glob("*"))


def mode(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)
