"""Keeping an application: the errand behind "sign and send", beside the bare database and the bare disk."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bench.display import BenchError
from bench.hall import ROOT, Hall
from bench.leash import Leash

WITHIN_S = 120.0


async def keep(hall: Hall, count: int) -> dict[str, list[float]]:
    """Keep `count` applications at a terminal of its own; milliseconds, see `keeping_session`.

    The cable is cut meanwhile: nothing is delivered, so that only keeping is measured.
    """
    hall.cable.cut()
    try:
        return await asyncio.to_thread(_keep, hall, count)
    finally:
        hall.cable.heal()


def _keep(hall: Hall, count: int) -> dict[str, list[float]]:
    folder = hall.folder / "keeping"
    folder.mkdir()
    layer = folder / "keeping.toml"
    layer.write_text(f"[terminal]\nstate_dir = {json.dumps(str(folder))}\n", encoding="utf-8")
    results = folder / "results.json"
    files = [str(file) for file in (*hall.configuration, layer)]
    with (folder / "terminal.log").open("ab") as log:
        terminal = Leash(
            [sys.executable, "-m", "benchmarks.keeping_terminal", str(results), str(count), *files],
            output=log,
            environment={**hall.display.environment(), "PYTHONPATH": str(ROOT)},
        )
    try:
        give_up_s = time.monotonic() + WITHIN_S
        while not results.exists():
            if not terminal.alive or time.monotonic() > give_up_s:
                raise BenchError(f"nothing was kept: see {folder}/terminal.log")
            time.sleep(0.1)
        taken: dict[str, list[float]] = json.loads(results.read_text(encoding="utf-8"))
        return taken
    finally:
        terminal.close()
