"""A hall guide before the guides' page: sees who calls, and touches."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from central_platform.calls import Calls
from central_platform.opening import Keyring
from central_platform.records import DATABASE
from central_platform.tables import open_database


def answer_call(platform_dir: Path, state: Literal["coming", "done"]) -> str | None:
    """Touch the first call that waits; give the terminal that called, None where nobody calls."""
    engine = open_database(platform_dir / DATABASE)
    try:
        calls = Calls(engine, Keyring.load(platform_dir), lambda: datetime.now(UTC))
        for call in calls.open_ones():
            calls.move(call.call_id, state)
            return call.terminal
        return None
    finally:
        engine.dispose()
