"""A machine becomes a terminal and renews its certificate, and says each step once it is done.

As a process: a directory and an invitation's code. It says `asked` before the platform can
have answered, `enrolled`, `renewed`. The platform is never told that all is here: the code goes on working.
"""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from central_platform.certificates import TERMINAL_DAYS
from config.settings import PlatformSettings
from offline_queue.enrolment import LAYER, enrol
from offline_queue.enrolment_wire import EnrolmentFailed, EnrolmentWire
from offline_queue.platform_client import PlatformClient
from offline_queue.renewal import Renewal
from offline_queue.signing import TerminalKey

TIMES = {"probe_interval_s": 5, "request_timeout_s": 10, "retry_cap_s": 300}
LIMITS = {"queue_limit": 100, "oldest_days": 7, "offline_days": 7}


_Given = TypeVarTuple("_Given")
_Done = TypeVar("_Done")


class Unconfirming(EnrolmentWire):
    """Tells the platform nothing after its answer."""

    def confirm(self) -> None:
        """Lose it."""
        raise EnrolmentFailed("the line was cut")


class Telling(Unconfirming):
    """Says when the platform can have answered."""

    def enrol(self, request: dict[str, Any]) -> dict[str, Any]:
        """Say so, then ask."""
        _say("asked")
        return super().enrol(request)


def clock() -> datetime:
    """The machine's."""
    return datetime.now(UTC)


def client_of(into: Path) -> PlatformClient:
    """The client of the terminal whose layer is here; renewed certificates are beside it."""
    said = tomllib.loads((into / LAYER).read_text("utf-8"))
    key = TerminalKey.load(said["terminal"]["id"], Path(said["terminal"]["signing_key"]))
    return PlatformClient(PlatformSettings.model_validate({**said["platform"], **TIMES, **LIMITS}), key, into)


class OneThread(asyncio.SelectorEventLoop):
    """Does everything in one thread: what two do at once cannot be played again."""

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*_Given], _Done], *args: *_Given
    ) -> asyncio.Future[_Done]:
        """Do it now."""
        del executor
        done: asyncio.Future[_Done] = self.create_future()
        done.set_result(func(*args))
        return done


async def renew(into: Path) -> None:
    """Renew once, as if two thirds of the certificate's life had passed."""
    client = client_of(into)
    renewal = Renewal(
        client,
        client.certificate.terminal,
        into,
        now=lambda: clock() + timedelta(days=TERMINAL_DAYS * 0.7),
        random=lambda: 1.0,
        nonce=lambda: "0" * 32,
        online=lambda: True,
    )
    await renewal.look()
    await client.close()
    if renewal.health().failure:
        sys.exit(renewal.health().failure)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _, directory, code = sys.argv
    enrol(code, Path(directory), now=clock, wire_to=Telling)
    _say("enrolled")
    with asyncio.Runner(loop_factory=OneThread) as runner:
        runner.run(renew(Path(directory)))
    _say("renewed")
