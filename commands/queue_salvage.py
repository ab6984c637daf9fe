"""`queue salvage`: a new queue out of what can still be read of a damaged one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from commands.device_common import Voice
from commands.queue_asking import settings_of
from kiosk.terminal.boot import BootRefused, only_terminal
from kiosk.terminal.queue_file import QUEUE_FILE
from offline_queue.failures import QueueFailure
from offline_queue.salvage import salvage
from offline_queue.signing import TerminalKey

INCOMPLETE = 3


def answer(voice: Voice, config: list[Path] | None, overrides: list[str] | None) -> None:
    """Salvage, and say by id what did not come back."""
    terminal = settings_of(voice, config, overrides).terminal
    try:
        with only_terminal(terminal.state_dir):
            key = TerminalKey.of(terminal)
            done = salvage(terminal.state_dir / QUEUE_FILE, key)
    except (BootRefused, QueueFailure) as refused:
        voice.refuse(str(refused))
    counts = ", ".join(f"{count} {state}" for state, count in sorted(done.applications.items()))
    lines = [
        f"brought back: {counts or 'nothing'}",
        *(f"{each}: can be read, but not as it was sealed" for each in done.damaged),
        *(f"{each}: came back without all of its pages, and is set aside" for each in done.incomplete),
        *(f"{each}: was here, and cannot be read" for each in done.lost),
        f"the damaged file is kept: {done.aside}",
    ]
    voice.result(asdict(done), "\n".join(lines))
    if done.damaged or done.incomplete or done.lost or not done.applications:
        voice.end(
            "not everything came back: slips with restore codes bring more (`queue restore`)", INCOMPLETE
        )
