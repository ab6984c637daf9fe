"""The part "terminal": what a citizen at a whole terminal waits for, and what that terminal takes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bench.display import BenchError
from bench.sight import NotSeen
from benchmarks.chapters import chapters
from benchmarks.figures import Chapter, NotTaken
from benchmarks.glass import NeverShown
from benchmarks.plan import Plan
from benchmarks.registry import Say
from benchmarks.run import measure


def take(folder: Path, say: Say) -> Sequence[Chapter]:
    """See `benchmarks.registry.PARTS`."""
    try:
        return chapters(asyncio.run(measure(Plan(), folder, say)))
    except (BenchError, NotSeen, NeverShown) as error:
        raise NotTaken(str(error)) from error
