"""The mark beside the queue's file: here was a queue. So an emptied or lost file is not taken for a new one.

While a salvage is under way it holds the name of the file that is being salvaged.
"""

from __future__ import annotations

import re
from pathlib import Path

from offline_queue.durable_file import replace_file
from offline_queue.failures import QueueDamaged, StorageFailed


def mark_of(path: Path) -> Path:
    """Where the mark of the queue at `path` is."""
    return path.with_name(f"{path.name}.made")


def refuse_lost(path: Path) -> None:
    """Raise `QueueDamaged` where a queue was and is no more, or a salvage was cut short."""
    salvaged = read(path)
    if salvaged is None:
        return
    if salvaged:
        raise QueueDamaged(path, f"the salvage of {salvaged} was cut short")
    try:
        gone = path.stat().st_size == 0
    except FileNotFoundError:
        gone = True
    if gone:
        raise QueueDamaged(path, "the queue that was here is gone")


def read(path: Path) -> str | None:
    """Give the name of the file that is being salvaged, empty when none is; None where no queue was ever.

    A mark whose words the disk has changed still says that here was a queue.
    """
    try:
        said = mark_of(path).read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageFailed(f"{mark_of(path)}: cannot be read: {error}") from None
    return said if re.fullmatch(rf"{re.escape(path.name)}\.damaged-[0-9]{{1,3}}", said) else ""


def write(path: Path, salvaged: str = "") -> None:
    """Make the mark durable."""
    mark = mark_of(path)
    try:
        replace_file(mark, f"{salvaged}\n".encode())
    except OSError as error:
        raise StorageFailed(f"{mark}: {error.strerror}") from None
