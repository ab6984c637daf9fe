"""Keeping an application: the errand behind "sign and send", beside the bare database and the bare disk."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from bench.hall import ROOT, Hall
from bench.leash import Leash

WITHIN_S = 120.0


async def keep(hall: Hall, count: int) -> dict[str, list[float]]:
    """Keep `count` applications at a terminal of its own; milliseconds, see `keeping_session`.

    The cable is cut meanwhile: nothing is delivered, so that only keeping is measured.
    """
    folder = hall.folder / "keeping"
    folder.mkdir()
    layer = folder / "keeping.toml"
    layer.write_text(f"[terminal]\nstate_dir = {json.dumps(str(folder))}\n", encoding="utf-8")
    results = folder / "results.json"
    files = [str(file) for file in (*hall.configuration, layer)]
    command = [sys.executable, "-m", "benchmarks.keeping_terminal", str(results), str(count), *files]
    hall.cable.cut()
    try:
        with (folder / "terminal.log").open("ab") as log:
            terminal = Leash(
                command, output=log, environment={**hall.display.environment(), "PYTHONPATH": str(ROOT)}
            )
        try:
            return await _written(results, terminal)
        finally:
            terminal.close()
    finally:
        hall.cable.heal()


async def _written(results: Path, terminal: Leash) -> dict[str, list[float]]:
    give_up_s = time.monotonic() + WITHIN_S
    while not results.exists():
        if not terminal.alive or time.monotonic() > give_up_s:
            raise RuntimeError(f"nothing was kept: see {results.parent}/terminal.log")
        await asyncio.sleep(0.1)
    taken: dict[str, list[float]] = json.loads(results.read_text(encoding="utf-8"))
    return taken
