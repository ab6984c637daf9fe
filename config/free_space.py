"""Room on the disk: what must stay free beneath a terminal's state."""

from __future__ import annotations

import shutil
from pathlib import Path

from config.settings import TerminalSettings

_MEGABYTE = 1_000_000


def free_mb(directory: Path) -> int:
    """Whole megabytes (10⁶ bytes) that are free where `directory` lies. Raises `OSError`."""
    return shutil.disk_usage(directory).free // _MEGABYTE


def has_room(terminal: TerminalSettings, more_bytes: int = 0) -> bool:
    """Whether `free_space_floor_mb` stays free with `more_bytes` more of state. Raises `OSError`."""
    floor_bytes = terminal.free_space_floor_mb * _MEGABYTE
    return shutil.disk_usage(terminal.state_dir).free >= floor_bytes + more_bytes
