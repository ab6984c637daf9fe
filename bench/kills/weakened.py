"""A terminal that lies: it answers Committed and commits seconds later. For the bench, to be caught.

A program of its own: it changes a copy of the product in its own process, and nothing else can reach it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from kiosk.messages import Commit, Committed
from kiosk.terminal.desk import Desk
from kiosk.terminal.visit import Visit

TOO_EARLY_S = 6.0

_commit = Desk._commit  # noqa: SLF001 - weakening the product is what this program is for


async def _promise_first(self: Desk, visit: Visit, commit: Commit) -> None:
    visit.send(Committed(application_id=commit.application_id, local_no=commit.local_no))
    await asyncio.sleep(TOO_EARLY_S)
    await _commit(self, visit, commit)


if __name__ == "__main__":
    Desk._commit = _promise_first  # type: ignore[method-assign]  # noqa: SLF001 - see above
    main.app()
