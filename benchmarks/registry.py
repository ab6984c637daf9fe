"""The parts of the page: what `python -m benchmarks NAME…` can take, one line a part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Chapter

Say = Callable[[str], None]
"""Tells whoever waits what is being measured now."""

PARTS: Mapping[str, str] = {
    "terminal": "benchmarks.terminal",
    "screens": "benchmarks.screens",
    "face": "benchmarks.face_chapter",
    "pages": "benchmarks.pages",
    "eyes": "benchmarks.eyes",
    "liveness": "benchmarks.liveness",
    "readers": "benchmarks.readers",
    "printing": "benchmarks.printing",
    "shared_data": "benchmarks.shared_data",
    "items": "benchmarks.items",
    "matters": "benchmarks.matters",
    "search": "benchmarks.search",
    "envelopes": "benchmarks.envelope_suites",
    "queue": "benchmarks.queue_chapters",
    "queue_memory": "benchmarks.queue_memory",
    "faults": "benchmarks.faults",
    "soak": "benchmarks.soak",
}
"""Name → module, in the page's order. The module has `take(folder, say)`, which gives the part's chapters:
`folder` is empty and lies on the disk to be measured; it raises `NotTaken` for what keeps it from measuring.
It is loaded when its part is asked for, so each brings only the libraries that it needs."""


ONLY_BY_NAME = ("soak", "faults")
"""The first takes a quarter of an hour, the other needs what `make faults` counted."""


def take(part: str, folder: Path, say: Say) -> Sequence[Chapter]:
    """Take the figures of `part`."""
    chapters: Sequence[Chapter] = import_module(PARTS[part]).take(folder, say)
    return chapters
